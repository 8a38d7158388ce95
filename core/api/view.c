/* A generation's texts, put into JSON once per language, so that a quote only copies them. What
 * reads the same in the views of several programmes is there once. */
#include "api/inside.h"

#include <stdlib.h>

enum { CHUNK = 64 * 1024 };

/* What a view is built with: one growing buffer and lists, whose contents are then kept. */
typedef struct {
    api_view_t *view;
    arena_t *scratch;
    buf_t buf;
    bool failed;
} building_t;

static json_writer_t start(building_t *building)
{
    buf_clear(&building->buf);
    return (json_writer_t){&building->buf, false};
}

static const void *hold(building_t *building, span_t bytes)
{
    void *block = building->failed ? NULL : shared_take(building->view->shared, bytes, NULL);
    if (block == NULL) {
        building->failed = true;
        return NULL;
    }
    buf_add(&building->view->held, (span_t){(const char *)&block, sizeof block});
    if (building->view->held.failed) {
        shared_give(building->view->shared, block);
        building->failed = true;
        return NULL;
    }
    return block;
}

static span_t keep(building_t *building)
{
    building->failed = building->failed || building->buf.failed;
    span_t bytes = buf_span(&building->buf);
    return (span_t){hold(building, bytes), building->failed ? 0 : bytes.len};
}

/* A list to be filled in and then kept. */
static void *several(building_t *building, size_t count, size_t size)
{
    void *made = count == 0 ? NULL : arena_array(building->scratch, count, size);
    building->failed = building->failed || (made == NULL && count > 0);
    return made;
}

static span_t *spans(building_t *building, size_t count)
{
    return several(building, count, sizeof(span_t));
}

static const void *keep_list(building_t *building, const void *list, size_t count, size_t size)
{
    return building->failed || count == 0 ? NULL : hold(building, (span_t){list, count * size});
}

#define KEEP_LIST(list, count) keep_list(building, list, count, sizeof *(list))

static const char *keep_name(building_t *building, span_t name)
{
    return hold(building, name);
}

/* ---- facts ----------------------------------------------------------------------------------- */

static void bounds(json_writer_t *writer, const registry_fact_t *fact, lang_t lang)
{
    switch (fact->type) {
    case FACT_INTEGER:
    case FACT_DECIMAL:
    case FACT_MONEY:
    case FACT_DATE:
        json_name(writer, "min");
        verdict_value_add(writer, fact, fact->min);
        json_name(writer, "max");
        verdict_value_add(writer, fact, fact->max);
        break;
    case FACT_CHOICE:
        json_name(writer, "values");
        json_array(writer);
        for (size_t i = 0; i < fact->values.count; i++) {
            api_part_term(writer, &fact->values.at[i], lang);
        }
        json_array_end(writer);
        break;
    case FACT_BOOLEAN:
    case FACT_PESEL:
        break;
    }
    if (fact->type == FACT_DECIMAL) {
        json_name(writer, "step");
        json_thousandths(writer, fact->step);
    }
}

static span_t question(building_t *building, const registry_fact_t *fact, lang_t lang)
{
    json_writer_t writer = start(building);
    json_object(&writer);
    json_name(&writer, "id");
    json_text(&writer, fact->id);
    api_part_text(&writer, "question", &fact->question, lang);
    api_part_text(&writer, "name", &fact->name, lang);
    api_part_text(&writer, "help", &fact->help, lang);
    json_name(&writer, "type");
    json_text(&writer, span_of(registry_fact_type_name(fact->type)));
    json_name(&writer, "about");
    json_text(&writer, fact->of_order ? SPAN("order") : SPAN("person"));
    bounds(&writer, fact, lang);
    json_name(&writer, "sensitivity");
    json_text(&writer, span_of(registry_sensitivity_name(fact->sensitivity)));
    api_part_text(&writer, "source", &fact->source, lang);
    json_name(&writer, "known_to");
    json_text(&writer, fact->known_to_office ? SPAN("office") : SPAN("person"));
    return keep(building);
}

static const char *choice_names(building_t *building, const registry_fact_t *fact)
{
    start(building);
    for (size_t i = 0; i < fact->values.count; i++) {
        buf_add(&building->buf, i > 0 ? SPAN(", ") : SPAN(""));
        buf_add(&building->buf, fact->values.at[i].id);
    }
    return keep(building).at;
}

