-- Nail care at home: a beautician’s service, not a medical one.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 2"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "nail-care", revision = 1, number = 2,
  name    = { pl = "pielęgnacja paznokci", en = "Nail care", uk = "Догляд за нігтями" },
  summary = { pl = "Obcięcie i opiłowanie paznokci oraz porada na piśmie, jak o nie dbać.",
              en = "Cutting and filing nails, with a leaflet on how to care for them.",
              uk = "Підрізання та підпилювання нігтів і письмова порада щодо догляду за ними." },
  package = "pomoc-plus", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "home", providers = { "social-enterprise", "enterprise" },
  unit    = "visit",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "80.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 244, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { gap = "2 months" },
                                                 { visits = 6, per = "year", whose = "person" } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      shared.in_need_example,
      check { id = "chronically-ill", is "chronically_ill", basis = "example",
              text = { pl = "Osoba przewlekle chora",
                       en = "A chronically ill person",
                       uk = "Хронічно хвора особа" } },
    },
    none {
      check { id = "foot-illness", is "foot_illness", basis = "example",
              text = { pl = "Rany, zakażenie lub stopa cukrzycowa: potrzebny podolog albo lekarz",
                       en = "Wounds, infection or diabetic foot: a podologist or a doctor is needed",
                       uk = "Рани, інфекція або діабетична стопа: потрібен подолог або лікар" } },
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
    { text = { pl = "rany, zakażenie, stopa cukrzycowa lub inna potrzeba leczenia",
               en = "wounds, infection, diabetic foot or another need for treatment",
               uk = "рани, інфекція, діабетична стопа або інша потреба в лікуванні" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wykonawca po obejrzeniu dłoni i stóp może odmówić i wskazać podologa. Wizyta wtedy nie przepada.",
               en = "Having looked at the hands and feet, the provider may decline and point to a podologist. The visit is then not lost.",
               uk = "Оглянувши руки та стопи, виконавець може відмовити й порадити подолога. Візит тоді не втрачається." },
      basis = "example" },
    { text = { pl = "Wzór zakresu i limitu: Poznań Viva Senior.",
               en = "The scope and the limit follow Poznań Viva Senior.",
               uk = "Обсяг і ліміт — за зразком Poznań Viva Senior." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
