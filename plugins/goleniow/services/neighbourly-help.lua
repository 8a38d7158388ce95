-- Help by an accepted neighbour. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Pomoc sąsiedzka"

return service {
  id = "neighbourly-help", revision = 1, number = 9,
  name    = { pl = "pomoc sąsiedzka", en = "Neighbourly help", uk = "Сусідська допомога" },
  summary = { pl = "Pomoc w codziennych czynnościach od osoby z sąsiedztwa, zaufanej i zaakceptowanej.",
              en = "Help with everyday activities from somebody near by, trusted and accepted.",
              uk = "Допомога у щоденних справах від сусіда, якому довіряють." },
  package = "srodowiskowy", areas = { "social-assistance" },
  groups  = { "seniors", "lonely", "dependent" },
  place   = "home", providers = { "neighbour" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    senior_age = { { from = "2022-01-11", value = 60, basis = "example" } },
    pool       = { { from = "2022-01-11", value = 3850, per = "programme", basis = "example" } },
    limits     = { { from = "2022-01-11", value = { { units = 20, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "senior", at_least("age", param "senior_age"), basis = list,
              text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
                       en = "A person aged {senior_age} or over",
                       uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" } },
      check { id = "lone", is "lives_alone", basis = list,
              text = { pl = "Osoba samotna", en = "A lone person", uk = "Самотня особа" } },
      check { id = "dependent", is "dependent", basis = list,
              text = { pl = "Osoba niesamodzielna", en = "A dependent person", uk = "Несамостійна особа" } },
    },
    check { id = "neighbour", is "neighbour_accepted", basis = list,
            text = { pl = "Zaufana osoba z sąsiedztwa, na którą jest zgoda",
                     en = "A trusted person near by who has been accepted",
                     uk = "Довірена особа по сусідству, на яку є згода" } },
  },

  asks = { "help_hours", "neighbour_accepted" },
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
