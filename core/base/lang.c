#include "base/lang.h"

static const char *const codes[LANG_COUNT] = {"pl", "en", "uk"};

const char *lang_code(lang_t lang)
{
    return codes[lang];
}

bool lang_of_code(span_t code, lang_t *lang)
{
    for (lang_t at = 0; at < LANG_COUNT; at++) {
        if (span_equal(code, span_of(codes[at]))) {
            *lang = at;
            return true;
        }
    }
    return false;
}

/* "0.8" as 800; a thing that is no weight as -1. */
static int weight(span_t text)
{
    if (text.len == 0 || text.len > 5 || (text.at[0] != '0' && text.at[0] != '1') ||
        (text.len > 1 && text.at[1] != '.')) {
        return -1;
    }
    int sum = (text.at[0] - '0') * 1000;
    int place = 100;
    for (size_t i = 2; i < text.len; i++, place /= 10) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return -1;
        }
        sum += (text.at[i] - '0') * place;
    }
    return sum > 1000 ? -1 : sum;
}

static int range_weight(span_t parameters)
{
    span_t parameter;
    while (span_cut(&parameters, ';', &parameter)) {
        parameter = span_trim(parameter);
        if (parameter.len > 2 && (parameter.at[0] == 'q' || parameter.at[0] == 'Q') &&
            parameter.at[1] == '=') {
            return weight(span_from(parameter, 2));
        }
    }
    return 1000;
}

static bool range_matches(span_t range, lang_t lang)
{
    bool prefix = range.len >= 2 && span_equal_nocase((span_t){range.at, 2}, span_of(codes[lang]));
    return prefix && (range.len == 2 || range.at[2] == '-');
}

lang_t lang_negotiate(span_t accept_language)
{
    int best[LANG_COUNT] = {-1, -1, -1};
    int any = -1;
    span_t part;
    while (span_cut(&accept_language, ',', &part)) {
        span_t range = SPAN_NONE;
        span_cut(&part, ';', &range);
        range = span_trim(range);
        int q = part.at == NULL ? 1000 : range_weight(part);
        if (q < 0) {
            continue;
        }
        if (span_equal(range, SPAN("*"))) {
            any = q;
        }
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (range_matches(range, (lang_t)lang) && q > best[lang]) {
                best[lang] = q;
            }
        }
    }
    lang_t chosen = LANG_PL;
    int highest = 0;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        int q = best[lang] >= 0 ? best[lang] : any;
        if (q > highest) {
            highest = q;
            chosen = (lang_t)lang;
        }
    }
    return chosen;
}

lang_t lang_of_locale(const char *(*get)(const char *name))
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = get(names[i]);
        if (value != NULL && value[0] != '\0') {
            return strncmp(value, "pl", 2) == 0   ? LANG_PL
                   : strncmp(value, "uk", 2) == 0 ? LANG_UK
                                                  : LANG_EN;
        }
    }
    return LANG_EN;
}
