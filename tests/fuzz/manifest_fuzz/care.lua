local function small(f)
  return f.household <= 2
end

return service {
  id = "care", revision = 1, number = 2,
  name = { pl = "Opieka" }, summary = { pl = "Opieka w domu." },
  package = "extended", areas = { "area-one" }, groups = { "seniors" },
  place = "home", providers = { "centre" },
  unit = "hour", quantity = "hours",
  basis = { name = "a", summary = "a", package = "a", areas = "a", groups = "a", unit = "a",
            place = "a", providers = "a" },
  parameters = {
    price = { { from = "2024-01-01", value = pln "40.00", basis = "example" } },
    steps = { { from = "2024-01-01", basis = "example",
                value = { { up_to = pln "1000.00", percent = 10 },
                          { up_to = pln "2000.00", amount = pln "8.00" },
                          { percent = 50 } } } },
  },
  eligibility = all {
    check { id = "small", when = function(f) return small(f) and f.income < pln "3000.00" end,
            text = { pl = "Mały dom" }, basis = "example" },
    check { id = "not-a-child", between("age", 18, 120), text = { pl = "Dorosły" }, basis = "example" },
    check { id = "one-of", one_of("commune", { "here", "other" }), text = { pl = "Gdzieś" },
            basis = "example" },
  },
  fee = steps { by = "income", rows = param "steps", basis = "example" },
  asks = { "hours" },
}
