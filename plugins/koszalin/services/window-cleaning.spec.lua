-- Tests of window cleaning. At 25.00 zł a window four windows are worth 100.00 zł; 20 % is 20.00 zł.
local on = "2024-03-01"
local order = { windows = 4, windows_unsafe = false }

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
    expect = { eligible = "yes", because = "dependent", fee = pln "20.00", relief = "none" } },
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
    expect = { eligible = "yes", fee = pln "20.00", relief = "none" } },
  { "a person with none of the three is not eligible", on = on,
    facts = resident {}, order = order,
    expect = { eligible = "no", because = "dependent" } },
  { "one window costs 5.00 zł", on = on,
    facts = resident { dependent = true }, order = { windows = 1, windows_unsafe = false },
    expect = { eligible = "yes", fee = pln "5.00" } },
  { "a window without safe access is not cleaned", on = on,
    facts = resident { dependent = true }, order = { windows = 4, windows_unsafe = true },
    expect = { eligible = "no", because = "windows-unsafe" } },
  { "the PESEL number tells the birth date: 79 and living alone", on = on,
    facts = { commune = "3261011", pesel = "44051401458", household = "alone", dependent = false, disability = "none" },
    order = order, expect = { eligible = "yes", because = "old-alone" } },
  { "the same rule holds on the programme's last day", on = "2026-09-30",
    facts = resident { dependent = true }, order = order,
    expect = { eligible = "yes" } },
  { "a person deported to forced labour pays nothing", on = on,
    facts = resident { dependent = true, merit_status = "forced-labour" }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "forced-labour" } },
  { "it is asked whether the windows are safe to clean", on = on,
    facts = resident { dependent = true }, order = { windows = 4 },
    expect = { eligible = "unknown", missing = { "windows_unsafe" } } },
  { "without a birth date the age stays open", on = on,
    facts = { commune = "3261011", household = "alone", dependent = false, disability = "none" }, order = order,
    expect = { eligible = "unknown", missing = { "birth_date" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
