-- Tests of the handyman. At 70.00 zł an hour 1.5 hours are worth 105.00 zł; 20 % is 21.00 zł.
local on = "2024-03-01"
local order = { hours = 1.5, licensed_work = false, landlord_duty = false }
local two_hours = { hours = 2, licensed_work = false, landlord_duty = false }

-- A resident of Koszalin whom nothing entitles to the service or frees from its fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = false, disability = "none",
    raises_child = "no",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent resident is eligible and pays 20 %", on = on,
    facts = resident { dependent = true }, order = order,
    expect = { eligible = "yes", because = "dependent", fee = pln "21.00", relief = "none" } },
  { "a person with a severe disability is eligible", on = on,
    facts = resident { disability = "severe" }, order = order,
    expect = { eligible = "yes", because = "severe-disability" } },
  { "a moderate disability by itself is not enough", on = on,
    facts = resident { disability = "moderate" }, order = order,
    expect = { eligible = "no", because = "severe-disability" } },
  { "living with another person over 75, 75 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1949-03-01", household = "with-over-75" }, order = order,
    expect = { eligible = "yes", because = "old-alone" } },
  { "living with another person over 75, 74 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1949-03-02", household = "with-over-75" }, order = order,
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
    expect = { eligible = "yes", fee = pln "21.00", relief = "none" } },
  { "living alone, 65 on the birthday itself is enough", on = on,
    facts = resident { birth_date = "1959-03-01", household = "alone" }, order = order,
    expect = { eligible = "yes", because = "senior-alone" } },
  { "living alone, 64 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1959-03-02", household = "alone" }, order = order,
    expect = { eligible = "no", because = "senior-alone" } },
  { "66 with the family is not enough", on = on,
    facts = resident { birth_date = "1958-03-01" }, order = order,
    expect = { eligible = "no", because = "senior-alone" } },
  { "a lone parent is eligible and pays for two hours 28.00 zł", on = on,
    facts = resident { birth_date = "1990-07-07", raises_child = "single" }, order = two_hours,
    expect = { eligible = "yes", because = "single-parent", fee = pln "28.00" } },
  { "a parent raising a child with another person is not eligible", on = on,
    facts = resident { birth_date = "1990-07-07", raises_child = "together" }, order = order,
    expect = { eligible = "no", because = "single-parent" } },
  { "gas and electricity need a licensed specialist", on = on,
    facts = resident { dependent = true }, order = { hours = 1, licensed_work = true, landlord_duty = false },
    expect = { eligible = "no", because = "licensed-work" } },
  { "what the landlord should repair is excluded", on = on,
    facts = resident { dependent = true }, order = { hours = 1, licensed_work = false, landlord_duty = true },
    expect = { eligible = "no", because = "landlord-duty" } },
  { "who has a family assistant of the Centre pays nothing", on = on,
    facts = resident { raises_child = "single", family_assistant = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "family-assistant" } },
  { "it is asked whose duty the repair is", on = on,
    facts = resident { dependent = true }, order = { hours = 1, licensed_work = false },
    expect = { eligible = "unknown", missing = { "landlord_duty" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
