-- The physiotherapist who comes home.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 4"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "mobile-physiotherapist", revision = 1, number = 4,
  name    = { pl = "mobilny fizjoterapeuta", en = "Mobile physiotherapist", uk = "Мобільний фізіотерапевт" },
  summary = { pl = "Ćwiczenia i zabiegi z fizjoterapeutą w domu. Wizyta trwa 45 minut.",
              en = "Exercises and treatment with a physiotherapist at home. A visit takes 45 minutes.",
              uk = "Вправи та процедури з фізіотерапевтом удома. Візит триває 45 хвилин." },
  goal    = { pl = "Praca terapeutyczna ze specjalistą i aktywizacja.",
              en = "Therapeutic work with a specialist, and activation.",
              uk = "Терапевтична робота з фахівцем та активізація." },
  package = "seniors", areas = { "health", "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled" },
  challenges = { "ageing", "disability" },
  place   = "home", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "visit",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 800, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { visits = 20, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_disabled,
    none {
      check { id = "acute-illness", is "acute_illness", basis = "example",
              text = { pl = "Ostra choroba: najpierw lekarz",
                       en = "An acute illness: a doctor first",
                       uk = "Гостра хвороба: спершу лікар" } },
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
    { text = { pl = "zalecenie lekarza (do wglądu)",
               en = "doctor’s note (only shown)",
               uk = "рекомендація лікаря (лише для ознайомлення)" }, basis = "example" },
  },
  exclusions = {
    { text = { pl = "ostra choroba, gorączka", en = "acute illness, fever", uk = "гостра хвороба, гарячка" },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
