-- Tests of the cultural services, free in the pilot.
local on = "2022-03-01"

-- A resident of Starachowice in none of the groups, but for what `more` says.
local function resident(more)
  local facts = { commune = "2611011", birth_date = "1990-05-10", disability = "none", dependent = false,
                  family_crisis = false, leaving_care = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a senior is eligible and pays nothing", on = on,
    facts = resident { birth_date = "1950-05-10" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a family in crisis is eligible", on = on,
    facts = resident { family_crisis = true },
    expect = { eligible = "yes", because = "family-crisis" } },
  { "a person with a disability is eligible", on = on,
    facts = resident { disability = "severe" },
    expect = { eligible = "yes", because = "disabled" } },
  { "a resident in none of the groups is not", on = on,
    facts = resident {},
    expect = { eligible = "no", because = "senior" } },
  { "a senior from another commune is not eligible", on = on,
    facts = resident { birth_date = "1950-05-10", commune = "other" },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
