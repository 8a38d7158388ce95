-- Workshops in the villages, for groups of five and more. The pool is the 649 hours used by 22.08.2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local list   = slides .. ", Warsztaty dla mieszkańców obszarów wiejskich"

return service {
  id = "rural-workshops", revision = 1, number = 14,
  name    = { pl = "warsztaty skierowane do mieszkańców obszarów wiejskich",
              en = "Workshops for people of rural areas",
              uk = "Майстерні для мешканців сільської місцевості" },
  summary = { pl = "Zajęcia aktywizujące w sołectwie, dla grupy.",
              en = "Activating classes in a village, for a group.",
              uk = "Активізаційні заняття в селі, для групи." },
  package = "edukacyjny", areas = { "civic-activity" },
  groups  = { "rural" },
  place   = "village", providers = { "centre", "ngo" },
  unit    = "group-hour", quantity = "group_hours",
  basis = { name = list, summary = list, package = "example", areas = "example", groups = list, unit = "example",
            place = "example", providers = "example" },

  parameters = {
    group_least = { { from = "2022-01-11", value = 5, basis = list } },
    pool        = { { from = "2022-01-11", value = 649, per = "programme", basis = "example" } },
    limits      = { { from = "2022-01-11", value = { { seats = 20, least = 5 } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "rural", is "lives_in_village", basis = list,
            text = { pl = "Mieszkaniec obszaru wiejskiego",
                     en = "A resident of a rural area",
                     uk = "Мешканець сільської місцевості" } },
    check { id = "group-of-five", at_least("group_size", param "group_least"), basis = list,
            text = { pl = "Grupa co najmniej {group_least|osoby|osób|osób}",
                     en = "A group of at least {group_least|person|people}",
                     uk = "Група щонайменше з {group_least|особи|осіб|осіб}" } },
  },

  asks = { "group_size", "group_hours" },
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
