/* The fixed texts of the pages: the name in the template, Polish, English, Ukrainian. */
#ifndef OKIENKO_WEB_TEXTS_H
#define OKIENKO_WEB_TEXTS_H

#define WEB_TEXTS(X)                                                                               \
    X("t_lead", "Usługi społeczne gminy w jednym okienku.",                                        \
      "A municipality's social services at one window.",                                           \
      "Соціальні послуги громади в одному віконці.")                                               \
    X("t_no_programmes", "Nie wczytano jeszcze żadnego programu usług społecznych.",               \
      "No programme of social services has been loaded yet.",                                      \
      "Ще не завантажено жодної програми соціальних послуг.")                                      \
    X("t_resolution", "Uchwała nr", "Resolution no.", "Ухвала №")                                  \
    X("t_period", "Program obowiązuje w okresie", "The programme is in force from",                \
      "Програма діє в період")                                                                     \
    X("t_service", "Usługa", "Service", "Послуга")                                                 \
    X("t_price", "Wartość", "Value", "Вартість")                                                   \
    X("t_left", "Zostało", "Left", "Залишилося")                                                   \
    X("t_earliest", "Najbliższy dzień", "Earliest day", "Найближчий день")                         \
    X("t_example", "przykład", "example", "приклад")                                               \
    X("t_example_means", "„Przykład” to wartość domyślna, której nie podaje żaden dokument gminy.", \
      "An “example” is a default that no document of the municipality gives.",                     \
      "«Приклад» — це типове значення, якого не подає жоден документ громади.")                    \
    X("t_fee_means",                                                                               \
      "Ile z tej wartości płaci mieszkaniec i kto jest zwolniony z opłaty, mówi odpowiedź o "      \
      "usłudze.",                                                                                  \
      "How much of the value a resident pays, and who is exempt, is in each service's answer.",    \
      "Яку частину вартості платить мешканець і хто звільнений від оплати, сказано у відповіді "   \
      "про послугу.")                                                                              \
    X("t_for_programs", "Dla programistów", "For programmers", "Для програмістів")                 \
    X("t_described", "Całe API opisuje", "All of the API is described by", "Увесь API описує")     \
    X("t_state", "Stan serwera:", "The server's state:", "Стан сервера:")                          \
    X("t_try_search", "Znajdź usługę po początku słowa, bez polskich liter też:",                  \
      "Find a service by the beginning of a word, also without Polish letters:",                   \
      "Знайдіть послугу за початком слова:")                                                       \
    X("t_try_availability", "Zobacz, co zostało i od kiedy:", "See what is left, and from when:",  \
      "Подивіться, що залишилося і від якого дня:")                                                \
    X("t_try_quote", "Zapytaj, co jest dla mnie; odpowiedź wymienia pytania, których brakuje:",    \
      "Ask what there is for me; the answer lists the questions still open:",                      \
      "Запитайте, що є для мене; відповідь перелічує питання, яких бракує:")

#endif
