-- The career office for the young: 70 people.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Biuro Kariery"

return service {
  id = "career-office", revision = 1, number = 1,
  name    = { pl = "Biuro Kariery", en = "Career office", uk = "Бюро кар’єри" },
  summary = { pl = "Pośrednictwo pracy dla młodych, także wakacyjnej: oferty, pomoc w umowie, szkolenie BHP, spotkania.",
              en = "Job matching for the young, holiday jobs included: offers, help with contracts, safety training, meetings.",
              uk = "Посередництво в роботі, також на канікулах: пропозиції, допомога з договором, навчання з безпеки, зустрічі." },
  package = "zawodowy", areas = { "unemployment", "reintegration" },
  groups  = { "youth" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    age_from = { { from = "2022-01-11", value = 16, basis = list } },
    age_to   = { { from = "2022-01-11", value = 24, basis = list } },
    pool     = { { from = "2022-01-11", value = 70, per = "programme", basis = list .. ": przyznano 69 z 70" } },
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
