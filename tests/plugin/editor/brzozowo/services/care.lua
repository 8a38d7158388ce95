-- A fee in steps of income, at most five hours a day and twenty a month for a household.
return service {
  id = "care", revision = 1, number = 2,
  name = { pl = "opieka w domu" },
  summary = { pl = "Pomoc w codziennych sprawach w domu." },
  package = "every-day", areas = { "social-assistance" }, groups = { "residents" },
  place = "home", providers = { "centre" },
  unit = "hour", quantity = "hours",
  basis = { name = "example", summary = "example", package = "example", areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price = { { from = "2026-01-01", value = pln "40.00", basis = "example" } },
    limits = { { from = "2026-01-01", basis = "example",
                 value = { { units = 20, per = "month", whose = "household" },
                           { units = 5, per = "day", whose = "household" } } } },
    steps = { { from = "2026-01-01", basis = "uchwała nr VII/41/2025, par. 6",
                value = { { up_to = pln "1010.00", percent = 0 },
                          { up_to = pln "2000.00", percent = 25 },
                          { up_to = pln "3000.00", amount = pln "18.00" },
                          { percent = 100 } } } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "18:00", basis = "example" } },

  eligibility = all { shared.resident },
  asks = { "hours" },
  fee = steps { by = "income", rows = param "steps", basis = "uchwała nr VII/41/2025, par. 6" },
}
