-- Tests of sheltered flats for older people, free in the pilot.
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
    facts = resident { birth_date = "1950-05-10", needs_nursing = false }, order = { stay_months = 12 },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a person with any certificate is eligible", on = on,
    facts = resident { disability = "light", needs_nursing = false }, order = { stay_months = 12 },
    expect = { eligible = "yes", because = "disabled" } },
  { "60 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1962-03-01", needs_nursing = false }, order = { stay_months = 12 },
    expect = { eligible = "yes", because = "senior" } },
  { "59 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1962-03-02", needs_nursing = false }, order = { stay_months = 12 },
    expect = { eligible = "no", because = "senior" } },
  { "a senior from another commune is not eligible", on = on,
    facts = resident { birth_date = "1950-05-10", commune = "other", needs_nursing = false },
    order = { stay_months = 12 },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
  { "nursing round the clock needs another place", on = on,
    facts = resident { birth_date = "1950-05-10", needs_nursing = true },
    expect = { eligible = "no", because = "needs-nursing" } },
  { "a dependent person who lives alone comes first", on = on,
    facts = resident { birth_date = "1950-05-10", needs_nursing = false, dependent = true, lives_alone = true },
    order = { stay_months = 6 },
    expect = { eligible = "yes", points = 15 } },
  { "what is not known gives no points", on = on,
    facts = resident { birth_date = "1950-05-10", needs_nursing = false, dependent = true },
    order = { stay_months = 6 },
    expect = { eligible = "yes", points = 10 } },
}
