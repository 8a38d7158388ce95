-- Places in sheltered flats for older people and people with disabilities, with a waiting list.
local plan      = "Plan Wdrażania CUS w Starachowicach"
local list      = plan .. ", katalog usług, poz. 5"
local goal      = plan .. ", cel szczegółowy 1, tabela usług"
local money     = plan .. ", plan finansowania usług"
local diagnosis = plan .. ", kwalifikowanie i diagnoza potrzeb"

return service {
  id = "sheltered-flats-seniors", revision = 1, number = 5,
  name    = { pl = "mieszkania chronione dla osób starszych i/lub niepełnosprawnych",
              en = "Sheltered flats for older people and people with disabilities",
              uk = "Захищене житло для літніх людей та осіб з інвалідністю" },
  summary = { pl = "Miejsce w mieszkaniu chronionym ze wsparciem w codziennym życiu.",
              en = "A place in a sheltered flat, with support in everyday life.",
              uk = "Місце в захищеному житлі з підтримкою в щоденному житті." },
  goal    = { pl = "Uniknięcie pobytu w placówce całodobowej.",
              en = "Avoiding a stay in a round-the-clock facility.",
              uk = "Уникнення перебування в цілодобовому закладі." },
  package = "seniors", areas = { "social-assistance", "disability-support", "housing" },
  groups  = { "seniors", "disabled" },
  challenges = { "ageing", "disability" },
  place   = "radomska-2", providers = { "social-economy", "commune" },
  change  = "new", modes = { "tender-social-clauses" },
  unit    = "place-month", quantity = "stay_months",
  basis = { name = list, summary = "example", package = money, areas = list, groups = list, unit = "example",
            place = list, providers = goal, goal = list, challenges = list, change = goal, modes = goal },

  parameters = {
    pool   = { { from = "2021-04-01", value = 72, per = "year", basis = "example" } },
    limits = { { from = "2021-04-01", value = { { items = 1 },
                                                { units = 12, per = "year" } }, basis = "example" } },
  },
  hours = { { days = "mon-sun", from = "00:00", to = "24:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.senior_or_disabled,
    none {
      check { id = "needs-nursing", is "needs_nursing", basis = "example",
              text = { pl = "Potrzeba całodobowej opieki pielęgniarskiej",
                       en = "A need of nursing round the clock",
                       uk = "Потреба цілодобового медсестринського догляду" } },
    },
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
  },
  exclusions = {
    { text = { pl = "osoby, które potrzebują całodobowej opieki pielęgniarskiej",
               en = "people who need nursing round the clock",
               uk = "особи, які потребують цілодобового медсестринського догляду" }, basis = "example" },
  },
  notes = {
    { text = { pl = "Liczy się miejsce: sześć miejsc przez rok to 72 miesiące pobytu. Gdy wolnych nie ma, prowadzimy listę oczekujących.",
               en = "Places are counted: six places for a year are 72 months of stay. When none is free, there is a waiting list.",
               uk = "Рахуються місця: шість місць на рік – це 72 місяці перебування. Коли вільних немає, ведемо список очікування." },
      basis = "example" },
  },
  waiting = {
    order = "complete-application-date",
    criteria = {
      { id = "facility-otherwise", points = 10, when = is "dependent", basis = "example",
        text = { pl = "Bez miejsca grozi pobyt w placówce: osoba niesamodzielna",
                 en = "Without a place a facility is near: a dependent person",
                 uk = "Без місця загрожує заклад: несамостійна особа" } },
      { id = "lives-alone", points = 5, when = is "lives_alone", basis = "example",
        text = { pl = "Mieszka sama lub sam", en = "Lives alone", uk = "Живе сама чи сам" } },
    },
  },
}
