-- Tests of the Helping Taxi. 20 % of 50.00 zł is 10.00 zł.
local on = "2024-03-01"
local order = { wheelchair = true, lying_down = false, outside_town = false }

-- A resident of Koszalin whom nothing entitles to the service or frees from its fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1960-05-10", household = "other", dependent = false, disability = "none",
    limited_mobility = false,
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a dependent resident is eligible and pays 20 %", on = on,
    facts = resident { dependent = true }, order = order,
    expect = { eligible = "yes", because = "dependent", fee = pln "10.00", relief = "none" } },
  { "a light disability certificate is enough", on = on,
    facts = resident { disability = "light" }, order = order,
    expect = { eligible = "yes", because = "certificate" } },
  { "a moderate disability certificate is enough", on = on,
    facts = resident { disability = "moderate" }, order = order,
    expect = { eligible = "yes", because = "certificate" } },
  { "a severe disability certificate is enough", on = on,
    facts = resident { disability = "severe" }, order = order,
    expect = { eligible = "yes", because = "certificate" } },
  { "70 on the birthday itself, with trouble going by bus, is enough", on = on,
    facts = resident { birth_date = "1954-03-01", limited_mobility = true }, order = order,
    expect = { eligible = "yes", because = "senior-limited" } },
  { "69 on the day before the birthday is not", on = on,
    facts = resident { birth_date = "1954-03-02", limited_mobility = true }, order = order,
    expect = { eligible = "no", because = "senior-limited" } },
  { "over 70 who easily goes by bus is not eligible", on = on,
    facts = resident { birth_date = "1950-01-15" }, order = order,
    expect = { eligible = "no", because = "senior-limited" } },
  { "trouble going by bus alone is not enough", on = on,
    facts = resident { limited_mobility = true }, order = order,
    expect = { eligible = "no", because = "senior-limited" } },
  { "a dependent person from another commune is not eligible", on = on,
    facts = resident { commune = "other", dependent = true }, order = order,
    expect = { eligible = "no", because = "resident" } },
  { "who must lie down needs medical transport", on = on,
    facts = resident { dependent = true }, order = { wheelchair = false, lying_down = true, outside_town = false },
    expect = { eligible = "no", because = "lying-down" } },
  { "a ride outside Koszalin is not given", on = on,
    facts = resident { dependent = true }, order = { wheelchair = true, lying_down = false, outside_town = true },
    expect = { eligible = "no", because = "outside-town" } },
  { "90 on the birthday itself is exempt", on = on,
    facts = resident { birth_date = "1934-03-01", dependent = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "age-90" } },
  { "89 on the day before the birthday pays", on = on,
    facts = resident { birth_date = "1934-03-02", dependent = true }, order = order,
    expect = { eligible = "yes", fee = pln "10.00", relief = "none" } },
  { "who has care services of the Centre pays nothing", on = on,
    facts = resident { dependent = true, care_services = true }, order = order,
    expect = { eligible = "yes", fee = pln "0.00", relief = "care-services" } },
  { "it is asked whether the ride leaves the city", on = on,
    facts = resident { dependent = true }, order = { wheelchair = true, lying_down = false },
    expect = { eligible = "unknown", missing = { "outside_town" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
