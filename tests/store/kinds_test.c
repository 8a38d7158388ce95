/* The tables are what kinds.def says, and every kind of row comes back as it was written. */
#include "world.h"

#include <sqlite3.h>

/* ---- the tables ------------------------------------------------------------------------------ */

static sqlite3 *open_file(void)
{
    sqlite3 *sql = NULL;
    assert_int_equal(sqlite3_open_v2(world_file("record.db"), &sql, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
    return sql;
}

static const char *column_type(const ipus_field_t *field)
{
    bool is_text = ipus_is_text(field->type) || field->type == IPUS_DATE ||
                   field->type == IPUS_CHOICE || field->type == IPUS_STATE;
    return (field->flags & IPUS_SEALED) != 0 ? "BLOB" : is_text ? "TEXT" : "INTEGER";
}

/* Everything that has to be changed is told at once. */
static int compare_kind(sqlite3 *sql, const ipus_kind_spec_t *spec)
{
    int faults = 0, columns = 0;
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        const char *type = NULL;
        int needed = 0;
        bool wanted = field->type == IPUS_STATE || (field->flags & IPUS_NEEDED) != 0;
        if (sqlite3_table_column_metadata(sql, "main", spec->plural, field->name, &type, NULL,
                                          &needed, NULL, NULL) != SQLITE_OK ||
            strcmp(type, column_type(field)) != 0 || (needed != 0) != wanted) {
            print_error("%s lacks: %s %s%s\n", spec->plural, field->name, column_type(field),
                        wanted ? " NOT NULL" : "");
            faults++;
        }
        assert_true((field->flags & IPUS_SEALED) == 0 || ipus_is_text(field->type));
    }
    char text[100];
    sqlite3_stmt *info = NULL;
    snprintf(text, sizeof text, "SELECT count(*) FROM pragma_table_info('%s')", spec->plural);
    assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &info, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(info), SQLITE_ROW);
    columns = sqlite3_column_int(info, 0);
    sqlite3_finalize(info);
    int blind = strcmp(spec->plural, "persons") == 0 ? 2 : 0;
    if (columns != spec->count + 6 + (spec->sealed ? 1 : 0) + blind) {
        print_error("%s has a column that is no field\n", spec->plural);
        faults++;
    }
    return faults;
}

static void tables_are_the_kinds(void **state)
{
    (void)state;
    sqlite3 *sql = open_file();
    int faults = 0;
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        faults += compare_kind(sql, ipus_kind((ipus_kind_t)i));
    }
    sqlite3_close(sql);
    assert_int_equal(faults, 0);
}

/* A field that lists may be narrowed by is found by an index; those of two values are not worth
 * one. */
static void lists_have_their_indices(void **state)
{
    (void)state;
    sqlite3 *sql = open_file();
    int checked = 0;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        const ipus_kind_spec_t *spec = ipus_kind((ipus_kind_t)kind);
        for (int i = 0; i < spec->count; i++) {
            const ipus_field_t *field = &spec->fields[i];
            if ((field->flags & IPUS_LISTED) == 0 || field->type == IPUS_FLAG ||
                (field->type == IPUS_CHOICE)) {
                continue;
            }
            char text[200];
            sqlite3_stmt *plan = NULL;
            snprintf(text, sizeof text,
                     "EXPLAIN QUERY PLAN SELECT * FROM \"%s\" WHERE id > ?1 AND \"%s\" %s"
                     " ORDER BY id",
                     spec->plural, field->name,
                     field->type == IPUS_DATE ? "BETWEEN ?2 AND ?3" : "= ?2");
            assert_int_equal(sqlite3_prepare_v2(sql, text, -1, &plan, NULL), SQLITE_OK);
            assert_int_equal(sqlite3_step(plan), SQLITE_ROW);
            const char *detail = (const char *)sqlite3_column_text(plan, 3);
            if (strstr(detail, "USING INDEX") == NULL && field->type != IPUS_DATE) {
                fail_msg("%s: %s", text, detail);
            }
            sqlite3_finalize(plan);
            checked++;
        }
    }
    sqlite3_close(sql);
    assert_true(checked > 60);
}

/* ---- there and back -------------------------------------------------------------------------- */

static uint64_t seed = 42;

static uint64_t next(uint64_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (seed >> 33) % below;
}

static int64_t known[IPUS_KIND_COUNT];

static span_t some_text(arena_t *arena, size_t max, bool unique)
{
    static const char letters[] = "aąbcćdeęłńóśźż АБВГ123 \n\"'";
    static unsigned number;
    char text[64];
    size_t len = unique ? (size_t)snprintf(text, sizeof text, "%u", number++) : 0;
    size_t most = max < sizeof text ? max : sizeof text;
    for (size_t wanted = (size_t)next(most); len < wanted; len++) {
        text[len] = letters[next(sizeof letters - 1)];
    }
    return arena_copy(arena, (span_t){text, len < most ? len : most});
}

