-- Workshops for parents and carers, in a group. The documents on the packages do not name this service.
local list = "Plan działań CUS Koszalin, pkt 1 ppkt 15"
local path = "cuskoszalin.eu/uslugi-spoleczne-prawe, tryb przyznania usług"

return service {
  id = "school-for-parents", revision = 1, number = 15,
  name    = { pl = "warsztaty „Szkoła dla rodziców”",
              en = "Workshops “School for Parents”",
              uk = "Практикуми «Школа для батьків»" },
  summary = { pl = "Warsztaty w grupie o tym, jak rozmawiać z dzieckiem i stawiać granice. Cykl to 10 spotkań po 3 godziny.",
              en = "Group workshops on talking with a child and setting limits. A cycle has 10 meetings of 3 hours.",
              uk = "Групові заняття про те, як розмовляти з дитиною та встановлювати межі. Цикл — 10 зустрічей по 3 години." },
  package = "rodzina-plus", areas = { "family-support", "pro-family-policy" },
  groups  = { "parents", "families" },
  place   = "premises", providers = { "ngo", "enterprise" },
  unit    = "participant-meeting",
  basis = { name = list, summary = "example", package = "example", areas = "example",
            groups = list, unit = "example", place = "example", providers = "example" },

  parameters = {
    price  = { { from = "2023-10-01", value = pln "50.00", basis = "example" } },
    pool   = { { from = "2023-10-01", value = 120, per = "year", basis = "example" } },
    limits = { { from = "2023-10-01", value = { { seats = 12, least = 5 },
                                                { visits = 10, per = "year", whose = "person" } },
                 basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "16:00", to = "19:00", basis = "example" } },

  eligibility = all {
    shared.resident,
    check { id = "raises-child", one_of("raises_child", { "together", "single" }), basis = "example",
            text = { pl = "Rodzic, opiekun lub rodzic zastępczy dziecka, które nie ukończyło 18 lat",
                     en = "A parent, guardian or foster parent of a child under 18",
                     uk = "Мати, батько, опікун або прийомні мати чи батько дитини, якій не виповнилося 18 років" } },
  },

  documents = {
    { text = { pl = "wniosek", en = "application form", uk = "заява" }, basis = path },
    { text = { pl = "oświadczenie o wychowywaniu dziecka",
               en = "statement of raising a child",
               uk = "заява про виховання дитини" },
      basis = "example" },
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
