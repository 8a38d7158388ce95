-- Tests of the School for Parents. 20 % of 50.00 zł a meeting is 10.00 zł.
local on = "2024-03-01"

-- A parent from Koszalin whom nothing frees from the fee, but for what `more` says.
local function resident(more)
  local facts = {
    commune = "3261011", birth_date = "1988-05-10", raises_child = "together",
    care_services = false, family_assistant = false, merit_status = "none", foster_care = "none",
  }
  for fact, value in pairs(more) do facts[fact] = value end
  return facts
end

return tests {
  { "a parent is eligible and pays 20 % of a meeting", on = on,
    facts = resident {},
    expect = { eligible = "yes", because = "raises-child", fee = pln "10.00", relief = "none" } },
  { "a lone parent is eligible", on = on,
    facts = resident { raises_child = "single" },
    expect = { eligible = "yes", because = "raises-child" } },
  { "who raises no child is not eligible", on = on,
    facts = resident { raises_child = "no" },
    expect = { eligible = "no", because = "raises-child" } },
  { "a parent from another commune is not eligible", on = on,
    facts = resident { commune = "other" },
    expect = { eligible = "no", because = "resident" } },
  { "a care leaver who is a parent pays nothing", on = on,
    facts = resident { birth_date = "2004-01-30", foster_care = "leaver" },
    expect = { eligible = "yes", fee = pln "0.00", relief = "care-leaver" } },
  { "90 on the birthday itself is exempt", on = on,
    facts = resident { birth_date = "1934-03-01" },
    expect = { eligible = "yes", fee = pln "0.00", relief = "age-90" } },
  { "89 on the day before the birthday pays", on = on,
    facts = resident { birth_date = "1934-03-02" },
    expect = { eligible = "yes", fee = pln "10.00", relief = "none" } },
  { "it is asked whether there is a child", on = on, facts = { commune = "3261011" },
    expect = { eligible = "unknown", missing = { "raises_child" } } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
