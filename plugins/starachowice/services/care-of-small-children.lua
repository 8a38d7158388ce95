-- Care of children up to three while the parent looks for work or settles matters.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 7"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "care-of-small-children", revision = 1, number = 7,
  name    = { pl = "opieka nad dziećmi do lat 3",
              en = "Care of children under 3",
              uk = "Догляд за дітьми до 3 років" },
  summary = { pl = "Opieka nad dzieckiem, gdy rodzic szuka pracy lub załatwia swoje sprawy.",
              en = "Care of a child while the parent looks for work or settles personal matters.",
              uk = "Догляд за дитиною, поки батьки шукають роботу чи залагоджують справи." },
  goal    = { pl = "Czas na szukanie pracy i załatwienie osobistych spraw.",
              en = "Time to look for work and to settle personal matters.",
              uk = "Час на пошук роботи та особисті справи." },
  package = "families-in-crisis", areas = { "pro-family-policy", "family-support", "foster-care-system" },
  groups  = { "families-in-crisis", "care-leavers" },
  challenges = { "family-crisis" },
  place   = "radomska-2", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "hour", quantity = "care_hours",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 1200, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { units = 20, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_crisis,
    check { id = "child-under-3", is "child_under_3", basis = list,
            text = { pl = "Rodzic lub opiekun dziecka do lat 3",
                     en = "A parent or guardian of a child under 3",
                     uk = "Батьки чи опікун дитини до 3 років" } },
    none {
      check { id = "child-ill", is "child_ill", basis = "example",
              text = { pl = "Chore dziecko", en = "A child who is ill", uk = "Хвора дитина" } },
    },
  },

  asks = { "care_hours", "child_ill" },
  documents = {
    { text = { pl = "Indywidualna Diagnoza Potrzeb, spisana w rozmowie i podpisana: jest zarazem wnioskiem",
               en = "Individual Needs Diagnosis, written down in a talk and signed: it is the application as well",
               uk = "Індивідуальна діагностика потреб, записана під час розмови й підписана: вона є водночас заявою" },
      basis = diagnosis },
    { text = { pl = "oświadczenie o spełnianiu warunków",
               en = "statement that the conditions are met",
               uk = "письмове підтвердження, що умови виконано" }, basis = diagnosis },
  },
  exclusions = {
    { text = { pl = "opieka nad chorym dzieckiem",
               en = "care of a child who is ill",
               uk = "догляд за хворою дитиною" }, basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
