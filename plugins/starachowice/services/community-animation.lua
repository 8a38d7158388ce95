-- Community animation: for every resident, outside plans.
local plan = "Plan Wdrażania CUS w Starachowicach"
local list = plan .. ", katalog usług, poz. 13"
local goal = plan .. ", cel szczegółowy 1, tabela usług"

return service {
  id = "community-animation", revision = 1, number = 13,
  name    = { pl = "animacje społeczności lokalnej",
              en = "Animation of the local community",
              uk = "Активізація місцевої громади" },
  summary = { pl = "Wydarzenia i spotkania mieszkańców, sąsiedzka pomoc i wspólne działania.",
              en = "Events and meetings of residents, neighbourly help and common action.",
              uk = "Події та зустрічі мешканців, сусідська допомога й спільні дії." },
  goal    = { pl = "Zapobieganie izolacji, współpraca mieszkańców.",
              en = "Preventing isolation, residents working together.",
              uk = "Запобігання ізоляції, співпраця мешканців." },
  package = "community", areas = { "civic-activity" },
  groups  = { "residents" },
  challenges = { "isolation" },
  place   = "city", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses", "open-call" },
  unit    = "meeting",
  basis = { name = list, summary = "example", package = "example", areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  hours = { { days = "mon-sun", from = "09:00", to = "21:00", basis = "example" } },

  eligibility = all {
    shared.resident,
  },

  notes = {
    { text = { pl = "Nie trzeba planu ani wniosku; udział liczy organizator społeczności lokalnej.",
               en = "No plan and no application are needed; the community organiser counts who takes part.",
               uk = "План і заява не потрібні; участь рахує організатор місцевої громади." }, basis = "example" },
  },
}
