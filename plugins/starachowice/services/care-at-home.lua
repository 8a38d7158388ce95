-- Care at home, respite care included: more of a service that there was.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 1"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "care-at-home", revision = 1, number = 1,
  name    = { pl = "usługi opiekuńcze w miejscu zamieszkania (w tym opieka wytchnieniowa)",
              en = "Care at home (respite care included)",
              uk = "Догляд удома (зокрема тимчасовий догляд для перепочинку рідних)" },
  summary = { pl = "Pomoc w codziennych sprawach i opieka higieniczna w domu, także na czas odpoczynku opiekuna.",
              en = "Help with everyday needs and hygiene at home, also while the carer rests.",
              uk = "Допомога у щоденних справах і гігієнічний догляд удома, також на час відпочинку доглядальника." },
  goal    = { pl = "Dalsze życie w dotychczasowym otoczeniu.",
              en = "Living on in the present surroundings.",
              uk = "Подальше життя у звичному оточенні." },
  package = "seniors", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled" },
  challenges = { "ageing", "disability" },
  place   = "home", providers = { "social-economy" },
  change  = "more", modes = { "tender-social-clauses" },
  unit    = "hour", quantity = "care_hours",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  -- The limits, and what a visit may be, are those of one person in the plan's model IPUS (annex 2, example 1), not of the programme.
  parameters = {
    pool   = { { from = "2021-04-01", value = 9000, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { units = 6, per = "week" } },
                                      basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_disabled,
    check { id = "dependent", is "dependent", basis = "example",
            text = { pl = "Osoba, która potrzebuje pomocy w codziennych sprawach",
                     en = "A person who needs help with everyday needs",
                     uk = "Особа, яка потребує допомоги у щоденних справах" } },
    none {
      check { id = "other-care", is "other_care", basis = "example",
              text = { pl = "Inna opieka w tych samych godzinach",
                       en = "Other care in the same hours",
                       uk = "Інший догляд у ті самі години" } },
    },
  },

  asks = { "care_hours", "other_care" },
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
    { text = { pl = "godziny, w których jest już inna płatna opieka",
               en = "hours in which there is other paid care",
               uk = "години, коли вже є інший платний догляд" }, basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
