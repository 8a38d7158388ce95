-- Equipment lent for up to six months. The pool is the 220 loans made by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Wypożyczalnia sprzętu rehabilitacyjnego"

return service {
  id = "aid-equipment-loan", revision = 1, number = 21,
  name    = { pl = "wypożyczalnia sprzętu rehabilitacyjnego",
              en = "Loan of rehabilitation equipment",
              uk = "Прокат реабілітаційного обладнання" },
  summary = { pl = "Nieodpłatne wypożyczenie sprzętu rehabilitacyjnego i pomocniczego.",
              en = "Rehabilitation equipment and aids lent free of charge.",
              uk = "Безоплатний прокат реабілітаційного й допоміжного обладнання." },
  package = "socjalny", areas = { "health", "disability-support" },
  groups  = { "residents" },
  place   = "premises", providers = { "centre" },
  unit    = "loan", quantity = "loan_items",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = "example",
            unit = "example", place = "example", providers = "example" },

  parameters = {
    pool           = { { from = "2022-01-11", value = 220, per = "programme", basis = "example" } },
    limits         = { { from = "2022-01-11", value = { { loan = "6 months" } },
                                              basis = list .. ": do 6 miesięcy" } },
    months_at_most = { { from = "2022-01-11", value = 6, basis = list .. ": do 6 miesięcy" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "six-months", at_most("loan_months", param "months_at_most"), basis = list .. ": do 6 miesięcy",
            text = { pl = "Wypożyczenie najwyżej na {months_at_most|miesiąc|miesiące|miesięcy}",
                     en = "Lent for at most {months_at_most|month|months}",
                     uk = "Прокат щонайбільше на {months_at_most|місяць|місяці|місяців}" } },
  },

  fee = free { basis = list .. ": nieodpłatnie" },
  asks = { "loan_items", "loan_months" },
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
