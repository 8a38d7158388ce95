-- Circles of support: eleven people.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Centrum Kręgów Wsparcia"

return service {
  id = "circles-of-support", revision = 1, number = 3,
  name    = { pl = "Centrum Kręgów Wsparcia", en = "Centre of circles of support", uk = "Центр кіл підтримки" },
  summary = { pl = "Wsparcie osób z niepełnosprawnością intelektualną i ich rodzin: praca z osobą, warsztaty, koalicja, kampanie.",
              en = "Support of people with an intellectual disability and their families: work, workshops, campaigns.",
              uk = "Підтримка осіб з інтелектуальною інвалідністю та родин: робота з особою, майстерні, коаліція, кампанії." },
  package = "integracyjny", areas = { "disability-support" },
  groups  = { "intellectual-disability", "families" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 11, per = "programme", basis = list .. ": przyznano 11 z 11" } },
    limits = { { from = "2022-01-11", value = { { visits = 1, per = "programme" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "intellectual-disability", one_of("intellectual", { "own", "family" }), basis = list,
            text = { pl = "Niepełnosprawność intelektualna własna lub w rodzinie",
                     en = "An intellectual disability, one’s own or in the family",
                     uk = "Інтелектуальна інвалідність, власна чи в родині" } },
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
    { text = { pl = "orzeczenie o niepełnosprawności (do wglądu)",
               en = "disability certificate (only shown)",
               uk = "довідка про інвалідність (лише для ознайомлення)" }, basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
