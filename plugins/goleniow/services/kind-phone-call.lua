-- A call to the lonely: eleven people, whoever of them is called how often.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Życzliwy telefon"

return service {
  id = "kind-phone-call", revision = 1, number = 8,
  name    = { pl = "Życzliwy telefon", en = "Kind phone call", uk = "Дружній дзвінок" },
  summary = { pl = "Rozmowa telefoniczna: towarzyska, o potrzebach i o usługach; czasem spotkanie.",
              en = "A phone call: social, about needs and about services; now and then a meeting.",
              uk = "Телефонна розмова: товариська, про потреби та послуги; інколи зустріч." },
  package = "srodowiskowy", areas = { "social-assistance" },
  groups  = { "seniors", "lonely" },
  place   = "home", providers = { "centre", "ngo" },
  unit    = "call",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    senior_age = { { from = "2022-01-11", value = 60, basis = "example" } },
    pool       = { { from = "2022-01-11", value = 11, per = "programme", of = "persons", basis = list .. ": przyznano 10 z 11" } },
    limits     = { { from = "2022-01-11", value = { { units = 1, per = "week" } }, basis = "example" } },
  },
  hours = {
    { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" },
    -- A person quoted there waits for her call on Saturday; the hours are not said.
    { days = "sat", from = "08:00", to = "16:00", basis = "example" },
  },

  eligibility = all {
    shared.resident,
    check { id = "senior", at_least("age", param "senior_age"), basis = list,
            text = { pl = "Osoba, która ukończyła {senior_age|rok|lata|lat}",
                     en = "A person aged {senior_age} or over",
                     uk = "Особа, якій виповнилося {senior_age|рік|роки|років}" } },
    check { id = "lonely", is "feels_lonely", basis = list,
            text = { pl = "Poczucie osamotnienia", en = "Feeling lonely", uk = "Відчуття самотності" } },
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
