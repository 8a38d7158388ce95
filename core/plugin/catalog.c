/* The tables of the catalogue: their headings and rows, and what they say of each other. */
#include "plugin/catalog.h"

#include "base/text.h"

#include <stdio.h>

#define COLUMNS_MAX 64
#define FIELD_BYTES_MAX 8000
#define HEADINGS_MAX ((CATALOG_COLUMNS_MAX + 2) * LANG_COUNT)

/* ---- headings ----------------------------------------------------------------------------------
 */

/* A heading that may stand in the file. */
typedef struct {
    char name[40]; /* "nazwa", "nazwa en" */
    int place;
    lang_t lang;
} heading_t;

typedef struct {
    heading_t at[HEADINGS_MAX];
    const char *names[HEADINGS_MAX];
    size_t count;
} headings_t;

static void add_heading(headings_t *headings, const char *name, int place, bool translated)
{
    for (lang_t lang = 0; lang < (translated ? LANG_COUNT : 1); lang++) {
        heading_t *heading = &headings->at[headings->count];
        snprintf(heading->name, sizeof(heading->name), "%s%s%s", name, lang == LANG_PL ? "" : " ",
                 lang == LANG_PL ? "" : lang_code(lang));
        heading->place = place;
        heading->lang = lang;
        headings->names[headings->count++] = heading->name;
    }
}

static void list_headings(headings_t *headings, const registry_table_t *table)
{
    headings->count = 0;
    add_heading(headings, CATALOG_ID, PLACE_ID, false);
    for (size_t i = 0; i < table->count; i++) {
        registry_column_type_t type = table->columns[i].type;
        bool translated = type == COLUMN_TEXT || type == COLUMN_TEXTS || type == COLUMN_LABEL;
        add_heading(headings, table->columns[i].heading, (int)i, translated);
    }
    add_heading(headings, CATALOG_BASIS, PLACE_BASIS, false);
}

static span_t joined(load_t *load, const headings_t *headings)
{
    buf_t all = {0};
    for (size_t i = 0; i < headings->count; i++) {
        buf_print(&all, "%s%s", i == 0 ? "" : ";", headings->names[i]);
    }
    span_t copy = all.failed ? SPAN_NONE : arena_copy(load->scratch, buf_span(&all));
    load->no_memory = load->no_memory || copy.at == NULL;
    buf_free(&all);
    return copy;
}

void plugin_catalog_headings(buf_t *text, registry_kind_t kind)
{
    headings_t headings;
    list_headings(&headings, &registry_tables[kind]);
    csv_writer_t writer = csv_begin(text);
    for (size_t i = 0; i < headings.count; i++) {
        csv_text(&writer, span_of(headings.names[i]));
    }
    csv_end_row(&writer);
}

/* Case, Polish letters and underscores do not tell headings apart. */
static bool is_heading(buf_t *folded, span_t text, const char *name)
{
    buf_clear(folded);
    text_fold(folded, text);
    size_t len = folded->len;
    text_fold(folded, span_of(name));
    return !folded->failed && len * 2 == folded->len &&
           (len == 0 || memcmp(folded->at, folded->at + len, len) == 0);
}

static void take_heading(table_t *table, const headings_t *headings, int at, buf_t *folded)
{
    load_t *load = table->load;
    span_t text = span_trim(table->headings.fields[at]);
    for (size_t i = 0; i < headings->count; i++) {
        const heading_t *heading = &headings->at[i];
        int *place = &table->places[heading->place][heading->lang];
        if (is_heading(folded, text, heading->name)) {
            if (*place >= 0) {
                FAULT(load, table->headings.line, CSV_COLUMN_TWICE, say_word(heading->name));
            } else {
                *place = at;
            }
            return;
        }
    }
    FAULT_NEAR(load, table->headings.line, CSV_UNKNOWN_COLUMN,
               text_nearest(text, headings->names, headings->count), say(text),
               say(joined(load, headings)));
}

/* A column without a heading at the end, with nothing in it, is a spreadsheet's leftover. */
static size_t width(const csv_row_t *row)
{
    size_t count = row->count;
    while (count > 0 && span_trim(row->fields[count - 1]).len == 0) {
        count--;
    }
    return count;
}

static void say_missing(table_t *table)
{
    for (int place = 0; place < PLACE_COUNT; place++) {
        bool own = place < (int)table->table->count;
        const char *name = place == PLACE_ID      ? CATALOG_ID
                           : place == PLACE_BASIS ? CATALOG_BASIS
                           : own                  ? table->table->columns[place].heading
                                                  : NULL;
        bool required = name != NULL && (!own || table->table->columns[place].required);
        if (required && table->places[place][LANG_PL] < 0) {
            FAULT(table->load, table->headings.line, CSV_COLUMN_MISSING, say_word(name));
        }
    }
}

