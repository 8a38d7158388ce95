-- Courses for the young. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Młodzieżowe Centrum Kompetencji"

return service {
  id = "youth-skills-centre", revision = 1, number = 2,
  name    = { pl = "Młodzieżowe Centrum Kompetencji", en = "Youth skills centre", uk = "Молодіжний центр умінь" },
  summary = { pl = "Kursy dla młodych, na przykład baristy albo barmana (16 godzin).",
              en = "Courses for the young, for example barista or bartender (16 hours).",
              uk = "Курси для молоді, наприклад бариста чи бармена (16 годин)." },
  package = "edukacyjny", areas = { "public-education", "unemployment" },
  groups  = { "youth" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    age_from = { { from = "2022-01-11", value = 15, basis = list } },
    age_to   = { { from = "2022-01-11", value = 26, basis = list } },
    pool     = { { from = "2022-01-11", value = 123, per = "programme", basis = "example" } },
    limits   = { { from = "2022-01-11", value = { { visits = 1, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "age", between("age", param "age_from", param "age_to"), basis = list,
            text = { pl = "Wiek od {age_from} do {age_to} lat",
                     en = "Aged {age_from} to {age_to}",
                     uk = "Вік від {age_from} до {age_to} років" } },
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
