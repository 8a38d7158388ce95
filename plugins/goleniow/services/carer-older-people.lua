-- The carer of people over 65, lone ones first. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Opiekun osoby starszej"

return service {
  id = "carer-older-people", revision = 1, number = 11,
  name    = { pl = "opiekun osoby starszej", en = "Carer of an older person", uk = "Догляд за літньою людиною" },
  summary = { pl = "Opieka nad osobą starszą w domu.",
              en = "Care of an older person at home.",
              uk = "Догляд за літньою людиною вдома." },
  package = "socjalny", areas = { "social-assistance" },
  groups  = { "seniors", "lonely" },
  place   = "home", providers = { "centre", "ngo" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    old_age = { { from = "2022-01-11", value = 65, basis = list } },
    pool    = { { from = "2022-01-11", value = 2700, per = "programme", basis = "example" } },
    limits  = { { from = "2022-01-11", value = { { units = 20, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "old", at_least("age", param "old_age"), basis = list,
            text = { pl = "Osoba, która ukończyła {old_age|rok|lata|lat}",
                     en = "A person aged {old_age} or over",
                     uk = "Особа, якій виповнилося {old_age|рік|роки|років}" } },
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
  notes = {
    { text = { pl = "„Powyżej {old_age} roku życia” rozumiemy jako ukończone {old_age|rok|lata|lat}.",
               en = "“Over {old_age}” is read as having completed {old_age|year|years}.",
               uk = "«Понад {old_age|рік|роки|років}» розуміємо як повних {old_age|рік|роки|років}." },
      basis = "example" },
  },
  waiting = {
    order = "complete-application-date",
    criteria = {
      { id = "lone", points = 10, when = is "lives_alone", basis = list,
        text = { pl = "W szczególności osoby samotne", en = "Lone people above all", uk = "Насамперед самотні особи" } },
    },
  },
}
