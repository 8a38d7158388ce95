-- Workshops that raise parenting skills, also for those expecting a child.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 16"
local pack = "Zasady współpracy Centrum z partnerami (produkt nr 5 CUS Koszalin), Pakiet RODZINA+"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "parenting-workshops", revision = 1, number = 16,
  name    = { pl = "warsztaty podnoszące kompetencje rodzicielskie i wychowawcze",
              en = "Workshops raising parenting skills",
              uk = "Заняття для розвитку батьківських і виховних навичок" },
  summary = { pl = "Pojedyncze warsztaty w grupie o wychowaniu dziecka. Spotkanie trwa 2 godziny.",
              en = "Single group workshops on bringing up a child. A meeting takes 2 hours.",
              uk = "Окремі групові заняття про виховання дитини. Зустріч триває 2 години." },
  package = "rodzina-plus", areas = { "family-support", "pro-family-policy" },
  groups  = { "parents", "families" },
  place   = "premises", providers = { "commune-unit", "ngo", "enterprise" },
  unit    = "participant-meeting",
  basis = { name = list, summary = "example", package = pack, areas = "example",
            groups = pack, unit = "example", place = "example", providers = "example" },

  parameters = {
    price  = { { from = "2023-10-01", value = pln "40.00", basis = "example" } },
    pool   = { { from = "2023-10-01", value = 96, per = "year", basis = "example" } },
    limits = { { from = "2023-10-01", value = { { seats = 12, least = 5 },
                                                { visits = 4, per = "year", whose = "person" } },
                 basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "16:00", to = "18:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    any {
      check { id = "raises-child", one_of("raises_child", { "together", "single" }), basis = "example",
              text = { pl = "Rodzic, opiekun lub rodzic zastępczy dziecka, które nie ukończyło 18 lat",
                       en = "A parent, guardian or foster parent of a child under 18",
                       uk = "Мати, батько, опікун або прийомні мати чи батько дитини, якій не виповнилося 18 років" } },
      check { id = "expecting", is "expecting", basis = "example",
              text = { pl = "Kobieta w ciąży", en = "A pregnant woman", uk = "Вагітна жінка" } },
    },
  },

  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
  },
  exclusions = {
    { text = { pl = "brak miejsc w grupie: zapisujemy na listę oczekujących",
               en = "the group is full: there is a waiting list",
               uk = "немає місць у групі: записуємо до списку очікування" },
      basis = "example" },
  },
  notes = {
    { text = { pl = "Grupa rusza, gdy zgłosi się dość osób.",
               en = "A group starts when enough people have applied.",
               uk = "Група починає роботу, коли зголоситься достатньо людей." },
      basis = "example" },
  },
  waiting = { order = "complete-application-date" },
}
