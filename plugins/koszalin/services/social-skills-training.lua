-- Social-skills training in a small group; the person is the child.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 13"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "social-skills-training", revision = 1, number = 13,
  name    = { pl = "trening umiejętności społecznych dla dzieci i młodzieży",
              en = "Social-skills training for children and young people",
              uk = "Тренінг соціальних навичок для дітей та молоді" },
  summary = { pl = "Spotkania w małej grupie, na których dziecko uczy się być z innymi. Cykl to 12 spotkań po 90 minut.",
              en = "Meetings in a small group where the child learns to be with others. A cycle has 12 meetings of 90 minutes.",
              uk = "Зустрічі в малій групі, де дитина вчиться бути з іншими. Цикл — 12 зустрічей по 90 хвилин." },
  package = "rodzina-plus", areas = { "family-support", "health" },
  groups  = { "children", "families" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "participant-meeting",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = list, unit = "example", place = "example", providers = "example" },

  parameters = {
    price    = { { from = "2023-10-01", value = pln "60.00", basis = "example" } },
    pool     = { { from = "2023-10-01", value = 192, per = "year", basis = "example" } },
    limits   = { { from = "2023-10-01", value = { { seats = 8, least = 5 },
                                                  { visits = 12, per = "year", whose = "person" } },
                   basis = "example" } },
    youngest = { { from = "2023-10-01", value = 6, basis = "example" } },
    oldest   = { { from = "2023-10-01", value = 17, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "15:00", to = "18:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "child-age", between("age", param "youngest", param "oldest"), basis = "example",
            text = { pl = "Dziecko w wieku od {youngest} do {oldest} lat",
                     en = "A child aged {youngest} to {oldest}",
                     uk = "Дитина віком від {youngest} до {oldest} років" } },
    check { id = "peer-difficulty", is "peer_difficulty", basis = "example",
            text = { pl = "Dziecku trudno jest w kontaktach z rówieśnikami",
                     en = "The child finds it hard to get on with other children",
                     uk = "Дитині важко спілкуватися з однолітками" } },
  },

  documents = {
    { text = { pl = "wniosek przedstawiciela ustawowego dziecka (rodzica albo opiekuna)",
               en = "application form of the child’s legal representative (parent or guardian)",
               uk = "заява законного представника дитини (матері, батька або опікуна)" },
      basis = path },
    { text = { pl = "rozmowa przed przyjęciem do grupy",
               en = "a talk before joining the group",
               uk = "розмова перед прийняттям до групи" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "zagrożenie dla innych dzieci w grupie",
               en = "danger to other children in the group",
               uk = "загроза для інших дітей у групі" },
      basis = "example" },
    { text = { pl = "psychoza", en = "psychosis", uk = "психоз" }, basis = "example" },
  },
  notes = {
    { text = { pl = "Wiek liczymy w ukończonych latach, w dniu usługi.",
               en = "Age is counted in completed years, on the day of the service.",
               uk = "Вік рахуємо в повних роках, у день надання послуги." },
      basis = "example" },
    { text = { pl = "W grupie są dzieci w zbliżonym wieku.",
               en = "The children of a group are of near age.",
               uk = "У групі діти близького віку." },
      basis = "example" },
    { text = { pl = "O wyłączeniach rozmawiamy przed przyjęciem do grupy, nie pytamy o nie tutaj.",
               en = "The exclusions are talked over before joining; we do not ask about them here.",
               uk = "Про винятки говоримо перед прийняттям до групи, тут про них не питаємо." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
