-- What may be asked of a person and of an order, in which words. Qualification rests on statements; a document is only
-- shown.
local statement = { pl = "oświadczenie", en = "statement", uk = "письмове підтвердження" }
local shown     = { pl = "dokument tylko do wglądu", en = "the document is only shown", uk = "документ лише для ознайомлення" }

return facts {
  -- Who and where.
  { id = "commune", type = "choice", sensitivity = "personal", source = statement,
    name = { pl = "Gmina zamieszkania", en = "Commune of residence", uk = "Гміна проживання" },
    question = { pl = "Gdzie Pani/Pan mieszka?", en = "Where do you live?", uk = "Де Ви живете?" },
    values = { { id = "2611011", name = { pl = "w Starachowicach", en = "in Starachowice", uk = "у Стараховіцах" } },
               { id = "other", name = { pl = "w innej gminie", en = "in another commune", uk = "в іншій гміні" } } } },

  { id = "pesel", type = "pesel", sensitivity = "personal", source = shown,
    name = { pl = "PESEL", en = "PESEL number", uk = "PESEL" } },

  { id = "birth_date", type = "date", sensitivity = "personal", source = shown, derive = pesel_birth_date "pesel",
    name = { pl = "Data urodzenia", en = "Date of birth", uk = "Дата народження" },
    question = { pl = "Proszę podać datę urodzenia.",
                 en = "Please give your date of birth.",
                 uk = "Вкажіть, будь ласка, дату народження." } },

  { id = "age", type = "integer", sensitivity = "personal", derive = years_since "birth_date",
    name = { pl = "Wiek w dniu usługi", en = "Age on the day of the service", uk = "Вік у день надання послуги" } },

  { id = "lives_alone", type = "boolean", sensitivity = "personal", source = statement,
    name = { pl = "Mieszka sama lub sam", en = "Lives alone", uk = "Живе сама чи сам" },
    question = { pl = "Czy mieszka Pani/Pan bez innych osób?",
                 en = "Do you live without other people?",
                 uk = "Чи живете Ви без інших осіб?" } },

  -- Of the needs diagnosis.
  { id = "employment", type = "choice", sensitivity = "personal", source = statement,
    name = { pl = "Sytuacja zawodowa", en = "Employment situation", uk = "Зайнятість" },
    question = { pl = "Jaka jest Pani/Pana sytuacja zawodowa?",
                 en = "What is your employment situation?",
                 uk = "Яка Ваша ситуація із зайнятістю?" },
    values = { { id = "works", name = { pl = "pracuję", en = "I work", uk = "працюю" } },
               { id = "seeks-work", name = { pl = "szukam pracy", en = "I look for work", uk = "шукаю роботу" } },
               { id = "retired", name = { pl = "jestem na emeryturze lub rencie",
                                          en = "I have a pension",
                                          uk = "отримую пенсію" } },
               { id = "learns", name = { pl = "uczę się", en = "I study", uk = "навчаюся" } },
               { id = "other", name = { pl = "inna", en = "another", uk = "інша" } } } },

  { id = "marital_status", type = "choice", sensitivity = "personal", source = statement,
    name = { pl = "Stan cywilny", en = "Marital status", uk = "Сімейний стан" },
    question = { pl = "Jaki jest Pani/Pana stan cywilny?",
                 en = "What is your marital status?",
                 uk = "Який Ваш сімейний стан?" },
    values = { { id = "single", name = { pl = "wolny", en = "single", uk = "неодружені" } },
               { id = "married", name = { pl = "w małżeństwie", en = "married", uk = "у шлюбі" } },
               { id = "divorced", name = { pl = "po rozwodzie", en = "divorced", uk = "розлучені" } },
               { id = "widowed", name = { pl = "po śmierci małżonka", en = "widowed", uk = "овдовілі" } } } },

  { id = "family_size", type = "integer", min = 1, max = 30, sensitivity = "personal", source = statement,
    name = { pl = "Liczba osób w rodzinie", en = "People in the family", uk = "Кількість осіб у сім’ї" },
    question = { pl = "Ile osób liczy Pani/Pana rodzina?",
                 en = "How many people are there in your family?",
                 uk = "Скільки осіб у Вашій сім’ї?" } },

  -- Health, independence, crisis.
  { id = "disability", type = "choice", sensitivity = "special", source = shown,
    name = { pl = "Stopień niepełnosprawności", en = "Degree of disability", uk = "Ступінь інвалідності" },
    question = { pl = "Czy ma Pani/Pan orzeczenie o niepełnosprawności? Jaki stopień?",
                 en = "Do you have a disability certificate? Which degree?",
                 uk = "Чи маєте Ви довідку про інвалідність? Який ступінь?" },
    values = { { id = "none", name = { pl = "nie mam orzeczenia", en = "no certificate", uk = "не маю довідки" } },
               { id = "light", name = { pl = "stopień lekki", en = "light degree", uk = "легкий ступінь" } },
               { id = "moderate", name = { pl = "stopień umiarkowany",
                                           en = "moderate degree",
                                           uk = "помірний ступінь" } },
               { id = "severe", name = { pl = "stopień znaczny", en = "severe degree", uk = "значний ступінь" } } } },

  { id = "dependent", type = "boolean", sensitivity = "special", source = statement,
    name = { pl = "Niesamodzielność", en = "Dependence on help", uk = "Потреба в сторонній допомозі" },
    question = { pl = "Czy na co dzień potrzebuje Pani/Pan pomocy drugiej osoby?",
                 en = "Do you need another person’s help in everyday life?",
                 uk = "Чи потребуєте Ви щодня допомоги іншої особи?" } },

  { id = "needs_nursing", type = "boolean", sensitivity = "special", source = statement,
    name = { pl = "Całodobowa opieka pielęgniarska",
             en = "Nursing round the clock",
             uk = "Цілодобовий медсестринський догляд" },
    question = { pl = "Czy potrzebuje Pani/Pan opieki pielęgniarskiej przez całą dobę?",
                 en = "Do you need nursing round the clock?",
                 uk = "Чи потребуєте Ви цілодобового медсестринського догляду?" } },

  { id = "acute_illness", type = "boolean", sensitivity = "special", source = statement,
    name = { pl = "Ostra choroba", en = "Acute illness", uk = "Гостра хвороба" },
    question = { pl = "Czy jest Pani/Pan teraz ostro chora lub chory, na przykład z gorączką?",
                 en = "Are you acutely ill now, for example with a fever?",
                 uk = "Чи маєте Ви зараз гостру хворобу, наприклад гарячку?" } },

  { id = "contraindicated", type = "boolean", sensitivity = "special", source = statement,
    name = { pl = "Przeciwwskazania lekarskie",
             en = "A doctor’s advice against it",
             uk = "Лікарські протипоказання" },
    question = { pl = "Czy lekarz odradził Pani/Panu takie zajęcia?",
                 en = "Has a doctor advised you against such classes?",
                 uk = "Чи не радив Вам лікар таких занять?" } },

  { id = "family_crisis", type = "boolean", sensitivity = "special", source = statement,
    name = { pl = "Kryzys w rodzinie", en = "Family crisis", uk = "Сімейна криза" },
    question = { pl = "Czy Pani/Pana rodzina jest w kryzysie, na przykład z powodu przemocy albo rozstania?",
                 en = "Is your family in a crisis, for example through violence or a separation?",
                 uk = "Чи Ваша сім’я в кризі, наприклад через насильство чи розлучення?" } },

  { id = "leaving_care", type = "boolean", sensitivity = "personal", source = statement,
    name = { pl = "Opuszczanie pieczy zastępczej", en = "Leaving foster care", uk = "Вихід із замісної опіки" },
    question = { pl = "Czy opuszcza lub opuścił(a) Pani/Pan pieczę zastępczą?",
                 en = "Are you leaving foster care, or have you left it?",
                 uk = "Чи залишаєте Ви (або залишили) замісну опіку?" } },

  { id = "child_under_3", type = "boolean", sensitivity = "personal", source = statement,
    name = { pl = "Dziecko do lat 3", en = "A child under 3", uk = "Дитина до 3 років" },
    question = { pl = "Czy wychowuje Pani/Pan dziecko, które nie ukończyło 3 lat?",
                 en = "Are you raising a child under 3?",
                 uk = "Чи виховуєте Ви дитину до 3 років?" } },

  -- The order.
  { id = "care_hours", type = "decimal", step = 0.5, about = "order", min = 0.5, max = 40, source = statement,
    name = { pl = "Godziny opieki", en = "Hours of care", uk = "Години догляду" },
    question = { pl = "Na ile godzin w tygodniu potrzebna jest opieka?",
                 en = "For how many hours a week is care needed?",
                 uk = "На скільки годин на тиждень потрібен догляд?" } },

  { id = "other_care", type = "boolean", about = "order", source = statement,
    name = { pl = "Inna opieka w tym samym czasie",
             en = "Other care at the same time",
             uk = "Інший догляд у той самий час" },
    question = { pl = "Czy w tych samych godzinach jest już inna płatna opieka?",
                 en = "Is there other paid care in the same hours?",
                 uk = "Чи є в ті самі години інший платний догляд?" } },

  { id = "repair_hours", type = "decimal", step = 0.5, about = "order", min = 0.5, max = 8, source = statement,
    name = { pl = "Czas naprawy w godzinach", en = "Hours of the repair", uk = "Тривалість ремонту в годинах" },
    question = { pl = "Ile godzin mniej więcej potrwa naprawa?",
                 en = "About how many hours will the repair take?",
                 uk = "Скільки приблизно годин триватиме ремонт?" } },

  { id = "licensed_work", type = "boolean", about = "order", source = statement,
    name = { pl = "Praca wymagająca uprawnień",
             en = "Work that needs a licence",
             uk = "Робота, що потребує допуску" },
    question = { pl = "Czy chodzi o gaz albo o instalację elektryczną?",
                 en = "Is it about gas or the electrical installation?",
                 uk = "Чи йдеться про газ або електропроводку?" } },

  { id = "back_same_day", type = "boolean", about = "order", source = statement,
    name = { pl = "Powrót tego samego dnia", en = "Back on the same day", uk = "Повернення того самого дня" },
    question = { pl = "Czy wraca Pani/Pan tego samego dnia?",
                 en = "Will you return on the same day?",
                 uk = "Чи повертаєтеся Ви того самого дня?" } },

  { id = "outside_town", type = "boolean", about = "order", source = statement,
    name = { pl = "Poza Starachowice", en = "Out of Starachowice", uk = "За межі Стараховіц" },
    question = { pl = "Czy cel jest poza terenem Starachowic?",
                 en = "Is the place outside Starachowice?",
                 uk = "Чи місце призначення за межами Стараховіц?" } },

  { id = "lying_down", type = "boolean", about = "order", sensitivity = "special", source = statement,
    name = { pl = "Przewóz na leżąco", en = "Travel lying down", uk = "Перевезення лежачи" },
    question = { pl = "Czy musi Pani/Pan jechać na leżąco?",
                 en = "Must you travel lying down?",
                 uk = "Чи мусите Ви їхати лежачи?" } },

  { id = "stay_months", type = "integer", about = "order", min = 1, max = 24, source = statement,
    name = { pl = "Miesiące pobytu", en = "Months of stay", uk = "Місяці перебування" },
    question = { pl = "Na ile miesięcy potrzebne jest miejsce?",
                 en = "For how many months is the place needed?",
                 uk = "На скільки місяців потрібне місце?" } },

  { id = "child_ill", type = "boolean", about = "order", sensitivity = "special", source = statement,
    name = { pl = "Chore dziecko", en = "A child who is ill", uk = "Хвора дитина" },
    question = { pl = "Czy dziecko jest teraz chore?", en = "Is the child ill now?", uk = "Чи дитина зараз хвора?" } },

  { id = "advice_hours", type = "decimal", step = 0.5, about = "order", min = 0.5, max = 20, source = statement,
    name = { pl = "Godziny pracy brokera", en = "Hours of the broker", uk = "Години роботи брокера" },
    question = { pl = "Na ile godzin potrzebny jest broker?",
                 en = "For how many hours is the broker needed?",
                 uk = "На скільки годин потрібен брокер?" } },
}
