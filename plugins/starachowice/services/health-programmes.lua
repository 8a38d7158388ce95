-- The package of health programmes.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 10"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "health-programmes", revision = 1, number = 10,
  name    = { pl = "pakiet programów zdrowotnych",
              en = "Package of health programmes",
              uk = "Пакет програм здоров’я" },
  summary = { pl = "Zajęcia i badania służące zdrowiu, na przykład zdrowy kręgosłup albo trening pamięci.",
              en = "Classes and check-ups for health, such as a healthy spine or memory training.",
              uk = "Заняття та огляди для здоров’я, наприклад здорова спина чи тренування пам’яті." },
  goal    = { pl = "Profilaktyka zdrowotna.", en = "Health prevention.", uk = "Профілактика здоров’я." },
  package = "seniors", areas = { "health" },
  groups  = { "seniors", "disabled", "families-in-crisis", "care-leavers" },
  challenges = { "ageing", "disability" },
  place   = "city", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "meeting",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 960, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { visits = 24, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.any_group,
    none {
      check { id = "contraindicated", is "contraindicated", basis = "example",
              text = { pl = "Przeciwwskazania lekarskie do zajęć",
                       en = "A doctor’s advice against the classes",
                       uk = "Лікарські протипоказання до занять" } },
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
  notes = {
    { text = { pl = "Katalog wymienia trzy grupy, tabela celu 1 tylko seniorów; przyjmujemy katalog.",
               en = "The catalogue names three groups, the table of goal 1 seniors only; the catalogue is taken.",
               uk = "Каталог називає три групи, таблиця цілі 1 – лише літніх людей; беремо каталог." },
      basis = list },
  },
  waiting = { order = "complete-application-date" },
}