/* Facts by the hash of their id. */
static void build_table(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    size_t size = 16;
    while (size < programme->fact_count * 4) {
        size *= 2;
    }
    uint16_t *table = several(building, size, sizeof *table);
    for (size_t i = 0; i < programme->fact_count && !building->failed; i++) {
        size_t slot = (size_t)span_hash(programme->facts[i]->id) & (size - 1);
        while (table[slot] != 0) {
            slot = (slot + 1) & (size - 1);
        }
        table[slot] = (uint16_t)(i + 1);
    }
    view->table = KEEP_LIST(table, size);
    view->table_mask = size - 1;
}

static void build_facts(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    size_t count = programme->fact_count;
    const char **names = several(building, count, sizeof *names);
    const char **choices = several(building, count, sizeof *choices);
    for (size_t i = 0; i < count && !building->failed; i++) {
        const registry_fact_t *fact = programme->facts[i];
        names[i] = keep_name(building, fact->id);
        choices[i] = fact->values.count > 0 ? choice_names(building, fact) : "";
    }
    view->fact_names = KEEP_LIST(names, count);
    view->choices = KEEP_LIST(choices, count);
    for (lang_t lang = 0; lang < LANG_COUNT && !building->failed; lang++) {
        span_t *questions = spans(building, count);
        for (size_t i = 0; i < count && !building->failed; i++) {
            questions[i] = question(building, programme->facts[i], lang);
        }
        view->questions[lang] = KEEP_LIST(questions, count);
    }
    build_table(building);
}

int api_view_fact(const api_view_t *view, span_t id)
{
    size_t slot = (size_t)span_hash(id) & view->table_mask;
    while (view->table[slot] != 0) {
        int place = view->table[slot] - 1;
        if (span_equal(view->programme->facts[place]->id, id)) {
            return place;
        }
        slot = (slot + 1) & view->table_mask;
    }
    return -1;
}

/* ---- reliefs and outcomes -------------------------------------------------------------------- */

static span_t relief(building_t *building, const registry_relief_t *of, size_t place, lang_t lang)
{
    json_writer_t writer = start(building);
    json_object(&writer);
    json_name(&writer, "id");
    json_text(&writer, of->id);
    api_part_text(&writer, "text", registry_text_at(&of->text, place), lang);
    api_part_basis(&writer, &of->basis);
    return keep(building);
}

static void build_reliefs(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    size_t count = programme->relief_count;
    uint32_t *at = several(building, count + 1, sizeof *at);
    for (size_t i = 0; i < count && at != NULL; i++) {
        at[i + 1] = at[i] + 1 + (uint32_t)programme->reliefs[i].text.later_count;
    }
    for (lang_t lang = 0; lang < LANG_COUNT && !building->failed; lang++) {
        span_t *kept = spans(building, at[count]);
        for (size_t i = 0; i < count && !building->failed; i++) {
            for (size_t place = 0; place < at[i + 1] - at[i]; place++) {
                kept[at[i] + place] = relief(building, &programme->reliefs[i], place, lang);
            }
        }
        view->reliefs[lang] = KEEP_LIST(kept, at[count]);
    }
    view->relief_at = KEEP_LIST(at, count + 1);
}

/* What may stand inside a JSON text: escaped, without its quotes. */
static span_t inner_text(building_t *building, span_t text)
{
    json_writer_t writer = start(building);
    json_text(&writer, text);
    span_t kept = keep(building);
    return kept.len < 2 ? SPAN_NONE : (span_t){kept.at + 1, kept.len - 2};
}

static span_t sentence(building_t *building, api_text_t text, lang_t lang)
{
    buf_t plain = {0};
    api_text(&plain, text, lang, NULL);
    building->failed = building->failed || plain.failed;
    span_t kept = plain.failed ? SPAN_NONE : inner_text(building, buf_span(&plain));
    buf_free(&plain);
    return kept;
}

static void build_outcomes(building_t *building)
{
    static const api_text_t texts[3] = {[RULES_NO] = API_TEXT_OUTCOME_NO,
                                        [RULES_YES] = API_TEXT_OUTCOME_YES,
                                        [RULES_UNKNOWN] = API_TEXT_OUTCOME_UNKNOWN};
    api_view_t *view = building->view;
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < 3; i++) {
            view->outcome_texts[lang][i] = sentence(building, texts[i], lang);
        }
        view->unmet[lang] = sentence(building, API_TEXT_UNMET, lang);
        view->blocked[lang] = sentence(building, API_TEXT_BLOCKED, lang);
    }
}

