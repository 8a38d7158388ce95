-- Tests of biofeedback. 20 % of 110.00 zł is 22.00 zł.
local on = "2024-03-01"

-- A child from Koszalin for whom nothing frees from the fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "2015-06-15",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a child of school age is eligible and the fee is 20 %", on = on,
    facts = resident {},
    expect = { eligible = "yes", because = "child-age", fee = pln "22.00", relief = "none" } },
  { "6 on the birthday itself is old enough", on = on,
    facts = resident { birth_date = "2018-03-01" },
    expect = { eligible = "yes", because = "child-age" } },
  { "the day before that birthday is too early", on = on,
    facts = resident { birth_date = "2018-03-02" },
    expect = { eligible = "no", because = "child-age" } },
  { "17 on the day before the 18th birthday is still young enough", on = on,
    facts = resident { birth_date = "2006-03-02" },
    expect = { eligible = "yes", because = "child-age" } },
  { "18 on the birthday itself is too old", on = on,
    facts = resident { birth_date = "2006-03-01" },
    expect = { eligible = "no", because = "child-age" } },
  { "a child from another commune is not eligible", on = on,
    facts = resident { commune = "other" },
    expect = { eligible = "no", because = "resident" } },
  { "a child whose family has a family assistant pays nothing", on = on,
    facts = resident { family_assistant = true },
    expect = { eligible = "yes", fee = pln "0.00", relief = "family-assistant" } },
  { "without a birth date the age stays open", on = on, facts = { commune = "3261011" },
    expect = { eligible = "unknown", missing = { "birth_date" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
