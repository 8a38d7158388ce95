/* The members of a service, for the list and for GET /v1/{programme}/services/{service}. */
#include "api/inside.h"

typedef struct {
    json_writer_t *writer;
    const api_call_t *call;
    const registry_service_t *service;
    bool in_force;
    bool left_told;
    tell_left_t left; /* when it is told */
} item_t;

/* Worked out once for all members that tell of it. */
static const tell_left_t *left_of(item_t *item)
{
    if (!item->left_told) {
        tell_t asked = api_asked(item->call);
        item->left = tell_left(&asked, item->service, item->in_force);
        item->left_told = true;
    }
    return &item->left;
}

static void put_id(item_t *item)
{
    json_text(item->writer, item->service->id);
}

static void put_number(item_t *item)
{
    json_int(item->writer, item->service->number);
}

static void text_or_null(item_t *item, const texts_t *texts)
{
    span_t text = texts_in(texts, item->call->lang);
    if (text.len > 0) {
        json_text(item->writer, text);
    } else {
        json_null(item->writer);
    }
}

static void put_name(item_t *item)
{
    text_or_null(item, &item->service->name);
}

static void put_summary(item_t *item)
{
    text_or_null(item, registry_text_on(&item->service->summary, item->call->on));
}

static void put_package(item_t *item)
{
    api_part_term(item->writer, item->service->package, item->call->lang);
}

static void put_areas(item_t *item)
{
    api_part_terms(item->writer, item->service->areas, item->service->area_count, item->call->lang);
}

static void put_groups(item_t *item)
{
    api_part_terms(item->writer, item->service->groups, item->service->group_count,
                   item->call->lang);
}

static void put_place(item_t *item)
{
    api_part_term(item->writer, item->service->place, item->call->lang);
}

static void put_providers(item_t *item)
{
    api_part_terms(item->writer, item->service->providers, item->service->provider_count,
                   item->call->lang);
}

static void put_unit(item_t *item)
{
    const registry_unit_t *unit = item->service->unit;
    if (unit == NULL) {
        json_null(item->writer);
        return;
    }
    json_object(item->writer);
    json_name(item->writer, "id");
    json_text(item->writer, unit->id);
    api_part_text(item->writer, "name", &unit->name, item->call->lang);
    json_object_end(item->writer);
}

static void put_price(item_t *item)
{
    api_part_price(item->writer, item->call, item->service);
}

static void put_free(item_t *item)
{
    tell_t asked = api_asked(item->call);
    json_bool(item->writer, tell_free(&asked, item->service));
}

static void put_pool(item_t *item)
{
    api_part_pool(item->writer, left_of(item));
}

static void put_available(item_t *item)
{
    json_bool(item->writer, left_of(item)->available);
}

static void put_limits(item_t *item)
{
    api_part_limits(item->writer, item->call, item->service);
}

static void put_order_ahead(item_t *item)
{
    api_part_order_ahead(item->writer, item->call, item->service);
}

static void put_parameters(item_t *item)
{
    api_part_parameters(item->writer, item->service->parameters, item->service->unit,
                        item->call->lang);
}

static void put_hours(item_t *item)
{
    api_part_hours(item->writer, item->service);
}

static void put_documents(item_t *item)
{
    api_part_documents(item->writer, item->call, item->service);
}

static void put_exclusions(item_t *item)
{
    api_part_notes(item->writer, item->service->exclusions, item->service->exclusion_count,
                   item->call->on, item->call->lang);
}

static void put_notes(item_t *item)
{
    api_part_notes(item->writer, item->service->notes, item->service->note_count, item->call->on,
                   item->call->lang);
}

static void put_eligibility(item_t *item)
{
    const api_service_view_t *view = api_view_service(item->call->view, item->service);
    json_array(item->writer);
    for (size_t i = 0; i < item->service->check_count; i++) {
        size_t piece = api_piece(view->check_at, i, &item->service->checks[i].text, item->call->on);
        json_raw(item->writer, view->in[item->call->lang].checks[piece]);
        json_object_end(item->writer);
    }
    json_array_end(item->writer);
}

static void put_fee(item_t *item)
{
    const api_call_t *call = item->call;
    api_part_fee(item->writer, call->programme,
                 registry_fee_on(call->programme, item->service, call->on), call->on, call->lang);
}

static void put_asks(item_t *item)
{
    json_array(item->writer);
    for (size_t i = 0; i < item->service->ask_count; i++) {
        json_text(item->writer, item->call->programme->facts[item->service->asks[i]]->id);
    }
    json_array_end(item->writer);
}

static void put_waiting(item_t *item)
{
    if (item->service->waiting.len > 0) {
        json_text(item->writer, item->service->waiting);
    } else {
        json_null(item->writer);
    }
}

static void put_criteria(item_t *item)
{
    json_array(item->writer);
    for (size_t i = 0; i < item->service->criterion_count; i++) {
        const registry_criterion_t *criterion = &item->service->criteria[i];
        json_object(item->writer);
        api_part_criterion(item->writer, criterion, item->call->on, item->call->lang);
        json_object_end(item->writer);
    }
    json_array_end(item->writer);
}

static void put_goal(item_t *item)
{
    text_or_null(item, &item->service->goal);
}

static void put_challenges(item_t *item)
{
    api_part_terms(item->writer, item->service->challenges, item->service->challenge_count,
                   item->call->lang);
}

static void put_modes(item_t *item)
{
    api_part_terms(item->writer, item->service->modes, item->service->mode_count, item->call->lang);
}

