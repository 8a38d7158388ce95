-- Tests of the laundry. At 12.00 zł a kilogram 4.5 kg are worth 54.00 zł; 20 % is 10.80 zł.
local on = "2024-03-01"
local order = { laundry_kg = 4.5, laundry_unsuitable = false }

-- A resident of Koszalin whom nothing entitles to the service or frees from its fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = false, disability = "none",
    washing = "no-machine",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent resident is eligible and pays 20 %", on = on,
    facts = resident { dependent = true }, order = order,
    expect = { eligible = "yes", because = "dependent", fee = pln "10.80", relief = "none" } },
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
    expect = { eligible = "yes", fee = pln "10.80", relief = "none" } },
  { "a person with none of the three is not eligible", on = on,
    facts = resident {}, order = order,
    expect = { eligible = "no", because = "dependent" } },
  { "6 kg cost 14.40 zł", on = on,
    facts = resident { dependent = true }, order = { laundry_kg = 6, laundry_unsuitable = false },
    expect = { eligible = "yes", fee = pln "14.40" } },
  { "who has a washing machine but cannot use it is eligible", on = on,
    facts = resident { dependent = true, washing = "cannot-use" }, order = order,
    expect = { eligible = "yes", because = "no-washing" } },
  { "who washes at home is not eligible", on = on,
    facts = resident { dependent = true, washing = "can-wash" }, order = order,
    expect = { eligible = "no", because = "no-washing" } },
  { "leather and carpets are not accepted", on = on,
    facts = resident { dependent = true }, order = { laundry_kg = 2, laundry_unsuitable = true },
    expect = { eligible = "no", because = "laundry-unsuitable" } },
  { "a victim of repression pays nothing", on = on,
    facts = resident { dependent = true, merit_status = "repression-victim" }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "repression-victim" } },
  { "it is asked what is in the laundry", on = on,
    facts = resident { dependent = true }, order = { laundry_kg = 2 },
    expect = { eligible = "unknown", missing = { "laundry_unsuitable" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