/* False when the rows cannot be understood. */
static bool read_headings(table_t *table, const csv_table_t *csv)
{
    load_t *load = table->load;
    headings_t headings;
    list_headings(&headings, table->table);
    memset(table->places, -1, sizeof(table->places));
    if (csv->count == 0) {
        FAULT(load, 0, CSV_NOTHING, say(joined(load, &headings)));
        return false;
    }
    table->headings = csv->rows[0];
    table->headings.count = width(&csv->rows[0]);
    span_t first = table->headings.fields[0];
    bool comma = first.len > 0 && memchr(first.at, ',', first.len) != NULL;
    bool tab = first.len > 0 && memchr(first.at, '\t', first.len) != NULL;
    if (table->headings.count == 1 && (comma || tab)) {
        FAULT(load, table->headings.line, CSV_SEPARATOR, say_word(comma ? "," : "TAB"));
        return false;
    }
    buf_t folded = {0};
    for (size_t i = 0; i < table->headings.count; i++) {
        take_heading(table, &headings, (int)i, &folded);
    }
    load->no_memory = load->no_memory || folded.failed;
    buf_free(&folded);
    say_missing(table);
    return true;
}

/* ---- rows --------------------------------------------------------------------------------------
 */

fault_say_t plugin_table_where(const table_t *table, int place)
{
    char text[96];
    char letters[3] = {(char)('A' + place % 26), '\0', '\0'};
    if (place >= 26) {
        letters[1] = letters[0];
        letters[0] = (char)('A' + place / 26 - 1);
    }
    span_t heading = place < (int)table->headings.count ? table->headings.fields[place] : SPAN("?");
    bool named = heading.len > 0 && heading.len < 64;
    snprintf(text, sizeof(text), named ? "%s (%.*s)" : "%s", letters, SPAN_ARGS(heading));
    span_t copy = arena_copy(table->load->scratch, span_of(text));
    table->load->no_memory = table->load->no_memory || copy.at == NULL;
    return say(copy);
}

static void say_csv(table_t *table, const csv_fault_t *fault)
{
    static const fault_code_t codes[] = {
        [CSV_CONTROL] = FAULT_CSV_CONTROL,           [CSV_QUOTE_OPEN] = FAULT_CSV_QUOTE_OPEN,
        [CSV_QUOTE_INSIDE] = FAULT_CSV_QUOTE_INSIDE, [CSV_AFTER_QUOTE] = FAULT_CSV_AFTER_QUOTE,
        [CSV_FIELD_LONG] = FAULT_CSV_FIELD_LONG,     [CSV_COLUMNS_MANY] = FAULT_CSV_COLUMNS_MANY,
        [CSV_ROWS_MANY] = FAULT_CSV_ROWS_MANY,
    };
    load_t *load = table->load;
    if (fault->code == CSV_NOT_UTF8) {
        plugin_load_fault(load, fault->line, FAULT_CSV_NOT_UTF8, NULL, NULL, 0);
    } else if (fault->code == CSV_ROWS_MANY) {
        FAULT(load, fault->line, CSV_ROWS_MANY, say_number(CATALOG_ROWS_MAX));
    } else {
        int64_t most = fault->code == CSV_FIELD_LONG ? FIELD_BYTES_MAX : COLUMNS_MAX;
        fault_say_t args[] = {plugin_table_where(table, (int)fault->column), say_number(most)};
        plugin_load_fault(load, fault->line, codes[fault->code], NULL, args, 2);
    }
}

/* What was told of a row as text is not told again of its cells. */
static bool has_fault(const csv_table_t *csv, size_t row)
{
    int from = csv->rows[row].line;
    int until = row + 1 < csv->count ? csv->rows[row + 1].line : INT32_MAX;
    for (size_t i = 0; i < csv->fault_count; i++) {
        if (csv->faults[i].line >= from && csv->faults[i].line < until) {
            return true;
        }
    }
    return false;
}

static void read_id_cell(table_t *table, registry_item_t *item)
{
    load_t *load = table->load;
    span_t id = plugin_table_cell(table, PLACE_ID, LANG_PL);
    if (id.len == 0) {
        return;
    }
    if (!plugin_files_id(id, '-')) {
        FAULT(load, item->line, BAD_ID, say(id), say_word("-"));
        return;
    }
    const registry_item_t *earlier = registry_item(table->into, id);
    if (earlier != NULL) {
        FAULT(load, item->line, DUPLICATE_ID, say(id), say_number(earlier->line));
        return;
    }
    item->id = plugin_load_keep(load, id);
}

