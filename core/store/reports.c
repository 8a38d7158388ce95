/* The table of reports, and those that are one statement each. */
#include "store/reports.h"

/* ---- the table ------------------------------------------------------------------------------- */

/* SPAN() is no constant expression. */
#define FIXED(literal)                                                                             \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }
#define TEXTS(pl, en, uk)                                                                          \
    {                                                                                              \
        {                                                                                          \
            FIXED(pl), FIXED(en), FIXED(uk)                                                        \
        }                                                                                          \
    }

#define REPORT(id, ...) static const store_column_t id##_columns[] = {
#define COLUMN(name, type, sums, pl, en, uk) {#name, STORE_##type, sums, TEXTS(pl, en, uk)},
#define END(id)                                                                                    \
    }                                                                                              \
    ;
#include "store/reports.def"
#undef REPORT
#undef COLUMN
#undef END

#define REPORT(id, pl, en, uk, about_pl, about_en, about_uk)                                       \
    {#id, TEXTS(pl, en, uk), TEXTS(about_pl, about_en, about_uk), id##_columns,                    \
     sizeof id##_columns / sizeof *id##_columns},
#define COLUMN(...)
#define END(id)
static const store_report_t reports[] = {
#include "store/reports.def"
};
#undef REPORT
#undef COLUMN
#undef END

#define WORD(key, pl, en, uk) {FIXED(key), TEXTS(pl, en, uk)},
static const struct {
    span_t key;
    texts_t name;
} words[] = {
#include "store/reports.def"
};
#undef WORD

#define REPORT_COUNT (sizeof reports / sizeof *reports)

const store_report_t *store_reports(size_t *count)
{
    *count = REPORT_COUNT;
    return reports;
}

const store_report_t *store_report_named(span_t name)
{
    for (size_t i = 0; i < REPORT_COUNT; i++) {
        if (span_equal(span_of(reports[i].name), name)) {
            return &reports[i];
        }
    }
    return NULL;
}

/* ---- names ----------------------------------------------------------------------------------- */

static const texts_t *name_of_word(span_t key)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (span_equal(words[i].key, key)) {
            return &words[i].name;
        }
    }
    return NULL;
}

/* As it is called on the last day of the period, else as it ever was. */
static const texts_t *name_of_service(const report_t *report, span_t id)
{
    const registry_programme_t *programme = report->programme;
    const registry_service_t *service = registry_service_on(programme, id, report->to, NULL);
    for (size_t i = 0; i < programme->service_count && service == NULL; i++) {
        service = span_equal(programme->services[i].id, id) ? &programme->services[i] : NULL;
    }
    return service != NULL ? &service->name : NULL;
}

static const texts_t *name_of(const report_t *report, store_column_type_t type, span_t id)
{
    const registry_programme_t *programme = report->programme;
    if (type == STORE_WORD) {
        return name_of_word(id);
    }
    if (type == STORE_SERVICE_ID) {
        return name_of_service(report, id);
    }
    for (size_t i = 0; type == STORE_INDICATOR_ID && i < programme->indicator_count; i++) {
        if (span_equal(programme->indicators[i].id, id)) {
            return &programme->indicators[i].name;
        }
    }
    for (size_t i = 0; type == STORE_BUDGET_ID && i < programme->budget_count; i++) {
        if (span_equal(programme->budget[i].id, id)) {
            return &programme->budget[i].name;
        }
    }
    return NULL;
}

/* ---- rows ------------------------------------------------------------------------------------ */

sqlite3_stmt *store_report_statement(report_t *report, const char *sql, date_t from, date_t to)
{
    sqlite3_stmt *statement = store_db_fixed(report->db, sql);
    if (statement == NULL) {
        return NULL;
    }
    int count = sqlite3_bind_parameter_count(statement);
    if (count >= 1) {
        store_db_bind_day(report->db, statement, 1, from);
    }
    if (count >= 2) {
        store_db_bind_day(report->db, statement, 2, to);
    }
    if (count >= 4) {
        sqlite3_bind_int64(statement, 3, clock_warsaw_begins(from));
        sqlite3_bind_int64(statement, 4, clock_warsaw_begins(date_add(to, 1)));
    }
    return statement;
}

