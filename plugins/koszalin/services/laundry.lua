-- Laundry for people who cannot do it at home, by weight.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 4"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet POMOC+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "laundry", revision = 1, number = 4,
  name    = { pl = "usługa pralnicza", en = "Laundry", uk = "Послуга прання" },
  summary = { pl = "Odbiór, wypranie, wysuszenie i odwiezienie pościeli, ręczników i ubrań.",
              en = "Bed linen, towels and clothes collected, washed, dried and brought back.",
              uk = "Забираємо, перемо, сушимо й привозимо назад постільну білизну, рушники та одяг." },
  package = "pomoc-plus", areas = { "social-assistance", "disability-support" },
  groups  = { "seniors", "disabled", "dependent" },
  place   = "home", providers = { "social-enterprise", "enterprise" },
  unit    = "kilogram", quantity = "laundry_kg",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  parameters = {
    price   = { { from = "2023-10-01", value = pln "12.00", basis = "example" } },
    pool    = { { from = "2023-10-01", value = 1200, per = "year", basis = "example" } },
    limits  = { { from = "2023-10-01", value = { { units = 6, per = "month", whose = "person" } },
                  basis = "example" } },
    old_age = { { from = "2023-10-01", value = 75, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    shared.in_need_example,
    check { id = "no-washing", one_of("washing", { "no-machine", "cannot-use" }), basis = "example",
            text = { pl = "Brak pralki albo nie można samodzielnie z niej korzystać",
                     en = "No washing machine, or it cannot be used without help",
                     uk = "Немає пральної машини або нею не можна користуватися самостійно" } },
    none {
      check { id = "laundry-unsuitable", is "laundry_unsuitable", basis = "example",
              text = { pl = "W praniu są rzeczy, których pralnia nie przyjmuje",
                       en = "There are items the laundry does not accept",
                       uk = "Серед білизни є речі, яких пральня не приймає" } },
    },
  },

  asks = { "laundry_kg", "laundry_unsuitable" },
  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie; dokumenty, na przykład orzeczenie, tylko do wglądu, bez kopii",
               en = "statement; documents such as a certificate are only shown, not copied",
               uk = "письмове підтвердження; документи, наприклад довідка, лише для ознайомлення, без копій" },
      basis = "example" },
    { text = { pl = "spis oddawanych rzeczy",
               en = "list of the items handed over",
               uk = "перелік переданих речей" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "rzeczy skażone", en = "contaminated items", uk = "заражені речі" }, basis = "example" },
    { text = { pl = "rzeczy do prania chemicznego i skórzane",
               en = "dry-cleaning and leather",
               uk = "речі для хімчистки та шкіряні" },
      basis = "example" },
    { text = { pl = "ciężkie dywany", en = "heavy carpets", uk = "важкі килими" }, basis = "example" },
  },
  notes = {
    { text = { pl = "Wzór: Centrum Pomocy Społecznej Warszawa-Śródmieście (tam 3 kg miesięcznie).",
               en = "After the social assistance centre of Warsaw-Śródmieście (3 kg a month there).",
               uk = "За зразком центру соціальної допомоги Варшава-Середмістя (там 3 кг на місяць)." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
