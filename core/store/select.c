/* The texts of statements over the kinds' tables, made of kinds.def. */
#include "store/inside.h"

enum { FOR_GET = 1, FOR_ADD, FOR_SET, FOR_FIND };

static uint64_t numbered(int what, ipus_kind_t kind)
{
    return (uint64_t)what << 8 | (uint64_t)kind;
}

static const ipus_kind_spec_t *spec_of(uint64_t number)
{
    return ipus_kind((ipus_kind_t)(number & 0xff));
}

static void add_name(buf_t *text, const char *name)
{
    buf_byte(text, '"');
    buf_add(text, span_of(name));
    buf_byte(text, '"');
}

/* What is sealed and will not be opened is not read either, only whether it is there. */
static void add_columns(buf_t *text, const ipus_kind_spec_t *spec, bool open, uint32_t only)
{
    buf_add(text, only != 0 ? SPAN("id, 0, 0, 0, 0, 0, ")
                            : SPAN("id, version, made_at, changed_at, made_by, changed_by, "));
    buf_add(text, spec->sealed && only == 0 ? SPAN("sealed_by") : SPAN("NULL"));
    for (int i = 0; i < spec->count; i++) {
        if (only != 0 && (only >> i & 1u) == 0) {
            buf_literal(text, ", NULL");
            continue;
        }
        bool length = (spec->fields[i].flags & IPUS_SEALED) != 0 && !open;
        buf_add(text, length ? SPAN(", length(") : SPAN(", "));
        add_name(text, spec->fields[i].name);
        buf_add(text, length ? SPAN(")") : SPAN(""));
    }
    buf_literal(text, " FROM ");
    add_name(text, spec->plural);
}

static void get_text(buf_t *text, uint64_t number, uint64_t shape)
{
    buf_literal(text, "SELECT ");
    add_columns(text, spec_of(number), shape != 0, 0);
    buf_literal(text, " WHERE id = ?1");
}

sqlite3_stmt *store_select_get(db_t *db, ipus_kind_t kind, bool open)
{
    return store_db_statement(db, numbered(FOR_GET, kind), open, get_text);
}

