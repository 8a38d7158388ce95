/* Reports that set the record's sums against what the programme says: pools, indicators, budget. */
#include "store/reports.h"

/* ---- services -------------------------------------------------------------------------------- */

enum { POOL = 7, TAKEN, LEFT };

/* The last word on a service of an application is what counts as a refusal; "+" keeps the search
 * for a later one to the few decisions of the application. */
static const char services_sql[] =
    "SELECT ?5, g.units, g.persons, o.ordered, o.delivered, o.done, o.persons, NULL, NULL, NULL,"
    " w.entries, d.refused FROM"
    " (SELECT coalesce(sum(" REPORT_HELD "), 0) AS units, count(DISTINCT person) AS persons"
    " FROM granted WHERE service = ?5 AND state IN ('granted', 'ended')"
    " AND granted_on BETWEEN ?1 AND ?2) AS g,"
    " (SELECT coalesce(sum(iif(planned_on BETWEEN ?1 AND ?2, " REPORT_USED ", 0)), 0)"
    " AS ordered, coalesce(sum(iif(done_on BETWEEN ?1 AND ?2, delivered, 0)), 0) AS delivered,"
    " count(iif(done_on BETWEEN ?1 AND ?2, 1, NULL)) AS done,"
    " count(DISTINCT iif(done_on BETWEEN ?1 AND ?2, person, NULL)) AS persons"
    " FROM orders WHERE service = ?5) AS o,"
    " (SELECT count(*) AS entries FROM waiting WHERE service = ?5"
    " AND state IN ('waiting', 'offered') AND since <= ?2) AS w,"
    " (SELECT count(*) AS refused FROM decisions AS d WHERE service = ?5 AND outcome = 'no'"
    " AND made_at >= ?3 AND made_at < ?4 AND NOT EXISTS (SELECT 1 FROM decisions AS later"
    " WHERE later.application = d.application AND +later.service = d.service AND later.id > d.id))"
    " AS d";

static const char taken_sql[] =
    "SELECT taken, over FROM pools WHERE begins = ?1 AND ends = ?2 AND service = ?5";

static const char recorded_sql[] = "SELECT service FROM decisions WHERE service IS NOT NULL"
                                   " GROUP BY service ORDER BY service";

/* The pool of the period in which the report ends; what was granted beyond it takes nothing off. */
static ipus_code_t fill_pool(report_t *report, span_t id)
{
    const registry_service_t *service =
        registry_service_on(report->programme, id, report->to, NULL);
    const registry_row_t *row = service != NULL ? registry_row_on(service->pool, report->to) : NULL;
    if (row == NULL) {
        return IPUS_FINE;
    }
    date_t from = DATE_NONE, to = DATE_NONE;
    registry_period(report->programme, row->per, report->to, &from, &to);
    sqlite3_stmt *statement = store_report_statement(report, taken_sql, from, to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 5, id);
    int64_t taken[2] = {0, 0}, pool = row->value.number * 1000;
    ipus_code_t code = store_report_numbers(report, statement, taken, 2);
    store_report_number(report, POOL, pool);
    int64_t within = taken[0] - taken[1];
    store_report_number(report, TAKEN, taken[0]);
    store_report_number(report, LEFT, within < pool ? pool - within : 0);
    return code;
}

static ipus_code_t one_service(report_t *report, span_t id)
{
    sqlite3_stmt *statement =
        store_report_statement(report, services_sql, report->from, report->to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 5, id);
    if (store_db_step(report->db, statement) != SQLITE_ROW) {
        store_db_done(statement);
        return store_db_broken(report->db, SQLITE_CORRUPT);
    }
    store_report_cells(report, statement);
    ipus_code_t code = fill_pool(report, id);
    if (code == IPUS_FINE) {
        (void)store_report_row(report);
    }
    store_db_done(statement);
    return code;
}

static bool is_first_version(const registry_programme_t *programme, size_t place)
{
    for (size_t i = 0; i < place; i++) {
        if (span_equal(programme->services[i].id, programme->services[place].id)) {
            return false;
        }
    }
    return true;
}

