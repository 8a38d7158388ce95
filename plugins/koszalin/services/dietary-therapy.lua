-- A dietician’s consultations; the person is the child.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 12"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "dietary-therapy", revision = 1, number = 12,
  name    = { pl = "terapia dietetyczna dla dzieci i młodzieży",
              en = "Dietary therapy for children and young people",
              uk = "Дієтична терапія для дітей та молоді" },
  summary = { pl = "Konsultacje z dietetykiem: pierwsza trwa 60 minut, każda następna 30 minut.",
              en = "Consultations with a dietician: the first takes 60 minutes, each next one 30.",
              uk = "Консультації дієтолога: перша триває 60 хвилин, кожна наступна — 30 хвилин." },
  package = "rodzina-plus", areas = { "health" },
  groups  = { "children", "families" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "consultation",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = list, unit = "example", place = "example", providers = "example" },

  parameters = {
    price    = { { from = "2023-10-01", value = pln "120.00", basis = "example" } },
    pool     = { { from = "2023-10-01", value = 80, per = "year", basis = "example" } },
    limits   = { { from = "2023-10-01", value = { { visits = 6, per = "year", whose = "person" } },
                   basis = "example" } },
    youngest = { { from = "2023-10-01", value = 3, basis = "example" } },
    oldest   = { { from = "2023-10-01", value = 17, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "12:00", to = "18:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "child-age", between("age", param "youngest", param "oldest"), basis = "example",
            text = { pl = "Dziecko w wieku od {youngest} do {oldest} lat",
                     en = "A child aged {youngest} to {oldest}",
                     uk = "Дитина віком від {youngest} до {oldest} років" } },
    check { id = "diet-need", is "diet_need", basis = "example",
            text = { pl = "Nadwaga, bardzo wybiórcze jedzenie albo choroba wymagająca diety",
                     en = "Overweight, very selective eating, or an illness that needs a diet",
                     uk = "Зайва вага, дуже вибіркове харчування або хвороба, що потребує дієти" } },
    none {
      check { id = "eating-disorder", is "eating_disorder", basis = "example",
              text = { pl = "Zaburzenia odżywiania, które trzeba leczyć: potrzebny lekarz",
                       en = "An eating disorder that needs treatment: a doctor is needed",
                       uk = "Розлад харчової поведінки, який треба лікувати: потрібен лікар" } },
    },
  },

  documents = {
    { text = { pl = "wniosek przedstawiciela ustawowego dziecka (rodzica albo opiekuna)",
               en = "application form of the child’s legal representative (parent or guardian)",
               uk = "заява законного представника дитини (матері, батька або опікуна)" },
      basis = path },
    { text = { pl = "wyniki badań, jeżeli są (do wglądu)",
               en = "test results, if there are any (only shown)",
               uk = "результати аналізів, якщо є (лише для ознайомлення)" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "zaburzenia odżywiania, które trzeba leczyć",
               en = "an eating disorder that needs treatment",
               uk = "розлад харчової поведінки, який треба лікувати" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wiek liczymy w ukończonych latach, w dniu usługi.",
               en = "Age is counted in completed years, on the day of the service.",
               uk = "Вік рахуємо в повних роках, у день надання послуги." },
      basis = "example" },
    { text = { pl = "Pierwsza konsultacja i każda następna mają tę samą cenę.",
               en = "The first consultation and each next one have the same price.",
               uk = "Перша консультація і кожна наступна мають однакову ціну." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
