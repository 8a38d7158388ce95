-- Tests of the hairdresser at home. 20 % of 70.00 zł is 14.00 zł.
local on = "2024-03-01"

-- A resident of Koszalin whom nothing entitles to the service or frees from its fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = false, disability = "none",
    limited_mobility = true, scalp_illness = false,
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent resident is eligible and pays 20 %", on = on,
    facts = resident { dependent = true },
    expect = { eligible = "yes", because = "dependent", fee = pln "14.00", relief = "none" } },
  { "a person with a severe disability is eligible", on = on,
    facts = resident { disability = "severe" },
    expect = { eligible = "yes", because = "severe-disability" } },
  { "a moderate disability by itself is not enough", on = on,
    facts = resident { disability = "moderate" },
    expect = { eligible = "no", because = "severe-disability" } },
  { "living alone, 75 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1949-03-01", household = "alone" },
    expect = { eligible = "yes", because = "old-alone" } },
  { "living alone, 74 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1949-03-02", household = "alone" },
    expect = { eligible = "no", because = "old-alone" } },
  { "two people over 75 together are eligible", on = on,
    facts = resident { birth_date = "1945-08-20", household = "with-over-75" },
    expect = { eligible = "yes", because = "old-alone" } },
  { "over 75 with a younger family is not enough", on = on,
    facts = resident { birth_date = "1945-08-20" },
    expect = { eligible = "no", because = "old-alone" } },
  { "a dependent person from another commune is not eligible", on = on,
    facts = resident { commune = "other", dependent = true },
    expect = { eligible = "no", because = "resident" } },
  { "90 on the birthday itself is exempt", on = on,
    facts = resident { birth_date = "1934-03-01", dependent = true },
    expect = { eligible = "yes", fee = pln "0.00", relief = "age-90" } },
  { "89 on the day before the birthday pays", on = on,
    facts = resident { birth_date = "1934-03-02", dependent = true },
    expect = { eligible = "yes", fee = pln "14.00", relief = "none" } },
  { "a person with none of the three is not eligible", on = on,
    facts = resident {},
    expect = { eligible = "no", because = "dependent" } },
  { "who can easily go out is not eligible", on = on,
    facts = resident { dependent = true, limited_mobility = false },
    expect = { eligible = "no", because = "limited-mobility" } },
  { "a scalp disease needs a doctor", on = on,
    facts = resident { dependent = true, scalp_illness = true },
    expect = { eligible = "no", because = "scalp-illness" } },
  { "who can hardly go out is served at home", on = on,
    facts = resident { dependent = true },
    expect = { eligible = "yes", because = "limited-mobility" } },
  { "a member of the Corps of Veterans pays nothing", on = on,
    facts = resident { dependent = true, merit_status = "veterans-corps" },
    expect = { eligible = "yes", fee = pln "0.00", relief = "veterans-corps" } },
  { "it is asked how hard it is to go out", on = on,
    facts = { commune = "3261011", dependent = true, scalp_illness = false },
    expect = { eligible = "unknown", missing = { "limited_mobility" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
