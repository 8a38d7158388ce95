/* One walk over everything a programme is made of. It takes: a piece is copied, the pieces it
 * points to are put in shared blocks first, and then two copies are equal when their bytes are. Or
 * it gives back: a block that nobody else holds gives back what it points to.
 *
 * A unit or a parameter that something points to becomes a piece of its own there, so that a rule
 * is the same whatever else its file says. A term is what it is by its address: who points to one
 * points into the vocabulary and does not hold it, as the programme does. */
#include "registry/share.h"
#include "registry/catalog.h"
#include "registry/head.h"

enum {
    CHUNK = 64 * 1024,
    LENT_MAX = 7 + CATALOG_COLUMNS_MAX, /* vocabularies of a programme and of a table */
};

/* Where a list that is pointed into lay, and where it lies now. */
typedef struct {
    const char *from, *to;
    size_t size;
} lent_t;

typedef struct {
    shared_t *shared;
    arena_t *scratch;
    bool giving;
    bool failed;
    lent_t lent[LENT_MAX];
    size_t lent_count;
    const registry_column_t *columns; /* of the table that is walked */
    size_t column_count;
} walk_t;

typedef void each_t(walk_t *walk, void *piece);

static void each(walk_t *walk, void *list, size_t count, size_t size, each_t *visit)
{
    for (size_t i = 0; i < count && visit != NULL; i++) {
        visit(walk, (char *)list + i * size);
    }
}

static void *take(walk_t *walk, const void *list, size_t count, size_t size, each_t *visit)
{
    bool is_new = false;
    void *copy = arena_array(walk->scratch, count, size), *block = NULL;
    if (copy == NULL) {
        walk->failed = true;
        return NULL;
    }
    memcpy(copy, list, count * size);
    each(walk, copy, count, size, visit);
    if (!walk->failed) {
        block = shared_take(walk->shared, (span_t){copy, count * size}, &is_new);
        walk->failed = block == NULL;
    }
    if (!is_new) { /* the block that is there holds what it points to */
        walk->giving = true;
        each(walk, copy, count, size, visit);
        walk->giving = false;
    }
    return block;
}

static void give(walk_t *walk, void *list, size_t count, size_t size, each_t *visit)
{
    if (shared_is_last(list)) {
        each(walk, list, count, size, visit);
    }
    shared_give(walk->shared, list);
}

/* `place` is where the pointer to the list stands. Without memory what is not taken is NULL, and so
 * is not given back. */
static void hold(walk_t *walk, void *place, size_t count, size_t size, each_t *visit)
{
    void *list = NULL;
    memcpy(&list, place, sizeof list);
    if (walk->giving) {
        if (list != NULL) {
            give(walk, list, count, size, visit);
        }
        return;
    }
    list = list == NULL || count == 0 || walk->failed ? NULL : take(walk, list, count, size, visit);
    memcpy(place, &list, sizeof list);
}

#define HOLD(list, count, visit) hold(walk, &(list), count, sizeof *(list), visit)
/* Of a list of pointers. */
#define HOLD_EACH(list, count, visit) hold(walk, &(list), count, sizeof(void *), visit)

/* The same of a list that others point into. */
static void lend(walk_t *walk, void *place, size_t count, size_t size, each_t *visit)
{
    const char *from = NULL, *to = NULL;
    memcpy(&from, place, sizeof from);
    hold(walk, place, count, size, visit);
    memcpy(&to, place, sizeof to);
    if (!walk->giving && to != NULL) {
        walk->failed = walk->failed || walk->lent_count == LENT_MAX;
        if (!walk->failed) {
            walk->lent[walk->lent_count++] = (lent_t){from, to, count * size};
        }
    }
}

#define LEND(list, count, visit) lend(walk, &(list), count, sizeof *(list), visit)

static void borrow(walk_t *walk, void *place)
{
    const char *at = NULL;
    memcpy(&at, place, sizeof at);
    if (walk->giving || at == NULL) {
        return;
    }
    const lent_t *found = NULL;
    for (size_t i = 0; i < walk->lent_count && found == NULL; i++) {
        const lent_t *lent = &walk->lent[i];
        uintptr_t begin = (uintptr_t)lent->from, where = (uintptr_t)at;
        found = where >= begin && where - begin < lent->size ? lent : NULL;
    }
    walk->failed = walk->failed || found == NULL;
    at = found != NULL ? found->to + (at - found->from) : NULL;
    memcpy(place, &at, sizeof at);
}

