/* A generation's texts, put into JSON once per language, so that a quote only copies them. */
#include "api/inside.h"

#include <stdlib.h>

enum { CHUNK = 64 * 1024 };

/* What a view is built with: one growing buffer, whose contents are then kept in the arena. */
typedef struct {
    api_view_t *view;
    buf_t buf;
    bool failed;
} building_t;

static json_writer_t start(building_t *building)
{
    buf_clear(&building->buf);
    return (json_writer_t){&building->buf, false};
}

static span_t keep(building_t *building)
{
    span_t kept = building->buf.failed
                      ? SPAN_NONE
                      : arena_copy(building->view->arena, buf_span(&building->buf));
    building->failed = building->failed || kept.at == NULL;
    return kept;
}

static void *several(building_t *building, size_t count, size_t size)
{
    void *made = count == 0 ? NULL : arena_array(building->view->arena, count, size);
    building->failed = building->failed || (made == NULL && count > 0);
    return made;
}

static span_t *spans(building_t *building, size_t count)
{
    return several(building, count, sizeof(span_t));
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
        api_part_fact_value(writer, fact, fact->min);
        json_name(writer, "max");
        api_part_fact_value(writer, fact, fact->max);
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

static void build_facts(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    view->fact_names = several(building, programme->fact_count, sizeof(const char *));
    view->choices = several(building, programme->fact_count, sizeof(const char *));
    size_t size = 16;
    while (size < programme->fact_count * 4) {
        size *= 2;
    }
    view->table = several(building, size, sizeof *view->table);
    view->table_mask = size - 1;
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        view->questions[lang] = spans(building, programme->fact_count);
    }
    for (size_t i = 0; i < programme->fact_count && !building->failed; i++) {
        const registry_fact_t *fact = &programme->facts[i];
        view->fact_names[i] = arena_copy(view->arena, fact->id).at;
        view->choices[i] = fact->values.count > 0 ? choice_names(building, fact) : "";
        for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
            view->questions[lang][i] = question(building, fact, lang);
        }
        size_t slot = (size_t)span_hash(fact->id) & view->table_mask;
        while (view->table[slot] != 0) {
            slot = (slot + 1) & view->table_mask;
        }
        view->table[slot] = (uint16_t)(i + 1);
        building->failed = building->failed || view->fact_names[i] == NULL;
    }
}

int api_view_fact(const api_view_t *view, span_t id)
{
    size_t slot = (size_t)span_hash(id) & view->table_mask;
    while (view->table[slot] != 0) {
        int place = view->table[slot] - 1;
        if (span_equal(view->programme->facts[place].id, id)) {
            return place;
        }
        slot = (slot + 1) & view->table_mask;
    }
    return -1;
}

/* ---- reliefs and outcomes -------------------------------------------------------------------- */

static void build_reliefs(building_t *building)
{
    const registry_programme_t *programme = building->view->programme;
    uint32_t *at = several(building, programme->relief_count + 1, sizeof *at);
    building->view->relief_at = at;
    for (size_t i = 0; i < programme->relief_count && at != NULL; i++) {
        at[i + 1] = at[i] + 1 + (uint32_t)programme->reliefs[i].text.later_count;
    }
    if (at == NULL) {
        return;
    }
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        span_t *kept = spans(building, at[programme->relief_count]);
        building->view->reliefs[lang] = kept;
        for (size_t i = 0; i < programme->relief_count && !building->failed; i++) {
            const registry_relief_t *relief = &programme->reliefs[i];
            for (size_t place = 0; place <= relief->text.later_count; place++) {
                json_writer_t writer = start(building);
                json_object(&writer);
                json_name(&writer, "id");
                json_text(&writer, relief->id);
                api_part_text(&writer, "text", registry_text_at(&relief->text, place), lang);
                api_part_basis(&writer, &relief->basis);
                kept[at[i] + place] = keep(building);
            }
        }
    }
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
    json_object(&writer);
    json_name(&writer, "id");
    json_text(&writer, of->id);
    api_part_text(&writer, "text", registry_text_at(&of->text, place), lang);
    api_part_basis(&writer, &of->basis);
    json_name(&writer, "facts");
    json_array(&writer);
    for (size_t i = 0; i < of->fact_count; i++) {
        json_text(&writer, building->view->programme->facts[of->facts[i]].id);
    }
    json_array_end(&writer);
    return keep(building);
}

static void build_rows(building_t *building, api_service_view_t *kept,
                       const registry_service_t *service, lang_t lang)
{
    size_t prices = service->price == NULL ? 0 : service->price->count;
    size_t limits = service->limits == NULL ? 0 : service->limits->count;
    kept->prices[lang] = spans(building, prices);
    kept->limits[lang] = spans(building, limits);
    for (size_t i = 0; i < prices && !building->failed; i++) {
        json_writer_t writer = start(building);
        json_money(&writer, service->price->rows[i].value.number, lang);
        kept->prices[lang][i] = keep(building);
    }
    for (size_t i = 0; i < limits && !building->failed; i++) {
        json_writer_t writer = start(building);
        api_part_limit_row(&writer, &service->limits->rows[i], service->unit, lang);
        kept->limits[lang][i] = keep(building);
    }
}

