/* The record as a port: what the engine needs of whatever keeps the rows. The store implements it
 * over SQLite, inside one transaction on its writer's thread (or, for reading alone, on a pool
 * thread); tests implement it over arrays. A record is used by one thread at a time. */
#ifndef OKIENKO_IPUS_RECORD_H
#define OKIENKO_IPUS_RECORD_H

#include "ipus/kinds.h"

typedef enum {
    IPUS_FINE,
    IPUS_ABSENT,  /* no such row */
    IPUS_USED_UP, /* a pool or a count has not that much left; nothing was changed */
    IPUS_STALE,   /* the row has another version by now */
    IPUS_TWICE,   /* a value that may be there only once is there already */
    IPUS_BROKEN,  /* the disk, the memory, the file: whoever runs the transaction knows which */
} ipus_code_t;

#define IPUS_QUERY_EQUALS 4
/* In a query: where there is no value. */
#define IPUS_NULL INT64_MIN

/* Which rows: those of a kind with all these values. Fields must be L, or the owner. */
typedef struct {
    ipus_kind_t kind;
    struct {
        int field;
        int64_t number; /* of a REF, state, date, number… */
        span_t text;    /* of a text field; .at NULL otherwise */
    } equals[IPUS_QUERY_EQUALS];
    int equal_count;
    int range; /* a field within from and to, or -1 */
    int64_t from, to;
    int64_t after; /* ids beyond this one; for `descending` below it, 0 for all */
    bool descending;
    int limit;     /* 0: no limit */
    bool open;     /* sealed values are opened */
    uint32_t only; /* bits of the fields that are read, beside the id; 0: the whole row */
} ipus_query_t;

#define IPUS_QUERY(of) ((ipus_query_t){.kind = (of), .range = -1})

static inline void ipus_query_equal(ipus_query_t *query, int field, int64_t number)
{
    query->equals[query->equal_count].field = field;
    query->equals[query->equal_count].text = SPAN_NONE;
    query->equals[query->equal_count++].number = number;
}
static inline void ipus_query_text(ipus_query_t *query, int field, span_t text)
{
    query->equals[query->equal_count].field = field;
    query->equals[query->equal_count++].text = text;
}

/* A pool is counted by service and period: one number, changed only here. */
typedef struct {
    span_t service;
    date_t from, to;
} ipus_pool_t;

/* A row of the journal, beside what the store adds: its number, the hash of what stands in the row
 * now, and the chain. */
typedef struct {
    int64_t at; /* UTC ms */
    int64_t account;
    ipus_kind_t kind;
    int64_t id, version;
    const char *step;
    bool overridden;
} ipus_entry_t;

typedef struct ipus_record ipus_record_t;

struct ipus_record {
    void *context;
    arena_t *arena; /* texts of rows that were read live here, until the transaction ends */

    /* Sealed values come LOCKED unless `open`. When one does not open get() is IPUS_BROKEN, while
     * find() gives the row as `damaged` and goes on: one row takes no list down. */
    ipus_code_t (*get)(void *context, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row);

    /* In the order of ids. `each` returns false to stop; it may read and change other rows, and
     * rows of this kind that it has been given. */
    ipus_code_t (*find)(void *context, const ipus_query_t *query,
                        bool (*each)(void *of, const ipus_row_t *row), void *of);

    /* Sets id, version 1, made_at, changed_at and made_by, which is changed_by: who does it stands
     * there before, here and in set(). Texts of a LOCKED value cannot be added. */
    ipus_code_t (*add)(void *context, ipus_row_t *row, int64_t now);

    /* Writes the whole row where its version is still row->version, and counts that up. LOCKED
     * values stay as they are. */
    ipus_code_t (*set)(void *context, ipus_row_t *row, int64_t now);

    /* Takes units (thousandths) of a pool, `over` of them beyond it. A pool counts both apart:
     * taken
     * += units − over where that is at most `cap`, over += over. Negative units give back and
     * always fit; so does whatever has an `over`. `*taken` is what is taken afterwards, or, when it
     * is used up, before; 0 units only ask. */
    ipus_code_t (*take)(void *context, const ipus_pool_t *pool, int64_t units, int64_t over,
                        int64_t cap, int64_t *taken);

    /* The person with this PESEL or document, by blind index; IPUS_ABSENT. */
    ipus_code_t (*person)(void *context, int field, span_t text, int64_t *id);

    /* The next number of a running series ("plan", 2026), from 1. */
    ipus_code_t (*series)(void *context, const char *name, int64_t of, int64_t *number);

    /* Random text for codes, of letters and digits that are not mistaken for one another. */
    void (*code)(void *context, char *text, size_t len);

    ipus_code_t (*journal)(void *context, const ipus_entry_t *entry);
};

#endif
