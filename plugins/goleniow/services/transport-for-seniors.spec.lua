-- Tests of the transport, which is free.
local on = "2023-03-01"

-- A resident of Goleniów to whom none of the conditions applies, but for what `more` says.
local function resident(more)
  local facts = { commune = "3204023", birth_date = "1985-05-10", disability = "none", dependent = false, lives_alone = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a senior is eligible, and it is free", on = on,
    facts = resident { birth_date = "1950-01-01" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "60 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1963-03-01" },
    expect = { eligible = "yes", because = "senior" } },
  { "59 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1963-03-02" },
    expect = { eligible = "no", because = "senior" } },
  { "a person with a certificate is eligible", on = on,
    facts = resident { disability = "severe" },
    expect = { eligible = "yes", because = "disabled" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