/* Of a list of pointers. */
static void each_borrowed(walk_t *walk, void *piece)
{
    borrow(walk, piece);
}

static void each_text(walk_t *walk, void *piece)
{
    span_t *text = piece;
    if (text->len > 0) {
        HOLD(text->at, text->len, NULL);
    } else if (!walk->giving && text->at != NULL) {
        text->at = "";
    }
    text->len = walk->giving || text->at != NULL ? text->len : 0;
}

static void texts(walk_t *walk, texts_t *of)
{
    each(walk, of->in, LANG_COUNT, sizeof of->in[0], each_text);
}

static void each_texts(walk_t *walk, void *piece)
{
    texts(walk, piece);
}

static void basis(walk_t *walk, registry_basis_t *of)
{
    each_text(walk, &of->text);
}

static void each_text_row(walk_t *walk, void *piece)
{
    registry_text_row_t *row = piece;
    texts(walk, &row->text);
}

static void mentioning(walk_t *walk, registry_text_t *of)
{
    texts(walk, &of->text);
    HOLD(of->later, of->later_count, each_text_row);
}

static void each_note(walk_t *walk, void *piece)
{
    registry_note_t *note = piece;
    mentioning(walk, &note->text);
    basis(walk, &note->basis);
}

/* ---- vocabularies, facts, parameters --------------------------------------------------------- */

static void each_term(walk_t *walk, void *piece)
{
    registry_term_t *term = piece;
    each_text(walk, &term->id);
    texts(walk, &term->name);
    texts(walk, &term->summary);
    basis(walk, &term->basis);
}

static void each_unit(walk_t *walk, void *piece)
{
    registry_unit_t *unit = piece;
    each_text(walk, &unit->id);
    texts(walk, &unit->name);
    each(walk, unit->forms, 3, sizeof unit->forms[0], each_texts);
}

static void each_row(walk_t *walk, void *piece)
{
    registry_row_t *row = piece;
    registry_value_t *value = &row->value;
    each_text(walk, &value->text);
    HOLD(value->limits, value->count, NULL);
    HOLD(value->steps, value->count, NULL);
    basis(walk, &row->basis);
}

static void each_parameter(walk_t *walk, void *piece)
{
    registry_parameter_t *parameter = piece;
    each_text(walk, &parameter->id);
    HOLD(parameter->rows, parameter->count, each_row);
}

static void each_node(walk_t *walk, void *piece);

/* Of a list of pointers to nodes. */
static void each_child(walk_t *walk, void *piece)
{
    hold(walk, piece, 1, sizeof(registry_node_t), each_node);
}

static void each_node(walk_t *walk, void *piece)
{
    registry_node_t *node = piece;
    HOLD(node->low.parameter, 1, each_parameter);
    HOLD(node->high.parameter, 1, each_parameter);
    HOLD(node->members, node->member_count, NULL);
    HOLD_EACH(node->children, node->child_count, each_child);
}

static void each_fact(walk_t *walk, void *piece)
{
    registry_fact_t *fact = piece;
    each_text(walk, &fact->id);
    texts(walk, &fact->name);
    texts(walk, &fact->question);
    texts(walk, &fact->help);
    texts(walk, &fact->source);
    HOLD(fact->values.at, fact->values.count, each_term);
    HOLD(fact->derive_node, 1, each_node);
}

/* Of a list of pointers to facts. */
static void each_fact_held(walk_t *walk, void *piece)
{
    hold(walk, piece, 1, sizeof(registry_fact_t), each_fact);
}

static void each_fee(walk_t *walk, void *piece)
{
    registry_fee_t *fee = piece;
    HOLD(fee->percent.parameter, 1, each_parameter);
    HOLD(fee->amount.parameter, 1, each_parameter);
    HOLD(fee->steps, 1, each_parameter);
    HOLD(fee->facts, fee->fact_count, NULL);
    basis(walk, &fee->basis);
}

static void each_relief(walk_t *walk, void *piece)
{
    registry_relief_t *relief = piece;
    each_text(walk, &relief->id);
    mentioning(walk, &relief->text);
    basis(walk, &relief->basis);
    HOLD(relief->percent.parameter, 1, each_parameter);
    HOLD(relief->when, 1, each_node);
    HOLD(relief->facts, relief->fact_count, NULL);
}

/* ---- services -------------------------------------------------------------------------------- */