static void read_item(table_t *table, registry_item_t *item)
{
    load_t *load = table->load;
    item->line = table->row->line;
    size_t cells = width(table->row);
    if (cells > table->headings.count || table->row->count < table->headings.count) {
        FAULT(load, item->line, CSV_ROW_LENGTH,
              say_number((int64_t)(cells > table->headings.count ? cells : table->row->count)),
              say_number((int64_t)table->headings.count));
        return;
    }
    registry_cell_t *into = plugin_load_new(load, table->table->count, sizeof(*into));
    item->cells = into;
    read_id_cell(table, item);
    registry_basis_set(&item->basis, plugin_table_cell(table, PLACE_BASIS, LANG_PL));
    item->basis.text = plugin_load_keep(load, item->basis.text);
    if (into != NULL) {
        plugin_table_cells(table, into);
    }
}

static void read_rows(table_t *table, const csv_table_t *csv)
{
    load_t *load = table->load;
    registry_item_t *items =
        csv->count > 1 ? plugin_load_new(load, csv->count - 1, sizeof(*items)) : NULL;
    table->into->items = items;
    for (size_t i = 1; i < csv->count && items != NULL; i++) {
        if (plugin_load_is_late(load)) {
            return;
        }
        table->row = &csv->rows[i];
        if (!has_fault(csv, i)) {
            read_item(table, &items[table->into->count]);
            table->into->count++;
        }
    }
}

static void read_one(table_t *table)
{
    load_t *load = table->load;
    const file_t *file = &load->files.tables[table->kind];
    size_t raised = load->faults.raised;
    csv_table_t csv;
    csv_limits_t limits = {CATALOG_ROWS_MAX + 1, COLUMNS_MAX, FIELD_BYTES_MAX};
    /* An empty file is told with the headings that it lacks. */
    if (file->state == FILE_READ && span_trim(file->text).len == 0) {
        csv = (csv_table_t){.count = 0};
        load->file = file;
        read_headings(table, &csv);
    } else if (plugin_load_say_file(load, file, "", false)) {
        if (!csv_read(&csv, file->text, limits, load->scratch)) {
            load->no_memory = true;
            return;
        }
        bool understood = csv.fault_count > 0 && csv.faults[0].code == CSV_NOT_UTF8
                              ? false
                              : read_headings(table, &csv);
        for (size_t i = 0; i < csv.fault_count; i++) {
            say_csv(table, &csv.faults[i]);
        }
        if (understood) {
            read_rows(table, &csv);
            plugin_table_keep_labels(table);
        }
    }
    table->into->faulty = load->faults.raised != raised;
}

/* ---- links -------------------------------------------------------------------------------------
 */

static bool has_service(const load_t *load, span_t id)
{
    for (size_t i = 0; i < load->files.service_count; i++) {
        const file_t *file = &load->files.services[i];
        if (!file->spec && file->state != FILE_MISNAMED && span_equal(file->id, id)) {
            return true;
        }
    }
    return false;
}

static void check_link(table_t *table, size_t column, const registry_item_t *item)
{
    load_t *load = table->load;
    const registry_cell_t *cell = &item->cells[column];
    registry_kind_t kind = (registry_kind_t)table->table->columns[column].of;
    if (cell->count == 0) {
        return;
    }
    span_t id = cell->in.texts[0].in[LANG_PL];
    const registry_catalogs_t *catalogs = load->programme->catalogs;
    bool there = kind == CATALOG_KINDS
                     ? has_service(load, id)
                     : catalogs->of[kind].faulty || registry_item(&catalogs->of[kind], id) != NULL;
    if (!there) {
        const char *list = kind == CATALOG_KINDS ? "services" : registry_tables[kind].name;
        load->file = &load->files.tables[table->kind];
        FAULT(load, item->line, CSV_LINK, plugin_table_where(table, table->places[column][LANG_PL]),
              say_word(list), say(id));
        table->into->faulty = true;
    }
}

/* Once all are read: a link may point to what stands in a later table. */
static void check_links(table_t *table)
{
    for (size_t i = 0; i < table->into->count; i++) {
        for (size_t k = 0; k < table->table->count && table->into->items[i].cells != NULL; k++) {
            if (table->table->columns[k].type == COLUMN_LINK) {
                check_link(table, k, &table->into->items[i]);
            }
        }
    }
}

void plugin_catalogs_read(load_t *load)
{
    registry_catalogs_t *catalogs = plugin_load_new(load, 1, sizeof(*catalogs));
    table_t *tables = arena_array(load->scratch, CATALOG_KINDS, sizeof(*tables));
    load->no_memory = load->no_memory || tables == NULL;
    if (catalogs == NULL || tables == NULL) {
        return;
    }
    load->programme->catalogs = catalogs;
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        tables[kind] = (table_t){.load = load,
                                 .kind = kind,
                                 .table = &registry_tables[kind],
                                 .into = &catalogs->of[kind]};
        read_one(&tables[kind]);
    }
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        check_links(&tables[kind]);
    }
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        if (catalogs->of[kind].faulty) {
            catalogs->of[kind] = (registry_catalog_t){.faulty = true};
        }
    }
}
