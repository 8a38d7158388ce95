-- Individual speech therapy; the person is the child.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 11"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "speech-therapy", revision = 1, number = 11,
  name    = { pl = "indywidualna terapia logopedyczna dla dzieci i młodzieży",
              en = "Individual speech therapy for children and young people",
              uk = "Індивідуальна логопедична терапія для дітей та молоді" },
  summary = { pl = "Ćwiczenia z logopedą, które pomagają dziecku mówić. Sesja trwa 45 minut.",
              en = "Exercises with a speech therapist that help the child to speak. A session takes 45 minutes.",
              uk = "Заняття з логопедом, які допомагають дитині говорити. Сесія триває 45 хвилин." },
  package = "rodzina-plus", areas = { "family-support", "health" },
  groups  = { "children", "families" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "session",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = list, unit = "example", place = "example", providers = "example" },

  parameters = {
    price    = { { from = "2023-10-01", value = pln "110.00", basis = "example" } },
    pool     = { { from = "2023-10-01", value = 192, per = "year", basis = "example" } },
    limits   = { { from = "2023-10-01", value = { { visits = 1, per = "week", whose = "person" },
                                                  { visits = 20, per = "year", whose = "person" } },
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
    check { id = "speech-difficulty", is "speech_difficulty", basis = "example",
            text = { pl = "Dziecko ma trudności z mówieniem",
                     en = "The child has difficulty speaking",
                     uk = "Дитина має труднощі з мовленням" } },
  },

  documents = {
    { text = { pl = "wniosek przedstawiciela ustawowego dziecka (rodzica albo opiekuna)",
               en = "application form of the child’s legal representative (parent or guardian)",
               uk = "заява законного представника дитини (матері, батька або опікуна)" },
      basis = path },
    { text = { pl = "opinia lub oświadczenie o trudnościach z mową (do wglądu)",
               en = "opinion or statement on the speech difficulties (only shown)",
               uk = "висновок або заява про труднощі з мовленням (лише для ознайомлення)" },
      basis = "example" },
    { text = { pl = "zgoda rodzica na terapię",
               en = "parent’s consent to the therapy",
               uk = "згода одного з батьків на терапію" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "trudności, z którymi trzeba iść do lekarza",
               en = "difficulties that need a doctor",
               uk = "труднощі, з якими треба йти до лікаря" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wiek liczymy w ukończonych latach, w dniu usługi.",
               en = "Age is counted in completed years, on the day of the service.",
               uk = "Вік рахуємо в повних роках, у день надання послуги." },
      basis = "example" },
    { text = { pl = "Najpierw pomagamy rodzinom, z którymi Centrum już pracuje.",
               en = "Families the Centre already works with come first.",
               uk = "Насамперед допомагаємо сім’ям, з якими Центр уже працює." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