static void each_check(walk_t *walk, void *piece)
{
    registry_check_t *check = piece;
    each_text(walk, &check->id);
    mentioning(walk, &check->text);
    basis(walk, &check->basis);
    HOLD(check->node, 1, each_node);
    HOLD(check->facts, check->fact_count, NULL);
}

static void each_criterion(walk_t *walk, void *piece)
{
    registry_criterion_t *criterion = piece;
    each_text(walk, &criterion->id);
    mentioning(walk, &criterion->text);
    basis(walk, &criterion->basis);
    HOLD(criterion->when, 1, each_node);
    HOLD(criterion->facts, criterion->fact_count, NULL);
}

static void each_basis(walk_t *walk, void *piece)
{
    basis(walk, piece);
}

static void each_hours(walk_t *walk, void *piece)
{
    registry_hours_t *hours = piece;
    basis(walk, &hours->basis);
}

static void service_vocabulary(walk_t *walk, registry_service_t *service)
{
    borrow(walk, &service->package);
    borrow(walk, &service->place);
    HOLD(service->unit, 1, each_unit);
    HOLD_EACH(service->areas, service->area_count, each_borrowed);
    HOLD_EACH(service->groups, service->group_count, each_borrowed);
    HOLD_EACH(service->providers, service->provider_count, each_borrowed);
    HOLD_EACH(service->challenges, service->challenge_count, each_borrowed);
    HOLD_EACH(service->modes, service->mode_count, each_borrowed);
}

static void service_rules(walk_t *walk, registry_service_t *service)
{
    HOLD(service->parameters.at, service->parameters.count, each_parameter);
    HOLD(service->price, 1, each_parameter);
    HOLD(service->pool, 1, each_parameter);
    HOLD(service->limits, 1, each_parameter);
    HOLD(service->order_ahead, 1, each_parameter);
    HOLD(service->eligibility, 1, each_node);
    HOLD(service->checks, service->check_count, each_check);
    HOLD(service->fee, 1, each_fee);
    HOLD(service->criteria, service->criterion_count, each_criterion);
    HOLD(service->times, 1, NULL);
    HOLD(service->asks, service->ask_count, NULL);
}

static void each_service(walk_t *walk, void *piece)
{
    registry_service_t *service = piece;
    each_text(walk, &service->id);
    each_text(walk, &service->file);
    each_text(walk, &service->version);
    texts(walk, &service->name);
    mentioning(walk, &service->summary);
    service_vocabulary(walk, service);
    texts(walk, &service->goal);
    each(walk, service->basis, BASIS_COUNT, sizeof service->basis[0], each_basis);
    service_rules(walk, service);
    HOLD(service->hours, service->hours_count, each_hours);
    HOLD(service->documents, service->document_count, each_note);
    HOLD(service->exclusions, service->exclusion_count, each_note);
    HOLD(service->notes, service->note_count, each_note);
    each_text(walk, &service->waiting);
}

static void each_version(walk_t *walk, void *piece)
{
    registry_version_t *version = piece;
    each_text(walk, &version->id);
}

/* ---- the catalogue --------------------------------------------------------------------------- */

static void cell(walk_t *walk, const registry_column_t *column, registry_cell_t *of)
{
    if (of->count == 0) {
        return;
    }
    if (registry_column_has_terms(column)) {
        HOLD_EACH(of->in.terms, of->count, each_borrowed);
    } else if (column->type != COLUMN_YES_NO && column->type != COLUMN_DATE) {
        HOLD(of->in.texts, of->count, each_texts);
    }
}

static void each_cells(walk_t *walk, void *piece)
{
    registry_cell_t *cells = piece;
    for (size_t i = 0; i < walk->column_count; i++) {
        cell(walk, &walk->columns[i], &cells[i]);
    }
}

static void each_item(walk_t *walk, void *piece)
{
    registry_item_t *item = piece;
    each_text(walk, &item->id);
    basis(walk, &item->basis);
    hold(walk, &item->cells, 1, walk->column_count * sizeof(registry_cell_t), each_cells);
}

static void each_catalogs(walk_t *walk, void *piece)
{
    registry_catalogs_t *catalogs = piece;
    for (int kind = 0; kind < CATALOG_KINDS; kind++) {
        registry_catalog_t *catalog = &catalogs->of[kind];
        size_t lent = walk->lent_count;
        walk->columns = registry_tables[kind].columns;
        walk->column_count = registry_tables[kind].count;
        for (size_t i = 0; i < CATALOG_COLUMNS_MAX; i++) {
            LEND(catalog->labels[i].at, catalog->labels[i].count, each_term);
        }
        HOLD(catalog->items, catalog->count, each_item);
        walk->lent_count = lent;
    }
}

