/* Counting again what no digest of the journal covers: keys, indices, sums. */
#include "store/inside.h"

/* ---- keys ------------------------------------------------------------------------------------ */

/* A destroyed key is NULL: of somebody who was erased, of a form that was theirs, of answers. */
static const char *const all_keys =
    "SELECT k.id, k.sealed, k.kind = 'answers' OR p.state IS 'erased' OR f.state IS 'erased'"
    " FROM keys k"
    " LEFT JOIN persons p ON k.kind = 'persons' AND p.id = k.row"
    " LEFT JOIN intakes i ON k.kind = 'intakes' AND i.id = k.row"
    " LEFT JOIN persons f ON f.id = i.person";

bool store_recount_keys(db_t *db, store_audit_t *audit)
{
    sqlite3_stmt *keys = store_db_fixed(db, all_keys);
    int step = SQLITE_ERROR;
    while (keys != NULL && (step = store_db_step(db, keys)) == SQLITE_ROW) {
        vault_key_t key;
        span_t sealed = store_db_bytes(keys, 1);
        bool may_be_gone = sqlite3_column_int(keys, 2) != 0;
        bool fine = sealed.at == NULL ? may_be_gone
                                      : sealed.len == VAULT_SEALED_KEY &&
                                            vault_key_open(db->vault, sqlite3_column_int64(keys, 0),
                                                           (const uint8_t *)sealed.at, &key);
        audit->locked += !fine;
        vault_wipe(&key, sizeof key);
    }
    store_db_done(keys);
    return step == SQLITE_DONE;
}

/* ---- people ---------------------------------------------------------------------------------- */

typedef struct {
    db_t *db;
    store_audit_t *audit;
    int64_t last;
    bool fine;
} looking_t;

static bool look_at_person(void *of, const ipus_row_t *row)
{
    looking_t *it = of;
    bool indexed = false;
    it->last = row->id;
    if (row->damaged) {
        it->audit->locked++;
        return true;
    }
    it->fine = store_people_compare(it->db, row, &indexed) == IPUS_FINE;
    it->audit->unindexed += it->fine && !indexed;
    return it->fine;
}

/* Who is erased is found by nothing any more. */
static bool find_leftovers(db_t *db, store_audit_t *audit)
{
    int64_t left = 0;
    bool read = store_db_number(db,
                                "SELECT count(DISTINCT n.person) FROM names n JOIN persons p ON"
                                " p.id = n.person WHERE p.state = 'erased'",
                                &left) == IPUS_FINE;
    audit->unindexed += left;
    return read;
}

bool store_recount_people(db_t *db, store_audit_t *audit)
{
    looking_t it = {db, audit, 0, true};
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    query.open = true;
    query.limit = 500;
    do {
        query.after = it.last;
        arena_reset(db->arena);
        it.fine = store_rows_find(db, &query, look_at_person, &it) == IPUS_FINE && it.fine;
    } while (it.fine && it.last > query.after);
    return it.fine && find_leftovers(db, audit);
}

/* ---- sums ------------------------------------------------------------------------------------ */

static const char *const sums[] = {
    /* Pools: what is held of them. */
    "SELECT count(*) FROM pools p"
    " LEFT JOIN (SELECT service, begins, ends, sum(units - over) AS taken, sum(over) AS over"
    "            FROM allotments GROUP BY service, begins, ends) a USING (service, begins, ends)"
    " WHERE p.taken <> coalesce(a.taken, 0) OR p.over <> coalesce(a.over, 0)",
    /* Groups: who sits in them. */
    "SELECT count(*) FROM \"groups\" g"
    " LEFT JOIN (SELECT in_group, count(DISTINCT person) AS people FROM orders WHERE counts = 1"
    "            GROUP BY in_group) o ON o.in_group = g.id"
    " WHERE coalesce(g.taken, 0) <> coalesce(o.people, 0)",
    /* Things: lent to an order that has them. */
    "SELECT count(*) FROM items i LEFT JOIN orders o ON o.id = i.ordered"
    " WHERE (i.state = 'lent') <> (o.id IS NOT NULL)"
    "    OR (i.state = 'lent' AND (o.item IS NOT i.id OR o.lent_until IS NULL))",
};

bool store_recount_sums(db_t *db, store_audit_t *audit)
{
    bool read = true;
    for (size_t i = 0; i < sizeof sums / sizeof *sums && read; i++) {
        int64_t wrong = 0;
        read = store_db_number(db, sums[i], &wrong) == IPUS_FINE;
        audit->miscounted += wrong;
    }
    return read;
}
