/* What a municipality offers beside its programme's services: services that others give, supporting
 * activities, partners, bundles of support. Each kind is a table of items with columns; the tables
 * below are all that is known of them, and files, answers, filters and search follow them.
 *
 * Words: a label is a word of the table's own; all that a column holds make its vocabulary, as if
 * they stood among the programme's terms. A link is the id of an item of another kind. */
#ifndef OKIENKO_REGISTRY_CATALOG_H
#define OKIENKO_REGISTRY_CATALOG_H

#include "registry/search.h"

#define CATALOG_COLUMNS_MAX 16

typedef enum {
    CATALOG_EXTERNAL_SERVICES,
    CATALOG_ACTIVITIES,
    CATALOG_PARTNERS,
    CATALOG_BUNDLES,
    CATALOG_KINDS, /* as the target of a link: a service of the programme */
} registry_kind_t;

typedef enum {
    COLUMN_TEXT,   /* in up to three languages */
    COLUMN_TEXTS,  /* several of them */
    COLUMN_LINE,   /* as it stands: a proper name, a number, an address */
    COLUMN_TERM,   /* of the programme's vocabulary */
    COLUMN_TERMS,  /* several of them */
    COLUMN_LABEL,  /* in up to three languages */
    COLUMN_LABELS, /* several, in Polish */
    COLUMN_LINK,
    COLUMN_YES_NO,
    COLUMN_DATE,
} registry_column_type_t;

/* How what stands in a COLUMN_LINE or COLUMN_LABELS must look. */
typedef enum { FORM_ANY, FORM_PHONE, FORM_EMAIL, FORM_WEB, FORM_QUARTER } registry_form_t;

typedef enum { TERMS_PACKAGES, TERMS_AREAS, TERMS_GROUPS } registry_vocabulary_t;

typedef struct {
    const char *heading; /* in the file */
    const char *name;    /* of the member in answers */
    const char *filter;  /* of the parameter that chooses by it, or NULL */
    registry_column_type_t type;
    bool required;
    int of; /* registry_form_t, registry_vocabulary_t or registry_kind_t, as the type needs */
} registry_column_t;

typedef struct {
    const char *name; /* "external-services": of the file and in addresses */
    const registry_column_t *columns;
    size_t count;
} registry_table_t;

/* By registry_kind_t. The first two columns are the name and a summary, both COLUMN_TEXT; every
 * item has an id and a basis besides. */
extern const registry_table_t registry_tables[CATALOG_KINDS];

#define CATALOG_ID "id"
#define CATALOG_BASIS "podstawa"

typedef struct {
    size_t count; /* of texts or terms; 0 or 1 for a number; 0 for an empty cell */
    union {
        const texts_t *texts;                /* TEXT, TEXTS; LINE and LINK in Polish only */
        const registry_term_t *const *terms; /* TERM, TERMS, LABEL, LABELS */
        int64_t number;                      /* YES_NO as 1 or 0, DATE in days */
    } in;
} registry_cell_t;

typedef struct {
    span_t id;
    registry_basis_t basis;
    const registry_cell_t *cells; /* by column */
    int line;
} registry_item_t;

typedef struct {
    bool faulty;                  /* its file has mistakes; there are no items */
    const registry_item_t *items; /* as in the file */
    size_t count;
    registry_terms_t labels[CATALOG_COLUMNS_MAX]; /* the vocabularies of label columns */
} registry_catalog_t;

struct registry_catalogs {
    registry_catalog_t of[CATALOG_KINDS];
};

/* Never NULL: an empty one where the programme has none. */
const registry_catalog_t *registry_catalog(const registry_programme_t *programme,
                                           registry_kind_t kind);

/* The places of its items in the search. */
registry_range_t registry_catalog_range(const registry_programme_t *programme,
                                        registry_kind_t kind);

/* By id; NULL. */
const registry_item_t *registry_item(const registry_catalog_t *catalog, span_t id);

static inline const texts_t *registry_item_name(const registry_item_t *item)
{
    return item->cells[0].in.texts;
}

/* NULL when it has none. */
static inline const texts_t *registry_item_summary(const registry_item_t *item)
{
    return item->cells[1].count > 0 ? item->cells[1].in.texts : NULL;
}

/* The kind of this name, or CATALOG_KINDS. */
registry_kind_t registry_kind(span_t name);

/* What the terms or labels of a column are chosen from; none for other columns. */
registry_terms_t registry_column_terms(const registry_programme_t *programme, registry_kind_t kind,
                                       size_t column);

static inline bool registry_column_has_terms(const registry_column_t *column)
{
    return column->type >= COLUMN_TERM && column->type <= COLUMN_LABELS;
}

/* True when the cell holds a term with this id. */
bool registry_cell_has(const registry_cell_t *cell, span_t term);

/* The same content, also when they are of two generations. */
bool registry_cell_equal(const registry_column_t *column, const registry_cell_t *a,
                         const registry_cell_t *b);

#endif
