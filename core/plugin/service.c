/* A service's file. */
#include "plugin/reader.h"
#include "registry/head.h"

#include <stdio.h>

/* ---- words of the programme --------------------------------------------------------------------
 */

static const registry_term_t *term_of(load_t *load, const script_value_t *value, const char *key,
                                      registry_terms_t terms, const char *where)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_ID);
        return NULL;
    }
    const registry_term_t *found = registry_term(terms, value->text);
    if (found == NULL) {
        plugin_read_unknown_id(load, value, key, terms.count == 0 ? NULL : &terms.at[0].id,
                               terms.count, sizeof(registry_term_t), where);
    }
    return found;
}

static void read_term_list(load_t *load, const script_value_t *value, const char *key,
                           registry_terms_t terms, const char *where,
                           const registry_term_t *const **into, size_t *count)
{
    if (!plugin_read_is_list(load, value, key, 1)) {
        return;
    }
    const registry_term_t **list =
        plugin_load_new(load, value->item_count, sizeof(registry_term_t *));
    size_t used = 0;
    for (size_t i = 0; i < value->item_count && list != NULL; i++) {
        list[used] = term_of(load, &value->items[i], key, terms, where);
        for (size_t k = 0; k < used && list[used] != NULL; k++) {
            if (list[k] == list[used]) {
                FAULT(load, value->items[i].line, TWICE, say(value->items[i].text));
            }
        }
        used += list[used] != NULL;
    }
    *into = list;
    *count = used;
}

#define IN_PROGRAMME "programme.lua"

static void read_package(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    service->package = term_of(load, value, key, load->programme->packages, IN_PROGRAMME);
}

static void read_place(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    service->place = term_of(load, value, key, load->programme->places, IN_PROGRAMME);
}

static void read_areas(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    read_term_list(load, value, key, load->programme->areas, "act.lua", &service->areas,
                   &service->area_count);
}

static void read_groups(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    read_term_list(load, value, key, load->programme->groups, IN_PROGRAMME, &service->groups,
                   &service->group_count);
}

static void read_providers(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    read_term_list(load, value, key, load->programme->providers, IN_PROGRAMME, &service->providers,
                   &service->provider_count);
}

static void read_challenges(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    read_term_list(load, value, key, load->programme->challenges, IN_PROGRAMME,
                   &service->challenges, &service->challenge_count);
}

static void read_modes(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    read_term_list(load, value, key, load->programme->modes, IN_PROGRAMME, &service->modes,
                   &service->mode_count);
}

static void read_change(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"new", "more"};
    *(registry_change_t *)into =
        (registry_change_t)(CHANGE_NEW + plugin_read_choice(load, value, key, names, 2));
}

static void read_charge(load_t *load, const script_value_t *value, const char *key, void *into)
{
    static const char *const names[] = {"case", "party"};
    *(registry_charge_t *)into =
        (registry_charge_t)(FEE_OF_CASE + plugin_read_choice(load, value, key, names, 2));
}

static void read_unit(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    const registry_programme_t *programme = load->programme;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_ID);
        return;
    }
    for (size_t i = 0; i < programme->unit_count; i++) {
        if (span_equal(programme->units[i].id, value->text)) {
            service->unit = &programme->units[i];
            return;
        }
    }
    plugin_read_unknown_id(load, value, key,
                           programme->unit_count == 0 ? NULL : &programme->units[0].id,
                           programme->unit_count, sizeof(registry_unit_t), IN_PROGRAMME);
}

/* ---- facts of the order ------------------------------------------------------------------------
 */

static int order_fact(load_t *load, const script_value_t *value, const char *key)
{
    int fact = plugin_read_fact(load, value, key);
    if (fact >= 0 && !load->programme->facts[fact]->of_order) {
        FAULT(load, value->line, NOT_ORDER_FACT, say(load->programme->facts[fact]->id));
        return -1;
    }
    return fact;
}

static int countable(load_t *load, const script_value_t *value, const char *key, bool whole)
{
    int fact = order_fact(load, value, key);
    const registry_fact_t *of = fact < 0 ? NULL : load->programme->facts[fact];
    if (of != NULL && of->type != FACT_INTEGER && (whole || of->type != FACT_DECIMAL)) {
        FAULT(load, value->line, NOT_COUNTABLE, say(of->id));
        return -1;
    }
    return fact;
}