void store_report_number(report_t *report, size_t column, int64_t number)
{
    report->cells[column] = (store_cell_t){.number = number};
}

void store_report_id(report_t *report, size_t column, span_t id)
{
    store_column_type_t type = report->report->columns[column].type;
    report->cells[column] =
        (store_cell_t){.is_null = id.at == NULL, .text = id, .name = name_of(report, type, id)};
}

void store_report_cells(report_t *report, sqlite3_stmt *statement)
{
    int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; i++) {
        bool is_text = report->report->columns[i].type <= STORE_BUDGET_ID;
        span_t text = is_text ? store_db_bytes(statement, i) : SPAN_NONE;
        if (sqlite3_column_type(statement, i) == SQLITE_NULL || (is_text && text.at == NULL)) {
            report->cells[i] = (store_cell_t){.is_null = true};
        } else if (is_text) {
            store_report_id(report, (size_t)i, text);
        } else {
            store_report_number(report, (size_t)i, sqlite3_column_int64(statement, i));
        }
    }
}

bool store_report_row(report_t *report)
{
    report->stopped = report->stopped || !report->each(report->of, report->cells);
    return !report->stopped;
}

ipus_code_t store_report_rows(report_t *report, const char *sql)
{
    sqlite3_stmt *statement = store_report_statement(report, sql, report->from, report->to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = SQLITE_DONE;
    bool goes_on = !report->stopped;
    while (goes_on && (step = store_db_step(report->db, statement)) == SQLITE_ROW) {
        store_report_cells(report, statement);
        goes_on = store_report_row(report);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

ipus_code_t store_report_numbers(report_t *report, sqlite3_stmt *statement, int64_t *numbers,
                                 int count)
{
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = store_db_step(report->db, statement);
    for (int i = 0; i < count; i++) {
        numbers[i] = step == SQLITE_ROW ? sqlite3_column_int64(statement, i) : 0;
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

/* ---- one statement each ---------------------------------------------------------------------- */

/* Grants are told where the provider was named in them. The value is of what was settled. */
static const char providers_sql[] =
    "SELECT x.service, p.name, sum(granted), sum(ordered), sum(delivered), sum(done), sum(persons),"
    " sum(refused), sum(not_done), sum(no_show), sum(value) FROM ("
    "SELECT service, provider, sum(" REPORT_HELD ") AS granted, 0 AS ordered, 0 AS delivered,"
    " 0 AS done, 0 AS persons, 0 AS refused, 0 AS not_done, 0 AS no_show, 0 AS value"
    " FROM granted WHERE state IN ('granted', 'ended') AND provider IS NOT NULL"
    " AND granted_on BETWEEN ?1 AND ?2 GROUP BY service, provider"
    " UNION ALL "
    "SELECT service, provider, 0, sum(iif(planned, " REPORT_USED ", 0)),"
    " sum(iif(finished, delivered, 0)), sum(finished),"
    " count(DISTINCT iif(finished, person, NULL)), sum(planned AND state = 'refused'),"
    " sum(planned AND (state = 'not_done' OR state = 'settled' AND done_on IS NULL)),"
    " sum(planned AND coalesce(no_show, 0)), 0"
    " FROM (SELECT *, planned_on BETWEEN ?1 AND ?2 AS planned,"
    " done_on IS NOT NULL AND done_on BETWEEN ?1 AND ?2 AS finished FROM orders)"
    " WHERE planned OR finished GROUP BY service, provider"
    " UNION ALL "
    "SELECT service, provider, 0, 0, 0, 0, 0, 0, 0, 0, sum(value) FROM charges"
    " WHERE on_day BETWEEN ?1 AND ?2 GROUP BY service, provider"
    ") AS x LEFT JOIN providers AS p ON p.id = x.provider"
    " GROUP BY x.service, x.provider ORDER BY x.service, p.name, x.provider";

/* The age is the one reached in the year in which the period ends. */
static const char people_sql[] =
    "WITH used AS (SELECT person, count(*) AS done FROM orders"
    " WHERE done_on BETWEEN ?1 AND ?2 GROUP BY person),"
    " given AS (SELECT DISTINCT person FROM granted WHERE state IN ('granted', 'ended')"
    " AND granted_on BETWEEN ?1 AND ?2),"
    " everybody AS (SELECT coalesce(p.sex, 'unknown') AS sex, u.person IS NOT NULL AS used,"
    " p.disability IN ('light', 'moderate', 'severe') AS disabled,"
    " CAST(substr(?2, 1, 4) AS INTEGER) - p.birth_year AS age, coalesce(u.done, 0) AS done,"
    " g.person IS NOT NULL AS given FROM persons AS p LEFT JOIN used AS u ON u.person = p.id"
    " LEFT JOIN given AS g ON g.person = p.id WHERE u.person IS NOT NULL OR g.person IS NOT NULL)"
    " SELECT sex, sum(used), count(iif(used AND disabled, 1, NULL)),"
    " count(iif(used AND age <= 6, 1, NULL)), count(iif(used AND age BETWEEN 7 AND 15, 1, NULL)),"
    " count(iif(used AND age BETWEEN 16 AND 19, 1, NULL)),"
    " count(iif(used AND age BETWEEN 20 AND 30, 1, NULL)),"
    " count(iif(used AND age BETWEEN 31 AND 45, 1, NULL)),"
    " count(iif(used AND age BETWEEN 46 AND 60, 1, NULL)),"
    " count(iif(used AND age BETWEEN 61 AND 80, 1, NULL)), count(iif(used AND age > 80, 1, NULL)),"
    " count(iif(used AND age IS NULL, 1, NULL)), sum(done), sum(given) FROM everybody"
    " GROUP BY sex ORDER BY sex = 'unknown', sex DESC";

/* A fee that was cancelled is owed no more; what the service was worth stays. */
static const char money_sql[] =
    "SELECT service, substr(on_day, 1, 7), count(*), sum(units), sum(value),"
    " sum(iif(owed, before_relief, 0)), sum(iif(owed, before_relief - fee, 0)),"
    " sum(owed AND relief IS NOT NULL), sum(iif(owed, fee, 0)), sum(iif(owed, corrected, 0)),"
    " sum(iif(owed, paid, 0)), sum(iif(owed, max(fee + corrected - coalesce(waived, 0), 0) - paid "
    "+ coalesce(refunded, 0), "
    "0)),"
    " sum(iif(owed, waived, 0)), sum(iif(owed, refunded, 0))"
    " FROM (SELECT *, state <> 'cancelled' AS owed FROM charges WHERE on_day BETWEEN ?1 AND ?2)"
    " GROUP BY 1, 2 ORDER BY 1, 2";

static ipus_code_t store_report_providers(report_t *report)
{
    return store_report_rows(report, providers_sql);
}

static ipus_code_t store_report_people(report_t *report)
{
    return store_report_rows(report, people_sql);
}

static ipus_code_t store_report_money(report_t *report)
{
    return store_report_rows(report, money_sql);
}

/* ---- all of them ----------------------------------------------------------------------------- */

#define REPORT(id, ...) store_report_##id,
#define COLUMN(...)
#define END(id)
static ipus_code_t (*const runs[])(report_t *report) = {
#include "store/reports.def"
};
#undef REPORT
#undef COLUMN
#undef END

ipus_code_t store_report(ipus_record_t *record, const store_report_t *report,
                         const registry_programme_t *programme, date_t from, date_t to,
                         bool (*each)(void *of, const store_cell_t *cells), void *of)
{
    report_t it = {.db = db_of(record),
                   .report = report,
                   .programme = programme,
                   .from = from,
                   .to = to,
                   .each = each,
                   .of = of};
    return runs[report - reports](&it);
}
