-- Tests of the equipment loan. At 60.00 zł a month two months are worth 120.00 zł; 20 % is 24.00 zł.
local on = "2024-03-01"
local order = { loan_items = 1, loan_months = 2, overdue_return = false }

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
    expect = { eligible = "yes", because = "dependent", fee = pln "24.00", relief = "none" } },
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
    expect = { eligible = "yes", fee = pln "24.00", relief = "none" } },
  { "a person with none of the three is not eligible", on = on,
    facts = resident {}, order = order,
    expect = { eligible = "no", because = "dependent" } },
  { "one month costs 12.00 zł", on = on,
    facts = resident { dependent = true }, order = { loan_items = 1, loan_months = 1, overdue_return = false },
    expect = { eligible = "yes", fee = pln "12.00" } },
  { "two items for two months cost twice as much", on = on,
    facts = resident { dependent = true }, order = { loan_items = 2, loan_months = 2, overdue_return = false },
    expect = { eligible = "yes", fee = pln "48.00" } },
  { "equipment not returned in time closes the loan", on = on,
    facts = resident { dependent = true }, order = { loan_items = 1, loan_months = 2, overdue_return = true },
    expect = { eligible = "no", because = "overdue-return" } },
  { "it is asked whether equipment is overdue", on = on,
    facts = resident { dependent = true }, order = { loan_items = 1, loan_months = 2 },
    expect = { eligible = "unknown", missing = { "overdue_return" } } },
  { "who has care services of the Centre pays nothing", on = on,
    facts = resident { dependent = true, care_services = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "care-services" } },
  { "without a birth date the age stays open", on = on,
    facts = { commune = "3261011", household = "alone", dependent = false, disability = "none" }, order = order,
    expect = { eligible = "unknown", missing = { "birth_date" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
