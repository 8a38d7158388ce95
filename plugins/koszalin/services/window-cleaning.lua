-- Window cleaning at home, counted in windows.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 5"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "window-cleaning", revision = 1, number = 5,
  name    = { pl = "mycie okien", en = "Window cleaning", uk = "Миття вікон" },
  summary = { pl = "Umycie szyb z obu stron, ram i parapetów.",
              en = "Glass cleaned on both sides, with frames and sills.",
              uk = "Миття скла з обох боків, рам і підвіконь." },
  package = "pomoc-plus", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "home", providers = { "social-enterprise" },
  unit    = "window", quantity = "windows",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "25.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 944, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { units = 6, per = "visit" },
                                                 { visits = 2, per = "year", whose = "person" } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need_example,
    none {
      check { id = "windows-unsafe", is "windows_unsafe", basis = "example",
              text = { pl = "Okno bez bezpiecznego dostępu albo oszklenie balkonu",
                       en = "A window without safe access, or balcony glazing",
                       uk = "Вікно без безпечного доступу або скління балкона" } },
    },
  },

  asks = { "windows", "windows_unsafe" },
  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
    { text = { pl = "liczba okien podana we wniosku",
               en = "number of windows given in the application",
               uk = "кількість вікон, указана в заяві" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "mycie z zewnątrz nad parterem bez bezpiecznego dostępu",
               en = "outside cleaning above the ground floor without safe access",
               uk = "миття ззовні вище першого поверху без безпечного доступу" },
      basis = "example" },
    { text = { pl = "oszklenie balkonu", en = "balcony glazing", uk = "скління балкона" }, basis = "example" },
    { text = { pl = "mycie przy temperaturze poniżej 5 °C",
               en = "cleaning when it is colder than 5 °C",
               uk = "миття за температури нижче 5 °C" },
      basis = "example" },
    { text = { pl = "zdejmowanie firan, zasłon i rolet",
               en = "taking down curtains and blinds",
               uk = "знімання гардин, штор і ролет" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Wzór zakresu: Poznań Viva Senior (tam od 80 lat i jeden raz).",
               en = "The scope follows Poznań Viva Senior (there from the age of 80, and once).",
               uk = "Обсяг — за зразком Poznań Viva Senior (там з 80 років і один раз)." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
