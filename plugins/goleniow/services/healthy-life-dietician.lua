-- The dietician, alone or in groups of five and more. The pool is what was ordered by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Programy wspomagające zdrowie i zdrowy tryb życia"

return service {
  id = "healthy-life-dietician", revision = 1, number = 18,
  name    = { pl = "programy wspomagające zdrowie i zdrowy tryb życia",
              en = "Programmes for health and a healthy life",
              uk = "Програми здоров’я та здорового способу життя" },
  summary = { pl = "Spotkania z dietetykiem, indywidualne albo w grupie.",
              en = "Meetings with a dietician, individual or in a group.",
              uk = "Зустрічі з дієтологом, індивідуальні або в групі." },
  package = "specjalistyczny", areas = { "health" },
  groups  = { "residents" },
  place   = "commune", providers = { "centre", "ngo" },
  unit    = "hour", quantity = "help_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    group_least = { { from = "2022-01-11", value = 5, basis = list } },
    pool        = { { from = "2022-01-11", value = 480, per = "programme", basis = "example" } },
    limits      = { { from = "2022-01-11", value = { { units = 5, per = "year" },
                                                     { seats = 20, least = 5 } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
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
