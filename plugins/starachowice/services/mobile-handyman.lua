-- The handyman: four times a year, at most two hours each, without materials.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 2"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "mobile-handyman", revision = 1, number = 2,
  name    = { pl = "mobilny konserwator – Złota Rączka",
              en = "Mobile handyman",
              uk = "Мобільний майстер – «Золоті руки»" },
  summary = { pl = "Drobne naprawy i konserwacje w domu, bez zakupu materiałów.",
              en = "Small repairs and upkeep at home, without buying materials.",
              uk = "Дрібний ремонт і обслуговування вдома, без купівлі матеріалів." },
  goal    = { pl = "Lepsze warunki życia w miejscu zamieszkania.",
              en = "Better living conditions at home.",
              uk = "Кращі умови життя вдома." },
  package = "seniors", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled" },
  challenges = { "ageing", "disability" },
  place   = "home", providers = { "social-economy" },
  change  = "new", modes = { "tender-social-clauses", "social-cooperatives" },
  unit    = "visit",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  -- The limits, and what a visit may be, are those of one person in the plan's model IPUS (annex 2, example 3), not of the programme.
  parameters = {
    pool          = { { from = "2021-04-01", value = 480, per = "year", basis = "example" } },
    limits        = { { from = "2021-04-01", value = { { visits = 4, per = "year" } },
                                             basis = "example" } },
    hours_at_most = { { from = "2021-04-01", value = 2, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_disabled,
    check { id = "short-visit", basis = "example",
            at_most("repair_hours", param "hours_at_most"),
            text = { pl = "Jedna wizyta trwa najwyżej {hours_at_most|godzinę|godziny|godzin}",
                     en = "One visit takes at most {hours_at_most|hour|hours}",
                     uk = "Один візит триває щонайбільше {hours_at_most|годину|години|годин}" } },
    none {
      check { id = "licensed-work", is "licensed_work", basis = "example",
              text = { pl = "Praca wymagająca uprawnień: gaz, prąd",
                       en = "Work that needs a licence: gas, electricity",
                       uk = "Робота, що потребує допуску: газ, електрика" } },
    },
  },

  asks = { "repair_hours", "licensed_work" },
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
    { text = { pl = "zakup materiałów", en = "buying materials", uk = "купівля матеріалів" },
      basis = "example" },
    { text = { pl = "prace wymagające uprawnień",
               en = "work that needs a licence",
               uk = "роботи, що потребують допуску" }, basis = "example" },
  },
  notes = {
    { text = { pl = "Materiały kupuje osoba, u której pracuje konserwator.",
               en = "The person for whom the handyman works buys the materials.",
               uk = "Матеріали купує особа, у якої працює майстер." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
