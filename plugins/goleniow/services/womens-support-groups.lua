-- Support groups for women. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Grupy wsparcia"

return service {
  id = "womens-support-groups", revision = 1, number = 15,
  name    = { pl = "grupy wsparcia", en = "Support groups", uk = "Групи підтримки" },
  summary = { pl = "Grupy dla kobiet, które wzmacniają ich własny potencjał.",
              en = "Groups for women that strengthen their own potential.",
              uk = "Групи для жінок, які зміцнюють їхній власний потенціал." },
  package = "integracyjny", areas = { "family-support" },
  groups  = { "women" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 34, per = "programme", basis = "example" } },
    limits = { { from = "2022-01-11", value = { { visits = 1, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "woman", equals("sex", "woman"), basis = list,
            text = { pl = "Kobieta", en = "A woman", uk = "Жінка" } },
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
