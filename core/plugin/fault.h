/* Faults: what is told to the author of a rule, in three languages at once. The list below is all
 * that can be said. Every format takes only "%s", in the same order in each language; a test holds
 * it to that. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_FAULT_H
#define OKIENKO_PLUGIN_FAULT_H

#include "base/arena.h"
#include "plugin/plugin.h"

#define FAULTS_MAX 200
#define FAULT_ARGUMENTS_MAX 4

/* X(CODE, "stable-code", Polish, English, Ukrainian) */
#define FAULT_LIST(X)                                                                              \
    /* ---- files */                                                                               \
    X(FILE_MISSING, "file-missing", "brakuje pliku %s", "the file %s is missing",                  \
      "бракує файлу %s")                                                                           \
    X(FILE_UNREADABLE, "file-unreadable", "pliku nie można odczytać: %s",                          \
      "the file cannot be read: %s", "файл не вдається прочитати: %s")                             \
    X(FILE_LINK, "file-link", "to jest dowiązanie; %s musi być zwykłym plikiem",                   \
      "this is a link; %s must be a regular file", "це посилання; %s має бути звичайним файлом")   \
    X(FILE_KIND, "file-kind", "to nie jest zwykły plik; %s musi być zwykłym plikiem",              \
      "this is not a regular file; %s must be one",                                                \
      "це не звичайний файл; %s має бути звичайним файлом")                                        \
    X(FILE_SIZE, "file-size", "plik ma ponad %s bajtów, a tyle najwyżej może mieć",                \
      "the file is over %s bytes, the most that it may have",                                      \
      "файл має понад %s байтів, а це найбільше, що може мати")                                    \
    X(FILE_CHANGING, "file-changing", "plik zmieniał się podczas czytania: %s",                    \
      "the file kept changing while it was read: %s", "файл змінювався під час читання: %s")       \
    X(FILE_NAME, "file-name",                                                                      \
      "„%s” nie jest nazwą pliku usługi; nazwa to identyfikator, np. example.lua, "                \
      "example.2026-01-01.lua, example.spec.lua",                                                  \
      "\"%s\" is no name for a service's file; it is the id, as in example.lua, "                  \
      "example.2026-01-01.lua, example.spec.lua",                                                  \
      "«%s» не є назвою файлу послуги; назва — це ідентифікатор, напр. example.lua, "              \
      "example.2026-01-01.lua, example.spec.lua")                                                  \
    X(FILE_UNKNOWN, "file-unknown", "plik „%s” nie należy do programu",                            \
      "the file \"%s\" does not belong to a programme", "файл «%s» не належить до програми")       \
    X(FILE_EMPTY, "file-empty", "plik jest pusty; powinien zaczynać się od: return %s",            \
      "the file is empty; it should begin with: return %s",                                        \
      "файл порожній; він має починатися з: return %s")                                            \
    X(FILE_NOT_TEXT, "file-not-text",                                                              \
      "plik nie jest zwykłym tekstem UTF-8 do 64 KB: %s",                                          \
      "the file is not plain UTF-8 text of up to 64 KB: %s",                                       \
      "файл не є звичайним текстом UTF-8 до 64 КБ: %s")                                            \
    X(TOO_MANY_FILES, "too-many-files", "w folderze jest więcej niż %s plików",                    \
      "the folder holds more than %s files", "у теці більше ніж %s файлів")                        \
    X(NO_SERVICES, "no-services", "w folderze %s nie ma żadnej usługi",                            \
      "there is no service in the folder %s", "у теці %s немає жодної послуги")                    \
    X(TOO_MANY_FAULTS, "too-many-faults", "jest jeszcze %s błędów, tu nie wymienionych",           \
      "there are %s more faults, not listed here", "є ще %s помилок, тут не перелічених")          \
    /* ---- Lua */                                                                                 \
    X(SYNTAX, "syntax", "tego zdania nie da się odczytać; zwykle brakuje przecinka, cudzysłowu "   \
      "albo nawiasu, tu lub wyżej (Lua: %s)",                                                      \
      "this cannot be read; usually a comma, a quote or a bracket is missing, here or above "      \
      "(Lua: %s)",                                                                                 \
      "це не вдається прочитати; зазвичай бракує коми, лапок або дужки, тут або вище (Lua: %s)")   \
    X(SCRIPT_ERROR, "script-error", "tego nie da się wykonać (Lua: %s)",                           \
      "this cannot be carried out (Lua: %s)", "це не вдається виконати (Lua: %s)")                 \
    X(SCRIPT_TIME, "script-time", "liczy się za długo i zostało przerwane (%s)",                   \
      "this takes too long and was stopped (%s)", "це триває надто довго і було зупинене (%s)")    \
    X(SCRIPT_MEMORY, "script-memory", "zużywa za dużo pamięci (%s)",                               \
      "this uses too much memory (%s)", "це використовує забагато пам’яті (%s)")                   \
    X(KEEPS_STATE, "keeps-state",                                                                  \
      "funkcja mogłaby coś zapamiętać między jedną osobą a drugą; niech używa tylko swoich "       \
      "argumentów i zmiennych wewnątrz niej (%s)",                                                 \
      "the function could remember something from one person to the next; let it use only its "    \
      "arguments and locals inside it (%s)",                                                       \
      "функція могла б щось запам’ятати між однією особою та іншою; хай використовує лише свої "   \
      "аргументи й змінні всередині неї (%s)")                                                     \
    X(SCRIPT_RESULT, "script-result", "plik zwraca coś, czego nie da się odczytać (%s)",           \
      "the file returns something that cannot be read (%s)",                                       \
      "файл повертає щось, чого не можна прочитати (%s)")                                          \
    X(RETURN_WORD, "return-word", "plik powinien zwracać: %s, a zwraca: %s",                       \
      "the file should return %s, but returns %s", "файл має повертати: %s, а повертає: %s")       \
    X(UNKNOWN_NAME, "unknown-name",                                                                \
      "„%s” nic tu nie znaczy; nie ma takiego słowa, a tekst pisze się w cudzysłowie",             \
      "\"%s\" means nothing here; there is no such word, and a text stands in quotes",             \
      "«%s» тут нічого не означає; такого слова немає, а текст пишеться в лапках")                 \
    /* ---- tables */                                                                              \
    X(UNKNOWN_KEY, "unknown-key", "nieznane pole „%s”; %s ma pola: %s",                            \
      "unknown key \"%s\"; %s has the keys: %s", "невідоме поле «%s»; %s має поля: %s")            \
    X(MISSING_KEY, "missing-key", "brakuje pola „%s” (%s): %s",                                    \
      "the key \"%s\" is missing (%s): %s", "бракує поля «%s» (%s): %s")                           \
    X(WRONG_TYPE, "wrong-type", "„%s” powinno być: %s, a jest: %s",                                \
      "\"%s\" should be %s, but is %s", "«%s» має бути: %s, а є: %s")                              \
    X(ITEM_WITHOUT_KEY, "item-without-key",                                                        \
      "wartość bez nazwy pola (%s); tu każda wartość ma nazwę, np. nazwa = wartość",               \
      "a value without a key (%s); here each value has a name, as in key = value",                 \
      "значення без назви поля (%s); тут кожне значення має назву, напр. назва = значення")        \
    X(KEY_IN_LIST, "key-in-list", "pole „%s” w liście; tu są tylko wartości po przecinku",         \
      "the key \"%s\" in a list; here are only values with commas between them",                   \
      "поле «%s» у списку; тут лише значення через кому")                                          \
    X(LIST_EMPTY, "list-empty", "lista „%s” jest pusta; potrzebna choć jedna wartość",             \
      "the list \"%s\" is empty; at least one value is needed",                                    \
      "список «%s» порожній; потрібне хоча б одне значення")                                       \
    X(LIST_LONG, "list-long", "lista „%s” jest za długa: najwyżej %s",                             \
      "the list \"%s\" is too long: at most %s", "список «%s» задовгий: щонайбільше %s")           \
    X(BAD_TEXT, "bad-text",                                                                        \
      "tekst „%s” jest pusty, za długi albo zawiera znaki, których nie widać",                     \
      "the text \"%s\" is empty, too long or holds characters that cannot be seen",                \
      "текст «%s» порожній, задовгий або містить невидимі знаки")                                  \
    X(BAD_ID, "bad-id",                                                                            \
      "„%s” nie może być identyfikatorem: małe litery a-z, cyfry i „%s”, na początku litera",      \
      "\"%s\" cannot be an id: lower-case letters a-z, digits and \"%s\", a letter first",         \
      "«%s» не може бути ідентифікатором: малі літери a-z, цифри та «%s», спершу літера")          \
    X(DUPLICATE_ID, "duplicate-id", "identyfikator „%s” występuje dwa razy; wcześniej w wierszu "  \
      "%s", "the id \"%s\" is there twice; first on line %s",                                      \
      "ідентифікатор «%s» трапляється двічі; раніше в рядку %s")                                   \
    X(TEXT_WITHOUT_PL, "text-without-pl", "tekst „%s” nie ma wersji polskiej (pl)",                \
      "the text \"%s\" has no Polish version (pl)", "текст «%s» не має польської версії (pl)")     \
    X(BAD_DATE, "bad-date", "„%s” nie jest datą; data wygląda tak: \"2023-10-01\"",                \
      "\"%s\" is no date; a date looks like \"2023-10-01\"",                                       \
      "«%s» не є датою; дата має вигляд \"2023-10-01\"")                                           \
    X(DATES_ORDER, "dates-order", "„to” (%s) jest przed „from” (%s)",                              \
      "\"to\" (%s) is before \"from\" (%s)", "«to» (%s) раніше за «from» (%s)")                    \
    X(BAD_CHOICE, "bad-choice", "„%s” nie jest możliwe jako „%s”; może być: %s",                   \
      "\"%s\" is not possible as \"%s\"; it may be: %s",                                           \
      "«%s» неможливе як «%s»; може бути: %s")                                                     \
    X(BAD_RANGE, "bad-range", "„%s” to %s, a może być od %s do %s",                                \
      "\"%s\" is %s, but may be from %s to %s", "«%s» — це %s, а може бути від %s до %s")          \
    X(BAD_TERC, "bad-terc", "„%s” nie jest kodem TERC gminy: siedem cyfr",                         \
      "\"%s\" is no TERC code of a commune: seven digits", "«%s» не є кодом TERC: сім цифр")       \
    X(BAD_TIME, "bad-time", "„%s” nie jest godziną; godzina wygląda tak: \"08:00\"",               \
      "\"%s\" is no time; a time looks like \"08:00\"",                                            \
      "«%s» не є годиною; година має вигляд \"08:00\"")                                            \
    X(TIMES_ORDER, "times-order", "godzina końca (%s) nie jest po godzinie początku (%s)",         \
      "the closing time (%s) is not after the opening time (%s)",                                  \
      "година кінця (%s) не пізніша за годину початку (%s)")                                       \
    X(BAD_DAYS, "bad-days", "„%s” to nie dni tygodnia; np. \"mon-fri\" albo \"mon,wed\"",          \
      "\"%s\" are no weekdays; for example \"mon-fri\" or \"mon,wed\"",                            \
      "«%s» — це не дні тижня; напр. \"mon-fri\" або \"mon,wed\"")                                 \
    X(FORMS_COUNT, "forms-count", "„%s” wymaga tylu form: %s, a jest: %s",                         \
      "\"%s\" needs %s forms, but has %s", "«%s» потребує стільки форм: %s, а є: %s")              \
    X(ID_FOLDER, "id-folder", "id to „%s”, a folder nazywa się „%s”; mają być takie same",         \
      "the id is \"%s\" but the folder is called \"%s\"; they must be the same",                   \
      "id — це «%s», а тека називається «%s»; вони мають збігатися")                               \
    X(ID_FILE, "id-file", "id to „%s”, a plik nazywa się „%s”; mają być takie same",               \
      "the id is \"%s\" but the file is called \"%s\"; they must be the same",                     \
      "id — це «%s», а файл називається «%s»; вони мають збігатися")                               \
    X(FROM_FILE, "from-file", "„from” to %s, a w nazwie pliku jest %s; mają być takie same",       \
      "\"from\" is %s but the file name says %s; they must be the same",                           \
      "«from» — це %s, а в назві файлу %s; вони мають збігатися")                                  \
    X(SAME_VERSION, "same-version", "wersja od %s jest już w pliku %s",                            \
      "the version from %s is already in the file %s", "версія від %s вже є у файлі %s")           \
    /* ---- vocabulary */                                                                          \
    X(UNKNOWN_FACT, "unknown-fact", "nie ma faktu „%s”; fakty są w pliku facts.lua",               \
      "there is no fact \"%s\"; the facts are in facts.lua",                                       \
      "немає факту «%s»; факти — у файлі facts.lua")                                               \
    X(UNKNOWN_TERM, "unknown-term", "nie ma „%s” wśród „%s” (%s)",                                 \
      "there is no \"%s\" among \"%s\" (%s)", "немає «%s» серед «%s» (%s)")                        \
    X(UNKNOWN_PARAMETER, "unknown-parameter",                                                      \
      "nie ma parametru „%s” ani w usłudze, ani w programie",                                      \
      "there is no parameter \"%s\", neither in the service nor in the programme",                 \
      "немає параметра «%s» ні в послузі, ні в програмі")                                          \
    X(UNKNOWN_VALUE, "unknown-value", "fakt „%s” nie ma wartości „%s”; ma: %s",                    \
      "the fact \"%s\" has no value \"%s\"; it has: %s", "факт «%s» не має значення «%s»; має: %s") \
    X(TWICE, "twice", "„%s” jest w tej liście dwa razy", "\"%s\" is in this list twice",           \
      "«%s» є в цьому списку двічі")                                                               \
    /* ---- facts */                                                                               \
    X(FACT_TYPE_ONLY, "fact-type-only", "pole „%s” jest tylko dla faktów typu: %s",                \
      "the key \"%s\" is only for facts of the type: %s",                                          \
      "поле «%s» лише для фактів типу: %s")                                                        \
    X(MIN_OVER_MAX, "min-over-max", "min (%s) jest większe niż max (%s)",                          \
      "min (%s) is more than max (%s)", "min (%s) більше за max (%s)")                             \
    X(DERIVE_TYPE, "derive-type", "%s daje fakt typu: %s, a ten jest typu: %s",                    \
      "%s makes a fact of the type %s, but this one is of the type %s",                            \
      "%s дає факт типу: %s, а цей має тип: %s")                                                   \
    X(DERIVE_FROM_TYPE, "derive-from-type", "%s liczy się z faktu typu: %s, a „%s” jest typu: %s", \
      "%s is worked out from a fact of the type %s, but \"%s\" is of the type %s",                 \
      "%s обчислюється з факту типу: %s, а «%s» має тип: %s")                                      \
    X(DERIVE_SEX, "derive-sex", "%s wymaga wartości „woman” i „man”",                              \
      "%s needs the values \"woman\" and \"man\"", "%s потребує значень «woman» і «man»")          \
    X(DERIVE_CYCLE, "derive-cycle", "fakt „%s” wynikałby sam z siebie",                            \
      "the fact \"%s\" would follow from itself", "факт «%s» випливав би сам із себе")             \
    X(FUNCTION_IN_DERIVE, "function-in-derive",                                                    \
      "fakt „%s” nie może wynikać z funkcji, tylko z warunku ze słów",                             \
      "the fact \"%s\" cannot be derived by a function, only by a condition of words",             \
      "факт «%s» не може випливати з функції, лише з умови зі слів")                               \
    /* ---- parameters */                                                                          \
    X(ROWS_ORDER, "rows-order", "wiersz od %s stoi po wierszu od %s; wiersze idą po kolei dat",    \
      "the row from %s stands after the row from %s; rows go by date",                             \
      "рядок від %s стоїть після рядка від %s; рядки йдуть за датами")                             \
    X(ROWS_SAME_DAY, "rows-same-day", "są dwa wiersze od %s; na jeden dzień może być jeden",       \
      "there are two rows from %s; there may be one for a day",                                    \
      "є два рядки від %s; на один день може бути один")                                           \
    X(ROWS_OVERLAP, "rows-overlap", "wiersz trwa do %s, a następny zaczyna się już %s",            \
      "the row lasts to %s, but the next one already begins on %s",                                \
      "рядок триває до %s, а наступний починається вже %s")                                        \
    X(ROWS_TYPES, "rows-types",                                                                    \
      "wiersze parametru „%s” mają różne rodzaje wartości: %s i %s",                               \
      "the rows of the parameter \"%s\" have values of different kinds: %s and %s",                \
      "рядки параметра «%s» мають значення різних видів: %s і %s")                                 \
    X(LIMIT_KIND, "limit-kind",                                                                    \
      "limit musi mieć dokładnie jedno z pól: units, visits, gap, seats, loan (ma: %s)",           \
      "a limit has exactly one of the keys units, visits, gap, seats, loan (it has: %s)",          \
      "обмеження має рівно одне з полів: units, visits, gap, seats, loan (має: %s)")               \
    X(LIMIT_KEY, "limit-key", "pole „%s” nie pasuje do limitu „%s”",                               \
      "the key \"%s\" does not go with the limit \"%s\"",                                          \
      "поле «%s» не пасує до обмеження «%s»")                                                      \
    X(BAD_SPAN, "bad-span", "„%s” nie jest okresem; np. \"2 months\" albo \"14 days\"",            \
      "\"%s\" is no length of time; for example \"2 months\" or \"14 days\"",                      \
      "«%s» не є тривалістю; напр. \"2 months\" або \"14 days\"")                                  \
    X(STEPS_ORDER, "steps-order", "progi „up_to” muszą rosnąć%s",                                    \
      "the steps' \"up_to\" must grow%s", "пороги «up_to» мають зростати%s")                       \
    X(STEPS_LAST, "steps-last", "tylko ostatni próg nie ma „up_to”, i on go mieć nie może%s",      \
      "only the last step is without \"up_to\", and it must be%s",                                 \
      "лише останній поріг без «up_to», і він мусить бути без нього%s")                            \
    X(STEP_KIND, "step-kind", "próg ma albo „percent”, albo „amount”%s",                           \
      "a step has either \"percent\" or \"amount\"%s", "поріг має або «percent», або «amount»%s")  \
    /* ---- conditions */                                                                          \
    X(OUTSIDE_CHECK, "outside-check",                                                              \
      "warunek „%s” stoi poza „check”; dopisz check { id = …, warunek, text = …, basis = … }",     \
      "the condition \"%s\" stands outside a check; write check { id = …, condition, text = …, "   \
      "basis = … }",                                                                               \
      "умова «%s» стоїть поза «check»; допишіть check { id = …, умова, text = …, basis = … }")     \
    X(NOT_CONDITION, "not-condition", "tu ma być warunek, np. is \"fakt\", a jest: %s",            \
      "a condition is expected here, such as is \"fact\", not %s",                                 \
      "тут має бути умова, напр. is \"факт\", а є: %s")                                            \
    X(ARGUMENTS, "arguments", "„%s” ma mieć tyle wartości: %s, a ma: %s",                          \
      "\"%s\" takes %s values, but has %s", "«%s» має мати стільки значень: %s, а має: %s")        \
    X(CONDITION_TYPE, "condition-type", "„%s” nie pasuje do faktu „%s”, który jest typu: %s",      \
      "\"%s\" does not go with the fact \"%s\" of the type %s",                                    \
      "«%s» не пасує до факту «%s», який має тип: %s")                                             \
    X(VALUE_TYPE, "value-type", "fakt „%s” porównuje się z: %s, a jest: %s",                       \
      "the fact \"%s\" is compared with %s, but this is %s",                                       \
      "факт «%s» порівнюється з: %s, а є: %s")                                                     \
    X(VALUE_BOUNDS, "value-bounds", "fakt „%s” może być od %s do %s, więc %s nic nie rozstrzyga",  \
      "the fact \"%s\" may be from %s to %s, so %s decides nothing",                               \
      "факт «%s» може бути від %s до %s, тож %s нічого не вирішує")                                \
    X(PARAMETER_TYPE, "parameter-type",                                                            \
      "parametr „%s” to %s, a tu potrzeba: %s",                                                    \
      "the parameter \"%s\" is %s, but here is needed %s",                                         \
      "параметр «%s» — це %s, а тут потрібно: %s")                                                 \
    X(BETWEEN_ORDER, "between-order", "początek przedziału (%s) jest większy niż koniec (%s)",     \
      "the range begins (%s) after its end (%s)",                                                  \
      "початок проміжку (%s) більший за кінець (%s)")                                              \
    X(TOO_DEEP, "too-deep", "warunki są zagnieżdżone głębiej niż %s razy",                         \
      "conditions are nested more than %s deep", "умови вкладені глибше ніж %s разів")             \
    X(CHECK_CONDITION, "check-condition",                                                          \
      "„check” ma mieć dokładnie jeden warunek albo „when” (check „%s”)",                          \
      "a check has exactly one condition, or \"when\" (the check \"%s\")",                         \
      "«check» має рівно одну умову або «when» (check «%s»)")                                      \
    X(NO_CHECKS, "no-checks", "„%s” nie ma żadnego warunku „check”",                               \
      "\"%s\" has no check", "«%s» не має жодної умови «check»")                                   \
    /* ---- fees and services */                                                                   \
    X(NOT_FEE, "not-fee", "opłata to share, flat, steps, free albo function, a jest: %s",          \
      "a fee is share, flat, steps, free or a function, not %s",                                   \
      "плата — це share, flat, steps, free або function, а є: %s")                                 \
    X(NO_PRICE, "no-price", "opłata jest częścią ceny, a usługa „%s” nie ma parametru price",      \
      "the fee is a share of the price, but the service \"%s\" has no parameter price",            \
      "плата — це частка ціни, а послуга «%s» не має параметра price")                             \
    X(NOT_ORDER_FACT, "not-order-fact",                                                            \
      "„%s” nie jest faktem o zamówieniu (about = \"order\")",                                     \
      "\"%s\" is no fact about the order (about = \"order\")",                                     \
      "«%s» не є фактом про замовлення (about = \"order\")")                                       \
    X(NOT_PERSON_FACT, "not-person-fact",                                                          \
      "„%s” jest faktem o zamówieniu; wpisz go w „order”",                                         \
      "\"%s\" is a fact about the order; write it in \"order\"",                                   \
      "«%s» — це факт про замовлення; впишіть його в «order»")                                     \
    X(NOT_COUNTABLE, "not-countable", "„%s” nie liczy jednostek: potrzeba faktu liczbowego",       \
      "\"%s\" cannot count units: a fact that is a number is needed",                              \
      "«%s» не рахує одиниць: потрібен числовий факт")                                             \
    /* ---- tests */                                                                               \
    X(SPEC_MISSING, "spec-missing", "usługa nie ma testów; brakuje pliku %s",                      \
      "the service has no tests; the file %s is missing",                                          \
      "послуга не має тестів; бракує файлу %s")                                                    \
    X(SPEC_ALONE, "spec-alone", "testy nie mają swojej usługi; brakuje pliku %s",                  \
      "the tests have no service; the file %s is missing", "тести без послуги; бракує файлу %s")   \
    X(TEST_LACKING, "test-lacking", "brakuje choć jednego testu: %s",                              \
      "at least one test is lacking: %s", "бракує хоча б одного тесту: %s")                        \
    X(TEST_EXPECTS, "test-expects", "test „%s” niczego nie oczekuje",                              \
      "the test \"%s\" expects nothing", "тест «%s» нічого не очікує")                             \
    X(TEST_FACT, "test-fact", "fakt „%s” nie może być %s: %s",                                     \
      "the fact \"%s\" cannot be %s: %s", "факт «%s» не може бути %s: %s")                         \
    X(TEST_CONFLICT, "test-conflict",                                                              \
      "w teście „%s” podany fakt „%s” jest inny niż ten, który wynika z pozostałych",              \
      "in the test \"%s\" the fact \"%s\" differs from what follows from the others",              \
      "у тесті «%s» поданий факт «%s» відрізняється від того, що випливає з інших")                \
    X(TEST_DAY, "test-day", "test „%s” jest na dzień %s, kiedy ta wersja nie obowiązuje",          \
      "the test \"%s\" is for %s, when this version is not in force",                              \
      "тест «%s» на день %s, коли ця версія не діє")                                               \
    X(TEST_FAILED, "test-failed", "test „%s” (%s): miało być %s, jest %s",                         \
      "the test \"%s\" (%s): expected %s, got %s", "тест «%s» (%s): мало бути %s, є %s")           \
    X(TEST_STOPPED, "test-stopped", "test „%s”: reguła z %s się zatrzymała: %s",                   \
      "the test \"%s\": the rule of %s stopped: %s", "тест «%s»: правило з %s зупинилося: %s")     \
    X(TEST_OUTSIDE_ROWS, "test-outside-rows",                                                      \
      "test „%s”: parametr „%s” nie ma wiersza na dzień %s",                                       \
      "the test \"%s\": the parameter \"%s\" has no row for %s",                                   \
      "тест «%s»: параметр «%s» не має рядка на день %s")                                          \
    X(TEST_ABSURD_FEE, "test-absurd-fee", "test „%s”: opłata nie jest kwotą od zera: %s",          \
      "the test \"%s\": the fee is no amount from zero up: %s",                                    \
      "тест «%s»: плата не є сумою від нуля: %s")

