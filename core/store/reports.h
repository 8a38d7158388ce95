/* What the files of the reports share. In their statements ?1 and ?2 are the first and the last day
 * of the period, ?3 the instant it begins at, ?4 the one that follows it, ?5 a service. A service
 * is done when its order has a day on which it was done; what an ended grant did not order was
 * given back. Inside the store only. */
#ifndef OKIENKO_STORE_REPORTS_H
#define OKIENKO_STORE_REPORTS_H

#include "store/inside.h"

typedef struct {
    db_t *db;
    const store_report_t *report;
    const registry_programme_t *programme;
    date_t from, to;
    bool (*each)(void *of, const store_cell_t *cells);
    void *of;
    bool stopped;
    store_cell_t cells[STORE_COLUMNS_MAX];
} report_t;

/* Units that a grant holds. */
#define REPORT_HELD "CASE state WHEN 'ended' THEN coalesce(ordered, 0) ELSE quantity END"

/* What an order uses of its grant, as ipus_order_used() says. */
#define REPORT_USED "iif(counts = 1, coalesce(delivered, quantity), 0)"

/* A statement with its period bound; NULL when it cannot be made. */
sqlite3_stmt *store_report_statement(report_t *report, const char *sql, date_t from, date_t to);

/* Fills the cells from the row that the statement stands on. */
void store_report_cells(report_t *report, sqlite3_stmt *statement);
void store_report_number(report_t *report, size_t column, int64_t number);
/* An id or a text; what it is called is looked up. */
void store_report_id(report_t *report, size_t column, span_t id);
/* Gives the cells away; false when no more are wanted. */
bool store_report_row(report_t *report);

/* Every row of a statement, as it comes. */
ipus_code_t store_report_rows(report_t *report, const char *sql);
/* The first columns of a statement's only row, 0 where null. */
ipus_code_t store_report_numbers(report_t *report, sqlite3_stmt *statement, int64_t *numbers,
                                 int count);

ipus_code_t store_report_services(report_t *report);
ipus_code_t store_report_indicators(report_t *report);
ipus_code_t store_report_budget(report_t *report);
ipus_code_t store_report_summary(report_t *report);
ipus_code_t store_report_applications(report_t *report);

#endif