/* One fact, or two that are multiplied: { "items", "months" }. */
static void read_quantity(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    if (value->kind != SCRIPT_TABLE) {
        service->quantity = countable(load, value, key, false);
        return;
    }
    if (!plugin_read_is_list(load, value, key, 2)) {
        return;
    }
    if (value->item_count != 2) {
        FAULT(load, value->line, ARGUMENTS, say_word(key), say_number(2),
              say_number((int64_t)value->item_count));
        return;
    }
    service->quantity = countable(load, &value->items[0], key, false);
    int times = countable(load, &value->items[1], key, true);
    if (times >= 0 && times == service->quantity) {
        FAULT(load, value->items[1].line, TWICE, say(value->items[1].text));
    }
    int *kept = times < 0 ? NULL : plugin_load_new(load, 1, sizeof(*kept));
    if (kept != NULL) {
        *kept = times;
    }
    service->times = kept;
}

static void read_asks(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    if (!plugin_read_is_list(load, value, key, 0)) {
        return;
    }
    int *asks = plugin_load_new(load, value->item_count, sizeof(*asks));
    size_t count = 0;
    for (size_t i = 0; i < value->item_count && asks != NULL; i++) {
        int fact = order_fact(load, &value->items[i], key);
        for (size_t k = 0; k < count && fact >= 0; k++) {
            if (asks[k] == fact) {
                FAULT(load, value->items[i].line, TWICE, say(value->items[i].text));
            }
        }
        asks[count] = fact;
        count += fact >= 0;
    }
    service->asks = asks;
    service->ask_count = count;
}

/* ---- hours -------------------------------------------------------------------------------------
 */

static int weekday_of(span_t name)
{
    static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int i = 0; i < 7; i++) {
        if (span_equal(name, span_of(names[i]))) {
            return i;
        }
    }
    return -1;
}

/* "mon-fri", "sat", "mon,wed,fri": a bit a day; 0 when it is not that. */
static uint8_t weekdays_of(span_t text)
{
    unsigned days = 0;
    span_t rest = text, part;
    while (span_cut(&rest, ',', &part)) {
        span_t ends = span_trim(part), first, last;
        span_cut(&ends, '-', &first);
        last = ends.at != NULL ? ends : first;
        int from = weekday_of(first), to = weekday_of(last);
        if (from < 0 || to < from) {
            return 0;
        }
        for (int day = from; day <= to; day++) {
            days |= 1U << day;
        }
    }
    return (uint8_t)days;
}

static void read_days(load_t *load, const script_value_t *value, const char *key, void *into)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_TEXT);
        return;
    }
    *(uint8_t *)into = weekdays_of(value->text);
    if (*(uint8_t *)into == 0) {
        FAULT(load, value->line, BAD_DAYS, say(value->text));
    }
}

static void read_time(load_t *load, const script_value_t *value, const char *key, void *into)
{
    uint64_t hours = 0, minutes = 0;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_TIME);
        return;
    }
    span_t text = value->text;
    if (text.len != 5 || text.at[2] != ':' || !span_number((span_t){text.at, 2}, 24, &hours) ||
        !span_number(span_from(text, 3), 59, &minutes) || hours * 60 + minutes > 24 * 60) {
        FAULT(load, value->line, BAD_TIME, say(text));
        return;
    }
    *(int16_t *)into = (int16_t)(hours * 60 + minutes);
}

SCHEMA(hours_schema, "hours", 0, {"days", true, read_days, offsetof(registry_hours_t, weekdays)},
       {"from", true, read_time, offsetof(registry_hours_t, from)},
       {"to", true, read_time, offsetof(registry_hours_t, to)},
       {"basis", true, plugin_read_basis, offsetof(registry_hours_t, basis)});

static void read_hours(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    if (!plugin_read_is_list(load, value, key, 0)) {
        return;
    }
    registry_hours_t *list = plugin_load_new(load, value->item_count, sizeof(*list));
    for (size_t i = 0; i < value->item_count && list != NULL; i++) {
        size_t raised = load->faults.raised;
        plugin_read_table(load, &value->items[i], key, &hours_schema, &list[i]);
        if (load->faults.raised == raised && list[i].to <= list[i].from) {
            FAULT(load, value->items[i].line, TIMES_ORDER,
                  say(plugin_read_field(&value->items[i], "to")->text),
                  say(plugin_read_field(&value->items[i], "from")->text));
        }
    }
    service->hours = list;
    service->hours_count = list == NULL ? 0 : value->item_count;
}