static int64_t some_number(const ipus_field_t *field)
{
    int64_t choices = 0;
    switch (field->type) {
    case IPUS_FLAG:
        return (int64_t)next(2);
    case IPUS_DATE:
        return next(20) == 0 ? DATE_NEVER.days : (int64_t)next(60000) - 20000;
    case IPUS_CHOICE:
    case IPUS_STATE:
        while (ipus_choice(field->choices, choices).at != NULL) {
            choices++;
        }
        return (int64_t)next((uint64_t)choices);
    case IPUS_REF:
        return known[field->of];
    default:
        return (int64_t)next(UINT64_C(1) << 31) * (next(2) ? 1 : -1);
    }
}

static bool fill(arena_t *arena, ipus_row_t *row, unsigned chance)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        bool needed =
            (field->flags & IPUS_NEEDED) != 0 || field->type == IPUS_STATE || field->owner;
        bool there = field->type != IPUS_REF || known[field->of] != 0;
        if (needed && !there) {
            return false;
        }
        if (!there || (!needed && next(100) >= chance)) {
            ipus_clear(row, i);
        } else if (ipus_is_text(field->type)) {
            bool unique = strcmp(field->name, "login") == 0 || strcmp(field->name, "code") == 0 ||
                          strcmp(field->name, "pesel") == 0 || strcmp(field->name, "document") == 0;
            ipus_set_text(row, i, some_text(arena, field->max, unique));
        } else {
            ipus_set(row, i, some_number(field));
        }
    }
    return true;
}

static void assert_same(const ipus_row_t *a, const ipus_row_t *b)
{
    assert_int_equal(a->id, b->id);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->made_at, b->made_at);
    assert_int_equal(a->changed_at, b->changed_at);
    assert_int_equal(a->made_by, b->made_by);
    assert_int_equal(a->changed_by, b->changed_by);
    for (int i = 0; i < ipus_kind(a->kind)->count; i++) {
        assert_int_equal(a->at[i].is, b->at[i].is);
        assert_int_equal(a->at[i].number, b->at[i].number);
        assert_true(span_equal(a->at[i].text, b->at[i].text));
    }
}

static void assert_closed(ipus_record_t *record, const ipus_row_t *row)
{
    ipus_row_t closed;
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    assert_int_equal(record->get(record->context, row->kind, row->id, false, &closed), IPUS_FINE);
    for (int i = 0; i < spec->count; i++) {
        bool sealed = (spec->fields[i].flags & IPUS_SEALED) != 0;
        ipus_presence_t is = row->at[i].is == IPUS_NONE ? IPUS_NONE
                             : sealed                   ? IPUS_LOCKED
                                                        : IPUS_KNOWN;
        assert_int_equal(closed.at[i].is, is);
    }
}

static bool all_kinds(ipus_record_t *record, void *of)
{
    unsigned chance = *(const unsigned *)of;
    for (int round = 0, kind = 0; kind < IPUS_KIND_COUNT * 3; kind++, round++) {
        ipus_row_t row = {.kind = (ipus_kind_t)(kind % IPUS_KIND_COUNT)}, got;
        if (!fill(record->arena, &row, chance)) {
            continue;
        }
        row.changed_by = round % 3;
        assert_int_equal(record->add(record->context, &row, NOW + round), IPUS_FINE);
        assert_int_equal(row.version, 1);
        assert_int_equal(record->get(record->context, row.kind, row.id, true, &got), IPUS_FINE);
        assert_same(&row, &got);
        assert_closed(record, &row);
        fill(record->arena, &row, chance);
        row.changed_by = 9;
        assert_int_equal(record->set(record->context, &row, NOW + round + 5), IPUS_FINE);
        assert_int_equal(record->get(record->context, row.kind, row.id, true, &got), IPUS_FINE);
        assert_int_equal(row.version, 2);
        assert_int_equal(got.made_by, round % 3);
        assert_int_equal(got.changed_by, 9);
        assert_same(&row, &got);
        known[row.kind] = row.id;
    }
    return true;
}

static void every_kind_comes_back(void **state)
{
    (void)state;
    memset(known, 0, sizeof known);
    for (unsigned chance = 0; chance <= 100; chance += 10) {
        assert_int_equal(world_write(all_kinds, &chance), STORE_DONE);
    }
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        assert_true(known[i] > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tables_are_the_kinds, world_make, world_remove),
        cmocka_unit_test_setup_teardown(lists_have_their_indices, world_make, world_remove),
        cmocka_unit_test_setup_teardown(every_kind_comes_back, world_make, world_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