typedef enum {
#define X(code, name, pl, en, uk) FAULT_##code,
    FAULT_LIST(X)
#undef X
        FAULT_COUNT
} fault_code_t;

/* Words that stand inside a fault: what was expected, what was found. */
#define NOUN_LIST(X)                                                                               \
    X(NONE, "", "", "")                                                                            \
    X(NOTHING, "nic", "nothing", "нічого")                                                         \
    X(TEXT, "tekst w cudzysłowie", "a text in quotes", "текст у лапках")                           \
    X(TEXTS, "tekst dla ludzi, np. { pl = \"…\", en = \"…\", uk = \"…\" }",                        \
      "a text for people, such as { pl = \"…\", en = \"…\", uk = \"…\" }",                         \
      "текст для людей, напр. { pl = \"…\", en = \"…\", uk = \"…\" }")                             \
    X(ID, "identyfikator w cudzysłowie", "an id in quotes", "ідентифікатор у лапках")              \
    X(DATE, "data, np. \"2023-10-01\"", "a date such as \"2023-10-01\"",                           \
      "дата, напр. \"2023-10-01\"")                                                                \
    X(TIME, "godzina, np. \"08:00\"", "a time such as \"08:00\"", "година, напр. \"08:00\"")       \
    X(MONEY, "kwota, np. pln \"25.00\"", "an amount such as pln \"25.00\"",                        \
      "сума, напр. pln \"25.00\"")                                                                 \
    X(INTEGER, "liczba całkowita", "a whole number", "ціле число")                                 \
    X(NUMBER, "liczba", "a number", "число")                                                       \
    X(DECIMAL, "liczba z najwyżej trzema miejscami po kropce",                                     \
      "a number with at most three decimals", "число з щонайбільше трьома знаками після крапки")   \
    X(PERCENT, "procent od 0 do 100", "a percentage from 0 to 100", "відсоток від 0 до 100")       \
    X(BOOLEAN, "true albo false", "true or false", "true або false")                               \
    X(TABLE, "tabela { … }", "a table { … }", "таблиця { … }")                                     \
    X(LIST, "lista { …, … }", "a list { …, … }", "список { …, … }")                                \
    X(ROWS, "lista wierszy { { from = …, value = …, basis = … } }",                                \
      "a list of rows { { from = …, value = …, basis = … } }",                                     \
      "список рядків { { from = …, value = …, basis = … } }")                                      \
    X(LIMITS, "lista limitów", "a list of limits", "список обмежень")                              \
    X(STEPS, "lista progów", "a list of steps", "список порогів")                                  \
    X(CONDITION, "warunek, np. is \"fakt\"", "a condition such as is \"fact\"",                    \
      "умова, напр. is \"факт\"")                                                                  \
    X(FUNCTION, "funkcja", "a function", "функція")                                                \
    X(FEE, "opłata, np. free { basis = … }", "a fee such as free { basis = … }",                   \
      "плата, напр. free { basis = … }")                                                           \
    X(RELIEF, "relief { … }", "relief { … }", "relief { … }")                                      \
    X(FACT, "nazwa faktu w cudzysłowie", "a fact's name in quotes", "назва факту в лапках")        \
    X(DERIVE, "years_since, pesel_birth_date, pesel_sex albo warunek",                             \
      "years_since, pesel_birth_date, pesel_sex or a condition",                                   \
      "years_since, pesel_birth_date, pesel_sex або умова")                                        \
    X(PARAMETER, "param \"nazwa\"", "param \"name\"", "param \"назва\"")                           \
    X(CHOICE, "wartość do wyboru w cudzysłowie", "a choice in quotes", "значення вибору в лапках") \
    X(OTHER, "coś, co nie jest wartością", "something that is no value",                           \
      "щось, що не є значенням")                                                                   \
    X(YES, "tak", "yes", "так")                                                                    \
    X(NO, "nie", "no", "ні")                                                                       \
    X(UNKNOWN, "nie wiadomo", "unknown", "невідомо")                                               \
    X(DEPENDS, "zależy od faktów, których brak", "it depends on facts not given",                  \
      "залежить від фактів, яких бракує")                                                          \
    X(NO_FEE, "opłaty nie da się policzyć", "the fee cannot be worked out",                        \
      "плату не можна обчислити")                                                                  \
    X(NO_RELIEF, "bez ulgi", "no relief", "без пільги")                                            \
    X(ANOTHER_REASON, "inny powód", "another reason", "інша причина")                              \
    X(NOT_ASKED, "o to się nie pyta", "it is not asked for", "про це не питають")                  \
    X(TOO_SMALL, "za mało", "too little", "замало")                                                \
    X(TOO_LARGE, "za dużo", "too much", "забагато")                                                \
    X(BAD_STEP, "nie pasuje do kroku (step)", "it does not fit the step", "не відповідає кроку")   \
    X(CHECKSUM, "zła cyfra kontrolna", "a wrong check digit", "хибна контрольна цифра")            \
    X(IMPOSSIBLE_DATE, "nie ma takiej daty", "there is no such date", "такої дати немає")          \
    X(DERIVED, "ten fakt wynika z innych i nie podaje się go",                                     \
      "this fact follows from others and is not given", "цей факт випливає з інших і не подається") \
    X(A_YES, "z odpowiedzią tak (eligible = \"yes\")", "with the outcome yes (eligible = \"yes\")", \
      "з відповіддю так (eligible = \"yes\")")                                                     \
    X(A_NO, "z odpowiedzią nie (eligible = \"no\")", "with the outcome no (eligible = \"no\")",    \
      "з відповіддю ні (eligible = \"no\")")                                                       \
    X(A_FEE, "z opłatą (fee = pln \"…\")", "with a fee (fee = pln \"…\")",                         \
      "з платою (fee = pln \"…\")")

