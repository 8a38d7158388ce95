-- The club for people with disabilities and in crisis. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Klub Integracja"

return service {
  id = "integration-club", revision = 1, number = 16,
  name    = { pl = "Klub Integracja", en = "Integration club", uk = "Клуб «Інтеграція»" },
  summary = { pl = "Zajęcia, które pomagają żyć wśród ludzi, w społeczności lokalnej.",
              en = "Activities that help to live among people, in the local community.",
              uk = "Заняття, які допомагають жити серед людей, у місцевій громаді." },
  package = "reintegracyjny", areas = { "disability-support", "reintegration" },
  groups  = { "disabled", "crisis" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 34, per = "programme", basis = "example" } },
    limits = { { from = "2022-01-11", value = { { visits = 1, per = "programme" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "disabled", one_of("disability", { "light", "moderate", "severe" }), basis = list,
              text = { pl = "Osoba z orzeczeniem o niepełnosprawności",
                       en = "A person with a disability certificate",
                       uk = "Особа з довідкою про інвалідність" } },
      check { id = "crisis", is "in_crisis", basis = list,
              text = { pl = "Osoba w kryzysie", en = "A person in crisis", uk = "Особа в кризі" } },
    },
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
