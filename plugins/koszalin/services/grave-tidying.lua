-- Tidying the graves of a person’s dead, at cemeteries in Koszalin.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 6"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "grave-tidying", revision = 1, number = 6,
  name    = { pl = "porządkowanie nagrobków", en = "Grave tidying", uk = "Впорядкування надгробків" },
  summary = { pl = "Umycie płyty i tablicy na mokro, usunięcie chwastów do 15 cm wokół, wyrzucenie śmieci, znicz i kwiaty.",
              en = "Slab and plate washed, weeds removed to 15 cm around, rubbish cleared, a candle and flowers.",
              uk = "Вологе миття плити й таблички, видалення бур’янів на 15 см довкола, прибирання сміття, лампадка та квіти." },
  package = "pomoc-plus", areas = { "social-assistance" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "cemetery", providers = { "social-enterprise" },
  unit    = "grave", quantity = "graves",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "100.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 160, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { units = 2, per = "year", whose = "person" } }, basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "15:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need_example,
    none {
      check { id = "outside-town", is "outside_town", basis = "example",
              text = { pl = "Cmentarz poza Koszalinem",
                       en = "A cemetery outside Koszalin",
                       uk = "Кладовище за межами Кошаліна" } },
    },
  },

  asks = { "graves", "outside_town" },
  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
    { text = { pl = "cmentarz, sektor, rząd i czyj to grób",
               en = "cemetery, sector, row and whose grave it is",
               uk = "кладовище, сектор, ряд і чия це могила" },
      basis = "example" },
    { text = { pl = "oświadczenie o pokrewieństwie",
               en = "statement of kinship",
               uk = "заява про спорідненість" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "cmentarze poza miastem",
               en = "cemeteries outside the city",
               uk = "кладовища за межами міста" },
      basis = "example" },
    { text = { pl = "usuwanie plam i renowacja nagrobka",
               en = "removing stains and restoring the grave",
               uk = "виведення плям і реставрація надгробка" },
      basis = "example" },
    { text = { pl = "dowożenie osoby na cmentarz",
               en = "taking the person to the cemetery",
               uk = "перевезення особи на кладовище" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wzór zakresu: Poznań Viva Senior (tam jeden nagrobek, jeden raz).",
               en = "The scope follows Poznań Viva Senior (there one grave, once).",
               uk = "Обсяг — за зразком Poznań Viva Senior (там один надгробок, один раз)." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