static void add_text(buf_t *text, uint64_t number, uint64_t shape)
{
    (void)shape;
    const ipus_kind_spec_t *spec = spec_of(number);
    buf_literal(text, "INSERT INTO ");
    add_name(text, spec->plural);
    buf_literal(text, " (id, version, made_at, changed_at, made_by, changed_by");
    buf_add(text, spec->sealed ? SPAN(", sealed_by") : SPAN(""));
    for (int i = 0; i < spec->count; i++) {
        buf_literal(text, ", ");
        add_name(text, spec->fields[i].name);
    }
    buf_literal(text, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6");
    buf_add(text, spec->sealed ? SPAN(", ?7") : SPAN(""));
    for (int i = 0; i < spec->count; i++) {
        buf_print(text, ", ?%d", SELECT_HEAD + 1 + i);
    }
    buf_literal(text, ")");
}

sqlite3_stmt *store_select_add(db_t *db, ipus_kind_t kind)
{
    return store_db_statement(db, numbered(FOR_ADD, kind), 0, add_text);
}

/* Only what has changed, so that other indices stay as they are. */
static void set_text(buf_t *text, uint64_t number, uint64_t shape)
{
    const ipus_kind_spec_t *spec = spec_of(number);
    buf_literal(text, "UPDATE ");
    add_name(text, spec->plural);
    buf_literal(text, " SET version = ?1, changed_at = ?2, changed_by = ?3");
    buf_add(text, spec->sealed ? SPAN(", sealed_by = ?4") : SPAN(""));
    int place = 5;
    for (int i = 0; i < spec->count; i++) {
        if ((shape >> i & 1u) != 0) {
            buf_literal(text, ", ");
            add_name(text, spec->fields[i].name);
            buf_print(text, " = ?%d", place++);
        }
    }
    buf_print(text, " WHERE id = ?%d AND version = ?%d", place, place + 1);
}

sqlite3_stmt *store_select_set(db_t *db, ipus_kind_t kind, uint32_t mask)
{
    return store_db_statement(db, numbered(FOR_SET, kind), mask, set_text);
}

/* ---- finding --------------------------------------------------------------------------------- */

/* Beside what a query is for, the fields that it reads. */
#define FIND_ONLY 32

/* A query without its values: 8 bits for each field (5 of place, 1 for "is null", 1 in use), 8 for
 * the range, 1 each for the rest. */
enum { FIND_NULL = 0x40, FIND_USED = 0x80 };
#define FIND_RANGE 32
#define FIND_DESCENDING (UINT64_C(1) << 40)
#define FIND_OPEN (UINT64_C(1) << 41)

/* How well a field narrows: by the best alone the index is chosen, as nothing is known of how the
 * values are spread. */
static int worth(const ipus_field_t *field)
{
    if ((field->flags & IPUS_LISTED) == 0 && !field->owner) {
        return 0;
    }
    switch (field->type) {
    case IPUS_FLAG:
        return 0;
    case IPUS_STATE:
    case IPUS_CHOICE:
        return 1;
    case IPUS_SERVICE:
    case IPUS_PROVIDER_TYPE:
        return 2;
    case IPUS_REF:
        return field->of == IPUS_PROVIDER || field->of == IPUS_ACCOUNT ? 3 : 5;
    case IPUS_DATE:
        return 4; /* of a range */
    default:
        return 6;
    }
}

typedef struct {
    int field;
    bool is_null, is_range;
} term_t;

static int terms_of(uint64_t shape, term_t terms[IPUS_QUERY_EQUALS + 1])
{
    int count = 0;
    for (int i = 0; i < IPUS_QUERY_EQUALS + 1; i++) {
        uint64_t byte = shape >> (i * 8) & 0xff;
        if ((byte & FIND_USED) != 0) {
            terms[count++] =
                (term_t){(int)(byte & 0x1f), (byte & FIND_NULL) != 0, i == IPUS_QUERY_EQUALS};
        }
    }
    return count;
}

static int best_of(const ipus_kind_spec_t *spec, const term_t *terms, int count)
{
    int best = -1, most = 0;
    for (int i = 0; i < count; i++) {
        int it = terms[i].is_null ? 0 : worth(&spec->fields[terms[i].field]);
        if (it > most) {
            most = it;
            best = i;
        }
    }
    return best;
}

static void find_text(buf_t *text, uint64_t number, uint64_t shape)
{
    const ipus_kind_spec_t *spec = spec_of(number);
    term_t terms[IPUS_QUERY_EQUALS + 1];
    int count = terms_of(shape, terms), place = 3, best = best_of(spec, terms, count);
    bool descending = (shape & FIND_DESCENDING) != 0;
    buf_literal(text, "SELECT ");
    add_columns(text, spec, (shape & FIND_OPEN) != 0, (uint32_t)(number >> FIND_ONLY));
    /* An index of one value gives its rows in the order of ids, and is entered at the first. */
    bool by_range = best >= 0 && terms[best].is_range;
    buf_print(text, " WHERE %sid %s ?1", by_range ? "+" : "", descending ? "<" : ">");
    for (int i = 0; i < count; i++) {
        /* A range of days within one person's rows has an index of its own. */
        bool helps = i == best || terms[i].is_range;
        buf_add(text, helps ? SPAN(" AND ") : SPAN(" AND +"));
        add_name(text, spec->fields[terms[i].field].name);
        if (terms[i].is_null) {
            buf_literal(text, " IS NULL");
        } else if (terms[i].is_range) {
            buf_print(text, " BETWEEN ?%d AND ?%d", place, place + 1);
            place += 2;
        } else {
            buf_print(text, " = ?%d", place++);
        }
    }
    buf_print(text, " ORDER BY id%s LIMIT ?2", descending ? " DESC" : "");
}

static uint64_t shape_of(const ipus_query_t *query)
{
    uint64_t shape = (query->descending ? FIND_DESCENDING : 0) | (query->open ? FIND_OPEN : 0);
    for (int i = 0; i < query->equal_count; i++) {
        bool is_null = query->equals[i].text.at == NULL && query->equals[i].number == IPUS_NULL;
        shape |= ((uint64_t)query->equals[i].field | FIND_USED | (is_null ? FIND_NULL : 0u))
                 << (i * 8);
    }
    if (query->range >= 0) {
        shape |= ((uint64_t)query->range | FIND_USED) << FIND_RANGE;
    }
    return shape;
}

static date_t day_of(int64_t number)
{
    return number < INT32_MIN   ? DATE_NONE
           : number > INT32_MAX ? DATE_NEVER
                                : (date_t){(int32_t)number};
}

static void bind_value(db_t *db, sqlite3_stmt *statement, int place, const ipus_field_t *field,
                       int64_t number, span_t text)
{
    if (text.at != NULL) {
        store_db_bind_text(statement, place, text);
    } else if (field->type == IPUS_DATE) {
        store_db_bind_day(db, statement, place, day_of(number));
    } else if (field->type == IPUS_CHOICE || field->type == IPUS_STATE) {
        store_db_bind_text(statement, place, ipus_choice(field->choices, number));
    } else {
        sqlite3_bind_int64(statement, place, number);
    }
}

sqlite3_stmt *store_select_find(db_t *db, const ipus_query_t *query)
{
    const ipus_kind_spec_t *spec = ipus_kind(query->kind);
    const uint64_t number = numbered(FOR_FIND, query->kind) | (uint64_t)query->only << FIND_ONLY;
    sqlite3_stmt *statement = store_db_statement(db, number, shape_of(query), find_text);
    if (statement == NULL) {
        return NULL;
    }
    int64_t after = query->descending && query->after == 0 ? INT64_MAX : query->after;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int(statement, 2, query->limit > 0 ? query->limit : -1);
    int place = 3;
    for (int i = 0; i < query->equal_count; i++) {
        const ipus_field_t *field = &spec->fields[query->equals[i].field];
        if (query->equals[i].text.at != NULL || query->equals[i].number != IPUS_NULL) {
            bind_value(db, statement, place++, field, query->equals[i].number,
                       query->equals[i].text);
        }
    }
    if (query->range >= 0) {
        bind_value(db, statement, place, &spec->fields[query->range], query->from, SPAN_NONE);
        bind_value(db, statement, place + 1, &spec->fields[query->range], query->to, SPAN_NONE);
    }
    return statement;
}