/* A check, and its text as a reason, for every day on which it reads otherwise. */
static void build_check(building_t *building, const api_service_view_t *kept,
                        const registry_service_t *service, size_t i, lang_t lang)
{
    const registry_check_t *of = &service->checks[i];
    for (size_t place = 0; place <= of->text.later_count; place++) {
        size_t at = kept->check_at[i] + place;
        kept->checks[lang][at] = check(building, of, place, lang);
        span_t reason = texts_in(registry_text_at(&of->text, place), lang);
        reason.len -= reason.len > 0 && reason.at[reason.len - 1] == '.' ? 1 : 0;
        kept->reasons[lang][at] = inner_text(building, reason);
    }
}

static void build_check_places(building_t *building, api_service_view_t *kept,
                               const registry_service_t *service)
{
    kept->check_at = several(building, service->check_count + 1, sizeof *kept->check_at);
    for (size_t i = 0; i < service->check_count && kept->check_at != NULL; i++) {
        kept->check_at[i + 1] =
            kept->check_at[i] + 1 + (uint32_t)service->checks[i].text.later_count;
    }
    for (size_t i = 0; i < service->document_count; i++) {
        kept->documents_mention =
            kept->documents_mention || service->documents[i].text.later_count > 0;
    }
}

static void build_texts(building_t *building, api_service_view_t *kept,
                        const registry_service_t *service, lang_t lang)
{
    if (building->failed) {
        return;
    }
    size_t pieces = kept->check_at[service->check_count];
    kept->head[lang] = head(building, service, lang);
    kept->checks[lang] = spans(building, pieces);
    kept->reasons[lang] = spans(building, pieces);
    for (size_t i = 0; i < service->check_count && !building->failed; i++) {
        build_check(building, kept, service, i, lang);
    }
    build_rows(building, kept, service, lang);
    json_writer_t writer = start(building);
    api_part_notes(&writer, service->documents, service->document_count,
                   building->view->programme->from, lang);
    kept->documents[lang] = keep(building);
}

static void build_order(building_t *building, api_service_view_t *kept,
                        const registry_service_t *service)
{
    const registry_programme_t *programme = building->view->programme;
    kept->may_order = several(building, programme->fact_count, sizeof(bool));
    if (kept->may_order == NULL) {
        return;
    }
    int facts[RULES_FACTS_MAX];
    size_t count = rules_questions(programme, service, facts, RULES_FACTS_MAX);
    for (size_t i = 0; i < count; i++) {
        kept->may_order[facts[i]] = true;
    }
    for (size_t i = 0; i < service->ask_count; i++) {
        kept->may_order[service->asks[i]] = true;
    }
    for (size_t i = 0; i < service->check_count; i++) {
        for (size_t j = 0; j < service->checks[i].fact_count; j++) {
            kept->may_order[service->checks[i].facts[j]] = true;
        }
    }
    if (service->quantity >= 0) {
        kept->may_order[service->quantity] = true;
    }
    if (service->times != NULL) {
        kept->may_order[*service->times] = true;
    }
}

static void build_services(building_t *building)
{
    api_view_t *view = building->view;
    const registry_programme_t *programme = view->programme;
    view->services = several(building, programme->service_count, sizeof *view->services);
    view->service_names = several(building, programme->service_count, sizeof(const char *));
    for (size_t i = 0; i < programme->service_count && !building->failed; i++) {
        const registry_service_t *service = &programme->services[i];
        api_service_view_t *kept = &view->services[i];
        view->service_names[i] = arena_copy(view->arena, service->id).at;
        building->failed = view->service_names[i] == NULL;
        build_check_places(building, kept, service);
        for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
            build_texts(building, kept, service, lang);
        }
        build_order(building, kept, service);
        json_writer_t writer = start(building);
        if (service->fee != NULL) {
            api_part_span(&writer, "basis", service->fee->basis.text);
        } else {
            api_part_span(&writer, "basis", SPAN_NONE);
        }
        kept->fee_basis = keep(building);
        kept->examples = api_examples_of_service(service);
        view->examples += kept->examples;
    }
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
            ranked[i] = (ranked_t){keep(building), i};
        }
        if (!building->failed) {
            qsort(ranked, count, sizeof *ranked, by_key);
        }
        for (size_t i = 0; i < count && !building->failed; i++) {
            building->view->services[ranked[i].place].rank[lang] = (uint16_t)i;
        }
    }
}

api_view_t *api_view_new(plugin_generation_t *generation)
{
    api_view_t *view = calloc(1, sizeof *view);
    if (view == NULL) {
        return NULL;
    }
    view->generation = plugin_retain(generation);
    view->programme = plugin_programme(generation);
    view->arena = arena_new(CHUNK);
    building_t building = {view, {0}, view->arena == NULL};
    void (*const steps[])(building_t *) = {build_facts, build_reliefs, build_outcomes,
                                           build_services, build_ranks};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !building.failed; i++) {
        steps[i](&building);
    }
    view->examples += api_examples_of_programme(view->programme);
    buf_free(&building.buf);
    if (building.failed) {
        api_view_free(view);
        return NULL;
    }
    return view;
}

void api_view_free(api_view_t *view)
{
    if (view != NULL) {
        if (view->arena != NULL) {
            arena_free(view->arena);
        }
        plugin_release(view->generation);
        free(view);
    }
}
