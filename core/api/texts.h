/* Every sentence and title of the API, in the three languages. {0} to {2} are filled in. */
#ifndef OKIENKO_API_TEXTS_H
#define OKIENKO_API_TEXTS_H

#include "base/buf.h"
#include "base/lang.h"

/* name, Polish, English, Ukrainian */
#define API_TEXTS(X)                                                                               \
    X(NOT_IN_FORCE, "W dniu {0} program nie obowiązuje: obowiązuje od {1} do {2}. Parametr „on” wybiera inny dzień.",\
      "The programme is not in force on {0}: it holds from {1} to {2}. The parameter \"on\" chooses another day.",\
      "{0} програма не діє: вона діє з {1} до {2}. Параметр «on» вибирає інший день.")                       \
    X(SERVICE_NOT_YET, "W dniu {0} ta usługa jeszcze nie obowiązuje: obowiązuje od {1}.",                \
      "The service is not in force yet on {0}: it begins on {1}.",                                   \
      "{0} ця послуга ще не діє: вона починається {1}.")                                              \
    X(OUTCOME_YES, "Tak, ta usługa przysługuje.", "Yes, this service is available to this person.",     \
      "Так, на цю послугу є право.")                                                               \
    X(OUTCOME_NO, "Nie, ta usługa nie przysługuje.", "No, this service is not available to this person.",\
      "Ні, на цю послугу немає права.")                                                              \
    X(UNMET, "Niespełnione: ", "Not met: ", "Не виконано: ")                                           \
    X(BLOCKED, "Przeszkoda: ", "Ruled out by: ", "Перешкода: ")                                         \
    X(OUTCOME_UNKNOWN, "Jeszcze nie wiadomo: trzeba odpowiedzieć na pytania.",                           \
      "Not known yet: some questions need an answer.", "Ще не відомо: потрібно відповісти на запитання.")   \
    X(OUTCOME_UNAVAILABLE, "Reguły tej usługi nie da się teraz zastosować.",                             \
      "The rule of this service cannot be applied now.", "Правило цієї послуги зараз не можна застосувати.")    \
    X(OUTSIDE_ROWS, "W dniu {1} parametr „{0}” nie ma żadnej wartości.",                                   \
      "The parameter \"{0}\" has no value on {1}.", "{1} параметр «{0}» не має значення.")                      \
    X(RULE_FAILED, "Reguła nie dała wyniku i została przerwana.", "The rule gave no result and was stopped.",\
      "Правило не дало результату й було зупинене.")                                                 \
    X(CLOSED_WEEKDAY, "W tym dniu tygodnia usługa nie jest świadczona.",                                \
      "The service is not given on this weekday.", "У цей день тижня послугу не надають.")               \
    X(FEE_FREE, "Bezpłatnie.", "Free of charge.", "Безкоштовно.")                                       \
    X(FEE_SHARE, "{0} ceny.", "{0} of the price.", "{0} ціни.")                                       \
    X(FEE_FLAT_UNIT, "Stała opłata {0} za jednostkę.", "A flat fee of {0} a unit.", "Стала плата {0} за одиницю.")\
    X(FEE_FLAT_VISIT, "Stała opłata {0} za wizytę.", "A flat fee of {0} a visit.", "Стала плата {0} за візит.")\
    X(FEE_STEPS, "Opłata według progów.", "The fee goes by steps.", "Плата за шкалою.")                 \
    X(FEE_FUNCTION, "Opłata według reguły usługi.", "The fee follows the service's own rule.",              \
      "Плата за правилом послуги.")

