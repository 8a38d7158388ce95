-- The job broker, for seniors and for people in crisis.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 8"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "job-broker", revision = 1, number = 8,
  name    = { pl = "broker pracy", en = "Job broker", uk = "Брокер праці" },
  summary = { pl = "Osoba, która pomaga znaleźć pracę i dogadać się z pracodawcą.",
              en = "Somebody who helps to find a job and to agree with an employer.",
              uk = "Особа, яка допомагає знайти роботу й домовитися з роботодавцем." },
  goal    = { pl = "Pomoc w znalezieniu pracy.", en = "Help to find a job.", uk = "Допомога в пошуку роботи." },
  package = "families-in-crisis", areas = { "reintegration" },
  groups  = { "seniors", "families-in-crisis", "care-leavers" },
  challenges = { "ageing", "family-crisis" },
  place   = "city", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "hour", quantity = "advice_hours",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 600, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { units = 20, per = "year", whose = "case" } },
                                      basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_in_crisis,
    check { id = "seeks-work", equals("employment", "seeks-work"), basis = list,
            text = { pl = "Osoba, która szuka pracy",
                     en = "A person who looks for work",
                     uk = "Особа, яка шукає роботу" } },
  },

  asks = { "advice_hours" },
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
    { text = { pl = "Nie trzeba być zarejestrowanym w urzędzie pracy.",
               en = "You need not be registered at the labour office.",
               uk = "Не треба бути зареєстрованим у центрі зайнятості." }, basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
