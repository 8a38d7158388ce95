-- Consultations for parents of children under three. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Mobilny konsultant snu"

return service {
  id = "sleep-consultant", revision = 1, number = 17,
  name    = { pl = "mobilny konsultant snu", en = "Mobile sleep consultant", uk = "Мобільний консультант зі сну" },
  summary = { pl = "Konsultacje dla rodziców małych dzieci, które źle śpią.",
              en = "Consultations for parents of small children who sleep badly.",
              uk = "Консультації для батьків малих дітей, які погано сплять." },
  package = "specjalistyczny", areas = { "family-support", "health" },
  groups  = { "parents" },
  place   = "home", providers = { "centre", "ngo" },
  unit    = "consultation",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    child_under = { { from = "2022-01-11", value = 3, basis = list } },
    pool        = { { from = "2022-01-11", value = 52, per = "programme", basis = "example" } },
    limits      = { { from = "2022-01-11", value = { { visits = 3, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "small-child", none { at_least("child_age", param "child_under") }, basis = list,
            text = { pl = "Dziecko do lat {child_under}",
                     en = "A child under {child_under}",
                     uk = "Дитина до {child_under} років" } },
    check { id = "sleeps-badly", is "sleeps_badly", basis = list,
            text = { pl = "Zaburzenia snu dziecka",
                     en = "The child’s sleep is disturbed",
                     uk = "Порушення сну дитини" } },
  },

  asks = { "child_age", "sleeps_badly" },
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