/* name, code for programs, Polish, English, Ukrainian: what is wrong with one field */
#define API_DETAILS(X)                                                                             \
    X(UNKNOWN_PARAMETER, "unknown-parameter", "Nieznany parametr. Dozwolone: {0}.",                    \
      "Unknown parameter. Allowed: {0}.", "Невідомий параметр. Дозволені: {0}.")                        \
    X(NO_PARAMETERS, "unknown-parameter", "Ten adres nie przyjmuje żadnych parametrów.",                \
      "This address takes no parameters.", "Ця адреса не приймає параметрів.")                         \
    X(REPEATED_PARAMETER, "repeated-parameter", "Ten parametr można podać tylko raz.",                   \
      "This parameter may be given only once.", "Цей параметр можна вказати лише раз.")                   \
    X(TOO_MANY, "too-many", "Ten parametr podano zbyt wiele razy; najwyżej {0}.",                         \
      "This parameter is given too many times; at most {0}.", "Цей параметр вказано забагато разів; найбільше {0}.")\
    X(BAD_ESCAPE, "bad-escape", "Wartość jest źle zakodowana: oczekiwane kodowanie procentowe UTF-8.",        \
      "The value is badly encoded: percent-encoded UTF-8 is expected.",                                \
      "Значення неправильно закодоване: очікується відсоткове кодування UTF-8.")                            \
    X(BAD_DATE, "bad-date", "Oczekiwana istniejąca data w postaci RRRR-MM-DD, lata 1800–2299.",             \
      "An existing date is expected, YYYY-MM-DD, years 1800 to 2299.",                                 \
      "Очікується наявна дата у вигляді РРРР-ММ-ДД, роки 1800–2299.")                                   \
    X(BAD_NUMBER, "bad-number", "Oczekiwana liczba całkowita od {0} do {1}.",                            \
      "A whole number from {0} to {1} is expected.", "Очікується ціле число від {0} до {1}.")              \
    X(UNKNOWN_VALUE, "unknown-value", "Nieznana wartość. Dozwolone: {0}.", "Unknown value. Allowed: {0}.",   \
      "Невідоме значення. Дозволені: {0}.")                                                           \
    X(TOO_LONG, "too-long", "Wartość jest za długa: najwyżej {0} bajtów.",                                 \
      "The value is too long: at most {0} bytes.", "Значення задовге: найбільше {0} байтів.")              \
    X(EMPTY_VALUE, "empty-value", "Parametr nie ma wartości.", "The parameter has no value.",              \
      "Параметр не має значення.")                                                                   \
    X(NOT_OBJECT, "not-an-object", "Oczekiwany obiekt JSON.", "A JSON object is expected.",               \
      "Очікується об'єкт JSON.")                                                                     \
    X(UNKNOWN_MEMBER, "unknown-member", "Nieznane pole. Dozwolone: {0}.", "Unknown member. Allowed: {0}.",    \
      "Невідоме поле. Дозволені: {0}.")                                                               \
    X(UNKNOWN_FACT, "unknown-fact", "Program nie zna takiego faktu.", "The programme knows no such fact.",   \
      "Програма не знає такого факту.")                                                               \
    X(BELONGS_TO_ORDER, "wrong-place", "To jest fakt o zamówieniu: należy do „order”.",                   \
      "This is a fact about the order: it belongs to \"order\".", "Це факт про замовлення: він належить до «order».")\
    X(BELONGS_TO_FACTS, "wrong-place", "To jest fakt o osobie: należy do „facts”.",                       \
      "This is a fact about the person: it belongs to \"facts\".", "Це факт про особу: він належить до «facts».")\
    X(NOT_OF_SERVICE, "not-of-service", "Ta usługa o to nie pyta.", "This service does not ask for it.",    \
      "Ця послуга про це не питає.")                                                                 \
    X(WANT_BOOLEAN, "wrong-type", "Oczekiwane true, false lub null.", "true, false or null is expected.",     \
      "Очікується true, false або null.")                                                            \
    X(WANT_INTEGER, "wrong-type", "Oczekiwana liczba całkowita od {0} do {1} lub null.",                   \
      "A whole number from {0} to {1}, or null, is expected.", "Очікується ціле число від {0} до {1} або null.")\
    X(WANT_DECIMAL, "wrong-type", "Oczekiwana liczba od {0} do {1} lub null.",                             \
      "A number from {0} to {1}, or null, is expected.", "Очікується число від {0} до {1} або null.")        \
    X(WANT_MONEY, "wrong-type",                                                                    \
      "Oczekiwana kwota: liczba całkowita groszy albo tekst \"1234.56\" w złotych, od {0} do {1} gr, lub null.",\
      "An amount is expected: a whole number of grosze or a text \"1234.56\" in zloty, from {0} to {1} grosze, or null.",\
      "Очікується сума: ціле число грошів або текст \"1234.56\" у злотих, від {0} до {1} грошів, або null.")     \
    X(WANT_DATE, "wrong-type", "Oczekiwana data RRRR-MM-DD od {0} do {1} lub null.",                       \
      "A date YYYY-MM-DD from {0} to {1}, or null, is expected.", "Очікується дата РРРР-ММ-ДД від {0} до {1} або null.")\
    X(WANT_CHOICE, "wrong-type", "Oczekiwana jedna z wartości: {0}, lub null.",                             \
      "One of these is expected: {0}, or null.", "Очікується одне зі значень: {0}, або null.")               \
    X(WANT_PESEL, "wrong-type", "Oczekiwany tekst z 11 cyfr lub null.", "A text of 11 digits, or null, is expected.",\
      "Очікується текст з 11 цифр або null.")                                                         \
    X(TOO_SMALL, "too-small", "Za mało: najmniej {0}.", "Too small: at least {0}.", "Замало: щонайменше {0}.")   \
    X(TOO_LARGE, "too-large", "Za dużo: najwyżej {0}.", "Too large: at most {0}.", "Забагато: щонайбільше {0}.") \
    X(STEP, "bad-step", "Wartość musi być wielokrotnością {0}.", "The value must be a multiple of {0}.",        \
      "Значення має бути кратним {0}.")                                                              \
    X(CHECKSUM, "bad-checksum", "Numer jest błędny: nie zgadza się cyfra kontrolna.",                        \
      "The number is wrong: its check digit does not fit.", "Номер неправильний: контрольна цифра не збігається.")\
    X(FACT_DATE_WRONG, "bad-date", "Data jest niemożliwa albo późniejsza niż dzień, o który chodzi.",         \
      "The date is impossible or later than the day asked about.", "Дата неможлива або пізніша за день, про який ідеться.")\
    X(DERIVED, "derived", "Tego się nie podaje: wynika z innych odpowiedzi.",                             \
      "This is not given: it follows from other answers.", "Це не вказують: воно випливає з інших відповідей.") \
    X(DIFFERS, "differs", "Nie zgadza się z tym, co wynika z innych odpowiedzi.",                         \
      "It differs from what follows from other answers.", "Не збігається з тим, що випливає з інших відповідей.")

