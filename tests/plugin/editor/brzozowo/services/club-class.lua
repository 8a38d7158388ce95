-- A group of six to fifteen people on Saturdays.
return service {
  id = "club-class", revision = 1, number = 3,
  name = { pl = "zajęcia w klubie" },
  summary = { pl = "Gimnastyka i gry w sobotnie przedpołudnia." },
  package = "every-day", areas = { "culture" }, groups = { "residents" },
  place = "club", providers = { "centre" },
  unit = "class",
  basis = { name = "example", summary = "example", package = "example", areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price = { { from = "2026-01-01", value = pln "12.00", basis = "example" } },
    limits = { { from = "2026-01-01", value = { { seats = 15, least = 6 } }, basis = "example" } },
  },
  hours = { { days = "sat", from = "09:00", to = "13:00", basis = "example" } },

  eligibility = all { shared.resident },
  fee = flat { amount = param "price", per = "visit", basis = "example" },
}
