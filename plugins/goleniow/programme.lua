-- Goleniów's Programme of Social Services. What is known comes from the Centre's own slides and, for the packages, from
-- the town's news page; what stands in neither is an "example". The programme was resolved three times: its period
-- begins with the first, and its last day is an example. Limits are as the slides show them, at the end of 2023.
local slides = "Prezentacja CUS w Goleniowie, Wrocław, 12.12.2023"
local path   = slides .. ", procedura obsługi mieszkańca"
local chosen = slides .. ", wybór realizatorów usług"
local news   = "goleniow.net, 27.10.2021, Program Usług Społecznych już uchwalony"
local act    = " ustawy (Dz.U. 2019 poz. 1818)"

local council = { pl = "Rada Miejska w Goleniowie", en = "Goleniów City Council", uk = "Міська рада Голенюва" }

local all_saints   = { pl = "Wszystkich Świętych", en = "All Saints’ Day", uk = "День усіх святих" }
local independence = { pl = "Narodowe Święto Niepodległości", en = "Independence Day", uk = "День незалежності Польщі" }
local christmas    = { pl = "Boże Narodzenie", en = "Christmas", uk = "Різдво" }
local new_year     = { pl = "Nowy Rok", en = "New Year’s Day", uk = "Новий рік" }
local epiphany     = { pl = "Święto Trzech Króli", en = "Epiphany", uk = "Богоявлення (Три Королі)" }
local easter       = { pl = "Wielkanoc", en = "Easter", uk = "Великдень" }
local labour_day   = { pl = "Święto Państwowe 1 Maja", en = "1 May public holiday", uk = "Державне свято 1 травня" }
local constitution = { pl = "Święto Narodowe Trzeciego Maja", en = "Constitution Day", uk = "День Конституції Польщі" }
local pentecost    = { pl = "Zielone Świątki", en = "Pentecost", uk = "П’ятидесятниця" }
local corpus       = { pl = "Boże Ciało", en = "Corpus Christi", uk = "Свято Божого Тіла" }
local assumption   = { pl = "Wniebowzięcie Najświętszej Maryi Panny", en = "Assumption Day", uk = "Успіння Пресвятої Богородиці" }