/* ---- services -------------------------------------------------------------------------------- */

static span_t head(building_t *building, const registry_service_t *service, lang_t lang)
{
    json_writer_t writer = start(building);
    json_name(&writer, "service");
    json_text(&writer, service->id);
    api_part_text(&writer, "name", &service->name, lang);
    json_name(&writer, "number");
    json_int(&writer, service->number);
    json_name(&writer, "version");
    json_text(&writer, service->version);
    json_name(&writer, "revision");
    json_int(&writer, service->revision);
    return keep(building);
}

static span_t check(building_t *building, const registry_check_t *of, size_t place, lang_t lang)
{
    json_writer_t writer = start(building);
    tell_check_t told = tell_check(of, place, lang);
    json_object(&writer);
    json_name(&writer, "id");
    json_text(&writer, told.id);
    api_part_span(&writer, "text", told.text);
    api_part_basis(&writer, told.basis);
    json_name(&writer, "facts");
    json_array(&writer);
    for (size_t i = 0; i < told.fact_count; i++) {
        json_text(&writer, building->view->programme->facts[told.facts[i]]->id);
    }
    json_array_end(&writer);
    return keep(building);
}

static const span_t *prices(building_t *building, const registry_service_t *service, lang_t lang)
{
    size_t count = service->price == NULL ? 0 : service->price->count;
    span_t *kept = spans(building, count);
    for (size_t i = 0; i < count && !building->failed; i++) {
        json_writer_t writer = start(building);
        json_money(&writer, service->price->rows[i].value.number, lang);
        kept[i] = keep(building);
    }
    return KEEP_LIST(kept, count);
}

static const span_t *limits(building_t *building, const registry_service_t *service, lang_t lang)
{
    size_t count = service->limits == NULL ? 0 : service->limits->count;
    span_t *kept = spans(building, count);
    for (size_t i = 0; i < count && !building->failed; i++) {
        json_writer_t writer = start(building);
        api_part_limit_row(&writer, &service->limits->rows[i], service->unit, lang);
        kept[i] = keep(building);
    }
    return KEEP_LIST(kept, count);
}

/* Checks, and their texts as reasons, for every day on which they read otherwise. */
static void build_checks(building_t *building, const uint32_t *check_at,
                         const registry_service_t *service, lang_t lang,
                         api_service_pieces_t *pieces)
{
    size_t count = check_at[service->check_count];
    span_t *checks = spans(building, count), *reasons = spans(building, count);
    for (size_t i = 0; i < service->check_count && !building->failed; i++) {
        const registry_check_t *of = &service->checks[i];
        for (size_t place = 0; place < check_at[i + 1] - check_at[i]; place++) {
            size_t at = check_at[i] + place;
            checks[at] = check(building, of, place, lang);
            span_t reason = tell_check(of, place, lang).text;
            reason.len -= reason.len > 0 && reason.at[reason.len - 1] == '.' ? 1 : 0;
            reasons[at] = inner_text(building, reason);
        }
    }
    pieces->checks = KEEP_LIST(checks, count);
    pieces->reasons = KEEP_LIST(reasons, count);
}

static const uint32_t *check_places(building_t *building, const registry_service_t *service)
{
    uint32_t *at = several(building, service->check_count + 1, sizeof *at);
    for (size_t i = 0; i < service->check_count && at != NULL; i++) {
        at[i + 1] = at[i] + 1 + (uint32_t)service->checks[i].text.later_count;
    }
    return KEEP_LIST(at, service->check_count + 1);
}

static bool documents_mention(const registry_service_t *service)
{
    bool mention = false;
    for (size_t i = 0; i < service->document_count; i++) {
        mention = mention || service->documents[i].text.later_count > 0;
    }
    return mention;
}

static span_t documents(building_t *building, const registry_service_t *service, lang_t lang)
{
    json_writer_t writer = start(building);
    api_part_notes(&writer, service->documents, service->document_count,
                   building->view->programme->from, lang);
    return keep(building);
}

