-- Tests of care at home, which is free in the pilot.
local on = "2022-03-01"

-- A resident of Starachowice in none of the groups, but for what `more` says.
local function resident(more)
  local facts = { commune = "2611011", birth_date = "1990-05-10", disability = "none", dependent = false,
                  family_crisis = false, leaving_care = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent senior is eligible and pays nothing", on = on,
    facts = resident { birth_date = "1950-05-10", dependent = true },
    order = { care_hours = 6, other_care = false },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a senior who manages alone is not", on = on,
    facts = resident { birth_date = "1950-05-10" }, order = { other_care = false },
    expect = { eligible = "no", because = "dependent" } },
  { "60 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1962-03-01", dependent = true }, order = { other_care = false },
    expect = { eligible = "yes", because = "senior" } },
  { "59 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1962-03-02", dependent = true }, order = { other_care = false },
    expect = { eligible = "no", because = "senior" } },
  { "with another carer in the same hours it is not given", on = on,
    facts = resident { disability = "severe", dependent = true }, order = { other_care = true },
    expect = { eligible = "no", because = "other-care" } },
  { "whether there is other care is asked", on = on,
    facts = resident { disability = "severe", dependent = true },
    expect = { eligible = "unknown", missing = { "other_care" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
