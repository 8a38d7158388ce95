-- Sport and recreation: entries and classes.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 12"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "sport-and-recreation", revision = 1, number = 12,
  name    = { pl = "usługi sportowo-rekreacyjne", en = "Sport and recreation", uk = "Спорт і відпочинок" },
  summary = { pl = "Wejścia na basen i zajęcia ruchowe.",
              en = "Entries to the swimming pool and exercise classes.",
              uk = "Відвідання басейну та рухові заняття." },
  goal    = { pl = "Zaspokojenie potrzeb wyższego rzędu.",
              en = "Meeting needs of a higher order.",
              uk = "Задоволення потреб вищого порядку." },
  package = "seniors", areas = { "sport-tourism" },
  groups  = { "seniors", "disabled", "families-in-crisis", "care-leavers" },
  challenges = { "ageing", "disability", "family-crisis" },
  place   = "city", providers = { "commune", "social-economy" },
  change  = "new", modes = { "tender-social-clauses", "open-call" },
  unit    = "entry",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 1800, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { visits = 4, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-sun", from = "07:00", to = "21:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.any_group,
    none {
      check { id = "contraindicated", is "contraindicated", basis = "example",
              text = { pl = "Przeciwwskazania lekarskie do wysiłku",
                       en = "A doctor’s advice against strain",
                       uk = "Лікарські протипоказання до навантаження" } },
    },
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