/* ---- the rest ----------------------------------------------------------------------------------
 */

#define BASIS(name, of)                                                                            \
    {                                                                                              \
        name, BASIS_##of < BASIS_GOAL, plugin_read_basis, BASIS_##of * sizeof(registry_basis_t)    \
    }
SCHEMA(basis_schema, "basis", 0, BASIS("name", NAME), BASIS("summary", SUMMARY),
       BASIS("package", PACKAGE), BASIS("areas", AREAS), BASIS("groups", GROUPS),
       BASIS("unit", UNIT), BASIS("place", PLACE), BASIS("providers", PROVIDERS),
       BASIS("goal", GOAL), BASIS("challenges", CHALLENGES), BASIS("change", CHANGE),
       BASIS("modes", MODES), BASIS("charge", CHARGE));

/* A value that may be left out has its basis when it is there, and only then. */
static void pair_bases(load_t *load, const script_value_t *table)
{
    const script_value_t *bases = plugin_read_field(table, "basis");
    for (size_t i = BASIS_GOAL; i < BASIS_COUNT && bases != NULL; i++) {
        const char *key = registry_basis_names[i];
        bool said = plugin_read_field(table, key) != NULL;
        if (said != (plugin_read_field(bases, key) != NULL)) {
            FAULT(load, bases->line, MISSING_KEY, say_word(key),
                  say_word(said ? "basis" : "service"), said ? say_noun(NOUN_TEXT) : say_word("…"));
        }
    }
}

static void read_bases(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_service_t *service = into;
    plugin_read_table(load, value, key, &basis_schema, service->basis);
}

static void read_parameters(load_t *load, const script_value_t *value, const char *key, void *into)
{
    (void)key;
    registry_service_t *service = into;
    plugin_parameters_read(load, value, true, &service->parameters);
    static const char *const names[] = {"price", "pool", "limits", "order_ahead"};
    const registry_parameter_t **const places[] = {&service->price, &service->pool,
                                                   &service->limits, &service->order_ahead};
    for (size_t i = 0; i < service->parameters.count; i++) {
        for (size_t k = 0; k < 4; k++) {
            if (span_equal(service->parameters.at[i].id, span_of(names[k]))) {
                *places[k] = &service->parameters.at[i];
            }
        }
    }
}

/* Texts that may mention a parameter: read when the parameters are there. */
static void read_mentioning(load_t *load, const script_value_t *table, registry_service_t *service)
{
    const script_value_t *summary = plugin_read_field(table, "summary");
    const struct {
        const char *key;
        const registry_note_t **notes;
        size_t *count;
    } lists[] = {{"documents", &service->documents, &service->document_count},
                 {"exclusions", &service->exclusions, &service->exclusion_count},
                 {"notes", &service->notes, &service->note_count}};
    if (summary != NULL) {
        plugin_mentions_read(load, summary, "summary", &service->summary);
        service->basis[BASIS_SUMMARY].example =
            service->basis[BASIS_SUMMARY].example || service->summary.example;
    }
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        const script_value_t *list = plugin_read_field(table, lists[i].key);
        if (list != NULL) {
            plugin_read_notes(load, list, lists[i].key, lists[i].notes, lists[i].count);
        }
    }
}

SCHEMA(service_schema, "service", 0, {"id", true, plugin_read_id, offsetof(registry_service_t, id)},
       {"revision", true, plugin_read_count, offsetof(registry_service_t, revision)},
       {"number", true, plugin_read_count, offsetof(registry_service_t, number)},
       {"from", false, NULL, 0},
       {"name", true, plugin_read_texts, offsetof(registry_service_t, name)},
       {"summary", true, NULL, 0}, {"package", true, read_package, 0},
       {"areas", true, read_areas, 0}, {"groups", true, read_groups, 0},
       {"place", true, read_place, 0}, {"providers", true, read_providers, 0},
       {"goal", false, plugin_read_texts, offsetof(registry_service_t, goal)},
       {"challenges", false, read_challenges, 0},
       {"change", false, read_change, offsetof(registry_service_t, change)},
       {"modes", false, read_modes, 0},
       {"charge", false, read_charge, offsetof(registry_service_t, charge)},
       {"unit", true, read_unit, 0}, {"quantity", false, read_quantity, 0},
       {"basis", true, read_bases, 0}, {"parameters", false, read_parameters, 0},
       {"hours", false, read_hours, 0}, {"eligibility", true, NULL, 0}, {"fee", false, NULL, 0},
       {"asks", false, read_asks, 0}, {"documents", false, NULL, 0}, {"exclusions", false, NULL, 0},
       {"notes", false, NULL, 0}, {"waiting", false, NULL, 0});

