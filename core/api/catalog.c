/* The catalogue beside the services: each kind as a list, searched, filtered, paged, grouped, and
 * its items one by one. What members they have is told by registry_tables. */
#include "api/inside.h"

#include <stdlib.h>

static void put_text(json_writer_t *writer, const texts_t *texts, lang_t lang)
{
    json_text(writer, texts_in(texts, lang));
}

/* An empty cell is an empty list where there may be several, otherwise null. */
static void put_cell(json_writer_t *writer, const registry_column_t *column,
                     const registry_cell_t *cell, lang_t lang)
{
    bool list = column->type == COLUMN_TEXTS || column->type == COLUMN_TERMS ||
                column->type == COLUMN_LABELS;
    if (cell->count == 0 && !list) {
        json_null(writer);
        return;
    }
    switch (column->type) {
    case COLUMN_TEXT:
    case COLUMN_LINE:
    case COLUMN_LINK:
        put_text(writer, cell->in.texts, lang);
        break;
    case COLUMN_TEXTS:
        json_array(writer);
        for (size_t i = 0; i < cell->count; i++) {
            put_text(writer, &cell->in.texts[i], lang);
        }
        json_array_end(writer);
        break;
    case COLUMN_TERM:
    case COLUMN_LABEL:
        api_part_term(writer, cell->in.terms[0], lang);
        break;
    case COLUMN_TERMS:
    case COLUMN_LABELS:
        api_part_terms(writer, cell->in.terms, cell->count, lang);
        break;
    case COLUMN_YES_NO:
        json_bool(writer, cell->in.number != 0);
        break;
    case COLUMN_DATE:
        json_date(writer, (date_t){(int32_t)cell->in.number});
        break;
    }
}

static void put_members(json_writer_t *writer, const api_call_t *call, const registry_item_t *item)
{
    const registry_table_t *table = &registry_tables[call->kind];
    json_name(writer, "id");
    json_text(writer, item->id);
    for (size_t i = 0; i < table->count; i++) {
        json_name(writer, table->columns[i].name);
        put_cell(writer, &table->columns[i], &item->cells[i], call->lang);
    }
    api_part_basis(writer, &item->basis);
    json_name(writer, "link");
    api_part_link(writer, call->programme->id, table->name, item->id);
}

static void put_item(json_writer_t *writer, const api_call_t *call, const registry_item_t *item)
{
    json_object(writer);
    put_members(writer, call, item);
    json_object_end(writer);
}

/* ---- the list -------------------------------------------------------------------------------- */

typedef struct {
    const registry_item_t **at;
    size_t count;
} items_t;

static bool wanted(const api_query_t *query, const registry_item_t *item)
{
    for (size_t column = 0; column < CATALOG_COLUMNS_MAX; column++) {
        bool any = query->chosen_counts[column] == 0;
        for (size_t i = 0; i < query->chosen_counts[column] && !any; i++) {
            any = registry_cell_has(&item->cells[column], query->chosen[column][i]->id);
        }
        if (!any) {
            return false;
        }
    }
    return true;
}

static void consider(const api_call_t *call, items_t *items, const registry_item_t *item)
{
    if (wanted(&call->query, item)) {
        items->at[items->count++] = item;
    }
}

/* In the table's order, or best hits first; false without memory. */
static bool collect(const api_call_t *call, items_t *items)
{
    const registry_catalog_t *catalog = registry_catalog(call->programme, call->kind);
    const registry_search_t *search = plugin_search(call->view->generation);
    span_t text = {call->query.text, call->query.text_len};
    size_t *places = text.len > 0 ? calloc(catalog->count + 1, sizeof *places) : NULL;
    items->at = calloc(catalog->count + 1, sizeof(registry_item_t *));
    bool fine = items->at != NULL && (text.len == 0 || places != NULL);
    if (fine && text.len == 0) {
        for (size_t i = 0; i < catalog->count; i++) {
            consider(call, items, &catalog->items[i]);
        }
    } else if (fine && search != NULL) {
        registry_range_t range = registry_catalog_range(call->programme, call->kind);
        size_t hits = registry_search_range(search, text, range, places, catalog->count);
        for (size_t i = 0; i < hits; i++) {
            consider(call, items, &catalog->items[places[i] - range.first]);
        }
    }
    free(places);
    return fine;
}

