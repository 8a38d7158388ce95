-- Tests of dietary therapy. 20 % of 120.00 zł is 24.00 zł.
local on = "2024-03-01"

-- A child from Koszalin for whom nothing frees from the fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "2015-06-15", diet_need = true, eating_disorder = false,
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a child who needs a dietician is eligible and the fee is 20 %", on = on,
    facts = resident {},
    expect = { eligible = "yes", because = "diet-need", fee = pln "24.00", relief = "none" } },
  { "3 on the birthday itself is old enough", on = on,
    facts = resident { birth_date = "2021-03-01" },
    expect = { eligible = "yes", because = "child-age" } },
  { "the day before that birthday is too early", on = on,
    facts = resident { birth_date = "2021-03-02" },
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
  { "a child without the need is not eligible", on = on,
    facts = resident { diet_need = false },
    expect = { eligible = "no", because = "diet-need" } },
  { "an eating disorder needs a doctor", on = on,
    facts = resident { eating_disorder = true },
    expect = { eligible = "no", because = "eating-disorder" } },
  { "a care leaver of 17 pays nothing", on = on,
    facts = resident { birth_date = "2006-11-20", foster_care = "leaver" },
    expect = { eligible = "yes", fee = pln "0.00", relief = "care-leaver" } },
  { "it is asked about eating disorders", on = on,
    facts = { commune = "3261011", birth_date = "2015-06-15", diet_need = true },
    expect = { eligible = "unknown", missing = { "eating_disorder" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
