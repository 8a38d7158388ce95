/* The tables of the kinds, made of kinds.def: what a field becomes as a column, and its index. */
#include "store/inside.h"

/* Where a field's index is not the plain one: NULL for none. */
typedef struct {
    ipus_kind_t kind;
    int field;
    const char *index;
} index_t;

static const index_t special[] = {
    /* With what a limit counts of somebody's orders, so that they are counted in the index alone;
     * days are looked for within it. */
    {IPUS_ORDER, ORDER_PERSON,
     "CREATE INDEX orders_person ON orders (person, id, service, planned_on, counts, quantity);"},
    {IPUS_ORDER, ORDER_PLANNED_ON, NULL},
    {IPUS_ORDER, ORDER_DONE_ON, /* for reports */
     "CREATE INDEX orders_done_on ON orders (done_on) WHERE done_on IS NOT NULL;"},
    {IPUS_PERSON, PERSON_PESEL,
     "CREATE UNIQUE INDEX persons_pesel ON persons (pesel_blind) WHERE pesel_blind IS NOT NULL;"},
    {IPUS_PERSON, PERSON_DOCUMENT,
     "CREATE UNIQUE INDEX persons_document ON persons (document_blind)"
     " WHERE document_blind IS NOT NULL;"},
};

static bool is_needed(const ipus_field_t *field)
{
    return field->type == IPUS_STATE || (field->flags & IPUS_NEEDED) != 0;
}

static const char *type_of(const ipus_field_t *field)
{
    bool is_text = ipus_is_text(field->type) || field->type == IPUS_DATE ||
                   field->type == IPUS_CHOICE || field->type == IPUS_STATE;
    return (field->flags & IPUS_SEALED) != 0 ? "BLOB" : is_text ? "TEXT" : "INTEGER";
}

static void add_choices(buf_t *text, const ipus_field_t *field)
{
    buf_print(text, " CHECK (\"%s\" IN (", field->name);
    span_t rest = span_of(field->choices), choice;
    for (int i = 0; span_cut(&rest, ',', &choice); i++) {
        buf_print(text, "%s'%.*s'", i == 0 ? "" : ", ", SPAN_ARGS(choice));
    }
    buf_literal(text, "))");
}

static void add_column(buf_t *text, const ipus_field_t *field)
{
    buf_print(text, ",\n    \"%s\" %s%s", field->name, type_of(field),
              is_needed(field) ? " NOT NULL" : "");
    if (field->type == IPUS_CHOICE || field->type == IPUS_STATE) {
        add_choices(text, field);
    } else if (field->type == IPUS_FLAG) {
        buf_print(text, " CHECK (\"%s\" IN (0, 1))", field->name);
    } else if (field->type == IPUS_REF) {
        buf_print(text, " REFERENCES \"%s\" (id)", ipus_kind(field->of)->plural);
    }
}

void store_tables_create(ipus_kind_t kind, buf_t *text)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    buf_print(text,
              "CREATE TABLE \"%s\" (\n    id INTEGER PRIMARY KEY,\n    version INTEGER NOT NULL,\n"
              "    made_at INTEGER NOT NULL,\n    changed_at INTEGER NOT NULL,\n"
              "    made_by INTEGER,\n    changed_by INTEGER",
              spec->plural);
    if (spec->sealed) {
        buf_literal(text, ",\n    sealed_by INTEGER REFERENCES keys (id)");
    }
    for (int i = 0; i < spec->count; i++) {
        add_column(text, &spec->fields[i]);
    }
    if (kind == IPUS_PERSON) {
        buf_literal(text, ",\n    pesel_blind INTEGER,\n    document_blind INTEGER");
    }
    buf_literal(text, "\n) STRICT;");
}

static void add_index(buf_t *text, const ipus_kind_spec_t *spec, const ipus_field_t *field)
{
    bool listed = (field->flags & (IPUS_LISTED | IPUS_UNIQUE)) != 0 && field->type != IPUS_FLAG;
    if (!listed && !field->owner) {
        return;
    }
    bool unique = (field->flags & IPUS_UNIQUE) != 0;
    buf_print(text, "CREATE %sINDEX \"%s_%s\" ON \"%s\" (\"%s\")", unique ? "UNIQUE " : "",
              spec->plural, field->name, spec->plural, field->name);
    if (!is_needed(field) && !field->owner) {
        buf_print(text, " WHERE \"%s\" IS NOT NULL", field->name);
    }
    buf_literal(text, ";");
}

void store_tables_indices(ipus_kind_t kind, buf_t *text)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    for (int i = 0; i < spec->count; i++) {
        const index_t *own = NULL;
        for (size_t j = 0; j < sizeof special / sizeof *special; j++) {
            own = special[j].kind == kind && special[j].field == i ? &special[j] : own;
        }
        if (own == NULL) {
            add_index(text, spec, &spec->fields[i]);
        } else if (own->index != NULL) {
            buf_add(text, span_of(own->index));
        }
    }
}
