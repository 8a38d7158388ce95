/* One value of a field as kinds.def has it, read from JSON. */
#include "office/inside.h"

#include "rules/rules.h"

enum { UNITS_MAX = 1000000000 };

typedef struct {
    office_call_t *call;
    const ipus_field_t *field;
    ipus_kind_t kind;
    int place;
    const cJSON *node;
    ipus_value_t *value;
} taking_t;

static bool wrong(const taking_t *taking, office_detail_t detail, span_t argument, span_t nearest)
{
    office_mistake_in(taking->call, detail, taking->field->name, argument, nearest);
    return false;
}

/* In normal form, so that its characters are counted as people count them. */
static span_t composed(office_call_t *call, span_t text)
{
    buf_t made = {0};
    if (text.at == NULL) {
        return text;
    }
    text_compose(&made, text);
    call->no_memory = call->no_memory || made.failed;
    span_t kept = made.failed ? text : office_keep(call, buf_span(&made));
    buf_free(&made);
    return kept;
}

static bool take_text(taking_t *taking)
{
    span_t text = composed(taking->call, json_string(taking->node));
    bool lines = taking->field->type == IPUS_LINES;
    if (text.at == NULL || !text_is_plain(text, lines)) {
        return wrong(taking, OFFICE_DETAIL_WANT_TEXT, SPAN_NONE, SPAN_NONE);
    }
    if (span_trim(text).len == 0) {
        return wrong(taking, OFFICE_DETAIL_EMPTY, SPAN_NONE, SPAN_NONE);
    }
    if (text_characters(text) > taking->field->max) {
        buf_t most = {0};
        buf_int(&most, (int64_t)taking->field->max);
        wrong(taking, OFFICE_DETAIL_TOO_LONG, buf_span(&most), SPAN_NONE);
        buf_free(&most);
        return false;
    }
    taking->value->text = office_keep(taking->call, text);
    return taking->value->text.at != NULL;
}

/* The two texts of a person that have a form of their own. */
static bool take_person_text(taking_t *taking)
{
    if (!take_text(taking)) {
        return false;
    }
    span_t text = taking->value->text;
    date_t date = DATE_NONE;
    uint64_t number = 0;
    bool woman = false;
    if (taking->place == PERSON_BIRTH_DATE && !date_parse(text, &date)) {
        return wrong(taking, OFFICE_DETAIL_WANT_DATE, SPAN_NONE, SPAN_NONE);
    }
    if (taking->place == PERSON_PESEL &&
        (text.len != 11 || !span_number(text, UINT64_C(99999999999), &number) ||
         rules_pesel((int64_t)number, &date, &woman) != RULES_VALUE_FINE)) {
        return wrong(taking, OFFICE_DETAIL_CHECKSUM, SPAN_NONE, SPAN_NONE);
    }
    return true;
}

static bool take_json(taking_t *taking)
{
    buf_t text = {0};
    json_writer_t writer = {&text, false};
    json_tree(&writer, taking->node);
    bool fits = !text.failed && text_characters(buf_span(&text)) <= taking->field->max;
    if (text.failed) {
        taking->call->no_memory = true;
    } else if (fits) {
        taking->value->text = office_keep(taking->call, buf_span(&text));
    } else {
        wrong(taking, OFFICE_DETAIL_TOO_LONG, SPAN("2000"), SPAN_NONE);
    }
    buf_free(&text);
    return fits && taking->value->text.at != NULL;
}

static bool is_service(const office_call_t *call, span_t id)
{
    bool known = false;
    return registry_service_on(call->programme, id, call->today, &known) != NULL || known;
}

static span_t nearest_service(const office_call_t *call, span_t id)
{
    enum { SERVICES_MAX = 256 };
    const char *names[SERVICES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < call->programme->service_count && count < SERVICES_MAX; i++) {
        span_t kept = office_keep((office_call_t *)call, call->programme->services[i].id);
        if (kept.at != NULL) {
            names[count++] = kept.at;
        }
    }
    return span_of(text_nearest(id, names, count));
}

static bool take_service(taking_t *taking)
{
    span_t id = json_string(taking->node);
    if (id.at == NULL || !is_service(taking->call, id)) {
        return wrong(taking, OFFICE_DETAIL_WANT_SERVICE, SPAN_NONE,
                     id.at == NULL ? SPAN_NONE : nearest_service(taking->call, id));
    }
    taking->value->text = office_keep(taking->call, id);
    return taking->value->text.at != NULL;
}

static bool take_services(taking_t *taking)
{
    if (!cJSON_IsArray(taking->node)) {
        return wrong(taking, OFFICE_DETAIL_WANT_SERVICES, SPAN_NONE, SPAN_NONE);
    }
    buf_t ids = {0};
    bool fine = true;
    for (const cJSON *item = taking->node->child; item != NULL && fine; item = item->next) {
        span_t id = json_string(item);
        fine = id.at != NULL && is_service(taking->call, id);
        if (!fine) {
            wrong(taking, OFFICE_DETAIL_WANT_SERVICE, SPAN_NONE,
                  id.at == NULL ? SPAN_NONE : nearest_service(taking->call, id));
        }
        buf_add(&ids, ids.len > 0 ? SPAN(" ") : SPAN(""));
        buf_add(&ids, id);
    }
    if (fine && ids.len > taking->field->max) {
        fine = wrong(taking, OFFICE_DETAIL_TOO_LONG, SPAN("400"), SPAN_NONE);
    }
    taking->value->text = office_keep(taking->call, buf_span(&ids));
    buf_free(&ids);
    return fine && taking->value->text.at != NULL;
}

