/* Tables over a period. A report is a statement and the types of its columns; ?1 and ?2 are the
 * first and the last day. */
#include "store/inside.h"

#define COLUMNS_MOST 16
#define COLUMNS(of) (of), sizeof(of) / sizeof *(of)

/* What was granted in the period, of that ordered and delivered up to now, and what may still be
 * ordered. */
static const store_column_t of_services[] = {
    {"service", STORE_TEXT},  {"provider", STORE_TEXT}, {"grants", STORE_COUNT},
    {"granted", STORE_UNITS}, {"ordered", STORE_UNITS}, {"delivered", STORE_UNITS},
    {"left", STORE_UNITS},
};
static const char services[] =
    "SELECT g.service, p.name, count(*), sum(g.quantity), sum(coalesce(g.ordered, 0)),"
    " sum(coalesce(g.delivered, 0)),"
    " sum(iif(g.state = 'granted', g.quantity - coalesce(g.ordered, 0), 0))"
    " FROM granted g LEFT JOIN providers p ON p.id = g.provider"
    " WHERE g.state IN ('granted', 'ended') AND coalesce(g.granted_on, g.begins) BETWEEN ?1 AND ?2"
    " GROUP BY g.service, g.provider ORDER BY g.service, p.name";

/* In the same order. */
static const store_report_t reports[] = {
    {"services", COLUMNS(of_services)},
};
static const char *const texts[] = {services};

#define REPORTS (sizeof reports / sizeof *reports)
_Static_assert(REPORTS == sizeof texts / sizeof *texts, "a report is a table and its statement");

const store_report_t *store_reports(size_t *count)
{
    *count = REPORTS;
    return reports;
}

static store_cell_t cell_of_column(sqlite3_stmt *statement, int column, store_column_type_t type)
{
    store_cell_t cell = {.is_null = sqlite3_column_type(statement, column) == SQLITE_NULL};
    if (!cell.is_null && type == STORE_TEXT) {
        cell.text = db_bytes(statement, column);
    } else if (!cell.is_null && type == STORE_DAY) {
        cell.number = db_day(statement, column).days;
    } else if (!cell.is_null) {
        cell.number = sqlite3_column_int64(statement, column);
    }
    return cell;
}

ipus_code_t store_report(ipus_record_t *record, const store_report_t *report, date_t from,
                         date_t to, bool (*each)(void *of, const store_cell_t *cells), void *of)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement = db_fixed(db, texts[report - reports]);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    db_bind_day(db, statement, 1, from);
    db_bind_day(db, statement, 2, to);
    int step = SQLITE_DONE;
    bool goes_on = true;
    while (goes_on && (step = db_step(db, statement)) == SQLITE_ROW) {
        store_cell_t cells[COLUMNS_MOST];
        for (size_t i = 0; i < report->column_count && i < COLUMNS_MOST; i++) {
            cells[i] = cell_of_column(statement, (int)i, report->columns[i].type);
        }
        goes_on = each(of, cells);
    }
    db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}