typedef enum {
#define X(noun, pl, en, uk) NOUN_##noun,
    NOUN_LIST(X)
#undef X
        NOUN_COUNT
} noun_t;

/* One "%s" of a format: bytes, a whole number, or a noun in the reader's language. */
typedef struct {
    enum { SAY_TEXT, SAY_NUMBER, SAY_NOUN, SAY_MONEY } kind;
    span_t text;
    int64_t number;
    noun_t noun;
} fault_say_t;

static inline fault_say_t say(span_t text)
{
    return (fault_say_t){.kind = SAY_TEXT, .text = text};
}
static inline fault_say_t say_word(const char *text)
{
    return (fault_say_t){.kind = SAY_TEXT, .text = span_of(text)};
}
static inline fault_say_t say_number(int64_t number)
{
    return (fault_say_t){.kind = SAY_NUMBER, .number = number};
}
static inline fault_say_t say_money(int64_t grosze)
{
    return (fault_say_t){.kind = SAY_MONEY, .number = grosze};
}
static inline fault_say_t say_noun(noun_t noun)
{
    return (fault_say_t){.kind = SAY_NOUN, .noun = noun};
}

typedef struct {
    arena_t *arena;
    plugin_fault_t *at; /* FAULTS_MAX + 1 of them */
    size_t count;
    size_t raised; /* also those said before and those past FAULTS_MAX: grows with every fault */
    size_t dropped;
    bool no_memory;
} faults_t;

/* `nearest` (or NULL) is the name that was probably meant; it is added as a question. */
void faults_add(faults_t *faults, span_t file, int line, fault_code_t code, const char *nearest,
                const fault_say_t *args, size_t count);

/* By file and line; adds the number of those left out. `file` is where that is said. */
void faults_finish(faults_t *faults, span_t file);

/* For tests: the format of a code, and its stable name. */
const char *fault_format(fault_code_t code, lang_t lang);
const char *fault_name(fault_code_t code);

#endif
