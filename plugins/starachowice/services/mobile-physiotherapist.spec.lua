-- Tests of the physiotherapist, who is free in the pilot.
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
    facts = resident { birth_date = "1950-05-10", acute_illness = false },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "a person with any certificate is eligible", on = on,
    facts = resident { disability = "light", acute_illness = false },
    expect = { eligible = "yes", because = "disabled" } },
  { "60 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1962-03-01", acute_illness = false },
    expect = { eligible = "yes", because = "senior" } },
  { "59 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1962-03-02", acute_illness = false },
    expect = { eligible = "no", because = "senior" } },
  { "a senior from another commune is not eligible", on = on,
    facts = resident { birth_date = "1950-05-10", commune = "other", acute_illness = false },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
  { "an acute illness waits for a doctor", on = on,
    facts = resident { birth_date = "1950-05-10", acute_illness = true },
    expect = { eligible = "no", because = "acute-illness" } },
  { "whether there is one is asked", on = on,
    facts = resident { birth_date = "1950-05-10" },
    expect = { eligible = "unknown", missing = { "acute_illness" } } },
}
