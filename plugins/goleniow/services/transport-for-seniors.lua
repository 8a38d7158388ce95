-- Rides. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Transport dla seniora i osób z niepełnosprawnościami"

return service {
  id = "transport-for-seniors", revision = 1, number = 6,
  name    = { pl = "transport dla seniora i osób z niepełnosprawnościami",
              en = "Transport for seniors and people with disabilities",
              uk = "Транспорт для літніх людей та осіб з інвалідністю" },
  summary = { pl = "Kursy, także dla osób na wózkach.",
              en = "Rides, also for people in wheelchairs.",
              uk = "Поїздки, також для осіб на візках." },
  package = "socjalny", areas = { "disability-support" },
  groups  = { "seniors", "disabled" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "ride",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    senior_age = { { from = "2022-01-11", value = 60, basis = "example" } },
    pool       = { { from = "2022-01-11", value = 150, per = "programme", basis = "example" } },
    limits     = { { from = "2022-01-11", value = { { visits = 2, per = "month" },
                                                    { visits = 12, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "senior", at_least("age", param "senior_age"), basis = list,
              text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
                       en = "A person aged {senior_age} or over",
                       uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" } },
      check { id = "disabled", one_of("disability", { "light", "moderate", "severe" }), basis = list,
              text = { pl = "Osoba z orzeczeniem o niepełnosprawności",
                       en = "A person with a disability certificate",
                       uk = "Особа з довідкою про інвалідність" } },
    },
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
