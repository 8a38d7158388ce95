-- A carer for a defined task, by the half hour begun.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 7"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "made-to-measure-carer", revision = 1, number = 7,
  name    = { pl = "opiekun szyty na miarę",
              en = "Made-to-measure carer",
              uk = "Доглядальник за індивідуальним запитом" },
  summary = { pl = "Towarzyszenie, zakupy, sprawy w urzędach, czytanie, krótkie zastępstwo opiekuna. Bez czynności medycznych.",
              en = "Company, shopping, offices, reading, a short stand-in for the usual carer. No medical acts.",
              uk = "Супровід, покупки, справи в установах, читання, коротка заміна доглядальника. Без медичних дій." },
  package = "pomoc-plus", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled", "dependent", "carers" },
  place   = "home", providers = { "ngo", "social-enterprise" },
  unit    = "hour", quantity = "hours",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "40.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 1600, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { units = 10, per = "month", whose = "person" },
                                                 { units = 60, per = "year", whose = "person" } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "07:00", to = "19:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need_example,
    none {
      check { id = "other-care", is "other_care", basis = "example",
              text = { pl = "W tych samych godzinach jest już inna opieka",
                       en = "There is already other care in the same hours",
                       uk = "У ті самі години вже є інший догляд" } },
    },
  },

  asks = { "hours", "other_care" },
  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
    { text = { pl = "rozmowa w domu i plan zadań opiekuna",
               en = "a talk at home and a plan of the carer’s tasks",
               uk = "розмова вдома та план завдань доглядальника" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "godziny, w których trwają usługi opiekuńcze, asystencja osobista albo opieka wytchnieniowa",
               en = "hours covered by care services, personal assistance or respite care",
               uk = "години, коли надаються послуги догляду, особиста асистенція або тимчасовий догляд для перепочинку рідних" },
      basis = "example" },
    { text = { pl = "pielęgnacja medyczna", en = "medical nursing", uk = "медичний догляд" }, basis = "example" },
  },
  notes = {
    { text = { pl = "W miarę możliwości przychodzi zawsze ten sam opiekun.",
               en = "Where possible the same carer always comes.",
               uk = "За можливості завжди приходить той самий доглядальник." },
      basis = "example" },
    { text = { pl = "Liczymy każde rozpoczęte pół godziny.",
               en = "Every half hour begun counts.",
               uk = "Рахуємо кожні розпочаті пів години." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
