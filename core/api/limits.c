/* Limits as data and as a sentence: "najwyżej 6 okien na jedną wizytę". */
#include "api/inside.h"

/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
/* Polish and Ukrainian one, few, many; English one, many. */
#define FORMS(pl1, pl2, pl3, en1, en2, uk1, uk2, uk3)                                              \
    {                                                                                              \
        .forms = {                                                                                 \
            {{FIXED(pl1), FIXED(en1), FIXED(uk1)}},                                                \
            {{FIXED(pl2), FIXED(en2), FIXED(uk2)}},                                                \
            {{FIXED(pl3), FIXED(en2), FIXED(uk3)}},                                                \
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

/* "6 okien", with a no-break space and the language's decimal comma. */
static span_t counted(buf_t *buf, int64_t thousandths, const registry_unit_t *unit, lang_t lang)
{
    buf_clear(buf);
    json_add_thousandths(buf, thousandths);
    for (size_t i = 0; i < buf->len && lang != LANG_EN; i++) {
        if (buf->at[i] == '.') {
            buf->at[i] = ',';
        }
    }
    if (unit != NULL) {
        buf_literal(buf, "\u00a0");
        buf_add(buf, registry_unit_form(unit, thousandths, lang));
    }
    return buf_span(buf);
}

static span_t counted_time(buf_t *buf, const registry_limit_t *limit, lang_t lang)
{
    return limit->gap_months > 0 ? counted(buf, INT64_C(1000) * limit->gap_months, &months, lang)
                                 : counted(buf, INT64_C(1000) * limit->gap_days, &days, lang);
}

static void say_most(buf_t *buf, const registry_limit_t *limit, span_t amount, lang_t lang)
{
    static const api_text_t whose[] = {API_TEXT_PER_PERSON, API_TEXT_PER_HOUSEHOLD,
                                       API_TEXT_PER_CASE};
    span_t arguments[API_ARGUMENTS_MAX] = {amount, SPAN_NONE, SPAN_NONE};
    api_text(buf, API_TEXT_AT_MOST, lang, arguments);
    if (limit->per != PER_NONE) {
        api_text(buf, (api_text_t)(API_TEXT_PER_VISIT + (limit->per - PER_VISIT)), lang, NULL);
    }
    if (limit->per != PER_VISIT || limit->whose != WHOSE_PERSON) {
        api_text(buf, whose[limit->whose], lang, NULL);
    }
}

static void say_seats(buf_t *buf, const registry_limit_t *limit, lang_t lang)
{
    buf_t most = {0}, least = {0};
    bool range = limit->least > 0 && limit->least < limit->most;
    span_t arguments[API_ARGUMENTS_MAX] = {counted(&most, limit->most * 1000, &people, lang),
                                           counted(&least, limit->least * 1000, NULL, lang),
                                           SPAN_NONE};
    api_text(buf,
             range                         ? API_TEXT_SEATS_RANGE
             : limit->least == limit->most ? API_TEXT_SEATS_EXACT
                                           : API_TEXT_SEATS_MOST,
             lang, arguments);
    buf->failed = buf->failed || most.failed || least.failed;
    buf_free(&most);
    buf_free(&least);
}

static void say(buf_t *buf, const registry_limit_t *limit, const registry_unit_t *unit, lang_t lang)
{
    static const api_text_t whose[] = {API_TEXT_COUNT, API_TEXT_IN_HOUSEHOLD, API_TEXT_IN_CASE};
    buf_t amount = {0};
    span_t arguments[API_ARGUMENTS_MAX] = {SPAN_NONE, SPAN_NONE, SPAN_NONE};
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
        api_text(buf, limit->kind == LIMIT_GAP ? API_TEXT_GAP : API_TEXT_LOAN, lang, arguments);
        if (limit->kind == LIMIT_LOAN && limit->extensions > 0) {
            bool once = lang == LANG_EN && limit->extensions == 1;
            int64_t extensions = INT64_C(1000) * limit->extensions;
            arguments[0] = once ? SPAN("once") : counted(&amount, extensions, &times, lang);
            api_text(buf, API_TEXT_LOAN_EXTENDED, lang, arguments);
        }
        break;
    case LIMIT_SEATS:
        say_seats(buf, limit, lang);
        break;
    case LIMIT_ITEMS:
        arguments[0] = counted(&amount, limit->most * 1000, NULL, lang);
        api_text(buf, API_TEXT_AT_MOST, lang, arguments);
        api_text(buf, API_TEXT_AT_ONCE, lang, NULL);
        break;
    }
    bool counts = limit->kind == LIMIT_UNITS || limit->kind == LIMIT_VISITS;
    if (!counts && limit->whose != WHOSE_PERSON) {
        api_text(buf, whose[limit->whose], lang, NULL);
    }
    buf->failed = buf->failed || amount.failed;
    buf_free(&amount);
}

static void named_int(json_writer_t *writer, const char *name, int64_t number)
{
    json_name(writer, name);
    json_int(writer, number);
}

static void length_of_time(json_writer_t *writer, const registry_limit_t *limit)
{
    if (limit->gap_months > 0) {
        named_int(writer, "months", limit->gap_months);
    } else {
        named_int(writer, "days", limit->gap_days);
    }
}

static void sizes(json_writer_t *writer, const registry_limit_t *limit)
{
    switch (limit->kind) {
    case LIMIT_UNITS:
        json_name(writer, "most");
        json_thousandths(writer, limit->most);
        break;
    case LIMIT_VISITS:
    case LIMIT_ITEMS:
        named_int(writer, "most", limit->most);
        break;
    case LIMIT_GAP:
        length_of_time(writer, limit);
        break;
    case LIMIT_SEATS:
        named_int(writer, "least", limit->least);
        named_int(writer, "most", limit->most);
        break;
    case LIMIT_LOAN:
        length_of_time(writer, limit);
        named_int(writer, "extensions", limit->extensions);
        break;
    }
}

void api_part_limits_of(json_writer_t *writer, const registry_value_t *value,
                        const registry_unit_t *unit, lang_t lang)
{
    static const char *const kinds[] = {"units", "visits", "gap", "seats", "loan", "items"};
    buf_t sentence = {0};
    json_array(writer);
    for (size_t i = 0; i < value->count; i++) {
        const registry_limit_t *limit = &value->limits[i];
        buf_clear(&sentence);
        say(&sentence, limit, unit, lang);
        json_object(writer);
        json_name(writer, "kind");
        json_text(writer, span_of(kinds[limit->kind]));
        json_name(writer, "text");
        json_text(writer, buf_span(&sentence));
        sizes(writer, limit);
        if (limit->per != PER_NONE) {
            json_name(writer, "per");
            json_text(writer, span_of(registry_per_name(limit->per)));
        }
        json_name(writer, "whose");
        json_text(writer, span_of(registry_whose_name(limit->whose)));
        json_object_end(writer);
    }
    json_array_end(writer);
    writer->buf->failed = writer->buf->failed || sentence.failed;
    buf_free(&sentence);
}
