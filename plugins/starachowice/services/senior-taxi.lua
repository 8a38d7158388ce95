-- The taxi: two rides a month, six a year; a ride is there and back on one day.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 3"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "senior-taxi", revision = 1, number = 3,
  name    = { pl = "taksówka dla seniora", en = "Taxi for seniors", uk = "Таксі для літніх людей" },
  summary = { pl = "Kurs z domu do celu i z powrotem w ciągu jednego dnia, na terenie Starachowic.",
              en = "A ride from home to a place in Starachowice and back on one day.",
              uk = "Поїздка з дому до місця призначення й назад протягом одного дня в межах Стараховіц." },
  goal    = { pl = "Łatwiejszy dostęp do usług dla osób starszych i z niepełnosprawnościami.",
              en = "Easier access to services for older people and people with disabilities.",
              uk = "Легший доступ до послуг для літніх людей та осіб з інвалідністю." },
  package = "seniors", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled" },
  challenges = { "ageing", "disability" },
  place   = "home", providers = { "commune" },
  change  = "new",
  unit    = "ride",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal },

  -- The limits, and what a visit may be, are those of one person in the plan's model IPUS (annex 2, example 2), not of the programme.
  parameters = {
    pool        = { { from = "2021-04-01", value = 900, per = "year", basis = "example" } },
    limits      = { { from = "2021-04-01", value = { { visits = 2, per = "month" },
                                                     { visits = 6, per = "year" } },
                                           basis = "example" } },
    order_ahead = { { from = "2021-04-01", value = 3, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_disabled,
    check { id = "back-same-day", is "back_same_day", basis = "example",
            text = { pl = "Powrót tego samego dnia",
                     en = "The way back on the same day",
                     uk = "Повернення того самого дня" } },
    none {
      check { id = "outside-town", is "outside_town", basis = "example",
              text = { pl = "Przejazd poza teren Starachowic",
                       en = "A ride out of Starachowice",
                       uk = "Поїздка за межі Стараховіц" } },
      check { id = "lying-down", is "lying_down", basis = "example",
              text = { pl = "Przewóz na leżąco", en = "Travel lying down", uk = "Перевезення лежачи" } },
    },
  },

  asks = { "back_same_day", "outside_town", "lying_down" },
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
    { text = { pl = "przewóz osób leżących", en = "travel lying down", uk = "перевезення лежачих осіб" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Katalog podaje jako miejsce dom klienta, wzór planu – teren miasta: kurs zaczyna się i kończy w domu.",
               en = "The catalogue names the client’s home, the sample plan the city: the ride begins and ends at home.",
               uk = "Каталог називає місцем дім клієнта, зразок плану – територію міста: поїздка починається й закінчується вдома." },
      basis = "example" },
    { text = { pl = "Zamawia się co najmniej {order_ahead|dzień|dni|dni} wcześniej.",
               en = "Order at least {order_ahead|day|days} ahead.",
               uk = "Замовляють щонайменше за {order_ahead|день|дні|днів}." }, basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
