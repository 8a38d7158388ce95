-- Biofeedback; the person is the child. Epilepsy is no bar: it calls for a doctor’s note.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 14"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "biofeedback", revision = 1, number = 14,
  name    = { pl = "biofeedback dla dzieci i młodzieży",
              en = "Biofeedback for children and young people",
              uk = "Біофідбек для дітей та молоді" },
  summary = { pl = "Trening z czujnikami, który uczy skupienia i spokoju. Sesja trwa 45 minut.",
              en = "Training with sensors that teaches focus and calm. A session takes 45 minutes.",
              uk = "Тренування з датчиками, яке вчить зосередженості та спокою. Сесія триває 45 хвилин." },
  package = "rodzina-plus", areas = { "health", "disability-support" },
  groups  = { "children", "families" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "session",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = list, unit = "example", place = "example", providers = "example" },

  parameters = {
    price    = { { from = "2023-10-01", value = pln "110.00", basis = "example" } },
    pool     = { { from = "2023-10-01", value = 120, per = "year", basis = "example" } },
    limits   = { { from = "2023-10-01", value = { { visits = 2, per = "week", whose = "person" },
                                                  { visits = 20, per = "year", whose = "person" } },
                   basis = "example" } },
    youngest = { { from = "2023-10-01", value = 6, basis = "example" } },
    oldest   = { { from = "2023-10-01", value = 17, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "12:00", to = "18:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "child-age", between("age", param "youngest", param "oldest"), basis = "example",
            text = { pl = "Dziecko w wieku od {youngest} do {oldest} lat",
                     en = "A child aged {youngest} to {oldest}",
                     uk = "Дитина віком від {youngest} до {oldest} років" } },
  },

  documents = {
    { text = { pl = "wniosek przedstawiciela ustawowego dziecka (rodzica albo opiekuna)",
               en = "application form of the child’s legal representative (parent or guardian)",
               uk = "заява законного представника дитини (матері, батька або опікуна)" },
      basis = path },
    { text = { pl = "oświadczenie o stanie zdrowia dziecka",
               en = "statement of the child’s health",
               uk = "заява про стан здоров’я дитини" },
      basis = "example" },
    { text = { pl = "zaświadczenie lekarza przy padaczce, implantach lub innej chorobie (do wglądu)",
               en = "doctor’s note in case of epilepsy, implants or another illness (only shown)",
               uk = "довідка лікаря в разі епілепсії, імплантів чи іншої хвороби (лише для ознайомлення)" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wiek liczymy w ukończonych latach, w dniu usługi.",
               en = "Age is counted in completed years, on the day of the service.",
               uk = "Вік рахуємо в повних роках, у день надання послуги." },
      basis = "example" },
    { text = { pl = "Padaczka nie wyklucza z usługi. Źródła są w tej sprawie niezgodne, dlatego prosimy o zaświadczenie lekarza.",
               en = "Epilepsy does not exclude: sources disagree, so we ask for a doctor’s note.",
               uk = "Епілепсія не є перешкодою: джерела розходяться, тому просимо довідку лікаря." },
      basis = "example" },
    { text = { pl = "Pierwsze efekty widać zwykle po 10–12 sesjach. Wzór: opisy poradni prowadzących biofeedback.",
               en = "First effects usually show after 10 to 12 sessions. After the descriptions of biofeedback practices.",
               uk = "Перші результати зазвичай помітні після 10–12 сесій. За описами закладів, що проводять біофідбек." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
