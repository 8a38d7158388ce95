/* okienko import, okienko export: tables of the catalogue, which offices keep in a spreadsheet. */
#include "app/commands.h"
#include "app/message.h"
#include "plugin/plugin.h"
#include "json/json.h"

#include <errno.h>

#define FILE_BYTES_MAX ((size_t)16 * 1024 * 1024) /* far more than any table may have */

/* ---- which table ----------------------------------------------------------------------------- */

static void say_tables(const char *name)
{
    buf_t all = {0};
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        buf_print(&all, "%s%s", kind == 0 ? "" : ", ", registry_tables[kind].name);
    }
    const char *names = buf_zero_terminated(&all);
    app_message_print(stderr, MESSAGE_TABLE_NAME, name, names != NULL ? names : "");
    buf_free(&all);
}

/* "…/partners.csv" is "partners". */
static span_t table_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    span_t name = span_of(slash != NULL ? slash + 1 : path);
    bool csv = name.len > 4 && span_equal_nocase(span_from(name, name.len - 4), SPAN(".csv"));
    name.len -= csv ? 4 : 0;
    return name;
}

/* False after saying why. */
static bool read_file(const char *path, buf_t *text)
{
    FILE *file = fopen(path, "rb");
    char bytes[16384];
    size_t got = 0;
    while (file != NULL && text->len <= FILE_BYTES_MAX && !text->failed &&
           (got = fread(bytes, 1, sizeof bytes, file)) > 0) {
        buf_add(text, (span_t){bytes, got});
    }
    bool fine = file != NULL && !ferror(file);
    if (!fine) {
        app_message_print(stderr, MESSAGE_FILE, path, app_message_reason(errno));
    } else if (text->failed) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    }
    if (file != NULL) {
        fclose(file);
    }
    return fine && !text->failed;
}

/* ---- what an import changes ------------------------------------------------------------------ */

typedef enum { ADDED, CHANGED, REMOVED, SAME, CHANGES } change_t;

typedef struct {
    const char *programme, *path; /* as given */
    registry_kind_t kind;
    const registry_catalog_t *before, *after;
    size_t counts[CHANGES];
    json_writer_t *json; /* NULL: for people */
} import_t;

/* Appends the headings of the columns in which two items differ. */
static void add_differences(buf_t *buf, const import_t *import, const registry_item_t *before,
                            const registry_item_t *after)
{
    const registry_table_t *table = &registry_tables[import->kind];
    for (size_t i = 0; i < table->count; i++) {
        if (!registry_cell_equal(&table->columns[i], &before->cells[i], &after->cells[i])) {
            buf_print(buf, "%s%s", buf->len > 0 ? ", " : "", table->columns[i].heading);
        }
    }
    if (!span_equal(before->basis.text, after->basis.text)) {
        buf_print(buf, "%s%s", buf->len > 0 ? ", " : "", CATALOG_BASIS);
    }
}

static void tell(import_t *import, change_t change, const registry_item_t *item, span_t columns)
{
    static const char *const names[] = {"added", "changed", "removed"};
    static const char signs[] = {'+', '~', '-'};
    span_t name = texts_in(registry_item_name(item), app_message_lang());
    import->counts[change]++;
    if (change == SAME) {
        return;
    }
    if (import->json == NULL) {
        printf("%c %.*s: %.*s%s%.*s%s\n", signs[change], SPAN_ARGS(item->id), SPAN_ARGS(name),
               columns.len > 0 ? " (" : "", SPAN_ARGS(columns), columns.len > 0 ? ")" : "");
        return;
    }
    json_object(import->json);
    json_name(import->json, "change");
    json_text(import->json, span_of(names[change]));
    json_name(import->json, "id");
    json_text(import->json, item->id);
    json_name(import->json, "name");
    json_text(import->json, name);
    if (change == CHANGED) {
        json_name(import->json, "columns");
        json_text(import->json, columns);
    }
    json_object_end(import->json);
}

static void compare(import_t *import)
{
    buf_t columns = {0};
    for (size_t i = 0; i < import->after->count; i++) {
        const registry_item_t *item = &import->after->items[i];
        const registry_item_t *old = registry_item(import->before, item->id);
        buf_clear(&columns);
        if (old != NULL) {
            add_differences(&columns, import, old, item);
        }
        tell(import,
             old == NULL       ? ADDED
             : columns.len > 0 ? CHANGED
                               : SAME,
             item, buf_span(&columns));
    }
    for (size_t i = 0; i < import->before->count; i++) {
        const registry_item_t *item = &import->before->items[i];
        if (registry_item(import->after, item->id) == NULL) {
            tell(import, REMOVED, item, SPAN_NONE);
        }
    }
    buf_free(&columns);
}

/* Those of the table are told of the file that was given. */
static void tell_faults(const import_t *import, const plugin_generation_t *generation)
{
    size_t count = 0;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    buf_t own = {0}, line = {0};
    plugin_table_path(&own, import->programme, import->kind);
    for (size_t i = 0; i < count; i++) {
        plugin_fault_t fault = faults[i];
        if (span_equal(fault.file, buf_span(&own))) {
            fault.file = span_of(import->path);
        }
        if (import->json == NULL) {
            buf_clear(&line);
            plugin_fault_print(&line, &fault, app_message_lang());
            fwrite(line.at, 1, line.len, stdout);
            continue;
        }
        json_object(import->json);
        json_name(import->json, "file");
        json_text(import->json, fault.file);
        json_name(import->json, "line");
        json_int(import->json, fault.line);
        json_name(import->json, "code");
        json_text(import->json, span_of(fault.code));
        json_name(import->json, "text");
        json_text(import->json, texts_in(&fault.text, app_message_lang()));
        json_object_end(import->json);
    }
    buf_free(&own);
    buf_free(&line);
}

