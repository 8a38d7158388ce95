-- Culture: entries and meetings.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 11"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "cultural-services", revision = 1, number = 11,
  name    = { pl = "usługi kulturalne", en = "Cultural services", uk = "Культурні послуги" },
  summary = { pl = "Wejścia na wydarzenia kulturalne i zajęcia, także wspólne wyjścia.",
              en = "Entries to cultural events and classes, also going together.",
              uk = "Відвідання культурних подій і занять, також спільні виходи." },
  goal    = { pl = "Zaspokojenie potrzeb wyższego rzędu.",
              en = "Meeting needs of a higher order.",
              uk = "Задоволення потреб вищого порядку." },
  package = "seniors", areas = { "culture", "civic-activity" },
  groups  = { "seniors", "disabled", "families-in-crisis", "care-leavers" },
  challenges = { "ageing", "disability", "family-crisis" },
  place   = "city", providers = { "commune", "social-economy" },
  change  = "new", modes = { "tender-social-clauses", "open-call" },
  unit    = "entry",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 1200, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { visits = 2, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-sun", from = "09:00", to = "21:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.any_group,
  },

  documents = {
    { text = { pl = "Indywidualna Diagnoza Potrzeb, spisana w rozmowie i podpisana: jest zarazem wnioskiem",
               en = "Individual Needs Diagnosis, written down in a talk and signed: it is the application as well",
               uk = "Індивідуальна діагностика потреб, записана під час розмови й підписана: вона є водночас заявою" },
      basis = diagnosis },
    { text = { pl = "oświadczenie o spełnianiu warunków",
               en = "statement that the conditions are met",
               uk = "письмове підтвердження, що умови виконано" }, basis = diagnosis },
  },
  waiting = { order = "complete-application-date" },
}
