-- Tests of the made-to-measure carer. At 40.00 zł an hour 1.5 hours are worth 60.00 zł; 20 % is 12.00 zł.
local on = "2024-03-01"
local order = { hours = 1.5, other_care = false }

-- A resident of Koszalin whom nothing entitles to the service or frees from its fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = false, disability = "none",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent resident is eligible and pays 20 %", on = on,
    facts = resident { dependent = true }, order = order,
    expect = { eligible = "yes", because = "dependent", fee = pln "12.00", relief = "none" } },
  { "a person with a severe disability is eligible", on = on,
    facts = resident { disability = "severe" }, order = order,
    expect = { eligible = "yes", because = "severe-disability" } },
  { "a moderate disability by itself is not enough", on = on,
    facts = resident { disability = "moderate" }, order = order,
    expect = { eligible = "no", because = "severe-disability" } },
  { "living alone, 75 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1949-03-01", household = "alone" }, order = order,
    expect = { eligible = "yes", because = "old-alone" } },
  { "living alone, 74 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1949-03-02", household = "alone" }, order = order,
    expect = { eligible = "no", because = "old-alone" } },
  { "two people over 75 together are eligible", on = on,
    facts = resident { birth_date = "1945-08-20", household = "with-over-75" }, order = order,
    expect = { eligible = "yes", because = "old-alone" } },
  { "over 75 with a younger family is not enough", on = on,
    facts = resident { birth_date = "1945-08-20" }, order = order,
    expect = { eligible = "no", because = "old-alone" } },
  { "a dependent person from another commune is not eligible", on = on,
    facts = resident { commune = "other", dependent = true }, order = order,
    expect = { eligible = "no", because = "resident" } },
  { "90 on the birthday itself is exempt", on = on,
    facts = resident { birth_date = "1934-03-01", dependent = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "age-90" } },
  { "89 on the day before the birthday pays", on = on,
    facts = resident { birth_date = "1934-03-02", dependent = true }, order = order,
    expect = { eligible = "yes", fee = pln "12.00", relief = "none" } },
  { "a person with none of the three is not eligible", on = on,
    facts = resident {}, order = order,
    expect = { eligible = "no", because = "dependent" } },
  { "half an hour costs 4.00 zł", on = on,
    facts = resident { dependent = true }, order = { hours = 0.5, other_care = false },
    expect = { eligible = "yes", fee = pln "4.00" } },
  { "hours already covered by other care are excluded", on = on,
    facts = resident { dependent = true }, order = { hours = 2, other_care = true },
    expect = { eligible = "no", because = "other-care" } },
  { "a person repressed for political reasons pays nothing", on = on,
    facts = resident { dependent = true, merit_status = "political-repression" }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "political-repression" } },
  { "it is asked about other care in the same hours", on = on,
    facts = resident { dependent = true }, order = { hours = 2 },
    expect = { eligible = "unknown", missing = { "other_care" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
