-- Advice by the case. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Doradca Osoby lub Rodziny w trudnej sytuacji zdrowotnej"

return service {
  id = "health-adviser", revision = 1, number = 13,
  name    = { pl = "Doradca Osoby lub Rodziny znajdującej się w trudnej sytuacji zdrowotnej",
              en = "Adviser in a difficult health situation",
              uk = "Порадник у складній ситуації зі здоров’ям" },
  summary = { pl = "Plan postępowania: co daje NFZ, a co rynek prywatny.",
              en = "A plan of action: what the National Health Fund gives and what private practice does.",
              uk = "План дій: що дає Національний фонд здоров’я, а що приватний ринок." },
  package = "specjalistyczny", areas = { "health" },
  groups  = { "residents" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "case",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 20, per = "programme", basis = "example" } },
    limits = { { from = "2022-01-11", value = { { visits = 1, per = "year", whose = "case" } },
                                      basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "health-trouble", is "health_trouble", basis = list,
            text = { pl = "Trudna sytuacja zdrowotna, własna lub w rodzinie",
                     en = "A difficult health situation, one’s own or in the family",
                     uk = "Складна ситуація зі здоров’ям, власна чи в родині" } },
  },

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
