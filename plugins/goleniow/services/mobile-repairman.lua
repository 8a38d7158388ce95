-- Small repairs. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Mobilny konserwator – Złota Rączka"

return service {
  id = "mobile-repairman", revision = 1, number = 10,
  name    = { pl = "mobilny konserwator – Złota Rączka",
              en = "Mobile repairman",
              uk = "Мобільний майстер – «Золоті руки»" },
  summary = { pl = "Drobne naprawy i prace montażowe w domu.",
              en = "Small repairs and assembly at home.",
              uk = "Дрібний ремонт і монтаж удома." },
  package = "socjalny", areas = { "social-assistance" },
  groups  = { "seniors", "dependent", "lonely", "parents" },
  place   = "home", providers = { "social-enterprise" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    senior_age = { { from = "2022-01-11", value = 60, basis = "example" } },
    pool       = { { from = "2022-01-11", value = 276, per = "programme", basis = "example" } },
    limits     = { { from = "2022-01-11", value = { { units = 8, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "senior", at_least("age", param "senior_age"), basis = list,
              text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
                       en = "A person aged {senior_age} or over",
                       uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" } },
      check { id = "dependent", is "dependent", basis = list,
              text = { pl = "Osoba niesamodzielna", en = "A dependent person", uk = "Несамостійна особа" } },
      check { id = "lone", is "lives_alone", basis = list,
              text = { pl = "Osoba samotna", en = "A lone person", uk = "Самотня особа" } },
      check { id = "lone-parent", is "lone_parent", basis = list,
              text = { pl = "Rodzic samotnie wychowujący dziecko",
                       en = "A lone parent",
                       uk = "Одинокі мати чи батько" } },
    },
  },

  asks = { "help_hours" },
  documents = {
    { text = { pl = "wniosek, składany w Biurze Obsługi u koordynatora",
               en = "application, made at the client office to the coordinator",
               uk = "заява, яку подають координаторові в бюро обслуговування" },
      basis = slides .. ", procedura obsługi mieszkańca, pkt 1" },
    { text = { pl = "po usłudze ankieta ewaluacyjna",
               en = "an evaluation survey after the service",
               uk = "після послуги – анкета оцінювання" },
      basis = slides .. ", druki: wniosek, IPUS, karta, ankieta" },
  },
  waiting = { order = "complete-application-date" },
}