/* ---- the programme --------------------------------------------------------------------------- */

static void each_budget(walk_t *walk, void *piece)
{
    registry_budget_t *budget = piece;
    each_text(walk, &budget->id);
    texts(walk, &budget->name);
    HOLD(budget->services, budget->service_count, each_text);
    basis(walk, &budget->basis);
}

static void each_indicator(walk_t *walk, void *piece)
{
    registry_indicator_t *indicator = piece;
    each_text(walk, &indicator->id);
    texts(walk, &indicator->name);
    basis(walk, &indicator->basis);
}

static void each_entry(walk_t *walk, void *piece)
{
    registry_entry_t *entry = piece;
    each_text(walk, &entry->id);
    texts(walk, &entry->name);
    basis(walk, &entry->basis);
}

static void each_closed(walk_t *walk, void *piece)
{
    registry_closed_t *closed = piece;
    texts(walk, &closed->text);
    basis(walk, &closed->basis);
}

static void each_head(walk_t *walk, void *piece)
{
    registry_head_t *head = piece;
    texts(walk, &head->name);
    each_text(walk, &head->number);
    texts(walk, &head->by);
    basis(walk, &head->basis);
    HOLD(head->fee, 1, each_fee);
}

static void programme_heading(walk_t *walk, registry_programme_t *programme)
{
    span_t *const lines[] = {&programme->id,    &programme->version, &programme->municipality,
                             &programme->terc,  &programme->address, &programme->phone,
                             &programme->email, &programme->web};
    for (size_t i = 0; i < sizeof lines / sizeof(span_t *); i++) {
        each_text(walk, lines[i]);
    }
    texts(walk, &programme->name);
    texts(walk, &programme->centre);
    basis(walk, &programme->contact_basis);
    basis(walk, &programme->rounding_basis);
    basis(walk, &programme->price_at_basis);
}

/* First what others point into. */
static void programme_vocabulary(walk_t *walk, registry_programme_t *programme)
{
    registry_terms_t *const all[] = {
        &programme->packages, &programme->groups,     &programme->places, &programme->providers,
        &programme->areas,    &programme->challenges, &programme->modes};
    for (size_t i = 0; i < sizeof all / sizeof(registry_terms_t *); i++) {
        LEND(all[i]->at, all[i]->count, each_term);
    }
    HOLD(programme->units, programme->unit_count, each_unit);
    HOLD(programme->parameters.at, programme->parameters.count, each_parameter);
}

static void each_programme(walk_t *walk, void *piece)
{
    registry_programme_t *programme = piece;
    programme_heading(walk, programme);
    programme_vocabulary(walk, programme);
    HOLD_EACH(programme->facts, programme->fact_count, each_fact_held);
    HOLD(programme->terms.at, programme->terms.count, each_parameter);
    HOLD(programme->budget, programme->budget_count, each_budget);
    HOLD(programme->indicators, programme->indicator_count, each_indicator);
    HOLD(programme->diagnosis, programme->diagnosis_count, each_entry);
    HOLD(programme->fee, 1, each_fee);
    HOLD(programme->heads, programme->head_count, each_head);
    HOLD(programme->reliefs, programme->relief_count, each_relief);
    HOLD(programme->closed, programme->closed_count, each_closed);
    HOLD(programme->procedure, programme->procedure_count, each_note);
    HOLD(programme->services, programme->service_count, each_service);
    HOLD(programme->by_id, programme->service_count, each_version);
    HOLD(programme->catalogs, 1, each_catalogs);
}

const registry_programme_t *registry_share(shared_t *shared, const registry_programme_t *programme)
{
    walk_t walk = {.shared = shared, .scratch = arena_new(CHUNK)};
    const registry_programme_t *made = programme;
    if (walk.scratch == NULL) {
        return NULL;
    }
    hold(&walk, &made, 1, sizeof *made, each_programme);
    arena_free(walk.scratch);
    return made;
}

void registry_unshare(shared_t *shared, const registry_programme_t *programme)
{
    walk_t walk = {.shared = shared, .giving = true};
    hold(&walk, &programme, 1, sizeof *programme, each_programme);
}
