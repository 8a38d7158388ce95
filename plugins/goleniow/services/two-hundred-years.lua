-- A modest celebration for lone older people. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", 200 Lat"

return service {
  id = "two-hundred-years", revision = 1, number = 7,
  name    = { pl = "200 Lat",
              en = "“200 Lat”: a birthday celebration",
              uk = "«200 Lat»: святкування дня народження" },
  summary = { pl = "Skromna uroczystość dla samotnej starszej osoby, na przykład z inicjatywy sąsiadki, sąsiada albo znajomych.",
              en = "A modest celebration for a lone older person, for example on a neighbour’s or a friend’s initiative.",
              uk = "Скромне свято для самотньої літньої людини, наприклад з ініціативи сусідів чи знайомих." },
  package = "srodowiskowy", areas = { "social-assistance", "civic-activity" },
  groups  = { "seniors", "lonely" },
  place   = "home", providers = { "centre", "ngo" },
  unit    = "event",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    senior_age = { { from = "2022-01-11", value = 60, basis = "example" } },
    pool       = { { from = "2022-01-11", value = 15, per = "programme", basis = "example" } },
    limits     = { { from = "2022-01-11", value = { { visits = 1, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "senior", at_least("age", param "senior_age"), basis = list,
            text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
                     en = "A person aged {senior_age} or over",
                     uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" } },
    check { id = "lone", is "lives_alone", basis = list,
            text = { pl = "Osoba samotna", en = "A lone person", uk = "Самотня особа" } },
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