/* ---- import ---------------------------------------------------------------------------------- */

static int write_table(const import_t *import, const char *folder, span_t text)
{
    buf_t why = {0}, path = {0};
    bool written =
        plugin_table_write(folder, import->programme, import->kind, text, &why, app_message_lang());
    if (!written) {
        app_message_why(&why);
    } else if (import->json == NULL) {
        plugin_table_path(&path, import->programme, import->kind);
        const char *shown = buf_zero_terminated(&path);
        app_message_print(stdout, MESSAGE_TABLE_WRITTEN, shown != NULL ? shown : "");
    }
    buf_free(&why);
    buf_free(&path);
    return written ? APP_FINE : APP_FAULTS;
}

/* What the file would make of the programme is told; a sound one is written unless `dry`. */
static int import_text(import_t *import, const char *folder, span_t text, bool dry)
{
    plugin_generation_t *before = plugin_load(folder, import->programme);
    plugin_generation_t *after = plugin_load_with(folder, import->programme, import->kind, text);
    int code = APP_USAGE;
    /* A programme that is sound with the table but cannot be served without is one that memory ran
     * out for: what only the table spoils is served. */
    if (before == NULL || after == NULL ||
        (plugin_good(after) && plugin_programme(before) == NULL)) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    } else if (!plugin_good(after)) {
        size_t count = 0;
        plugin_faults(after, &count);
        tell_faults(import, after);
        if (import->json == NULL) {
            app_message_print(stdout, MESSAGE_TABLE_FAULTS, count);
        }
        code = APP_FAULTS;
    } else {
        import->before = registry_catalog(plugin_programme(before), import->kind);
        import->after = registry_catalog(plugin_programme(after), import->kind);
        compare(import);
        if (import->json == NULL) {
            app_message_print(stdout, MESSAGE_TABLE_SUM, import->counts[ADDED],
                              import->counts[CHANGED], import->counts[REMOVED],
                              import->counts[SAME]);
        }
        if (dry && import->json == NULL) {
            app_message_print(stdout, MESSAGE_TABLE_PREVIEW);
        }
        code = dry ? APP_FINE : write_table(import, folder, text);
    }
    plugin_release(before);
    plugin_release(after);
    return code;
}

static int run_import(const options_t *options)
{
    const char *folder = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    const char *path = options->arguments[1];
    const char *as = app_options_value(options, "--as", NULL);
    span_t name = as != NULL ? span_of(as) : table_of(path);
    buf_t text = {0}, out = {0};
    json_writer_t json = {.buf = &out};
    import_t import = {.programme = options->arguments[0],
                       .path = path,
                       .kind = registry_kind(name),
                       .json = app_options_given(options, "--json") ? &json : NULL};
    if (import.kind == CATALOG_KINDS) {
        say_tables(as != NULL ? as : path);
        app_message_print(stderr, MESSAGE_TABLE_AS);
        return APP_USAGE;
    }
    int code = APP_USAGE;
    if (app_commands_has_programme(folder, import.programme) && read_file(path, &text)) {
        json_array(&json);
        code =
            import_text(&import, folder, buf_span(&text), app_options_given(options, "--dry-run"));
        json_array_end(&json);
        if (import.json != NULL) {
            buf_byte(&out, '\n');
            fwrite(out.at, 1, out.failed ? 0 : out.len, stdout);
        }
    }
    buf_free(&text);
    buf_free(&out);
    return code;
}

static const option_t import_options[] = {
    OPTION_PLUGINS,
    OPTION_JSON,
    {"--dry-run",
     NULL,
     false,
     {"tylko pokazuje, co by się zmieniło", "only shows what would change"}},
    {"--as",
     "TABLE",
     false,
     {"która tabela, jeśli nie mówi tego nazwa pliku",
      "which table, unless the file's name says it"}},
};

const command_t app_command_import = {
    "import",
    "PROGRAM FILE.csv",
    {"sprawdza tabelę z arkusza, pokazuje zmiany i wstawia ją do programu",
     "checks a spreadsheet's table, shows what changes and puts it into the programme"},
    import_options,
    sizeof import_options / sizeof import_options[0],
    2,
    2,
    run_import};

/* ---- export ---------------------------------------------------------------------------------- */

static int run_export(const options_t *options)
{
    const char *folder = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    const char *programme = options->arguments[0];
    registry_kind_t kind = registry_kind(span_of(options->arguments[1]));
    if (kind == CATALOG_KINDS) {
        say_tables(options->arguments[1]);
        return APP_USAGE;
    }
    if (!app_commands_has_programme(folder, programme)) {
        return APP_USAGE;
    }
    buf_t text = {0}, why = {0};
    bool fine = plugin_table_read(folder, programme, kind, &text, &why, app_message_lang());
    if (fine) {
        fine = fwrite(text.at, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
    } else {
        app_message_why(&why);
    }
    buf_free(&text);
    buf_free(&why);
    return fine ? APP_FINE : APP_FAULTS;
}

static const option_t export_options[] = {OPTION_PLUGINS};

const command_t app_command_export = {
    "export",
    "PROGRAM TABLE",
    {"wypisuje tabelę tak, jak stoi w pliku; gdy jej nie ma, same nagłówki",
     "prints a table as it stands in its file; where there is none, its headings"},
    export_options,
    sizeof export_options / sizeof export_options[0],
    2,
    2,
    run_export};
