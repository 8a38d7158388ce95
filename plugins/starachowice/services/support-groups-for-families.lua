-- Support groups for families in crisis: more of a service that there was.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 9"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "support-groups-for-families", revision = 1, number = 9,
  name    = { pl = "grupy wsparcia dla rodzin w kryzysie",
              en = "Support groups for families in crisis",
              uk = "Групи підтримки для сімей у кризі" },
  summary = { pl = "Spotkania w stałej grupie z osobą prowadzącą.",
              en = "Meetings in a steady group with a leader.",
              uk = "Зустрічі у сталій групі з ведучим." },
  goal    = { pl = "Lepsza sytuacja życiowa.", en = "A better situation in life.", uk = "Краща життєва ситуація." },
  package = "families-in-crisis", areas = { "family-support", "foster-care-system" },
  groups  = { "families-in-crisis", "care-leavers" },
  challenges = { "family-crisis" },
  place   = "city", providers = { "social-economy" },
  change  = "more", modes = { "tender-social-clauses" },
  unit    = "meeting",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 480, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { visits = 1, per = "week" },
                                                { visits = 24, per = "year" },
                                                { seats = 12, least = 5 } }, basis = "example" } },
  },
  hours = { { days = "mon-thu", from = "16:00", to = "19:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_crisis,
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
