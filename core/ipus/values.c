/* What may be given for a field: by its type, whatever the step. */
#include "base/text.h"
#include "ipus/work.h"

static const ipus_field_t *field_of(const ipus_work_t *work, int field)
{
    return &ipus_kind(work->row.kind)->fields[field];
}

static bool refuse(ipus_work_t *work, ipus_refusal_code_t code, int field, span_t second,
                   span_t third)
{
    return ipus_work_refuse(work, code, field, span_of(field_of(work, field)->name), second, third);
}

/* ---- numbers --------------------------------------------------------------------------------- */

typedef struct {
    int64_t least, most;
    const char *least_text, *most_text;
} bounds_t;

static bool within(ipus_work_t *work, int field)
{
    static const bounds_t all[] = {
        [IPUS_NUMBER] = {0, 1000000000, "0", "1000000000"},
        [IPUS_UNITS] = {1, 1000000000, "0.001", "1000000"},
        [IPUS_MONEY] = {-MONEY_MAX, MONEY_MAX, "-100000000.00", "100000000.00"},
        [IPUS_DATE] = {-25567, 84370, "1900-01-01", "2200-12-31"},
        [IPUS_TIME] = {0, INT64_C(7289654399999), "1970-01-01", "2200-12-31"},
        [IPUS_FLAG] = {0, 1, "0", "1"},
        [IPUS_REF] = {1, INT64_MAX, "1", "9223372036854775807"},
    };
    const ipus_field_t *spec = field_of(work, field);
    const bounds_t *bounds = &all[spec->type];
    int64_t number = work->row.at[field].number;
    if (number < bounds->least || number > bounds->most) {
        return refuse(work, IPUS_OUT_OF_RANGE, field, span_of(bounds->least_text),
                      span_of(bounds->most_text));
    }
    if ((spec->flags & IPUS_HAPPENED) != 0 && number > work->command->today.days) {
        return refuse(work, IPUS_DAY_TO_COME, field, SPAN_NONE, SPAN_NONE);
    }
    return true;
}

static bool chosen(ipus_work_t *work, int field)
{
    const char *choices = field_of(work, field)->choices;
    int64_t place = work->row.at[field].number;
    return (place >= 0 && ipus_choice(choices, place).at != NULL) ||
           refuse(work, IPUS_NO_SUCH_CHOICE, field, span_of(choices), SPAN_NONE);
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* The record keeps texts in normal form, one line without blanks that nobody sees. */
static bool one_form(ipus_work_t *work, int field, bool lines)
{
    buf_t made = {0};
    span_t *text = &work->row.at[field].text;
    if (lines) {
        text_compose(&made, *text);
    } else {
        text_tidy(&made, *text);
    }
    *text = made.failed ? SPAN_NONE : arena_copy(work->record->arena, buf_span(&made));
    buf_free(&made);
    return ipus_work_fine(work, text->at == NULL ? IPUS_BROKEN : IPUS_FINE);
}

static bool written(ipus_work_t *work, int field)
{
    const ipus_field_t *spec = field_of(work, field);
    span_t text = work->row.at[field].text;
    bool lines = spec->type == IPUS_LINES || spec->type == IPUS_JSON;
    if (!text_is_plain(text, lines)) {
        return refuse(work, IPUS_TEXT_NOT_PLAIN, field, SPAN_NONE, SPAN_NONE);
    }
    if (span_trim(text).len == 0) {
        return refuse(work, IPUS_TEXT_EMPTY, field, SPAN_NONE, SPAN_NONE);
    }
    if (spec->type != IPUS_JSON && !one_form(work, field, lines)) {
        return false;
    }
    text = work->row.at[field].text;
    return text_characters(text) <= spec->max ||
           refuse(work, IPUS_TEXT_TOO_LONG, field, ipus_work_number(work, (int64_t)spec->max),
                  SPAN_NONE);
}

/* In some version, whatever the day: what is ordered on a day is asked of that day's version. */
static bool offered(ipus_work_t *work, int field, span_t id)
{
    bool known = false;
    date_t today = work->command->today;
    return registry_service_on(work->command->programme, id, today, &known) != NULL || known ||
           ipus_work_refuse(work, IPUS_NO_SUCH_SERVICE, field, id, ipus_work_date(work, today),
                            SPAN_NONE);
}

static bool all_offered(ipus_work_t *work, int field)
{
    span_t rest = work->row.at[field].text, id = SPAN_NONE;
    while (span_cut(&rest, ' ', &id)) {
        if (!offered(work, field, id)) {
            return false;
        }
    }
    return true;
}

static bool named(ipus_work_t *work, int field)
{
    const registry_programme_t *programme = work->command->programme;
    span_t text = work->row.at[field].text;
    switch (field_of(work, field)->type) {
    case IPUS_SERVICE:
        return offered(work, field, text);
    case IPUS_SERVICES:
        return all_offered(work, field);
    case IPUS_FACT:
        return registry_fact(programme, text) >= 0 ||
               ipus_work_refuse(work, IPUS_NO_SUCH_FACT, field, text, SPAN_NONE, SPAN_NONE);
    case IPUS_PROVIDER_TYPE:
        return registry_term(programme->providers, text) != NULL ||
               ipus_work_refuse(work, IPUS_NO_SUCH_PROVIDER_TYPE, field, text, SPAN_NONE,
                                SPAN_NONE);
    default:
        return true;
    }
}

bool ipus_work_value(ipus_work_t *work, int field)
{
    ipus_type_t type = field_of(work, field)->type;
    if (ipus_is_text(type)) {
        return written(work, field) && named(work, field);
    }
    return type == IPUS_CHOICE || type == IPUS_STATE ? chosen(work, field) : within(work, field);
}

bool ipus_work_period(ipus_work_t *work, int begins, int ends)
{
    date_t from = ipus_date(&work->row, begins), to = ipus_date(&work->row, ends);
    if (date_is_none(from) || date_is_none(to) || !date_before(to, from)) {
        return true;
    }
    return ipus_work_refuse(work, IPUS_PERIOD_REVERSED, ends, ipus_work_date(work, from),
                            ipus_work_date(work, to), SPAN_NONE);
}
