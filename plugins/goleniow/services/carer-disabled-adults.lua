-- The carer of adults with a certificate: 2700 hours.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Opiekun osoby z niepełnosprawnościami"

return service {
  id = "carer-disabled-adults", revision = 1, number = 5,
  name    = { pl = "opiekun osoby z niepełnosprawnościami",
              en = "Carer of a person with disabilities",
              uk = "Супровід особи з інвалідністю" },
  summary = { pl = "Pomoc przy wyjściu i powrocie, w codziennych czynnościach, dojazdach, zakupach, urzędach i kulturze.",
              en = "Help with going out and coming back, everyday activities, trips, shopping, offices and culture.",
              uk = "Допомога при виході та поверненні, у щоденних справах, поїздках, покупках, установах і культурі." },
  package = "specjalistyczny", areas = { "disability-support" },
  groups  = { "disabled" },
  place   = "home", providers = { "centre", "ngo" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    adult_age = { { from = "2022-01-11", value = 18, basis = list } },
    pool      = { { from = "2022-01-11", value = 2700, per = "programme", basis = list .. ": przyznano 2700 z 2700" } },
    limits    = { { from = "2022-01-11", value = { { units = 20, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "adult", at_least("age", param "adult_age"), basis = list,
            text = { pl = "Osoba dorosła", en = "An adult", uk = "Доросла особа" } },
    check { id = "disabled", one_of("disability", { "light", "moderate", "severe" }), basis = list,
            text = { pl = "Osoba z orzeczeniem o niepełnosprawności",
                     en = "A person with a disability certificate",
                     uk = "Особа з довідкою про інвалідність" } },
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
    { text = { pl = "orzeczenie o niepełnosprawności (do wglądu)",
               en = "disability certificate (only shown)",
               uk = "довідка про інвалідність (лише для ознайомлення)" }, basis = "example" },
  },
  notes = {
    { text = { pl = "Koszt dojazdu opłaca osoba, która korzysta z usługi. Przy zakupach bierze czynny udział.",
               en = "The person who uses the service pays for the transport, and takes an active part in shopping.",
               uk = "Вартість проїзду оплачує особа, яка користується послугою. У покупках вона бере активну участь." },
      basis = list },
  },
  waiting = { order = "complete-application-date" },
}
