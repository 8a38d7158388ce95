-- Places in sheltered flats for people in a family crisis or leaving foster care, with a waiting list.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 6"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"
local town      = "e-starachowice.pl, 21.01.2023, Wzrasta zainteresowanie usługami społecznymi"

return service {
  id = "sheltered-flats-crisis", revision = 1, number = 6,
  name    = { pl = "mieszkania chronione dla osób doświadczających kryzysu w rodzinie i opuszczających pieczę zastępczą",
              en = "Sheltered flats for people in a family crisis and leaving foster care",
              uk = "Захищене житло для осіб у сімейній кризі та тих, хто залишає замісну опіку" },
  summary = { pl = "Bezpieczne miejsce w mieszkaniu chronionym na czas wyjścia z kryzysu.",
              en = "A safe place in a sheltered flat while the crisis is overcome.",
              uk = "Безпечне місце в захищеному житлі на час виходу з кризи." },
  goal    = { pl = "Bezpieczne miejsce w kryzysie, na przykład po przemocy domowej.",
              en = "A safe place in a crisis, for example after domestic violence.",
              uk = "Безпечне місце в кризі, наприклад після домашнього насильства." },
  package = "families-in-crisis", areas = { "pro-family-policy", "family-support", "foster-care-system", "housing" },
  groups  = { "families-in-crisis", "care-leavers" },
  challenges = { "family-crisis" },
  place   = "radomska-2", providers = { "social-economy", "commune" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "place-month", quantity = "stay_months",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 96, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { items = 1 },
                                                { units = 24, per = "programme" } }, basis = town } },
  },
  hours = { { days = "mon-sun", from = "00:00", to = "24:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_crisis,
  },

  asks = { "stay_months" },
  documents = {
    { text = { pl = "Indywidualna Diagnoza Potrzeb, spisana w rozmowie i podpisana: jest zarazem wnioskiem",
               en = "Individual Needs Diagnosis, written down in a talk and signed: it is the application as well",
               uk = "Індивідуальна діагностика потреб, записана під час розмови й підписана: вона є водночас заявою" },
      basis = diagnosis },
    { text = { pl = "oświadczenie o spełnianiu warunków",
               en = "statement that the conditions are met",
               uk = "письмове підтвердження, що умови виконано" }, basis = diagnosis },
    { text = { pl = "dokumenty potwierdzające kryzys (do wglądu)",
               en = "documents that show the crisis (only shown)",
               uk = "документи, що підтверджують кризу (лише для ознайомлення)" }, basis = town },
  },
  notes = {
    { text = { pl = "Plan podaje adres Radomska 2; miasto podawało później cztery mieszkania na osiedlu Wzgórze, na najwyżej dwa lata.",
               en = "The plan gives Radomska 2; later the town spoke of four flats in Wzgórze, for at most two years.",
               uk = "План подає адресу Радомська, 2; згодом місто говорило про чотири квартири в районі Взгуже, щонайбільше на два роки." },
      basis = town },
  },
  waiting = {
    order = "complete-application-date",
    criteria = {
      { id = "family-crisis", points = 10, when = is "family_crisis", basis = "example",
        text = { pl = "Kryzys w rodzinie, na przykład przemoc",
                 en = "A family crisis, for example violence",
                 uk = "Сімейна криза, наприклад насильство" } },
      { id = "small-child", points = 5, when = is "child_under_3", basis = "example",
        text = { pl = "Wychowuje dziecko do lat 3",
                 en = "Is raising a child under 3",
                 uk = "Виховує дитину до 3 років" } },
    },
  },
}
