-- Mediation: one case has several people; the limit counts by the case.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 10"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"

return service {
  id = "mediation", revision = 1, number = 10,
  name    = { pl = "mediacje", en = "Mediation", uk = "Медіація" },
  summary = { pl = "Rozmowa z mediatorem, który pomaga dojść do zgody w rodzinie, między rodzicami lub sąsiadami. Sesja trwa 90 minut.",
              en = "Talks with a mediator who helps a family, parents or neighbours to agree. A session takes 90 minutes.",
              uk = "Розмова з медіатором, який допомагає дійти згоди в сім’ї, між батьками чи сусідами. Сесія триває 90 хвилин." },
  package = "rodzina-plus", areas = { "family-support" },
  groups  = { "families", "parents" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "session", charge = "case",           -- the other choice is "party"
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example", charge = "example" },

  parameters = {
    price  = { { from = "2023-10-01", value = pln "200.00", basis = "example" } },
    pool   = { { from = "2023-10-01", value = 48, per = "year", basis = "example" } },
    limits = { { from = "2023-10-01", value = { { units = 6, per = "year", whose = "case" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "10:00", to = "18:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "parties-agree", is "parties_agree", basis = "example",
            text = { pl = "Wszystkie strony zgadzają się na mediację",
                     en = "All the parties agree to mediation",
                     uk = "Усі сторони згодні на медіацію" } },
    none {
      check { id = "violence", is "violence", basis = "example",
              text = { pl = "Trwająca przemoc albo „Niebieska Karta”: mediacja nie byłaby bezpieczna",
                       en = "Present violence or a Blue Card: mediation would not be safe",
                       uk = "Насильство або «Блакитна картка»: медіація не була б безпечною" } },
      check { id = "contact-forbidden", is "contact_forbidden", basis = "example",
              text = { pl = "Sąd zakazał stronom kontaktu",
                       en = "A court has forbidden the parties contact",
                       uk = "Суд заборонив сторонам контакти" } },
    },
  },

  asks = { "parties_agree", "violence", "contact_forbidden" },
  documents = {
    { text = { pl = "wniosek każdej ze stron",
               en = "application form of each party",
               uk = "заява кожної зі сторін" },
      basis = "example" },
    { text = { pl = "zgoda każdej ze stron na mediację",
               en = "each party’s consent to mediation",
               uk = "згода кожної зі сторін на медіацію" },
      basis = "example" },
  },
  exclusions = {
    { text = { pl = "trwająca przemoc lub procedura „Niebieskie Karty”",
               en = "present violence or a Blue Card procedure",
               uk = "насильство або процедура «Блакитні картки»" },
      basis = "example" },
    { text = { pl = "strona pod wpływem alkoholu lub narkotyków",
               en = "a party under the influence of alcohol or drugs",
               uk = "сторона під впливом алкоголю або наркотиків" },
      basis = "example" },
    { text = { pl = "sądowy zakaz kontaktu", en = "a court ban on contact", uk = "судова заборона контактів" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Notatki mediatora są poufne i nie trafiają do indywidualnego planu usług społecznych.",
               en = "The mediator’s notes are confidential and stay out of the individual plan of social services.",
               uk = "Нотатки медіатора конфіденційні й не потрапляють до індивідуального плану соціальних послуг." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