static bool is_known(const registry_programme_t *programme, span_t id)
{
    bool known = false;
    return registry_service_on(programme, id, programme->to, &known) != NULL || known;
}

/* Those of the programme, then those that were taken out of it but stand in the record. */
ipus_code_t store_report_services(report_t *report)
{
    const registry_programme_t *programme = report->programme;
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < programme->service_count && code == IPUS_FINE; i++) {
        if (!report->stopped && is_first_version(programme, i)) {
            code = one_service(report, programme->services[i].id);
        }
    }
    sqlite3_stmt *recorded = store_report_statement(report, recorded_sql, report->from, report->to);
    if (recorded == NULL) {
        return IPUS_BROKEN;
    }
    int step = SQLITE_DONE;
    while (code == IPUS_FINE && !report->stopped &&
           (step = store_db_step(report->db, recorded)) == SQLITE_ROW) {
        span_t id = store_db_bytes(recorded, 0);
        code = is_known(programme, id) ? IPUS_FINE : one_service(report, id);
    }
    store_db_done(recorded);
    return step == SQLITE_ROW || step == SQLITE_DONE ? code : IPUS_BROKEN;
}

/* ---- indicators ------------------------------------------------------------------------------ */

/* Each of its own text; those that count things count them in thousandths too, to fit one column.
 */
static const char *const counts_sql[COUNTS_COUNT] = {
    [COUNTS_NEW_PERSONS] =
        "SELECT count(DISTINCT o.person) * 1000 FROM orders AS o"
        " JOIN persons AS p ON p.id = o.person AND p.assisted_before = 0"
        " WHERE o.done_on BETWEEN ?1 AND ?2 AND NOT EXISTS (SELECT 1 FROM orders AS earlier"
        " WHERE earlier.person = o.person AND +earlier.done_on < ?1)",
    [COUNTS_PROVIDERS] = "SELECT count(DISTINCT provider) * 1000 FROM orders"
                         " WHERE done_on BETWEEN ?1 AND ?2",
    [COUNTS_VOLUNTEERS] = "SELECT count(*) * 1000 FROM volunteers WHERE begins <= ?2"
                          " AND (ends IS NULL OR ends >= ?1)",
    [COUNTS_PERSONS] = "SELECT count(DISTINCT person) * 1000 FROM orders"
                       " WHERE done_on BETWEEN ?1 AND ?2",
    [COUNTS_UNITS] = "SELECT sum(delivered) FROM orders WHERE done_on BETWEEN ?1 AND ?2",
    [COUNTS_SERVICES] = "SELECT count(*) * 1000 FROM orders WHERE done_on BETWEEN ?1 AND ?2",
};

static const char first_done_sql[] =
    "SELECT o.service, min(o.done_on) FROM orders AS o WHERE o.done_on BETWEEN ?1 AND ?2"
    " GROUP BY o.service HAVING NOT EXISTS (SELECT 1 FROM orders AS earlier"
    " WHERE earlier.service = o.service AND +earlier.done_on < ?1)";

/* A service that only enlarges what there was is not a new one. */
static bool is_new(const registry_programme_t *programme, span_t id, date_t on)
{
    const registry_service_t *service = registry_service_on(programme, id, on, NULL);
    return service == NULL || service->change != CHANGE_MORE;
}

