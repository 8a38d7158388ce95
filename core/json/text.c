#include "json/json.h"

/* Code, Polish, English, Ukrainian. */
#define FAULTS(X)                                                                                  \
    X(JSON_OK, "Treść jest poprawna.", "The text is correct.", "Текст правильний.")                \
    X(JSON_EMPTY, "Treść żądania jest pusta.", "The request body is empty.",                       \
      "Тіло запиту порожнє.")                                                                      \
    X(JSON_SYNTAX, "To nie jest poprawny zapis JSON.", "This is not correct JSON.",                \
      "Це неправильний запис JSON.")                                                               \
    X(JSON_NOT_UTF8, "Treść nie jest zapisana w UTF-8.", "The text is not in UTF-8.",              \
      "Текст записано не в UTF-8.")                                                                \
    X(JSON_TOO_DEEP, "Zagnieżdżenie przekracza 32 poziomy.", "Nesting goes beyond 32 levels.",     \
      "Вкладеність перевищує 32 рівні.")                                                           \
    X(JSON_TOO_MANY_KEYS, "Treść ma więcej niż 1000 pól.", "The text has more than 1000 members.", \
      "Текст має понад 1000 полів.")                                                               \
    X(JSON_TOO_MANY_VALUES, "Treść ma więcej niż 10 000 wartości.",                                \
      "The text has more than 10,000 values.", "Текст має понад 10 000 значень.")                  \
    X(JSON_DUPLICATE_KEY, "Ta sama nazwa pola powtarza się w jednym obiekcie.",                    \
      "One object has the same member name twice.",                                                \
      "Та сама назва поля повторюється в одному об’єкті.")                                         \
    X(JSON_BAD_ESCAPE, "Niedozwolona sekwencja po znaku „\\”.",                                    \
      "A sequence after “\\” is not allowed.", "Недозволена послідовність після знака «\\».")      \
    X(JSON_NO_CHARACTER, "Napis zawiera \\u0000 albo połowę znaku.",                               \
      "A string holds \\u0000 or half a character.",                                               \
      "Рядок містить \\u0000 або половину символу.")                                               \
    X(JSON_CONTROL, "Napis zawiera znak sterujący.", "A string holds a control character.",        \
      "Рядок містить керівний символ.")                                                            \
    X(JSON_NUMBER, "Liczba jest za duża lub zapisana zbyt wieloma cyframi.",                       \
      "A number is too large or has too many digits.",                                             \
      "Число завелике або записане надто багатьма цифрами.")                                       \
    X(JSON_TRAILING, "Za końcem wartości JSON stoi coś jeszcze.",                                  \
      "Something follows the end of the JSON value.", "Після кінця значення JSON є щось іще.")     \
    X(JSON_NO_MEMORY, "Serwerowi zabrakło pamięci; spróbuj ponownie.",                             \
      "The server ran out of memory; try again.", "Серверу забракло пам’яті; спробуйте ще раз.")

#define FAULT_TEXTS(code, pl, en, uk)                                                              \
    [code] = {{{pl, sizeof(pl) - 1}, {en, sizeof(en) - 1}, {uk, sizeof(uk) - 1}}},

_Static_assert(LANG_PL == 0 && LANG_EN == 1 && LANG_UK == 2, "the columns follow lang_t");
_Static_assert(JSON_DEPTH_MAX == 32 && JSON_KEYS_MAX == 1000 && JSON_VALUES_MAX == 10000,
               "the sentences name the limits");

span_t json_fault_text(json_code_t code, lang_t lang)
{
    static const texts_t faults[] = {FAULTS(FAULT_TEXTS)};
    return texts_in(&faults[code], lang);
}

bool json_fault_is_legal(json_code_t code)
{
    return code == JSON_NUMBER || code == JSON_DUPLICATE_KEY || code == JSON_NO_CHARACTER ||
           code == JSON_TOO_DEEP || code == JSON_TOO_MANY_KEYS || code == JSON_TOO_MANY_VALUES;
}
