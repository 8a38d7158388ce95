-- Tests of community animation, which is for every resident.
local on = "2022-03-01"

return tests {
  { "every resident may come and pays nothing", on = on,
    facts = { commune = "2611011" },
    expect = { eligible = "yes", fee = pln "0.00" } },
  { "people from elsewhere are not counted", on = on,
    facts = { commune = "other" },
    expect = { eligible = "no", because = "resident" } },
  { "nothing known: the commune is asked", on = on,
    facts = {},
    expect = { eligible = "unknown", missing = { "commune" } } },
}
