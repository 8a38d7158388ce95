-- Training flats. The pool is what was used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Mieszkania treningowe"

return service {
  id = "training-flats", revision = 1, number = 4,
  name    = { pl = "mieszkania treningowe dla osób z całościowym zaburzeniem rozwoju, w tym z autyzmem i zespołem Aspergera",
              en = "Training flats for people with a pervasive developmental disorder, autism and Asperger syndrome included",
              uk = "Тренувальне житло для осіб із загальним розладом розвитку, зокрема аутизмом і синдромом Аспергера" },
  summary = { pl = "Pobyt w mieszkaniu, w którym uczy się samodzielności; także dla rodzin i opiekunów.",
              en = "A stay in a flat where independence is learnt; also for families and carers.",
              uk = "Перебування в житлі, де вчаться самостійності; також для родин та опікунів." },
  package = "specjalistyczny", areas = { "disability-support", "housing" },
  groups  = { "autism", "families" },
  place   = "flat", providers = { "centre", "ngo" },
  unit    = "person",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    pool   = { { from = "2022-01-11", value = 14, per = "programme", basis = "example" } },
    limits = { { from = "2022-01-11", value = { { items = 1 },
                                                { visits = 1, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "autism", one_of("autism_spectrum", { "own", "family" }), basis = list,
            text = { pl = "Całościowe zaburzenie rozwoju, własne lub u bliskiej osoby",
                     en = "A pervasive developmental disorder, one’s own or of somebody near",
                     uk = "Загальний розлад розвитку, власний чи в близької особи" } },
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
