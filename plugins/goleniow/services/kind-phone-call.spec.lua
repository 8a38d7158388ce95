-- Tests of the kind phone call, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a lonely senior is called, and it is free", on = on,
    facts = resident { birth_date = "1950-01-01", feels_lonely = true },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "who is not lonely is not", on = on,
    facts = resident { birth_date = "1950-01-01", feels_lonely = false },
    expect = { eligible = "no", because = "lonely" } },
  { "60 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1963-03-01", feels_lonely = true },
    expect = { eligible = "yes", because = "senior" } },
  { "59 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1963-03-02", feels_lonely = true },
    expect = { eligible = "no", because = "senior" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
