-- Tests of the job broker, who is free in the pilot.
local on = "2022-03-01"

-- A resident of Starachowice in none of the groups, but for what `more` says.
local function resident(more)
  local facts = { commune = "2611011", birth_date = "1990-05-10", disability = "none", dependent = false,
                  family_crisis = false, leaving_care = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a senior who looks for work is eligible and pays nothing", on = on,
    facts = resident { birth_date = "1955-05-10", employment = "seeks-work" }, order = { advice_hours = 2 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a person in crisis is eligible", on = on,
    facts = resident { family_crisis = true, employment = "seeks-work" }, order = { advice_hours = 2 },
    expect = { eligible = "yes", because = "family-crisis" } },
  { "a pensioner who does not look for work is not", on = on,
    facts = resident { birth_date = "1950-05-10", employment = "retired" },
    expect = { eligible = "no", because = "seeks-work" } },
  { "a younger person out of crisis is not", on = on,
    facts = resident { employment = "seeks-work" },
    expect = { eligible = "no", because = "senior" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