static ipus_code_t count_new_services(report_t *report, date_t from, date_t to, int64_t *count)
{
    sqlite3_stmt *statement = store_report_statement(report, first_done_sql, from, to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    int step = SQLITE_DONE;
    *count = 0;
    while ((step = store_db_step(report->db, statement)) == SQLITE_ROW) {
        *count +=
            is_new(report->programme, store_db_bytes(statement, 0), store_db_day(statement, 1))
                ? 1000
                : 0;
    }
    store_db_done(statement);
    return step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

static ipus_code_t one_count(report_t *report, const registry_indicator_t *indicator, date_t from,
                             date_t to)
{
    int64_t count = 0;
    ipus_code_t code =
        indicator->counts == COUNTS_NEW_SERVICES
            ? count_new_services(report, from, to, &count)
            : store_report_numbers(
                  report, store_report_statement(report, counts_sql[indicator->counts], from, to),
                  &count, 1);
    if (code == IPUS_FINE) {
        store_report_id(report, 0, indicator->id);
        store_report_number(report, 1, from.days);
        store_report_number(report, 2, to.days);
        store_report_number(report, 3, count);
        (void)store_report_row(report);
    }
    return code;
}

static date_t earlier(date_t a, date_t b)
{
    return date_before(a, b) ? a : b;
}

static date_t later(date_t a, date_t b)
{
    return date_before(a, b) ? b : a;
}

/* Whole periods of the calendar, as far as they lie in the report's and the programme's. */
ipus_code_t store_report_indicators(report_t *report)
{
    const registry_programme_t *programme = report->programme;
    date_t first = later(report->from, programme->from), last = earlier(report->to, programme->to);
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < programme->indicator_count && code == IPUS_FINE; i++) {
        const registry_indicator_t *indicator = &programme->indicators[i];
        date_t day = first, from = DATE_NONE, to = DATE_NONE;
        while (code == IPUS_FINE && !report->stopped && !date_before(last, day)) {
            registry_period(programme, indicator->every, day, &from, &to);
            code = one_count(report, indicator, later(from, first), earlier(to, last));
            day = date_add(to, 1);
        }
    }
    return code;
}

/* ---- budget ---------------------------------------------------------------------------------- */

/* ?5 null: of all services. A grant belongs to the line in whose time it begins. */
static const char committed_sql[] =
    "SELECT sum(((" REPORT_HELD ") * price + 500) / 1000), sum(price IS NULL) FROM granted"
    " WHERE state IN ('granted', 'ended') AND begins BETWEEN ?1 AND ?2"
    " AND (?5 IS NULL OR service = ?5)";
static const char spent_sql[] = "SELECT sum(value) FROM charges WHERE on_day BETWEEN ?1 AND ?2"
                                " AND (?5 IS NULL OR service = ?5)";

typedef struct {
    int64_t committed, unpriced, spent;
} spending_t;

static ipus_code_t add_spending(report_t *report, span_t service, date_t from, date_t to,
                                spending_t *spending)
{
    int64_t committed[2], spent = 0;
    sqlite3_stmt *statement = store_report_statement(report, committed_sql, from, to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 5, service);
    ipus_code_t code = store_report_numbers(report, statement, committed, 2);
    statement = code == IPUS_FINE ? store_report_statement(report, spent_sql, from, to) : NULL;
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 5, service);
    code = store_report_numbers(report, statement, &spent, 1);
    spending->committed += committed[0];
    spending->unpriced += committed[1];
    spending->spent += spent;
    return code;
}

static ipus_code_t one_line(report_t *report, const registry_budget_t *line)
{
    date_t from = later(line->from, report->from), to = earlier(line->to, report->to);
    spending_t spending = {0};
    ipus_code_t code =
        line->service_count == 0 ? add_spending(report, SPAN_NONE, from, to, &spending) : IPUS_FINE;
    for (size_t i = 0; i < line->service_count && code == IPUS_FINE; i++) {
        code = add_spending(report, line->services[i], from, to, &spending);
    }
    const int64_t numbers[] = {line->from.days,    line->to.days,  line->value,
                               spending.committed, spending.spent, line->value - spending.committed,
                               spending.unpriced};
    store_report_id(report, 0, line->id);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        store_report_number(report, i + 1, numbers[i]);
    }
    if (code == IPUS_FINE) {
        (void)store_report_row(report);
    }
    return code;
}

ipus_code_t store_report_budget(report_t *report)
{
    const registry_programme_t *programme = report->programme;
    ipus_code_t code = IPUS_FINE;
    for (size_t i = 0; i < programme->budget_count && code == IPUS_FINE; i++) {
        const registry_budget_t *line = &programme->budget[i];
        if (!report->stopped && !date_before(line->to, report->from) &&
            !date_before(report->to, line->from)) {
            code = one_line(report, line);
        }
    }
    return code;
}