/* An item with several words in the column stands under each of them. */
static void put_groups(json_writer_t *writer, const api_call_t *call, const items_t *items,
                       registry_range_t page)
{
    size_t column = call->query.group_column;
    registry_terms_t terms = registry_column_terms(call->programme, call->kind, column);
    json_array(writer);
    for (size_t i = 0; i < terms.count; i++) {
        size_t total = 0;
        for (size_t k = 0; k < items->count; k++) {
            total += registry_cell_has(&items->at[k]->cells[column], terms.at[i].id) ? 1 : 0;
        }
        if (total == 0) {
            continue;
        }
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, terms.at[i].id);
        api_part_text(writer, "name", &terms.at[i].name, call->lang);
        json_name(writer, "total");
        json_int(writer, (int64_t)total);
        json_name(writer, "items");
        json_array(writer);
        for (size_t k = page.first; k < page.end; k++) {
            if (registry_cell_has(&items->at[k]->cells[column], terms.at[i].id)) {
                put_item(writer, call, items->at[k]);
            }
        }
        json_array_end(writer);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void put_list(json_writer_t *writer, const api_call_t *call, const items_t *items)
{
    json_object(writer);
    json_name(writer, "programme");
    json_text(writer, call->programme->id);
    registry_range_t page = api_part_page(writer, &call->query, items->count);
    if (call->query.group_column != CATALOG_COLUMNS_MAX) {
        json_name(writer, "groups");
        put_groups(writer, call, items, page);
    } else {
        json_name(writer, "items");
        json_array(writer);
        for (size_t i = page.first; i < page.end; i++) {
            put_item(writer, call, items->at[i]);
        }
        json_array_end(writer);
    }
    json_object_end(writer);
}

/* Finds the programme and its table. False when it has answered. */
static bool begin(api_call_t *call, api_t *api, http_exchange_t *exchange,
                  const http_request_t *request, registry_kind_t kind)
{
    if (!api_begin(call, api, exchange, request)) {
        return false;
    }
    call->kind = kind;
    bool faulty = registry_catalog(call->programme, kind)->faulty;
    if (faulty) {
        api_problem(call, API_PROBLEM_TABLE_NOT_SERVING, SPAN_NONE, SPAN_NONE);
    }
    return !faulty;
}

static void answer_list(http_exchange_t *exchange, const http_request_t *request, void *context,
                        registry_kind_t kind)
{
    api_call_t call;
    if (!begin(&call, context, exchange, request, kind) ||
        !api_take_query(&call, API_TAKES_CATALOG | API_TAKES_PAGE)) {
        return;
    }
    items_t items = {NULL, 0};
    if (!collect(&call, &items)) {
        free(items.at);
        api_problem(&call, API_PROBLEM_NO_MEMORY, SPAN_NONE, SPAN_NONE);
        return;
    }
    json_writer_t writer = api_open(&call);
    put_list(&writer, &call, &items);
    free(items.at);
    api_send(&call);
}

/* ---- one item -------------------------------------------------------------------------------- */

static void unknown_item(api_call_t *call, span_t id)
{
    const registry_catalog_t *catalog = registry_catalog(call->programme, call->kind);
    const char **names = calloc(catalog->count + 1, sizeof(const char *));
    for (size_t i = 0; i < catalog->count && names != NULL; i++) {
        names[i] = catalog->items[i].id.at; /* zero-terminated in the generation's arena */
    }
    span_t nearest = names == NULL ? SPAN_NONE : span_of(text_nearest(id, names, catalog->count));
    api_problem(call, API_PROBLEM_UNKNOWN_ITEM, SPAN_NONE, nearest);
    free(names);
}

static void answer_item(http_exchange_t *exchange, const http_request_t *request, void *context,
                        registry_kind_t kind)
{
    api_call_t call;
    if (!begin(&call, context, exchange, request, kind) || !api_take_query(&call, 0)) {
        return;
    }
    span_t id = request->parameters[1];
    const registry_item_t *item = registry_item(registry_catalog(call.programme, kind), id);
    if (item == NULL) {
        unknown_item(&call, id);
        return;
    }
    json_writer_t writer = api_open(&call);
    json_object(&writer);
    json_name(&writer, "programme");
    json_text(&writer, call.programme->id);
    put_members(&writer, &call, item);
    json_object_end(&writer);
    api_send(&call);
}

#define HANDLERS(list, item, kind)                                                                 \
    void api_on_##list(http_exchange_t *exchange, const http_request_t *request, void *context)    \
    {                                                                                              \
        answer_list(exchange, request, context, kind);                                             \
    }                                                                                              \
    void api_on_##item(http_exchange_t *exchange, const http_request_t *request, void *context)    \
    {                                                                                              \
        answer_item(exchange, request, context, kind);                                             \
    }
HANDLERS(external_services, external_service, CATALOG_EXTERNAL_SERVICES)
HANDLERS(activities, activity, CATALOG_ACTIVITIES)
HANDLERS(partners, partner, CATALOG_PARTNERS)
HANDLERS(bundles, bundle, CATALOG_BUNDLES)