static void name_or_null(item_t *item, const char *name)
{
    if (name != NULL) {
        json_text(item->writer, span_of(name));
    } else {
        json_null(item->writer);
    }
}

static void put_change(item_t *item)
{
    name_or_null(item, registry_change_name(item->service->change));
}

static void put_charge(item_t *item)
{
    name_or_null(item, registry_charge_name(item->service->charge));
}

static void put_basis(item_t *item)
{
    json_object(item->writer);
    for (size_t i = 0; i < BASIS_COUNT; i++) {
        if (item->service->basis[i].text.at == NULL) {
            continue;
        }
        json_name(item->writer, registry_basis_names[i]);
        json_object(item->writer);
        api_part_basis(item->writer, &item->service->basis[i]);
        json_object_end(item->writer);
    }
    json_object_end(item->writer);
}

static void put_examples(item_t *item)
{
    json_int(item->writer, (int64_t)api_view_service(item->call->view, item->service)->examples);
}

static void put_revision(item_t *item)
{
    json_int(item->writer, item->service->revision);
}

static void put_version(item_t *item)
{
    json_text(item->writer, item->service->version);
}

static void put_from(item_t *item)
{
    json_date(item->writer, item->service->from);
}

static void put_file(item_t *item)
{
    json_text(item->writer, item->service->file);
}

static void put_in_force(item_t *item)
{
    json_bool(item->writer, item->in_force);
}

static void put_earliest(item_t *item)
{
    json_date(item->writer, left_of(item)->earliest);
}

static void put_links(item_t *item)
{
    static const char *const ends[] = {
        "self",           "",      "availability", "/availability", "questionnaire",
        "/questionnaire", "quote", "/quote"};
    json_object(item->writer);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i += 2) {
        json_name(item->writer, ends[i]);
        /* Ids are [a-z0-9-]: nothing to escape. */
        json_raw(item->writer, SPAN("\"/v1/"));
        buf_add(item->writer->buf, item->call->programme->id);
        buf_literal(item->writer->buf, "/services/");
        buf_add(item->writer->buf, item->service->id);
        buf_add(item->writer->buf, span_of(ends[i + 1]));
        buf_byte(item->writer->buf, '"');
    }
    json_object_end(item->writer);
}

static const struct {
    const char *name;
    bool in_list; /* without being asked for */
    void (*put)(item_t *item);
} members[] = {
    {"id", true, put_id},
    {"number", true, put_number},
    {"name", true, put_name},
    {"summary", true, put_summary},
    {"in_force", true, put_in_force},
    {"package", true, put_package},
    {"areas", true, put_areas},
    {"groups", true, put_groups},
    {"place", true, put_place},
    {"providers", true, put_providers},
    {"goal", false, put_goal},
    {"challenges", false, put_challenges},
    {"change", false, put_change},
    {"modes", false, put_modes},
    {"unit", true, put_unit},
    {"price", true, put_price},
    {"free", true, put_free},
    {"pool", true, put_pool},
    {"available", true, put_available},
    {"earliest", false, put_earliest},
    {"limits", false, put_limits},
    {"order_ahead", false, put_order_ahead},
    {"parameters", false, put_parameters},
    {"hours", false, put_hours},
    {"documents", false, put_documents},
    {"exclusions", false, put_exclusions},
    {"notes", false, put_notes},
    {"eligibility", false, put_eligibility},
    {"fee", false, put_fee},
    {"charge", false, put_charge},
    {"asks", false, put_asks},
    {"waiting", false, put_waiting},
    {"waiting_criteria", false, put_criteria},
    {"basis", false, put_basis},
    {"examples", true, put_examples},
    {"revision", true, put_revision},
    {"version", true, put_version},
    {"from", false, put_from},
    {"file", false, put_file},
    {"links", true, put_links},
};
enum { MEMBERS = sizeof members / sizeof *members };
_Static_assert(MEMBERS < 64, "a bit each");

size_t api_member_count(void)
{
    return MEMBERS;
}

const char *api_member_name(size_t member)
{
    return members[member].name;
}

uint64_t api_members_default(int of)
{
    uint64_t bits = 0;
    for (size_t i = 0; i < MEMBERS; i++) {
        if (of == API_MEMBERS_ALL || members[i].in_list) {
            bits |= UINT64_C(1) << i;
        }
    }
    return bits;
}

void api_part_members(json_writer_t *writer, const api_call_t *call,
                      const registry_service_t *service, bool in_force, uint64_t chosen)
{
    item_t item;
    item.writer = writer;
    item.call = call;
    item.service = service;
    item.in_force = in_force;
    item.left_told = false;
    for (size_t i = 0; i < MEMBERS; i++) {
        if (i == 0 || (chosen >> i & 1)) {
            json_name(writer, members[i].name);
            members[i].put(&item);
        }
    }
}

/* What the answer's beginning already says. */
static uint64_t without_in_force(uint64_t chosen)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        if (members[i].put == put_in_force) {
            chosen &= ~(UINT64_C(1) << i);
        }
    }
    return chosen;
}

void api_on_service(http_exchange_t *exchange, const http_request_t *request, void *context)
{
    api_call_t call;
    if (!api_begin(&call, context, exchange, request) ||
        !api_take_query(&call, API_TAKES_ON | API_TAKES_FIELDS) || !api_take_service(&call)) {
        return;
    }
    uint64_t chosen = call.query.fields != 0 ? call.query.fields : api_members_default(1);
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    api_part_service_day(&writer, &call, call.service, call.service_in_force);
    api_part_members(&writer, &call, call.service, call.service_in_force, without_in_force(chosen));
    json_object_end(&writer);
    api_send(&call);
}
