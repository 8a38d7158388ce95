/* The order of the Polish alphabet, without the C library's locale: "ą" comes behind "a", "ż" last,
 * Ukrainian letters behind the Latin ones. Spaces come first, then signs and digits, in the order
 * of the Unicode collation; case does not count. */
#include "api/inside.h"

/* UTF-8, in order; the weight of a character is its place. */
/* clang-format off */
static const char *const signs[] = {
    " ", "_", "-", "–", "—", ",", ";", ":", "!", "?", ".", "…", "'", "‘", "’", "‚", "\"", "“", "”",
    "„", "«", "»", "(", ")", "[", "]", "{", "}", "§", "@", "*", "/", "\\", "&", "#", "%", "•", "`",
    "´", "^", "°", "+", "±", "÷", "×", "<", "=", ">", "|", "~", "$", "€",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
};
static const char *const letters[][2] = {
    {"a", "A"}, {"ą", "Ą"}, {"b", "B"}, {"c", "C"}, {"ć", "Ć"}, {"d", "D"}, {"e", "E"}, {"ę", "Ę"},
    {"f", "F"}, {"g", "G"}, {"h", "H"}, {"i", "I"}, {"j", "J"}, {"k", "K"}, {"l", "L"}, {"ł", "Ł"},
    {"m", "M"}, {"n", "N"}, {"ń", "Ń"}, {"o", "O"}, {"ó", "Ó"}, {"p", "P"}, {"q", "Q"}, {"r", "R"},
    {"s", "S"}, {"ś", "Ś"}, {"t", "T"}, {"u", "U"}, {"v", "V"}, {"w", "W"}, {"x", "X"}, {"y", "Y"},
    {"z", "Z"}, {"ź", "Ź"}, {"ż", "Ż"}, {"а", "А"}, {"б", "Б"}, {"в", "В"}, {"г", "Г"}, {"ґ", "Ґ"},
    {"д", "Д"}, {"е", "Е"}, {"є", "Є"}, {"ж", "Ж"}, {"з", "З"}, {"и", "И"}, {"і", "І"}, {"ї", "Ї"},
    {"й", "Й"}, {"к", "К"}, {"л", "Л"}, {"м", "М"}, {"н", "Н"}, {"о", "О"}, {"п", "П"}, {"р", "Р"},
    {"с", "С"}, {"т", "Т"}, {"у", "У"}, {"ф", "Ф"}, {"х", "Х"}, {"ц", "Ц"}, {"ч", "Ч"}, {"ш", "Ш"},
    {"щ", "Щ"}, {"ь", "Ь"}, {"ю", "Ю"}, {"я", "Я"},
};
/* clang-format on */
enum {
    SIGNS = sizeof signs / sizeof *signs,
    LETTERS = sizeof letters / sizeof *letters,
    OTHER = 255
};
_Static_assert(1 + SIGNS + LETTERS < OTHER, "weights are bytes");

static size_t sequence(span_t text)
{
    uint8_t first = (uint8_t)text.at[0];
    size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return len <= text.len ? len : text.len;
}

static int weight(span_t character)
{
    if (span_equal(character, SPAN("\u00a0"))) {
        return 1;
    }
    for (int i = 0; i < SIGNS; i++) {
        if (span_equal(character, span_of(signs[i]))) {
            return 1 + i;
        }
    }
    for (int i = 0; i < LETTERS; i++) {
        if (span_equal(character, span_of(letters[i][0])) ||
            span_equal(character, span_of(letters[i][1]))) {
            return 1 + SIGNS + i;
        }
    }
    return OTHER;
}

void api_collate(buf_t *key, span_t text)
{
    while (text.len > 0) {
        span_t character = {text.at, sequence(text)};
        buf_byte(key, (char)weight(character));
        text = span_from(text, character.len);
    }
}
