-- Tests of the carer of older people, who is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "65 on the birthday itself is enough, and it is free", on = on,
    facts = resident { birth_date = "1958-03-01", lives_alone = true }, order = { help_hours = 2 },
    expect = { eligible = "yes", fee = pln "0.00", points = 10 } },
  { "64 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1958-03-02" }, order = { help_hours = 2 },
    expect = { eligible = "no", because = "old" } },
  { "who lives with others waits by the date", on = on,
    facts = resident { birth_date = "1950-01-01" }, order = { help_hours = 2 },
    expect = { eligible = "yes", points = 0 } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
