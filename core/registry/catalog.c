#include "registry/catalog.h"

/* What every kind begins and ends with, and how somebody is reached. */
#define NAME                                                                                       \
    {                                                                                              \
        "nazwa", "name", NULL, COLUMN_TEXT, true, 0                                                \
    }
#define SUMMARY                                                                                    \
    {                                                                                              \
        "opis", "summary", NULL, COLUMN_TEXT, false, 0                                             \
    }
#define AREAS                                                                                      \
    {                                                                                              \
        "obszary", "areas", "area", COLUMN_TERMS, false, TERMS_AREAS                               \
    }
#define GROUPS                                                                                     \
    {                                                                                              \
        "grupy", "groups", "group", COLUMN_TERMS, false, TERMS_GROUPS                              \
    }
#define CONTACT                                                                                    \
    {"kontakt", "leader", NULL, COLUMN_TEXT, false, 0},                                            \
        {"telefon", "phone", NULL, COLUMN_LINE, false, FORM_PHONE},                                \
        {"e-mail", "email", NULL, COLUMN_LINE, false, FORM_EMAIL},                                 \
        {"www", "web", NULL, COLUMN_LINE, false, FORM_WEB},                                        \
        {"adres", "address", NULL, COLUMN_LINE, false, FORM_ANY},                                  \
        {"porozumienie", "agreement", NULL, COLUMN_YES_NO, false, 0},                              \
    {                                                                                              \
        "zakres porozumienia", "agreement_scope", NULL, COLUMN_TEXT, false, 0                      \
    }
#define CHECKED                                                                                    \
    {                                                                                              \
        "sprawdzono", "checked", NULL, COLUMN_DATE, false, 0                                       \
    }

static const registry_column_t external_services[] = {
    NAME,
    SUMMARY,
    {"pakiety", "packages", "package", COLUMN_TERMS, false, TERMS_PACKAGES},
    AREAS,
    GROUPS,
    {"realizator", "provider", NULL, COLUMN_TEXT, false, 0},
    {"partner", "partner", NULL, COLUMN_LINK, false, CATALOG_PARTNERS},
    CONTACT,
    CHECKED,
};

static const registry_column_t activities[] = {
    NAME,
    SUMMARY,
    {"plan", "plan", "plan", COLUMN_LABEL, false, 0},
    {"etap", "stage", "stage", COLUMN_LABEL, false, 0},
    {"obszar", "area", "area", COLUMN_LABEL, false, 0},
    {"cel", "goal", "goal", COLUMN_LABEL, false, 0},
    {"komponenty", "components", "component", COLUMN_LABELS, false, FORM_ANY},
    {"kwartały", "quarters", "quarter", COLUMN_LABELS, false, FORM_QUARTER},
    {"wykonawca", "performer", NULL, COLUMN_TEXT, false, 0},
    GROUPS,
    CHECKED,
};

static const registry_column_t partners[] = {
    NAME,    SUMMARY, {"zakres", "scope", NULL, COLUMN_TEXTS, false, 0}, AREAS, GROUPS,
    CONTACT, CHECKED,
};

static const registry_column_t bundles[] = {
    NAME,
    SUMMARY,
    {"pakiet", "package", "package", COLUMN_TERM, true, TERMS_PACKAGES},
    {"kolumna", "column", "column", COLUMN_LABEL, true, 0},
    {"usługa", "service", NULL, COLUMN_LINK, false, CATALOG_KINDS},
    {"usługa zewnętrzna", "external_service", NULL, COLUMN_LINK, false, CATALOG_EXTERNAL_SERVICES},
    {"działanie", "activity", NULL, COLUMN_LINK, false, CATALOG_ACTIVITIES},
    {"partner", "partner", NULL, COLUMN_LINK, false, CATALOG_PARTNERS},
    CHECKED,
};

#define TABLE(name, columns)                                                                       \
    {                                                                                              \
        (name), (columns), sizeof(columns) / sizeof *(columns)                                     \
    }
#define FITS(columns)                                                                              \
    _Static_assert(sizeof(columns) / sizeof *(columns) <= CATALOG_COLUMNS_MAX, "too many columns")
FITS(external_services);
FITS(activities);
FITS(partners);
FITS(bundles);

const registry_table_t registry_tables[CATALOG_KINDS] = {
    [CATALOG_EXTERNAL_SERVICES] = TABLE("external-services", external_services),
    [CATALOG_ACTIVITIES] = TABLE("activities", activities),
    [CATALOG_PARTNERS] = TABLE("partners", partners),
    [CATALOG_BUNDLES] = TABLE("bundles", bundles),
};

const registry_catalog_t *registry_catalog(const registry_programme_t *programme,
                                           registry_kind_t kind)
{
    static const registry_catalog_t none;
    return programme->catalogs == NULL ? &none : &programme->catalogs->of[kind];
}

registry_range_t registry_catalog_range(const registry_programme_t *programme, registry_kind_t kind)
{
    size_t first = programme->service_count;
    for (registry_kind_t before = 0; before < kind; before++) {
        first += registry_catalog(programme, before)->count;
    }
    return (registry_range_t){first, first + registry_catalog(programme, kind)->count};
}

const registry_item_t *registry_item(const registry_catalog_t *catalog, span_t id)
{
    for (size_t i = 0; i < catalog->count; i++) {
        if (span_equal(catalog->items[i].id, id)) {
            return &catalog->items[i];
        }
    }
    return NULL;
}

registry_kind_t registry_kind(span_t name)
{
    registry_kind_t kind = 0;
    while (kind < CATALOG_KINDS && !span_equal(name, span_of(registry_tables[kind].name))) {
        kind++;
    }
    return kind;
}

registry_terms_t registry_column_terms(const registry_programme_t *programme, registry_kind_t kind,
                                       size_t column)
{
    const registry_column_t *of = &registry_tables[kind].columns[column];
    if (of->type == COLUMN_LABEL || of->type == COLUMN_LABELS) {
        return registry_catalog(programme, kind)->labels[column];
    }
    if (of->type == COLUMN_TERM || of->type == COLUMN_TERMS) {
        return of->of == TERMS_PACKAGES ? programme->packages
               : of->of == TERMS_AREAS  ? programme->areas
                                        : programme->groups;
    }
    return (registry_terms_t){NULL, 0};
}

bool registry_cell_has(const registry_cell_t *cell, span_t term)
{
    for (size_t i = 0; i < cell->count; i++) {
        if (span_equal(cell->in.terms[i]->id, term)) {
            return true;
        }
    }
    return false;
}

static bool texts_equal(const texts_t *a, const texts_t *b)
{
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        if (!span_equal(a->in[lang], b->in[lang])) {
            return false;
        }
    }
    return true;
}

bool registry_cell_equal(const registry_column_t *column, const registry_cell_t *a,
                         const registry_cell_t *b)
{
    bool terms = registry_column_has_terms(column);
    if (a->count != b->count) {
        return false;
    }
    if (column->type == COLUMN_YES_NO || column->type == COLUMN_DATE) {
        return a->in.number == b->in.number;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (!texts_equal(terms ? &a->in.terms[i]->name : &a->in.texts[i],
                         terms ? &b->in.terms[i]->name : &b->in.texts[i])) {
            return false;
        }
    }
    return true;
}