static void read_from(load_t *load, const file_t *file, const script_value_t *table,
                      registry_service_t *service)
{
    const script_value_t *from = plugin_read_field(table, "from");
    service->from = date_is_none(file->from) ? load->programme->from : file->from;
    if (from == NULL) {
        return;
    }
    date_t said = DATE_NONE;
    plugin_read_date(load, from, "from", &said);
    if (date_is_none(said)) {
        return;
    }
    if (!date_is_none(file->from) && !date_equal(said, file->from)) {
        char a[DATE_TEXT_LEN + 1], b[DATE_TEXT_LEN + 1];
        date_text(said, a);
        date_text(file->from, b);
        FAULT(load, from->line, FROM_FILE, say_word(a), say_word(b));
    }
    service->from = said;
}

static void read_eligibility(load_t *load, const script_value_t *value, registry_service_t *service)
{
    registry_check_t *list = arena_array(load->scratch, RULES_CHECKS_MAX, sizeof(*list));
    load->no_memory = load->no_memory || list == NULL;
    checks_t checks = {.at = list, .max = RULES_CHECKS_MAX};
    size_t raised = load->faults.raised;
    service->eligibility = list == NULL ? NULL : plugin_conditions_read(load, value, &checks);
    if (checks.count == 0 && load->faults.raised == raised) {
        FAULT(load, value->line, NO_CHECKS, say_word("eligibility"));
    }
    registry_check_t *kept = plugin_load_new(load, checks.count, sizeof(*kept));
    if (kept != NULL && list != NULL) {
        memcpy(kept, list, checks.count * sizeof(*kept));
        service->checks = kept;
        service->check_count = checks.count;
    }
}

int plugin_service_number_line(const script_value_t *value)
{
    bool table = value->item_count == 1 && value->items[0].kind == SCRIPT_TABLE;
    const script_value_t *number = table ? plugin_read_field(&value->items[0], "number") : NULL;
    return number == NULL ? 0 : number->line;
}

static bool needs_price(const load_t *load, const registry_service_t *service)
{
    const registry_programme_t *programme = load->programme;
    const registry_fee_t *fee = registry_fee_on(programme, service, service->from);
    bool needs = fee != NULL && plugin_fee_needs_price(load, fee);
    for (size_t i = 0; i < programme->head_count && service->fee == NULL; i++) {
        const registry_head_t *head = &programme->heads[i];
        needs = needs || (head->fee != NULL && !date_before(head->from, service->from) &&
                          plugin_fee_needs_price(load, head->fee));
    }
    return needs;
}

void plugin_service_read(load_t *load, const file_t *file, const script_value_t *value,
                         registry_service_t *service)
{
    const script_value_t *table = plugin_read_word(load, value, WORD_SERVICE);
    service->quantity = -1;
    service->from = load->programme->from;
    if (table == NULL) {
        return;
    }
    size_t raised = load->faults.raised;
    plugin_read_table(load, table, "service", &service_schema, service);
    if (service->id.at != NULL && !span_equal(service->id, file->id)) {
        FAULT(load, plugin_read_field(table, "id")->line, ID_FILE, say(service->id), say(file->id));
    }
    pair_bases(load, table);
    read_from(load, file, table, service);
    load->service = service;
    read_mentioning(load, table, service);
    const script_value_t *eligibility = plugin_read_field(table, "eligibility");
    const script_value_t *fee = plugin_read_field(table, "fee");
    const script_value_t *waiting = plugin_read_field(table, "waiting");
    if (eligibility != NULL) {
        read_eligibility(load, eligibility, service);
    }
    if (waiting != NULL) {
        plugin_waiting_read(load, waiting, service);
    }
    service->fee = fee != NULL ? plugin_fee_read(load, fee) : NULL;
    if (load->faults.raised == raised && service->price == NULL && needs_price(load, service)) {
        FAULT(load, fee != NULL ? fee->line : table->line, NO_PRICE, say(service->id));
    }
    load->service = NULL;
}
