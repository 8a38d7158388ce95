-- A hairdresser who comes to people for whom it is hard to go to one.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 3"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "hairdresser-at-home", revision = 1, number = 3,
  name    = { pl = "usługa fryzjerska w miejscu zamieszkania",
              en = "Hairdresser at home",
              uk = "Перукар удома" },
  summary = { pl = "Umycie, strzyżenie i uczesanie włosów w domu.",
              en = "Washing, cutting and combing hair at home.",
              uk = "Миття, стрижка та зачісування волосся вдома." },
  package = "pomoc-plus", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "home", providers = { "social-enterprise", "enterprise" },
  unit    = "visit",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = list, providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "70.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 280, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { gap = "2 months" },
                                                 { visits = 6, per = "year", whose = "person" } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need_example,
    check { id = "limited-mobility", is "limited_mobility", basis = "example",
            text = { pl = "Trudno wyjść z domu do fryzjera",
                     en = "It is hard to leave home for a hairdresser’s",
                     uk = "Важко вийти з дому до перукарні" } },
    none {
      check { id = "scalp-illness", is "scalp_illness", basis = "example",
              text = { pl = "Choroba skóry głowy: potrzebny lekarz",
                       en = "Scalp disease: a doctor is needed",
                       uk = "Захворювання шкіри голови: потрібен лікар" } },
    },
  },

  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "choroba skóry głowy, z którą trzeba iść do lekarza",
               en = "a scalp disease that needs a doctor",
               uk = "захворювання шкіри голови, з яким треба йти до лікаря" },
      basis = "example" },
    { text = { pl = "farbowanie, trwała ondulacja i inne zabiegi chemiczne",
               en = "colouring, perms and other chemical treatments",
               uk = "фарбування, хімічна завивка та інші хімічні процедури" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wzór zakresu i limitu: Centrum Pomocy Społecznej Warszawa-Śródmieście.",
               en = "The scope and the limit follow the social assistance centre of Warsaw-Śródmieście.",
               uk = "Обсяг і ліміт — за зразком центру соціальної допомоги Варшава-Середмістя." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
