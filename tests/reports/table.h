/* A report as a table in memory, for tests to look into. */
#ifndef OKIENKO_TESTS_REPORTS_TABLE_H
#define OKIENKO_TESTS_REPORTS_TABLE_H

#include "made.h"

typedef struct {
    char ids[2][64]; /* of the first two columns, where they are texts */
    int64_t numbers[STORE_COLUMNS_MAX];
    bool is_null[STORE_COLUMNS_MAX];
    bool has_name;
} line_t;

typedef struct {
    const store_report_t *report;
    line_t *lines;
    size_t count, cap;
} table_t;

table_t table_read(const char *report, const char *from, const char *to);
void table_free(table_t *table);

/* The row with these ids (`second` NULL: any), or NULL. */
const line_t *table_line(const table_t *table, const char *first, const char *second);
/* A number of it; fails the test when there is no such row or it is null. */
int64_t table_at(const table_t *table, const char *first, const char *second, const char *column);
int64_t table_sum(const table_t *table, const char *column);
bool table_equal(const table_t *a, const table_t *b);
void table_print(const table_t *table);

#endif
