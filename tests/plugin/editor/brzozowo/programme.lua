local by = "uchwała nr VII/41/2025, par. 2"

return programme {
  id = "brzozowo",
  name = { pl = "Program Usług Społecznych", en = "Programme of Social Services" },
  municipality = { name = "Brzozowo", terc = "9999011" },
  centre = { pl = "Centrum Usług Społecznych w Brzozowie" },
  resolution = { number = "VII/41/2025", date = "2025-11-20", by = { pl = "Rada Gminy" }, basis = by },
  period = { from = "2026-01-01", to = "2028-12-31" },

  packages = { { id = "every-day", name = { pl = "na co dzień" }, basis = by } },
  groups = { { id = "residents", name = { pl = "mieszkańcy" }, basis = by } },
  places = { { id = "home", name = { pl = "w domu" }, basis = by },
             { id = "commune", name = { pl = "na terenie gminy" }, basis = by },
             { id = "club", name = { pl = "w klubie" }, basis = by } },
  providers = { { id = "centre", name = { pl = "Centrum" }, basis = by } },
  units = { { id = "ride", name = { pl = "przejazd" }, forms = { pl = { "przejazd", "przejazdy", "przejazdów" } } },
            { id = "hour", name = { pl = "godzina" }, forms = { pl = { "godzina", "godziny", "godzin" } } },
            { id = "class", name = { pl = "zajęcia" }, forms = { pl = { "zajęcia", "zajęcia", "zajęć" } } } },

  parameters = {
    card_members = { { from = "2026-01-01", value = 3, basis = by } },
  },

  fee = free { basis = by },
  reliefs = {
    relief { id = "large-family", percent = 50, when = at_least("children", param "card_members"), basis = by,
             text = { pl = "Co najmniej {card_members|dziecko|dzieci|dzieci} w rodzinie" } },
  },
  rounding = { to = "grosz", per = "line", basis = "example" },
  price_at = { when = "settlement", basis = "example" },
}
