/* The order of the Polish alphabet, without the C library's locale: "ą" comes behind "a", "ż" last.
 * Ukrainian letters follow in the order of their own alphabet. Case and signs do not count. */
#include "api/inside.h"

/* UTF-8, in order; a letter's weight is its place. */
static const char *const alphabet[] = {
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "ą", "b", "c", "ć", "d",
    "e", "ę", "f", "g", "h", "i", "j", "k", "l", "ł", "m", "n", "ń", "o", "ó", "p",
    "q", "r", "s", "ś", "t", "u", "v", "w", "x", "y", "z", "ź", "ż", "а", "б", "в",
    "г", "ґ", "д", "е", "є", "ж", "з", "и", "і", "ї", "й", "к", "л", "м", "н", "о",
    "п", "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш", "щ", "ь", "ю", "я",
};
static const char *const capitals[] = {
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "Ą", "B", "C", "Ć", "D",
    "E", "Ę", "F", "G", "H", "I", "J", "K", "L", "Ł", "M", "N", "Ń", "O", "Ó", "P",
    "Q", "R", "S", "Ś", "T", "U", "V", "W", "X", "Y", "Z", "Ź", "Ż", "А", "Б", "В",
    "Г", "Ґ", "Д", "Е", "Є", "Ж", "З", "И", "І", "Ї", "Й", "К", "Л", "М", "Н", "О",
    "П", "Р", "С", "Т", "У", "Ф", "Х", "Ц", "Ч", "Ш", "Щ", "Ь", "Ю", "Я",
};
enum { LETTERS = sizeof alphabet / sizeof *alphabet, SPACE = 1, FIRST = 2, OTHER = 250 };
_Static_assert(LETTERS == sizeof capitals / sizeof *capitals, "two cases of each letter");
_Static_assert(LETTERS + FIRST < OTHER, "weights are bytes");

static size_t sequence(span_t text)
{
    uint8_t first = (uint8_t)text.at[0];
    size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return len <= text.len ? len : text.len;
}

static int weight(span_t letter)
{
    for (int i = 0; i < LETTERS; i++) {
        if (span_equal(letter, span_of(alphabet[i])) || span_equal(letter, span_of(capitals[i]))) {
            return i + FIRST;
        }
    }
    return letter.len == 1 ? 0 : OTHER;
}

void api_collate(buf_t *key, span_t text)
{
    size_t start = key->len;
    bool gap = false;
    while (text.len > 0) {
        span_t letter = {text.at, sequence(text)};
        text = span_from(text, letter.len);
        int of = weight(letter);
        if (of == 0) {
            gap = true;
            continue;
        }
        if (gap && key->len > start) {
            buf_byte(key, SPACE);
        }
        gap = false;
        buf_byte(key, (char)of);
    }
}
