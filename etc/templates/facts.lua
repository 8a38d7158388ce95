--[pl] Fakty: o co wolno pytać i jakimi słowami. Nowy fakt jest od razu w formularzu i w API.
--[pl] Fakt bez pytania („question”) nie jest zadawany.
--[en] Facts: what may be asked, and in which words. A new fact is at once in the form and the API.
--[en] A fact without a "question" is not asked.
--[uk] Факти: про що можна питати і якими словами. Новий факт одразу є у формі та в API.
--[uk] Факт без питання («question») не ставлять.
return facts {
  { id = "resident", type = "boolean",
    name = { pl = "Mieszkaniec", en = "Resident", uk = "Мешканець" },
    question = { pl = "Czy mieszka Pani/Pan w naszej gminie?", en = "Do you live in our commune?",
                 uk = "Чи живете Ви в нашій ґміні?" },
    source = { pl = "oświadczenie", en = "declaration", uk = "заява" } },
  { id = "birth_date", type = "date", sensitivity = "personal",
    name = { pl = "Data urodzenia", en = "Date of birth", uk = "Дата народження" },
    question = { pl = "Kiedy się Pani/Pan urodził(a)?", en = "When were you born?",
                 uk = "Коли Ви народилися?" } },
  --[pl] Wiek wynika z daty urodzenia; nie pyta się o niego.
  --[en] Age follows from the date of birth; it is not asked.
  --[uk] Вік випливає з дати народження; про нього не питають.
  { id = "age", type = "integer", max = 130,
    name = { pl = "Wiek", en = "Age", uk = "Вік" }, derive = years_since "birth_date" },
  --[pl] about = "order": fakt o zamówieniu, nie o osobie.
  --[en] about = "order": a fact about what is ordered, not about the person.
  --[uk] about = "order": факт про замовлення, не про особу.
  { id = "hours", type = "decimal", step = 0.5, about = "order", min = 0.5, max = 8,
    name = { pl = "Liczba godzin", en = "Hours", uk = "Кількість годин" },
    question = { pl = "Ile godzin?", en = "How many hours?", uk = "Скільки годин?" } },
}