/* name, status, end of urn:okienko:problem:, Polish, English, Ukrainian title */
#define API_PROBLEMS(X)                                                                            \
    X(UNKNOWN_PROGRAMME, 404, "unknown-programme", "Nie ma takiego programu.", "There is no such programme.",\
      "Такої програми немає.")                                                                     \
    X(UNKNOWN_SERVICE, 404, "unknown-service", "W programie nie ma takiej usługi.",                       \
      "The programme has no such service.", "У програмі немає такої послуги.")                           \
    X(NOT_SERVING, 503, "programme-unavailable", "Reguł tego programu nie udało się jeszcze wczytać.",       \
      "The rules of this programme could not be loaded yet.", "Правила цієї програми ще не вдалося завантажити.")\
    X(RULE_UNAVAILABLE, 503, "rule-unavailable", "Reguły tej usługi nie da się teraz zastosować.",          \
      "The rule of this service cannot be applied now.", "Правило цієї послуги зараз не можна застосувати.")    \
    X(BAD_QUERY, 400, "bad-query", "Parametr zapytania jest błędny.", "A query parameter is wrong.",        \
      "Параметр запиту неправильний.")                                                               \
    X(BAD_JSON, 400, "bad-json", "Treść nie jest poprawnym JSON.", "The body is not well-formed JSON.",     \
      "Вміст не є правильним JSON.")                                                                 \
    X(NOT_JSON, 415, "not-json", "Treść musi być typu application/json.",                               \
      "The body must be application/json.", "Вміст має бути типу application/json.")                     \
    X(BAD_FACTS, 422, "bad-facts", "Podane dane są błędne.", "What was given is wrong.", "Надані дані неправильні.")\
    X(NO_MEMORY, 503, "no-memory", "Chwilowo brakuje pamięci.", "Out of memory for the moment.",            \
      "Тимчасово бракує пам'яті.")

#define API_AS_ID(name, ...) API_TEXT_##name,
typedef enum { API_TEXTS(API_AS_ID) API_TEXT_COUNT } api_text_t;
#undef API_AS_ID
#define API_AS_ID(name, ...) API_DETAIL_##name,
typedef enum { API_DETAILS(API_AS_ID) API_DETAIL_COUNT } api_detail_t;
#undef API_AS_ID
#define API_AS_ID(name, ...) API_PROBLEM_##name,
typedef enum { API_PROBLEMS(API_AS_ID) API_PROBLEM_COUNT } api_problem_t;
#undef API_AS_ID

#define API_ARGUMENTS_MAX 3

/* Appends the sentence, with `arguments` (API_ARGUMENTS_MAX of them, or NULL) filled in. */
void api_text(buf_t *buf, api_text_t text, lang_t lang, const span_t *arguments);
void api_detail(buf_t *buf, api_detail_t detail, lang_t lang, const span_t *arguments);
span_t api_detail_code(api_detail_t detail);
unsigned api_problem_status(api_problem_t problem);
span_t api_problem_type(api_problem_t problem); /* "unknown-service" */
span_t api_problem_title(api_problem_t problem, lang_t lang);

#endif