return programme {
  id = "goleniow",
  name = { pl = "Program Usług Społecznych w Gminie Goleniów",
           en = "Programme of Social Services in the Commune of Goleniów",
           uk = "Програма соціальних послуг у гміні Голенюв" },
  municipality = { name = "Goleniów", terc = "3204023" },
  centre = { pl = "Centrum Usług Społecznych w Goleniowie",
             en = "Social Services Centre in Goleniów",
             uk = "Центр соціальних послуг у Голенюві" },
  contact = { web = "www.cus.goleniow.pl", basis = slides .. ", strona internetowa" },
  resolution = {
    { from = "2022-01-11", number = "XLI/504/21", date = "2021-11-24", by = council, basis = slides .. ", daty" },
    { from = "2023-01-01", number = "LV/635/22", date = "2022-11-30", by = council, basis = slides .. ", daty" },
    { from = "2023-09-01", number = "LXI/706/23", date = "2023-05-24", by = council, basis = slides .. ", daty" },
  },
  period = { from = "2022-01-11", to = "2024-12-31" },

  -- The seven packages are the town's; which service is in which is an example.
  packages = {
    { id = "socjalny", name = { pl = "socjalny", en = "social", uk = "соціальний" }, basis = news },
    { id = "reintegracyjny", name = { pl = "reintegracyjny", en = "reintegration", uk = "реінтеграційний" },
      basis = news },
    { id = "srodowiskowy", name = { pl = "środowiskowy", en = "community", uk = "середовищний" }, basis = news },
    { id = "edukacyjny", name = { pl = "edukacyjny", en = "education", uk = "освітній" }, basis = news },
    { id = "integracyjny", name = { pl = "integracyjny", en = "integration", uk = "інтеграційний" },
      basis = news },
    { id = "zawodowy", name = { pl = "zawodowy", en = "vocational", uk = "професійний" }, basis = news },
    { id = "specjalistyczny", name = { pl = "specjalistyczny", en = "specialist", uk = "спеціалізований" },
      basis = news },
  },

  groups = {
    { id = "youth", name = { pl = "młodzież", en = "young people", uk = "молодь" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "seniors", name = { pl = "osoby starsze", en = "older people", uk = "літні люди" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "lonely", name = { pl = "osoby samotne", en = "lone people", uk = "самотні особи" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "dependent", name = { pl = "osoby niesamodzielne", en = "dependent people", uk = "несамостійні особи" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "disabled", name = { pl = "osoby z niepełnosprawnościami",
                                en = "people with disabilities",
                                uk = "особи з інвалідністю" }, basis = slides .. ", Program Usług Społecznych" },
    { id = "intellectual-disability", name = { pl = "osoby z niepełnosprawnością intelektualną",
                                               en = "people with an intellectual disability",
                                               uk = "особи з інтелектуальною інвалідністю" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "autism", name = { pl = "osoby z całościowym zaburzeniem rozwoju, w tym z autyzmem",
                              en = "people with a pervasive developmental disorder, autism included",
                              uk = "особи із загальним розладом розвитку, зокрема аутизмом" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "families", name = { pl = "rodziny", en = "families", uk = "сім’ї" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "parents", name = { pl = "rodzice", en = "parents", uk = "батьки" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "women", name = { pl = "kobiety", en = "women", uk = "жінки" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "crisis", name = { pl = "osoby w kryzysie", en = "people in crisis", uk = "особи в кризі" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "rural", name = { pl = "mieszkańcy obszarów wiejskich",
                             en = "people of rural areas",
                             uk = "мешканці сільської місцевості" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "residents", name = { pl = "wszyscy mieszkańcy potrzebujący wsparcia",
                                 en = "all residents in need of support",
                                 uk = "усі мешканці, які потребують підтримки" },
      basis = slides .. ", Program Usług Społecznych" },
  },

  places = {
    { id = "home", name = { pl = "miejsce zamieszkania", en = "at home", uk = "місце проживання" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "commune", name = { pl = "gmina Goleniów", en = "the commune of Goleniów", uk = "гміна Голенюв" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "village", name = { pl = "sołectwo", en = "a village", uk = "село" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "flat", name = { pl = "mieszkanie treningowe", en = "training flat", uk = "тренувальне житло" },
      basis = slides .. ", Program Usług Społecznych" },
    { id = "premises", name = { pl = "siedziba Centrum lub wykonawcy",
                                en = "premises of the Centre or the provider",
                                uk = "приміщення Центру або виконавця" }, basis = "example" },
  },

  providers = {
    { id = "centre", name = { pl = "pracownicy Centrum Usług Społecznych",
                              en = "staff of the Social Services Centre",
                              uk = "працівники Центру соціальних послуг" }, basis = chosen },
    { id = "ngo", name = { pl = "organizacja pozarządowa",
                           en = "non-governmental organisation",
                           uk = "неурядова організація" }, basis = chosen },
    { id = "social-enterprise", name = { pl = "przedsiębiorstwo społeczne lub spółdzielnia socjalna",
                                         en = "social enterprise or social co-operative",
                                         uk = "соціальне підприємство або соціальний кооператив" },
      basis = chosen },
    { id = "private", name = { pl = "podmiot prywatny", en = "private body", uk = "приватний суб’єкт" },
      basis = chosen },
    { id = "neighbour", name = { pl = "osoba z sąsiedztwa", en = "somebody near by", uk = "сусід" },
      basis = slides .. ", usługi społeczne wspierające, pkt 2" },
  },

  modes = {
    { id = "public-benefit", name = { pl = "ustawa o działalności pożytku publicznego i o wolontariacie",
                                      en = "public-benefit and volunteering act",
                                      uk = "закон про суспільно корисну діяльність і волонтерство" },
      basis = chosen },
    { id = "procurement", name = { pl = "Prawo zamówień publicznych",
                                   en = "public procurement law",
                                   uk = "закон про публічні закупівлі" }, basis = chosen },
  },

  units = {
    { id = "person", name = { pl = "osoba", en = "person", uk = "особа" },
      forms = { pl = { "osoba", "osoby", "osób" }, en = { "person", "people" },
                uk = { "особа", "особи", "осіб" } } },
    { id = "hour", name = { pl = "godzina", en = "hour", uk = "година" },
      forms = { pl = { "godzina", "godziny", "godzin" }, en = { "hour", "hours" },
                uk = { "година", "години", "годин" } } },
    { id = "group-hour", name = { pl = "godzina zajęć grupy", en = "hour of a group", uk = "година занять групи" },
      forms = { pl = { "godzina zajęć", "godziny zajęć", "godzin zajęć" }, en = { "group hour", "group hours" },
                uk = { "година занять", "години занять", "годин занять" } } },
    { id = "ride", name = { pl = "kurs", en = "ride", uk = "поїздка" },
      forms = { pl = { "kurs", "kursy", "kursów" }, en = { "ride", "rides" },
                uk = { "поїздка", "поїздки", "поїздок" } } },
    { id = "call", name = { pl = "rozmowa", en = "call", uk = "розмова" },
      forms = { pl = { "rozmowa", "rozmowy", "rozmów" }, en = { "call", "calls" },
                uk = { "розмова", "розмови", "розмов" } } },
    { id = "event", name = { pl = "uroczystość", en = "celebration", uk = "свято" },
      forms = { pl = { "uroczystość", "uroczystości", "uroczystości" }, en = { "celebration", "celebrations" },
                uk = { "свято", "свята", "свят" } } },
    { id = "case", name = { pl = "sprawa", en = "case", uk = "справа" },
      forms = { pl = { "sprawa", "sprawy", "spraw" }, en = { "case", "cases" },
                uk = { "справа", "справи", "справ" } } },
    { id = "consultation", name = { pl = "konsultacja", en = "consultation", uk = "консультація" },
      forms = { pl = { "konsultacja", "konsultacje", "konsultacji" }, en = { "consultation", "consultations" },
                uk = { "консультація", "консультації", "консультацій" } } },
    { id = "loan", name = { pl = "wypożyczenie", en = "loan", uk = "прокат" },
      forms = { pl = { "wypożyczenie", "wypożyczenia", "wypożyczeń" }, en = { "loan", "loans" },
                uk = { "прокат", "прокати", "прокатів" } } },
  },

  -- The Act's terms for every centre; a card follows a plan.
  terms = {
    plan_within_days     = { { from = "2022-01-11", value = 30, basis = "art. 40" .. act } },
    ends_on_working_days = { { from = "2022-01-11", value = true, basis = "art. 57 § 4 KPA" } },
    plan_months_at_most  = { { from = "2022-01-11", value = 12, basis = "art. 35 i 40" .. act } },
    card_without_plan    = { { from = "2022-01-11", value = false, basis = path .. ", pkt 3" } },
    summary_every_months = { { from = "2022-01-11", value = 6, basis = "art. 46 ust. 1" .. act } },
    meeting_every_months = { { from = "2022-01-11", value = 3, basis = "art. 46 ust. 2" .. act } },
  },

  -- What the slides count, on 2023-08-31; how often is an example.
  indicators = {
    { id = "people-served", counts = "persons", every = "year", basis = "example",
      name = { pl = "Mieszkańcy, którzy skorzystali z usług",
               en = "Residents who used the services",
               uk = "Мешканці, які скористалися послугами" } },
    { id = "services-done", counts = "services", every = "year", basis = "example",
      name = { pl = "Zrealizowane usługi", en = "Services done", uk = "Надані послуги" } },
  },

  -- Fees were debated with residents before 2023-09-01; their rates are not known.
  fee = free { basis = "example" },
  rounding = { to = "grosz", per = "line", basis = "example" },
  price_at = { when = "settlement", basis = "example" },

  closed = {
    { from = "2022-04-17", to = "2022-04-18", text = easter, basis = "example" },
    { from = "2022-05-01", to = "2022-05-01", text = labour_day, basis = "example" },
    { from = "2022-05-03", to = "2022-05-03", text = constitution, basis = "example" },
    { from = "2022-06-05", to = "2022-06-05", text = pentecost, basis = "example" },
    { from = "2022-06-16", to = "2022-06-16", text = corpus, basis = "example" },
    { from = "2022-08-15", to = "2022-08-15", text = assumption, basis = "example" },
    { from = "2022-11-01", to = "2022-11-01", text = all_saints, basis = "example" },
    { from = "2022-11-11", to = "2022-11-11", text = independence, basis = "example" },
    { from = "2022-12-25", to = "2022-12-26", text = christmas, basis = "example" },
    { from = "2023-01-01", to = "2023-01-01", text = new_year, basis = "example" },
    { from = "2023-01-06", to = "2023-01-06", text = epiphany, basis = "example" },
    { from = "2023-04-09", to = "2023-04-10", text = easter, basis = "example" },
    { from = "2023-05-01", to = "2023-05-01", text = labour_day, basis = "example" },
    { from = "2023-05-03", to = "2023-05-03", text = constitution, basis = "example" },
    { from = "2023-05-28", to = "2023-05-28", text = pentecost, basis = "example" },
    { from = "2023-06-08", to = "2023-06-08", text = corpus, basis = "example" },
    { from = "2023-08-15", to = "2023-08-15", text = assumption, basis = "example" },
    { from = "2023-11-01", to = "2023-11-01", text = all_saints, basis = "example" },
    { from = "2023-11-11", to = "2023-11-11", text = independence, basis = "example" },
    { from = "2023-12-25", to = "2023-12-26", text = christmas, basis = "example" },
    { from = "2024-01-01", to = "2024-01-01", text = new_year, basis = "example" },
    { from = "2024-01-06", to = "2024-01-06", text = epiphany, basis = "example" },
    { from = "2024-03-31", to = "2024-04-01", text = easter, basis = "example" },
    { from = "2024-05-01", to = "2024-05-01", text = labour_day, basis = "example" },
    { from = "2024-05-03", to = "2024-05-03", text = constitution, basis = "example" },
    { from = "2024-05-19", to = "2024-05-19", text = pentecost, basis = "example" },
    { from = "2024-05-30", to = "2024-05-30", text = corpus, basis = "example" },
    { from = "2024-08-15", to = "2024-08-15", text = assumption, basis = "example" },
    { from = "2024-11-01", to = "2024-11-01", text = all_saints, basis = "example" },
    { from = "2024-11-11", to = "2024-11-11", text = independence, basis = "example" },
    { from = "2024-12-25", to = "2024-12-26", text = christmas, basis = "example" },
  },

  procedure = {
    { text = { pl = "Wniosek składa się w Biurze Obsługi, u koordynatora indywidualnych planów usług społecznych.",
               en = "The application is made at the client office, to the coordinator of individual plans.",
               uk = "Заяву подають у бюро обслуговування координаторові індивідуальних планів." },
      basis = path .. ", pkt 1" },
    { text = { pl = "Koordynator rozmawia od razu albo wyznacza termin; do osoby, której trudno się poruszać, przyjeżdża do domu.",
               en = "The coordinator talks at once or sets a date, and comes home to a person who finds it hard to move.",
               uk = "Координатор розмовляє одразу або призначає час; до особи, якій важко пересуватися, приїздить додому." },
      basis = path .. ", pkt 2" },
    { text = { pl = "Razem powstaje Indywidualny Plan Usług Społecznych, a na jego podstawie Karta Kwalifikacyjna.",
               en = "Together an Individual Plan of Social Services is made, and on its strength the qualification card.",
               uk = "Разом складають Індивідуальний план соціальних послуг, а на його основі – кваліфікаційну картку." },
      basis = path .. ", pkt 3" },
    { text = { pl = "Koordynator zawiadamia wykonawcę o wydaniu karty i śledzi realizację usługi.",
               en = "The coordinator tells the provider that the card was issued, and follows how the service is delivered.",
               uk = "Координатор повідомляє виконавця про видачу картки й стежить за наданням послуги." },
      basis = path .. ", pkt 4" },
    { text = { pl = "Po usłudze prosimy o wypełnienie ankiety ewaluacyjnej.",
               en = "After the service we ask for an evaluation survey to be filled in.",
               uk = "Після послуги просимо заповнити анкету оцінювання." },
      basis = slides .. ", druki: wniosek, IPUS, karta, ankieta" },
  },
}