static bool take_fact(taking_t *taking)
{
    span_t id = json_string(taking->node);
    int place = id.at == NULL ? -1 : registry_fact(taking->call->programme, id);
    if (place < 0 || taking->call->programme->facts[place]->of_order) {
        return wrong(taking, OFFICE_DETAIL_WANT_FACT, SPAN_NONE, SPAN_NONE);
    }
    taking->value->text = office_keep(taking->call, id);
    return taking->value->text.at != NULL;
}

static bool take_type(taking_t *taking)
{
    span_t id = json_string(taking->node);
    if (id.at == NULL || registry_term(taking->call->programme->providers, id) == NULL) {
        return wrong(taking, OFFICE_DETAIL_WANT_TYPE, SPAN_NONE, SPAN_NONE);
    }
    taking->value->text = office_keep(taking->call, id);
    return taking->value->text.at != NULL;
}

static bool take_number(taking_t *taking)
{
    int64_t number = 0;
    if (!json_integer(taking->node, &number) || number < 0 || number > UNITS_MAX) {
        return wrong(taking, OFFICE_DETAIL_WANT_NUMBER, SPAN("1000000000"), SPAN_NONE);
    }
    taking->value->number = number;
    return true;
}

static bool take_units(taking_t *taking)
{
    int64_t number = 0;
    bool exact = false;
    if (!json_thousandths_of(taking->node, &number, &exact) || !exact || number <= 0 ||
        number > (int64_t)UNITS_MAX * 1000) {
        return wrong(taking, OFFICE_DETAIL_WANT_UNITS, SPAN_NONE, SPAN_NONE);
    }
    taking->value->number = number;
    return true;
}

/* A correction may take off: "-12.50". */
static bool take_money(taking_t *taking)
{
    int64_t grosze = 0;
    span_t text = json_string(taking->node);
    bool minus = text.len > 1 && text.at[0] == '-';
    bool fine =
        minus ? money_parse(span_from(text, 1), &grosze) : json_money_of(taking->node, &grosze);
    grosze = minus ? -grosze : grosze;
    if (!fine || grosze > MONEY_MAX || grosze < -MONEY_MAX ||
        (grosze < 0 && taking->kind != IPUS_CORRECTION)) {
        return wrong(taking, OFFICE_DETAIL_WANT_MONEY, SPAN_NONE, SPAN_NONE);
    }
    taking->value->number = grosze;
    return true;
}

static bool take_date(taking_t *taking)
{
    date_t date = DATE_NONE;
    span_t text = json_string(taking->node);
    if (text.at == NULL || !date_parse(text, &date)) {
        return wrong(taking, OFFICE_DETAIL_WANT_DATE, SPAN_NONE, SPAN_NONE);
    }
    taking->value->number = date.days;
    return true;
}

static bool take_flag(taking_t *taking)
{
    if (!cJSON_IsBool(taking->node)) {
        return wrong(taking, OFFICE_DETAIL_WANT_FLAG, SPAN_NONE, SPAN_NONE);
    }
    taking->value->number = cJSON_IsTrue(taking->node);
    return true;
}

static bool take_choice(taking_t *taking)
{
    span_t name = json_string(taking->node);
    int place = name.at == NULL ? -1 : ipus_choice_place(taking->field->choices, name);
    if (place < 0) {
        return wrong(taking, OFFICE_DETAIL_WANT_CHOICE, span_of(taking->field->choices), SPAN_NONE);
    }
    taking->value->number = place;
    return true;
}

static bool take_ref(taking_t *taking)
{
    int64_t id = 0;
    if (!json_integer(taking->node, &id) || id <= 0) {
        return wrong(taking, OFFICE_DETAIL_WANT_REF, SPAN_NONE, SPAN_NONE);
    }
    taking->value->number = id;
    return true;
}

bool office_take_value(office_call_t *call, ipus_kind_t kind, int field, const cJSON *node,
                       ipus_value_t *value)
{
    static bool (*const takers[])(taking_t * taking) = {
        [IPUS_TEXT] = take_text,          [IPUS_LINES] = take_text,
        [IPUS_JSON] = take_json,          [IPUS_SERVICE] = take_service,
        [IPUS_SERVICES] = take_services,  [IPUS_FACT] = take_fact,
        [IPUS_PROVIDER_TYPE] = take_type, [IPUS_NUMBER] = take_number,
        [IPUS_UNITS] = take_units,        [IPUS_MONEY] = take_money,
        [IPUS_DATE] = take_date,          [IPUS_TIME] = take_number,
        [IPUS_FLAG] = take_flag,          [IPUS_CHOICE] = take_choice,
        [IPUS_STATE] = take_choice,       [IPUS_REF] = take_ref,
    };
    const ipus_field_t *spec = &ipus_kind(kind)->fields[field];
    taking_t taking = {call, spec, kind, field, node, value};
    *value = (ipus_value_t){.is = IPUS_KNOWN};
    bool taken = kind == IPUS_PERSON && (field == PERSON_PESEL || field == PERSON_BIRTH_DATE)
                     ? take_person_text(&taking)
                     : takers[spec->type](&taking);
    if (!taken) {
        value->is = IPUS_NONE;
    }
    return taken;
}