static const bool *may_order(building_t *building, const registry_service_t *service)
{
    const registry_programme_t *programme = building->view->programme;
    bool *may = several(building, programme->fact_count, sizeof *may);
    if (may == NULL) {
        return NULL;
    }
    verdict_may_order(programme, service, may);
    return KEEP_LIST(may, programme->fact_count);
}

static void build_service(building_t *building, api_service_view_t *kept,
                          const registry_service_t *service)
{
    kept->check_at = check_places(building, service);
    kept->documents_mention = documents_mention(service);
    for (lang_t lang = 0; lang < LANG_COUNT && !building->failed; lang++) {
        api_service_pieces_t *pieces = &kept->in[lang];
        pieces->head = head(building, service, lang);
        build_checks(building, kept->check_at, service, lang, pieces);
        pieces->prices = prices(building, service, lang);
        pieces->limits = limits(building, service, lang);
        pieces->documents = documents(building, service, lang);
    }
    kept->may_order = may_order(building, service);
    kept->examples = api_examples_of_service(service);
    building->view->examples += kept->examples;
}

static void build_services(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    size_t count = programme->service_count;
    const char **names = several(building, count, sizeof *names);
    view->services = calloc(count + 1, sizeof *view->services);
    building->failed = building->failed || view->services == NULL;
    for (size_t i = 0; i < count && !building->failed; i++) {
        names[i] = keep_name(building, programme->services[i].id);
        build_service(building, &view->services[i], &programme->services[i]);
    }
    view->service_names = KEEP_LIST(names, count);
}

/* ---- the alphabet ---------------------------------------------------------------------------- */

typedef struct {
    span_t key;
    size_t place;
} ranked_t;

static int by_key(const void *left, const void *right)
{
    const ranked_t *a = left, *b = right;
    int order = span_compare(a->key, b->key);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static void build_ranks(building_t *building)
{
    const registry_programme_t *programme = building->view->programme;
    size_t count = programme->service_count;
    ranked_t *ranked = several(building, count, sizeof *ranked);
    for (lang_t lang = 0; lang < LANG_COUNT && !building->failed && count > 0; lang++) {
        for (size_t i = 0; i < count; i++) {
            start(building);
            api_collate(&building->buf, texts_in(&programme->services[i].name, lang));
            ranked[i] = (ranked_t){arena_copy(building->scratch, buf_span(&building->buf)), i};
            building->failed = building->failed || ranked[i].key.at == NULL;
        }
        if (!building->failed) {
            qsort(ranked, count, sizeof *ranked, by_key);
        }
        for (size_t i = 0; i < count && !building->failed; i++) {
            building->view->services[ranked[i].place].rank[lang] = (uint16_t)i;
        }
    }
}

api_view_t *api_view_new(shared_t *shared, plugin_generation_t *generation)
{
    api_view_t *view = calloc(1, sizeof *view);
    if (view == NULL) {
        return NULL;
    }
    view->generation = plugin_retain(generation);
    view->programme = plugin_programme(generation);
    view->shared = shared_retain(shared);
    building_t building = {.view = view, .scratch = arena_new(CHUNK)};
    building.failed = building.scratch == NULL;
    void (*const steps[])(building_t *) = {build_facts, build_reliefs, build_outcomes,
                                           build_services, build_ranks};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !building.failed; i++) {
        steps[i](&building);
    }
    view->examples += api_examples_of_programme(view->programme);
    buf_free(&building.buf);
    arena_free(building.scratch);
    if (building.failed) {
        api_view_free(view);
        return NULL;
    }
    return view;
}

void api_view_free(api_view_t *view)
{
    if (view != NULL) {
        void **held = (void *)view->held.at;
        for (size_t i = 0; i < view->held.len / sizeof *held; i++) {
            shared_give(view->shared, held[i]);
        }
        shared_release(view->shared);
        buf_free(&view->held);
        free(view->services);
        plugin_release(view->generation);
        free(view);
    }
}

api_view_t *api_view_of(api_t *api, const plugin_slot_t *slot)
{
    api_view_t **place = &api->views[slot->seat];
    if (slot->serving == NULL) {
        return NULL;
    }
    if (*place == NULL || (*place)->generation != slot->serving) {
        api_view_t *view = api_view_new(api->shared, slot->serving);
        if (view == NULL) {
            return NULL;
        }
        api_view_free(*place);
        *place = view;
    }
    return *place;
}
