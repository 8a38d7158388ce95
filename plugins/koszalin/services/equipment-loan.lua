-- The loan of rehabilitation equipment: items, for so many months.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 1"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"
local page = "cuskoszalin.eu/uslugi-spoleczne-prawe, usługa 1"

return service {
  id = "equipment-loan", revision = 1, number = 1,
  name    = { pl = "wypożyczalnia sprzętu rehabilitacyjnego",
              en = "Rehabilitation equipment loan",
              uk = "Прокат реабілітаційного обладнання" },
  summary = { pl = "Wypożyczenie sprzętu na pewien czas: dowóz do domu, montaż, nauka obsługi i odbiór.",
              en = "Equipment lent for a time: delivery to your home, assembly, teaching how to use it, and collection.",
              uk = "Обладнання в тимчасове користування: доставка додому, монтаж, навчання користуванню та вивезення." },
  package = "pomoc-plus", areas = { "health", "disability-support" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "home", providers = { "commune-unit", "ngo" },
  unit    = "loan-month", quantity = { "loan_items", "loan_months" },
  basis = { name = list, summary = page, package = pack, areas = "example",
            groups = page, unit = "example", place = page, providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "60.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 160, per = "year", basis = "example" } },
    -- Three months are the page’s; the extension and the number of items are examples.
    limits  = { { from = "2023-10-01", value = { { loan = "3 months", extensions = 1 },
                                                 { items = 2 } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = page } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "15:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need,
    none {
      check { id = "overdue-return", is "overdue_return", basis = "example",
              text = { pl = "Sprzęt wypożyczony wcześniej nie wrócił w terminie",
                       en = "Equipment lent earlier has not been returned in time",
                       uk = "Раніше позичене обладнання не повернуто вчасно" } },
    },
  },

  asks = { "loan_items", "loan_months", "overdue_return" },
  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
    { text = { pl = "zalecenie lekarza, jeżeli sprzęt go wymaga (do wglądu)",
               en = "doctor’s recommendation, if the equipment needs one (only shown)",
               uk = "рекомендація лікаря, якщо вона потрібна для обладнання (лише для ознайомлення)" },
      basis = "example" },
    { text = { pl = "umowa wypożyczenia i protokół przekazania",
               en = "loan agreement and handover protocol",
               uk = "договір позички та протокол передачі" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "sprzęt, którego nie wolno oddać do ponownego użycia ze względów higienicznych",
               en = "equipment that must not be reused for reasons of hygiene",
               uk = "обладнання, яке з гігієнічних міркувань не можна використовувати повторно" },
      basis = "example" },
    { text = { pl = "sprzęt, który nie pasuje do mieszkania",
               en = "equipment that does not suit the flat",
               uk = "обладнання, що не підходить до житла" },
      basis = "example" },
    { text = { pl = "niezwrócony w terminie sprzęt",
               en = "equipment not returned in time",
               uk = "не повернуте вчасно обладнання" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "„Powyżej {old_age} roku życia” rozumiemy jako ukończone {old_age|rok|lata|lat}.",
               en = "“Over {old_age}” is read as having completed {old_age|year|years}.",
               uk = "«Понад {old_age|рік|роки|років}» розуміємо як повних {old_age|рік|роки|років}." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
