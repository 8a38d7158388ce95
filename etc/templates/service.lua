--[pl] Jedna usługa. Plik nazywa się tak jak „id”, a jego testy są obok: @service@.spec.lua
--[pl] Po zmianie: okienko check @programme@ oraz okienko test @programme@/@service@
--[en] One service. The file is named by its "id", and its tests are beside it: @service@.spec.lua
--[en] After a change: okienko check @programme@ and okienko test @programme@/@service@
--[uk] Одна послуга. Файл називається так само, як «id», а його тести поруч: @service@.spec.lua
--[uk] Після зміни: okienko check @programme@ та okienko test @programme@/@service@
return service {
  id = "@service@", revision = 1, number = @number@,
  name    = { pl = "@service@", en = "@service@", uk = "@service@" },
  summary = { pl = "Opis usługi w jednym zdaniu.", en = "What the service is, in one sentence.",
              uk = "Опис послуги одним реченням." },
  --[pl] Słowa z programme.lua, obszary z act.lua.
  --[en] Words of programme.lua, areas of act.lua.
  --[uk] Слова з programme.lua, сфери з act.lua.
  package = "@package@", areas = { "@area@" }, groups = { "@group@" },
  place   = "@place@", providers = { "@provider@" },
  unit    = "@unit@",
  basis = { name = "example", summary = "example", package = "example", areas = "example",
            groups = "example", unit = "example", place = "example", providers = "example" },

  --[pl] Cena, pula i limity: wiersze z datą, od której obowiązują. Niepotrzebne można skreślić.
  --[en] Price, pool and limits: rows with the day from which they hold. Strike out what is not needed.
  --[uk] Ціна, пул і обмеження: рядки з датою, від якої вони діють. Непотрібні можна викреслити.
  parameters = {
    price  = { { from = "@from@", value = pln "25.00", basis = "example" } },
    pool   = { { from = "@from@", value = 100, per = "year", basis = "example" } },
    limits = { { from = "@from@", value = { { visits = 2, per = "month" } }, basis = "example" } },
  },
  hours = { { days = "mon-fri", from = "08:00", to = "16:00", basis = "example" } },

  --[pl] Komu przysługuje. Każdy „check” to powód, który ludzie przeczytają.
  --[en] Who may have it. Each check is a reason that people will read.
  --[uk] Кому належить. Кожен «check» — це причина, яку люди прочитають.
  eligibility = all {
    check { id = "condition", @condition@, basis = "example",
            text = { pl = "Warunek, który trzeba spełnić", en = "The condition that must be met",
                     uk = "Умова, яку треба виконати" } },
  },

  --[pl] Bezpłatnie. Bez tego wiersza obowiązuje opłata programu; inne możliwości: share, flat, steps.
  --[en] Free. Without this line the programme's fee applies; other ways: share, flat, steps.
  --[uk] Безоплатно. Без цього рядка діє плата програми; інші можливості: share, flat, steps.
  fee = free { basis = "example" },
}
