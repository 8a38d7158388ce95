/* Reading one table of the catalogue: from rows of text to items. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_CATALOG_H
#define OKIENKO_PLUGIN_CATALOG_H

#include "csv/csv.h"
#include "plugin/reader.h"

#define CATALOG_ROWS_MAX 5000
#define CATALOG_LABELS_MAX 256

/* Beside the columns of a table: what every item has. */
enum { PLACE_ID = CATALOG_COLUMNS_MAX, PLACE_BASIS, PLACE_COUNT };

/* The words of one label column, as they are met. */
typedef struct {
    registry_term_t *at;
    span_t *folds; /* what tells them apart */
    size_t count;
} labels_t;

typedef struct {
    load_t *load;
    registry_kind_t kind;
    const registry_table_t *table;
    int places[PLACE_COUNT][LANG_COUNT]; /* the file's column, or -1 */
    csv_row_t headings;
    const csv_row_t *row;
    labels_t labels[CATALOG_COLUMNS_MAX];
    registry_catalog_t *into;
} table_t;

/* "C (telefon)": a column of the file as a spreadsheet and its heading name it. In the scratch
 * arena. */
fault_say_t plugin_table_where(const table_t *table, int place);

/* What a cell holds, without spaces around it; empty when there is no such column or the cell is
 * not in order, which it says. `place` is a column, PLACE_ID or PLACE_BASIS. */
span_t plugin_table_cell(table_t *table, int place, lang_t lang);

/* Reads the cells of the row by column. */
void plugin_table_cells(table_t *table, registry_cell_t *cells);

/* Moves the label columns' words, and what the cells say of them, into the generation. */
void plugin_table_keep_labels(table_t *table);

/* Reads all tables of the catalogue into load->programme. */
void plugin_catalogs_read(load_t *load);

/* Appends a table with nothing but its headings. */
void plugin_catalog_headings(buf_t *text, registry_kind_t kind);

#endif
