/* Each limit as a sentence: how much, in what time, for whom. */
#include "tell/tell.h"
#include "tell/texts.h"

/* Polish and Ukrainian one, few, many; English one, many. */
#define FORMS(pl1, pl2, pl3, en1, en2, uk1, uk2, uk3)                                              \
    {                                                                                              \
        .forms = {                                                                                 \
            {{SENTENCE_FIXED(pl1), SENTENCE_FIXED(en1), SENTENCE_FIXED(uk1)}},                     \
            {{SENTENCE_FIXED(pl2), SENTENCE_FIXED(en2), SENTENCE_FIXED(uk2)}},                     \
            {{SENTENCE_FIXED(pl3), SENTENCE_FIXED(en2), SENTENCE_FIXED(uk3)}},                     \
        }                                                                                          \
    }

static const registry_unit_t visits =
    FORMS("wizyta", "wizyty", "wizyt", "visit", "visits", "візит", "візити", "візитів");
static const registry_unit_t days =
    FORMS("dzień", "dni", "dni", "day", "days", "день", "дні", "днів");
static const registry_unit_t months =
    FORMS("miesiąc", "miesiące", "miesięcy", "month", "months", "місяць", "місяці", "місяців");
static const registry_unit_t times =
    FORMS("raz", "razy", "razy", "time", "times", "раз", "рази", "разів");
/* Genitive: a group "do 5 osób". */
static const registry_unit_t people =
    FORMS("osoby", "osób", "osób", "person", "people", "особи", "осіб", "осіб");

void tell_count(buf_t *buf, int64_t thousandths, const registry_unit_t *unit, lang_t lang)
{
    tell_number(buf, thousandths, lang);
    if (unit != NULL) {
        buf_literal(buf, "\u00a0");
        buf_add(buf, registry_unit_form(unit, thousandths, lang));
    }
}

/* The same in a buffer of its own. */
static span_t counted(buf_t *buf, int64_t thousandths, const registry_unit_t *unit, lang_t lang)
{
    buf_clear(buf);
    tell_count(buf, thousandths, unit, lang);
    return buf_span(buf);
}

static span_t counted_time(buf_t *buf, const registry_limit_t *limit, lang_t lang)
{
    return limit->gap_months > 0 ? counted(buf, INT64_C(1000) * limit->gap_months, &months, lang)
                                 : counted(buf, INT64_C(1000) * limit->gap_days, &days, lang);
}

static void say_most(buf_t *buf, const registry_limit_t *limit, span_t amount, lang_t lang)
{
    static const tell_text_t whose[] = {TELL_TEXT_PER_PERSON, TELL_TEXT_PER_HOUSEHOLD,
                                        TELL_TEXT_PER_CASE};
    span_t arguments[TELL_ARGUMENTS] = {amount, SPAN_NONE, SPAN_NONE};
    tell_text(buf, TELL_TEXT_AT_MOST, lang, arguments);
    if (limit->per != PER_NONE) {
        tell_text(buf, (tell_text_t)(TELL_TEXT_PER_VISIT + (limit->per - PER_VISIT)), lang, NULL);
    }
    if (limit->per != PER_VISIT || limit->whose != WHOSE_PERSON) {
        tell_text(buf, whose[limit->whose], lang, NULL);
    }
}

static void say_seats(buf_t *buf, const registry_limit_t *limit, lang_t lang)
{
    buf_t most = {0}, least = {0};
    bool range = limit->least > 0 && limit->least < limit->most;
    span_t arguments[TELL_ARGUMENTS] = {counted(&most, limit->most * 1000, &people, lang),
                                        counted(&least, limit->least * 1000, NULL, lang),
                                        SPAN_NONE};
    tell_text(buf,
              range                         ? TELL_TEXT_SEATS_RANGE
              : limit->least == limit->most ? TELL_TEXT_SEATS_EXACT
                                            : TELL_TEXT_SEATS_MOST,
              lang, arguments);
    buf->failed = buf->failed || most.failed || least.failed;
    buf_free(&most);
    buf_free(&least);
}

void tell_limit_text(buf_t *buf, const registry_limit_t *limit, const registry_unit_t *unit,
                     lang_t lang)
{
    static const tell_text_t whose[] = {TELL_TEXT_COUNT, TELL_TEXT_IN_HOUSEHOLD, TELL_TEXT_IN_CASE};
    buf_t amount = {0};
    span_t arguments[TELL_ARGUMENTS] = {SPAN_NONE, SPAN_NONE, SPAN_NONE};
    switch (limit->kind) {
    case LIMIT_UNITS:
        say_most(buf, limit, counted(&amount, limit->most, unit, lang), lang);
        break;
    case LIMIT_VISITS:
        say_most(buf, limit, counted(&amount, limit->most * 1000, &visits, lang), lang);
        break;
    case LIMIT_GAP:
    case LIMIT_LOAN:
        arguments[0] = counted_time(&amount, limit, lang);
        tell_text(buf, limit->kind == LIMIT_GAP ? TELL_TEXT_GAP : TELL_TEXT_LOAN, lang, arguments);
        if (limit->kind == LIMIT_LOAN && limit->extensions > 0) {
            bool once = lang == LANG_EN && limit->extensions == 1;
            int64_t extensions = INT64_C(1000) * limit->extensions;
            arguments[0] = once ? SPAN("once") : counted(&amount, extensions, &times, lang);
            tell_text(buf, TELL_TEXT_LOAN_EXTENDED, lang, arguments);
        }
        break;
    case LIMIT_SEATS:
        say_seats(buf, limit, lang);
        break;
    case LIMIT_ITEMS:
        arguments[0] = counted(&amount, limit->most * 1000, NULL, lang);
        tell_text(buf, TELL_TEXT_AT_MOST, lang, arguments);
        tell_text(buf, TELL_TEXT_AT_ONCE, lang, NULL);
        break;
    }
    bool counts = limit->kind == LIMIT_UNITS || limit->kind == LIMIT_VISITS;
    if (!counts && limit->whose != WHOSE_PERSON) {
        tell_text(buf, whose[limit->whose], lang, NULL);
    }
    buf->failed = buf->failed || amount.failed;
    buf_free(&amount);
}

const char *tell_limit_kind(const registry_limit_t *limit)
{
    static const char *const kinds[] = {"units", "visits", "gap", "seats", "loan", "items"};
    return kinds[limit->kind];
}
