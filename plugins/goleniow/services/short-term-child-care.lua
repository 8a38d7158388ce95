-- Short-term care of children, up to ten or with a certificate up to eighteen. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Usługa opieki nad dziećmi"

return service {
  id = "short-term-child-care", revision = 1, number = 19,
  name    = { pl = "usługa opieki nad dziećmi",
              en = "Short-term child care",
              uk = "Короткочасний догляд за дітьми" },
  summary = { pl = "Krótkoterminowa opieka nad dzieckiem.",
              en = "Short-term care of a child.",
              uk = "Короткочасний догляд за дитиною." },
  package = "socjalny", areas = { "family-support" },
  groups  = { "families", "parents" },
  place   = "premises", providers = { "private", "ngo" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    child_under    = { { from = "2022-01-11", value = 10, basis = list } },
    disabled_under = { { from = "2022-01-11", value = 18, basis = list } },
    pool           = { { from = "2022-01-11", value = 375, per = "programme", basis = "example" } },
    limits         = { { from = "2022-01-11", value = { { units = 8, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "family-crisis", is "family_crisis", basis = list,
              text = { pl = "Rodzina w kryzysie", en = "A family in crisis", uk = "Сім’я в кризі" } },
      check { id = "lone-parent", is "lone_parent", basis = list,
              text = { pl = "Samotny rodzic", en = "A lone parent", uk = "Одинокі мати чи батько" } },
    },
    any {
      check { id = "small-child", none { at_least("child_age", param "child_under") }, basis = list,
              text = { pl = "Dziecko do {child_under} roku życia",
                       en = "A child under {child_under}",
                       uk = "Дитина до {child_under} років" } },
      check { id = "disabled-child", basis = list,
              all { one_of("child_document", { "disability", "education" }), none { at_least("child_age", param "disabled_under") } },
              text = { pl = "Dziecko do lat {disabled_under} z orzeczeniem lub opinią poradni",
                       en = "A child under {disabled_under} with a certificate or the clinic’s opinion",
                       uk = "Дитина до {disabled_under} років з довідкою або висновком консультації" } },
    },
  },

  asks = { "child_age", "child_document", "help_hours" },
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
