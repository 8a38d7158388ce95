-- Psychological support, alone or in groups of five and more: 915 hours.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Wsparcie psychologiczne i terapeutyczne"

return service {
  id = "psychological-support", revision = 1, number = 20,
  name    = { pl = "wsparcie psychologiczne i terapeutyczne",
              en = "Psychological and therapeutic support",
              uk = "Психологічна та терапевтична підтримка" },
  summary = { pl = "Krótkoterminowa pomoc: warsztaty w grupie albo indywidualna terapia.",
              en = "Short-term help: workshops in a group, or individual therapy.",
              uk = "Короткострокова допомога: майстерні в групі або індивідуальна терапія." },
  package = "specjalistyczny", areas = { "health" },
  groups  = { "residents" },
  place   = "premises", providers = { "centre", "ngo" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    group_least = { { from = "2022-01-11", value = 5, basis = list } },
    pool        = { { from = "2022-01-11", value = 915, per = "programme", basis = list .. ": przyznano 893 z 915" } },
    limits      = { { from = "2022-01-11", value = { { units = 10, per = "year" },
                                                     { seats = 20, least = 5 } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "stress", is "under_stress", basis = list,
            text = { pl = "Stresująca sytuacja życiowa lub zaburzenia psychiczne",
                     en = "A stressful situation in life, or a mental disorder",
                     uk = "Стресова життєва ситуація або психічні розлади" } },
    check { id = "alone-or-five", basis = list,
            any { equals("way_of_work", "individual"), at_least("group_size", param "group_least") },
            text = { pl = "Spotkanie indywidualne albo grupa co najmniej {group_least|osoby|osób|osób}",
                     en = "An individual meeting, or a group of at least {group_least|person|people}",
                     uk = "Індивідуальна зустріч або група щонайменше з {group_least|особи|осіб|осіб}" } },
  },

  asks = { "way_of_work", "group_size", "help_hours" },
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
