-- Three kinds of service for bedridden people. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Usługa dla seniorów i osób z niepełnosprawnościami"

return service {
  id = "beauty-and-massage-at-home", revision = 1, number = 12,
  name    = { pl = "usługa dla seniorów i osób z niepełnosprawnościami: kosmetyczka, fryzjer, masaż",
              en = "Beautician, hairdresser and massage at home",
              uk = "Косметолог, перукар і масаж удома" },
  summary = { pl = "Trzy rodzaje usług w domu, wyłącznie u osób leżących.",
              en = "Three kinds of service at home, only for bedridden people.",
              uk = "Три види послуг удома, лише для лежачих осіб." },
  package = "socjalny", areas = { "social-assistance", "health" },
  groups  = { "dependent", "disabled" },
  place   = "home", providers = { "social-enterprise", "private" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = list, providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 684, per = "programme", basis = "example" } },
    limits = { { from = "2022-01-11", value = { { visits = 3, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "bedridden", is "bedridden", basis = list,
            text = { pl = "Osoba leżąca", en = "A bedridden person", uk = "Лежача особа" } },
    any {
      check { id = "dependent", is "dependent", basis = list,
              text = { pl = "Osoba niesamodzielna", en = "A dependent person", uk = "Несамостійна особа" } },
      check { id = "disabled", one_of("disability", { "light", "moderate", "severe" }), basis = list,
              text = { pl = "Osoba z orzeczeniem o niepełnosprawności",
                       en = "A person with a disability certificate",
                       uk = "Особа з довідкою про інвалідність" } },
    },
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
  waiting = { order = "complete-application-date" },
}
