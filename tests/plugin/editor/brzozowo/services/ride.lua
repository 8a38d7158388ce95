-- A flat fee for each ride; on Saturdays until one o'clock.
return service {
  id = "ride", revision = 1, number = 1,
  name = { pl = "podwózka" },
  summary = { pl = "Przejazd do lekarza albo urzędu i z powrotem." },
  package = "every-day", areas = { "social-assistance" }, groups = { "residents" },
  place = "commune", providers = { "centre" },
  unit = "ride", quantity = "rides",
  basis = { name = "example", summary = "example", package = "example", areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    ride_fee = { { from = "2026-01-01", value = pln "7.50", basis = "uchwała nr VII/41/2025, par. 5" },
                 { from = "2027-01-01", value = pln "8.00", basis = "uchwała nr VII/41/2025, par. 5" } },
    limits = { { from = "2026-01-01", value = { { units = 4, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "07:00", to = "17:00", basis = "example" },
            { days = "sat", from = "08:00", to = "13:00", basis = "example" } },

  eligibility = all { shared.resident, shared.adult },
  asks = { "rides" },
  fee = flat { amount = param "ride_fee", per = "unit", basis = "uchwała nr VII/41/2025, par. 5" },
}
