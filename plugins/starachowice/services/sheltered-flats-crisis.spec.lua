-- Tests of sheltered flats for people in crisis, free in the pilot.
local on = "2022-03-01"

-- A resident of Starachowice in none of the groups, but for what `more` says.
local function resident(more)
  local facts = { commune = "2611011", birth_date = "1990-05-10", disability = "none", dependent = false,
                  family_crisis = false, leaving_care = false }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a family in crisis is eligible and pays nothing", on = on,
    facts = resident { family_crisis = true }, order = { stay_months = 12 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a care leaver is eligible", on = on,
    facts = resident { leaving_care = true }, order = { stay_months = 12 },
    expect = { eligible = "yes", because = "leaving-care" } },
  { "without a crisis it is not for this person", on = on,
    facts = resident {}, order = { stay_months = 12 },
    expect = { eligible = "no", because = "family-crisis" } },
  { "a person from another commune is not eligible", on = on,
    facts = resident { family_crisis = true, commune = "other" }, order = { stay_months = 12 },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
  { "a crisis with a small child comes first", on = on,
    facts = resident { family_crisis = true, child_under_3 = true }, order = { stay_months = 12 },
    expect = { eligible = "yes", points = 15 } },
  { "a care leaver waits by the date", on = on,
    facts = resident { leaving_care = true, child_under_3 = false }, order = { stay_months = 12 },
    expect = { eligible = "yes", points = 0 } },
}
