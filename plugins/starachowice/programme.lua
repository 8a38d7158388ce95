-- Starachowice's services of the pilot, 2021-2023. What is known comes from the plan named below and, where said, from
-- the town's own pages; the rest is an "example". The resolution that made the programme was not at hand: none is named
-- (IX/13/2020 of 27 November 2020 made the Centre).
local plan       = "Plan Wdrażania CUS w Starachowicach"
local list       = plan .. ", katalog usług"
local goal       = plan .. ", cel szczegółowy 1, tabela usług"
local money      = plan .. ", plan finansowania usług"
local monitoring = plan .. ", monitorowanie i ocena Programu"
local diagnosis  = plan .. ", diagnoza potrzeb i IPUS"
local sheet      = diagnosis .. ", pkt 4"

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
  id = "starachowice",
  name = { pl = "Usługi społeczne w ramach pilotażu 2021-2023",
           en = "Social services of the pilot 2021-2023",
           uk = "Соціальні послуги пілотного проєкту 2021–2023" },
  municipality = { name = "Starachowice", terc = "2611011" },
  centre = { pl = "Centrum Usług Społecznych w Starachowicach",
             en = "Social Services Centre in Starachowice",
             uk = "Центр соціальних послуг у Стараховіцах" },
  contact = { address = "al. Armii Krajowej 28, Galeria Skałka (Biuro Obsługi Klienta)", basis = plan .. ", siedziba" },
  period = { from = "2021-04-01", to = "2023-04-30" },       -- of the plan of financing

  packages = {
    { id = "seniors", name = { pl = "usługi dla seniorów",
                               en = "services for seniors",
                               uk = "послуги для літніх людей" }, basis = money },
    { id = "families-in-crisis", name = { pl = "usługi dla rodzin w kryzysie i osób opuszczających pieczę zastępczą",
                                          en = "services for families in crisis and people leaving foster care",
                                          uk = "послуги для сімей у кризі та осіб, які залишають замісну опіку" },
      basis = money },
    { id = "community", name = { pl = "dla wszystkich mieszkańców",
                                 en = "for all residents",
                                 uk = "для всіх мешканців" }, basis = "example" },
  },

  groups = {
    { id = "seniors", name = { pl = "seniorzy", en = "seniors", uk = "літні люди" }, basis = list },
    { id = "disabled", name = { pl = "osoby z niepełnosprawnościami",
                                en = "people with disabilities",
                                uk = "особи з інвалідністю" }, basis = list },
    { id = "families-in-crisis", name = { pl = "osoby doświadczające kryzysu w rodzinie",
                                          en = "people in a family crisis",
                                          uk = "особи в сімейній кризі" }, basis = list },
    { id = "care-leavers", name = { pl = "osoby opuszczające pieczę zastępczą",
                                    en = "people leaving foster care",
                                    uk = "особи, які залишають замісну опіку" }, basis = list },
    { id = "residents", name = { pl = "mieszkańcy", en = "residents", uk = "мешканці" }, basis = list },
  },

  places = {
    { id = "home", name = { pl = "miejsce zamieszkania klienta",
                            en = "the client’s home",
                            uk = "місце проживання клієнта" }, basis = list },
    { id = "radomska-2", name = { pl = "ul. Radomska 2", en = "Radomska 2", uk = "вул. Радомська, 2" },
      basis = list },
    { id = "city", name = { pl = "teren miasta Starachowice",
                            en = "the city of Starachowice",
                            uk = "територія міста Стараховіце" }, basis = list },
  },

  providers = {
    { id = "social-economy", name = { pl = "podmiot ekonomii społecznej (PES)",
                                      en = "social-economy entity",
                                      uk = "суб’єкт соціальної економіки" }, basis = goal },
    { id = "commune", name = { pl = "jednostka samorządu terytorialnego (JST)",
                               en = "the local authority",
                               uk = "орган місцевого самоврядування" }, basis = goal },
  },

  -- Challenges of the community that follow from the diagnosis.
  challenges = {
    { id = "ageing", name = { pl = "starość", en = "old age", uk = "старість" }, basis = list },
    { id = "disability", name = { pl = "niepełnosprawność", en = "disability", uk = "інвалідність" },
      basis = list },
    { id = "family-crisis", name = { pl = "kryzys w rodzinie", en = "family crisis", uk = "сімейна криза" },
      basis = list },
    { id = "isolation", name = { pl = "izolacja społeczna", en = "social isolation", uk = "соціальна ізоляція" },
      basis = list },
  },

  modes = {
    { id = "tender-social-clauses", name = { pl = "Prawo zamówień publicznych – klauzule społeczne",
                                             en = "public procurement with social clauses",
                                             uk = "публічні закупівлі із соціальними умовами" }, basis = goal },
    { id = "social-cooperatives", name = { pl = "art. 15a ustawy o spółdzielniach socjalnych",
                                           en = "art. 15a of the social co-operatives act",
                                           uk = "ст. 15a закону про соціальні кооперативи" }, basis = goal },
    { id = "open-call", name = { pl = "otwarty konkurs ofert",
                                 en = "open call for offers",
                                 uk = "відкритий конкурс пропозицій" }, basis = goal },
  },

  units = {
    { id = "hour", name = { pl = "godzina", en = "hour", uk = "година" },
      forms = { pl = { "godzina", "godziny", "godzin" }, en = { "hour", "hours" },
                uk = { "година", "години", "годин" } } },
    { id = "visit", name = { pl = "wizyta", en = "visit", uk = "візит" },
      forms = { pl = { "wizyta", "wizyty", "wizyt" }, en = { "visit", "visits" },
                uk = { "візит", "візити", "візитів" } } },
    { id = "ride", name = { pl = "przejazd tam i z powrotem w jednym dniu",
                            en = "ride there and back on one day",
                            uk = "поїздка туди й назад за один день" },
      forms = { pl = { "przejazd", "przejazdy", "przejazdów" }, en = { "ride", "rides" },
                uk = { "поїздка", "поїздки", "поїздок" } } },
    { id = "place-month", name = { pl = "miesiąc pobytu na jednym miejscu",
                                   en = "month on one place",
                                   uk = "місяць перебування на одному місці" },
      forms = { pl = { "miesiąc pobytu", "miesiące pobytu", "miesięcy pobytu" }, en = { "month of stay", "months of stay" },
                uk = { "місяць перебування", "місяці перебування", "місяців перебування" } } },
    { id = "meeting", name = { pl = "spotkanie jednego uczestnika",
                               en = "one participant’s meeting",
                               uk = "зустріч одного учасника" },
      forms = { pl = { "spotkanie", "spotkania", "spotkań" }, en = { "meeting", "meetings" },
                uk = { "зустріч", "зустрічі", "зустрічей" } } },
    { id = "entry", name = { pl = "wejście", en = "entry", uk = "відвідання" },
      forms = { pl = { "wejście", "wejścia", "wejść" }, en = { "entry", "entries" },
                uk = { "відвідання", "відвідання", "відвідань" } } },
  },

  parameters = {
    senior_age = { { from = "2021-04-01", value = 60, basis = "example" } },
  },

  -- In accordance with art. 40, 45 and 46 of the Act, as the plan states them.
  terms = {
    plan_within_days     = { { from = "2021-04-01", value = 30, basis = diagnosis .. ", pkt 6 (art. 40 ustawy)" } },
    ends_on_working_days = { { from = "2021-04-01", value = true, basis = "art. 57 § 4 KPA" } },
    plan_months_at_most  = { { from = "2021-04-01", value = 12, basis = diagnosis .. ", pkt 6 (art. 35 i 40 ustawy)" } },
    contact_every_months = { { from = "2021-04-01", value = 3, basis = monitoring .. ", pkt 1" } },
    summary_every_months = { { from = "2021-04-01", value = 6, basis = plan .. ", podsumowanie realizacji IPUS (art. 46 ust. 1 ustawy)" } },
    meeting_every_months = { { from = "2021-04-01", value = 3, basis = plan .. ", omówienie realizacji IPUS (art. 46 ust. 2 ustawy)" } },
  },

  budget = {
    { id = "seniors", from = "2021-04-01", to = "2023-04-30", value = pln "1087960.00",
      name = { pl = "Usługi dla seniorów", en = "Services for seniors", uk = "Послуги для літніх людей" },
      services = { "care-at-home", "mobile-handyman", "senior-taxi", "mobile-physiotherapist", "sheltered-flats-seniors",
                   "health-programmes", "cultural-services", "sport-and-recreation" },
      basis = money },
    { id = "families-in-crisis", from = "2021-04-01", to = "2023-04-30", value = pln "331320.00",
      name = { pl = "Usługi dla rodzin w kryzysie i osób opuszczających pieczę zastępczą",
               en = "Services for families in crisis and people leaving foster care",
               uk = "Послуги для сімей у кризі та осіб, які залишають замісну опіку" },
      services = { "sheltered-flats-crisis", "care-of-small-children", "job-broker", "support-groups-for-families" },
      basis = money },
  },

  -- Measured every quarter from the individual plans.
  indicators = {
    { id = "new-people", counts = "new-persons", every = "quarter", basis = plan .. ", cel główny, wskaźniki pomiaru",
      name = { pl = "Nowe osoby korzystające z CUS, wcześniej niekorzystające z pomocy MOPS",
               en = "New people using the Centre who did not use its predecessor’s help",
               uk = "Нові особи, які раніше не користувалися допомогою попередника Центру" } },
    { id = "new-services", counts = "new-services", every = "quarter", basis = plan .. ", cel główny, wskaźniki pomiaru",
      name = { pl = "Nowe usługi społeczne, wcześniej nieświadczone",
               en = "New social services, not given before",
               uk = "Нові соціальні послуги, яких раніше не надавали" } },
    { id = "providers", counts = "providers", every = "quarter", basis = plan .. ", cel główny, wskaźniki pomiaru",
      name = { pl = "Usługodawcy współpracujący z CUS i realizujący usługi",
               en = "Providers who work with the Centre and deliver services",
               uk = "Надавачі, які співпрацюють із Центром і надають послуги" } },
    { id = "volunteers", counts = "volunteers", every = "quarter", basis = plan .. ", cel główny, wskaźniki pomiaru",
      name = { pl = "Wolontariusze i sąsiedzi wspierający świadczenie usług",
               en = "Volunteers and neighbours who support the services",
               uk = "Волонтери й сусіди, які підтримують надання послуг" } },
  },

  -- The Individual Needs Diagnosis, in the order of the sheet.
  diagnosis = {
    { id = "full_name", name = { pl = "imię i nazwisko", en = "first and last name", uk = "ім’я та прізвище" },
      holds = "text", sensitivity = "personal", basis = sheet },
    { fact = "pesel", basis = sheet },
    { fact = "birth_date", basis = sheet },
    { id = "home_address", name = { pl = "adres", en = "address", uk = "адреса" },
      holds = "text", sensitivity = "personal", basis = sheet },
    { id = "phone_number", name = { pl = "numer telefonu", en = "telephone number", uk = "номер телефону" },
      holds = "text", sensitivity = "personal", basis = sheet },
    { id = "occupation", name = { pl = "zawód", en = "occupation", uk = "професія" },
      holds = "text", sensitivity = "personal", basis = sheet },
    { fact = "employment", basis = sheet },
    { fact = "marital_status", basis = sheet },
    { fact = "family_size", basis = sheet },
    { fact = "disability", basis = sheet },
    { id = "state_of_health", name = { pl = "stan zdrowia", en = "state of health", uk = "стан здоров’я" },
      holds = "text", sensitivity = "special", basis = sheet },
    { id = "problems", name = { pl = "problemy", en = "problems", uk = "проблеми" },
      holds = "text", sensitivity = "special", basis = sheet },
    { id = "needs", name = { pl = "potrzeby", en = "needs", uk = "потреби" },
      holds = "text", sensitivity = "special", basis = sheet },
    { id = "services_used", name = { pl = "usługi, z których korzysta: jednostka miary, ilość, częstotliwość",
                                     en = "services used: unit, quantity, how often",
                                     uk = "послуги, якими користується: одиниця, кількість, частота" },
      holds = "services", sensitivity = "personal", basis = sheet },
    { id = "services_wished", name = { pl = "usługi, z których chce skorzystać: jednostka miary, ilość, częstotliwość",
                                       en = "services wished for: unit, quantity, how often",
                                       uk = "бажані послуги: одиниця, кількість, частота" },
      holds = "services", sensitivity = "personal", basis = sheet },
  },

  fee = free { basis = list .. ", odpłatność: bezpłatnie w ramach pilotażu" },
  rounding = { to = "grosz", per = "line", basis = "example" },
  price_at = { when = "settlement", basis = "example" },

  closed = {
    { from = "2021-04-04", to = "2021-04-05", text = easter, basis = "example" },
    { from = "2021-05-01", to = "2021-05-01", text = labour_day, basis = "example" },
    { from = "2021-05-03", to = "2021-05-03", text = constitution, basis = "example" },
    { from = "2021-05-23", to = "2021-05-23", text = pentecost, basis = "example" },
    { from = "2021-06-03", to = "2021-06-03", text = corpus, basis = "example" },
    { from = "2021-08-15", to = "2021-08-15", text = assumption, basis = "example" },
    { from = "2021-11-01", to = "2021-11-01", text = all_saints, basis = "example" },
    { from = "2021-11-11", to = "2021-11-11", text = independence, basis = "example" },
    { from = "2021-12-25", to = "2021-12-26", text = christmas, basis = "example" },
    { from = "2022-01-01", to = "2022-01-01", text = new_year, basis = "example" },
    { from = "2022-01-06", to = "2022-01-06", text = epiphany, basis = "example" },
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
  },

  procedure = {
    { text = { pl = "O usługę prosi osoba zainteresowana, jej przedstawiciel ustawowy albo opiekun faktyczny.",
               en = "The person concerned, their legal representative or their informal carer asks for the service.",
               uk = "Послугу просить сама особа, її законний представник або фактичний доглядальник." },
      basis = diagnosis .. ", pkt 6" },
    { text = { pl = "Wywiad środowiskowy nie jest potrzebny.",
               en = "No community interview is needed.",
               uk = "Обстеження за місцем проживання не потрібне." }, basis = plan .. ", zasada powszechności" },
    { text = { pl = "Usług nie przyznaje się decyzją administracyjną.",
               en = "Services are not granted by an administrative decision.",
               uk = "Послуги не надають адміністративним рішенням." }, basis = plan .. ", zasada powszechności" },
    { text = { pl = "Koordynator rozmawia w biurze obsługi albo tam, gdzie dana osoba przebywa, i spisuje diagnozę potrzeb.",
               en = "The coordinator talks in the client office or where the person stays, and writes down the needs diagnosis.",
               uk = "Координатор розмовляє в бюро обслуговування або там, де перебуває особа, і записує діагностику потреб." },
      basis = sheet },
    { text = { pl = "Podpisana Indywidualna Diagnoza Potrzeb jest zarazem wnioskiem.",
               en = "Once signed, the Individual Needs Diagnosis is the application as well.",
               uk = "Підписана Індивідуальна діагностика потреб є водночас заявою." }, basis = sheet },
    { text = { pl = "Kwalifikacja opiera się na oświadczeniach.",
               en = "Qualification rests on statements.",
               uk = "Кваліфікація ґрунтується на письмових підтвердженнях." },
      basis = plan .. ", kwalifikowanie" },
    { text = { pl = "W ciągu 30 dni od wniosku powstaje Indywidualny Plan Usług Społecznych, najwyżej na rok.",
               en = "Within 30 days of the application there is an Individual Plan of Social Services, for a year at most.",
               uk = "Протягом 30 днів від заяви складають Індивідуальний план соціальних послуг, щонайбільше на рік." },
      basis = diagnosis .. ", pkt 6" },
    { text = { pl = "Plan podpisany przez obie strony jest umową z dyrektorem Centrum.",
               en = "Signed by both parties, the plan is the agreement with the Centre’s director.",
               uk = "Підписаний обома сторонами, план є договором із директором Центру." },
      basis = diagnosis .. ", pkt 7-8" },
    { text = { pl = "Kto wykonuje usługę i jak, mówi Karta Usług.",
               en = "Who delivers the service and how is on the Card of Services.",
               uk = "Хто й як надає послугу, сказано в Картці послуг." },
      basis = plan .. ", zał. nr 2 (wzór IPUS)" },
    { text = { pl = "Gdy potrzeby się zmienią, plan się aktualizuje, na piśmie i w uzgodnieniu.",
               en = "When needs change the plan is updated, in writing and by agreement.",
               uk = "Коли потреби змінюються, план оновлюють письмово й за згодою." },
      basis = plan .. ", monitorowanie IPUS, pkt 3-4" },
    { text = { pl = "Na zakończenie koordynator rozmawia z daną osobą i opisuje przebieg planu.",
               en = "At the end the coordinator talks with the person and describes how the plan went.",
               uk = "На завершення координатор розмовляє з особою та описує перебіг плану." },
      basis = plan .. ", zakończenie realizacji IPUS" },
  },
}
