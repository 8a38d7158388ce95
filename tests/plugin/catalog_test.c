/* Tables of the catalogue in a programme's folder: what is read, every mistake that is told, what
 * stays out, and putting a table in place of another. */
#include "folder.h"

#include "base/text.h"
#include "csv/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define TABLES "example/catalogue/"
#define MARK "\xef\xbb\xbf"

static const char partners[] = MARK
    "id;nazwa;nazwa en;zakres;zakres en;obszary;kontakt;telefon;e-mail;www;porozumienie;"
    "sprawdzono;podstawa\r\n"
    "clinic;Poradnia;Clinic;diagnozy | opinie;diagnoses | opinions;Obszar Pierwszy|area-two;"
    "sekretariat;+48 94 123 45 67;biuro@example.pl;https://example.pl;TAK;2024-03-01;zasady\r\n"
    "police;\"Policja; \"\"Straż\"\"\";;;;;;;;example.pl;nie;;przykład\r\n";
static const char activities[] =
    "ID;Nazwa;Obszar;Obszar_en;Kwartały;Komponenty;podstawa\n"
    "reading;Czytanie;Wspieranie rodziny;Family;2021-II | 2021-IV;A|E;plan\n"
    "picnic;Piknik;wspieranie  RODZINY;;2021-II;;plan\n";
static const char external[] = "id;nazwa;pakiety;partner;podstawa\n"
                               "telecare;Teleopieka;basic;clinic;plan\n";
static const char bundles[] =
    "id;nazwa;pakiet;kolumna;usługa;usługa zewnętrzna;działanie;partner;podstawa\n"
    "b-one;Opieka;basic;Centrum;care;;;;plan\n"
    "b-two;Teleopieka;basic;Zasób lokalny;;telecare;reading;clinic;plan\n";

static void put(const folder_t *folder, const char *name, const char *text)
{
    mkdir(folder_at(folder, "example/catalogue"), 0755);
    folder_write(folder, name, text, strlen(text));
}

static folder_t with_all(void)
{
    folder_t folder = folder_copy(FIXTURES);
    put(&folder, TABLES "partners.csv", partners);
    put(&folder, TABLES "activities.csv", activities);
    put(&folder, TABLES "external-services.csv", external);
    put(&folder, TABLES "bundles.csv", bundles);
    return folder;
}

static const registry_cell_t *cell(const registry_item_t *item, registry_kind_t kind,
                                   const char *name)
{
    const registry_table_t *table = &registry_tables[kind];
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->columns[i].name, name) == 0) {
            return &item->cells[i];
        }
    }
    fail_msg("no column %s", name);
    return NULL;
}

static void assert_span(span_t span, const char *text)
{
    assert_int_equal(span.len, strlen(text));
    assert_memory_equal(span.at, text, span.len);
}

static void a_table_becomes_items(void **state)
{
    (void)state;
    folder_t folder = with_all();
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    folder_print(generation);
    assert_true(plugin_good(generation));
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_catalog_t *catalog = registry_catalog(programme, CATALOG_PARTNERS);
    assert_int_equal(catalog->count, 2);
    const registry_item_t *clinic = registry_item(catalog, SPAN("clinic"));
    assert_non_null(clinic);
    assert_span(registry_item_name(clinic)->in[LANG_EN], "Clinic");
    assert_false(clinic->basis.example);
    const registry_cell_t *scope = cell(clinic, CATALOG_PARTNERS, "scope");
    assert_int_equal(scope->count, 2);
    assert_span(scope->in.texts[1].in[LANG_PL], "opinie");
    assert_span(scope->in.texts[1].in[LANG_EN], "opinions");
    const registry_cell_t *areas = cell(clinic, CATALOG_PARTNERS, "areas");
    assert_int_equal(areas->count, 2);
    assert_true(registry_cell_has(areas, SPAN("area-one")));
    assert_int_equal(cell(clinic, CATALOG_PARTNERS, "agreement")->in.number, 1);
    assert_span(cell(clinic, CATALOG_PARTNERS, "phone")->in.texts->in[LANG_PL], "+48 94 123 45 67");
    const registry_item_t *police = registry_item(catalog, SPAN("police"));
    assert_span(registry_item_name(police)->in[LANG_PL], "Policja; \"Straż\"");
    assert_true(police->basis.example);
    assert_int_equal(cell(police, CATALOG_PARTNERS, "agreement")->in.number, 0);
    assert_int_equal(cell(police, CATALOG_PARTNERS, "scope")->count, 0);
    assert_int_equal(registry_catalog(programme, CATALOG_BUNDLES)->count, 2);
    plugin_release(generation);
    folder_delete(&folder);
}

static void words_of_a_column_make_its_vocabulary(void **state)
{
    (void)state;
    folder_t folder = with_all();
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_catalog_t *catalog = registry_catalog(programme, CATALOG_ACTIVITIES);
    const registry_table_t *table = &registry_tables[CATALOG_ACTIVITIES];
    for (size_t i = 0; i < table->count; i++) {
        registry_terms_t terms = registry_column_terms(programme, CATALOG_ACTIVITIES, i);
        if (strcmp(table->columns[i].name, "area") == 0) {
            assert_int_equal(terms.count, 1);
            assert_span(terms.at[0].id, "wspieranie-rodziny");
            assert_span(terms.at[0].name.in[LANG_EN], "Family");
            assert_ptr_equal(catalog->items[0].cells[i].in.terms[0], &terms.at[0]);
            assert_ptr_equal(catalog->items[1].cells[i].in.terms[0], &terms.at[0]);
        }
        if (strcmp(table->columns[i].name, "quarters") == 0) {
            assert_int_equal(terms.count, 2);
            assert_span(terms.at[1].name.in[LANG_PL], "2021-IV");
        }
    }
    plugin_release(generation);
    folder_delete(&folder);
}

static void all_of_it_is_found(void **state)
{
    (void)state;
    folder_t folder = with_all();
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    const registry_programme_t *programme = plugin_programme(generation);
    const registry_search_t *search = plugin_search(generation);
    size_t places[8];
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        registry_range_t range = registry_catalog_range(programme, kind);
        assert_int_equal(range.end - range.first, registry_catalog(programme, kind)->count);
    }
    registry_range_t all = {0, 1000};
    assert_int_equal(registry_search(search, SPAN("teleopieka"), places, 8), 0);
    assert_int_equal(registry_search_range(search, SPAN("TELEOPI"), all, places, 8), 2);
    assert_int_equal(places[0], registry_catalog_range(programme, CATALOG_EXTERNAL_SERVICES).first);
    registry_range_t found = registry_catalog_range(programme, CATALOG_PARTNERS);
    assert_int_equal(registry_search_range(search, SPAN("opinions"), found, places, 8), 1);
    assert_int_equal(places[0], found.first);
    /* Numbers and addresses are no words. */
    assert_int_equal(registry_search_range(search, SPAN("biuro"), all, places, 8), 0);
    plugin_release(generation);
    folder_delete(&folder);
}

static void a_programme_without_tables_has_empty_ones(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    assert_true(plugin_good(generation));
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        assert_int_equal(registry_catalog(plugin_programme(generation), kind)->count, 0);
    }
    plugin_release(generation);
    folder_delete(&folder);
}

#define HEAD "id;nazwa;podstawa\n"
#define PARTNERS TABLES "partners.csv"
#define ACTIVITIES TABLES "activities.csv"
#define BUNDLES TABLES "bundles.csv"

static void every_mistake_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *code;
        int line;
        const char *says; /* part of the English sentence, or NULL */
    } cases[] = {
        {PARTNERS, "", "csv-nothing", 0, "id;nazwa"},
        {PARTNERS, " \n;;\n", "csv-nothing", 0, "id;nazwa"},
        {PARTNERS, "id,nazwa,podstawa\na,b,c\n", "csv-separator", 1, "found: ,"},
        {PARTNERS, "id\tnazwa\tpodstawa\n", "csv-separator", 1, "TAB"},
        {PARTNERS, HEAD "a;\xb3;c\n", "csv-encoding", 2, "UTF-8"},
        {PARTNERS, HEAD "a;\"b;c\n", "csv-quote-open", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;b \"c\";d\n", "csv-quote-inside", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;\"b\"c;d\n", "csv-after-quote", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;b\x01;c\n", "csv-control", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;\"two\nlines\";c\n", "csv-text", 2, "B (nazwa)"},
        {PARTNERS, "id;nazwa;opiss;podstawa\na;b;c;d\n", "csv-unknown-column", 1,
         "was \"opis\" meant?"},
        {PARTNERS, "id;nazwa;nazwa;podstawa\n", "csv-column-twice", 1, "nazwa"},
        {PARTNERS, "id;nazwa\na;b\n", "csv-column-missing", 1, "podstawa"},
        {PARTNERS, HEAD "a;b\n", "csv-row-length", 2, "2 cells"},
        {PARTNERS, HEAD "a;b;c;d\n", "csv-row-length", 2, "4 cells"},
        {PARTNERS, HEAD "a;;c\n", "csv-empty", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;b;\n", "csv-empty", 2, "C (podstawa)"},
        {PARTNERS, HEAD ";b;c\n", "csv-empty", 2, "A (id)"},
        {PARTNERS, HEAD "A b;b;c\n", "bad-id", 2, NULL},
        {PARTNERS, HEAD "a;b;c\na;b;c\n", "duplicate-id", 3, "first on line 2"},
        {PARTNERS, HEAD "a;=1+1;c\n", "csv-formula", 2, "B (nazwa)"},
        {PARTNERS, HEAD "a;@x;c\n", "csv-formula", 2, NULL},
        {PARTNERS, "id;nazwa;zakres en;podstawa\na;b;c;d\n", "csv-translation", 2, "C (zakres en)"},
        {PARTNERS, "id;nazwa;zakres;zakres en;podstawa\na;b;c|d;e;f\n", "csv-list-length", 2,
         "lists 1"},
        {PARTNERS, "id;nazwa;obszary;podstawa\na;b;area-tow;c\n", "csv-term", 2,
         "was \"area-two\" meant?"},
        {PARTNERS, "id;nazwa;telefon;podstawa\na;b;brak;c\n", "csv-form", 2, "phone number"},
        {PARTNERS, "id;nazwa;e-mail;podstawa\na;b;biuro;c\n", "csv-form", 2, "e-mail"},
        {PARTNERS, "id;nazwa;www;podstawa\na;b;javascript:alert(1.0);c\n", "csv-form", 2, "web"},
        {PARTNERS, "id;nazwa;porozumienie;podstawa\na;b;chyba;c\n", "csv-form", 2, "tak"},
        {PARTNERS, "id;nazwa;sprawdzono;podstawa\na;b;1.03.2024;c\n", "csv-form", 2, "a date"},
        {ACTIVITIES, "id;nazwa;kwartały;podstawa\na;b;II 2021;c\n", "csv-form", 2, "a quarter"},
        {ACTIVITIES, "id;nazwa;obszar;obszar en;podstawa\na;b;x;One;c\nd;e;X;Two;f\n",
         "csv-label-differs", 3, "One"},
        {ACTIVITIES, "id;nazwa;obszar;podstawa\na;b;?!;c\n", "csv-text", 2, "C (obszar)"},
        {BUNDLES, "id;nazwa;pakiet;kolumna;usługa;podstawa\na;b;basic;x;caree;c\n", "csv-link", 2,
         "caree"},
        {BUNDLES, "id;nazwa;pakiet;kolumna;partner;podstawa\na;b;basic;x;who;c\n", "csv-link", 2,
         "partners"},
        {TABLES "partner.csv", HEAD, "file-unknown", 0, "partner.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        folder_t folder = folder_copy(FIXTURES);
        put(&folder, cases[i].file, cases[i].text);
        plugin_generation_t *generation = plugin_load(folder.path, "example");
        size_t count = 0;
        const plugin_fault_t *faults = plugin_faults(generation, &count);
        const plugin_fault_t *fault = folder_fault(generation, cases[i].code, cases[i].line);
        if (fault == NULL || count != 1) {
            folder_print(generation);
            fail_msg("case %zu: %s on line %d", i, cases[i].code, cases[i].line);
        }
        span_t text = fault->text.in[LANG_EN];
        if (cases[i].says != NULL &&
            memmem(text.at, text.len, cases[i].says, strlen(cases[i].says)) == NULL) {
            fail_msg("case %zu: \"%.*s\" does not say \"%s\"", i, (int)text.len, text.at,
                     cases[i].says);
        }
        assert_ptr_equal(fault, faults);
        /* The services serve all the same. */
        assert_non_null(plugin_programme(generation));
        plugin_release(generation);
        folder_delete(&folder);
    }
}

static void mistakes_leave_out_their_table_alone(void **state)
{
    (void)state;
    folder_t folder = with_all();
    put(&folder, PARTNERS, HEAD "A;;c\nb;=x;\n\"c\"d;x;y\n");
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    size_t count = 0;
    plugin_faults(generation, &count);
    assert_int_equal(count, 5);
    const registry_programme_t *programme = plugin_programme(generation);
    assert_true(registry_catalog(programme, CATALOG_PARTNERS)->faulty);
    assert_int_equal(registry_catalog(programme, CATALOG_PARTNERS)->count, 0);
    assert_int_equal(registry_catalog(programme, CATALOG_BUNDLES)->count, 2);
    plugin_release(generation);
    folder_delete(&folder);
}

/* A table of `rows` rows, to be freed. */
static char *rows_of(size_t rows, const char *label)
{
    buf_t buf = {0};
    buf_literal(&buf, "id;nazwa;etap;podstawa\n");
    for (size_t i = 0; i < rows; i++) {
        buf_print(&buf, "a%zu;Nazwa %zu;%s%zu;plan\n", i, i, label, *label == 'x' ? i : 0);
    }
    assert_non_null(buf_zero_terminated(&buf));
    return buf.at;
}

static void it_has_limits(void **state)
{
    (void)state;
    static const struct {
        size_t rows;
        const char *label, *code;
    } cases[] = {{5000, "e", NULL}, {5001, "e", "csv-rows-many"}, {300, "x", "csv-labels-many"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = rows_of(cases[i].rows, cases[i].label);
        plugin_generation_t *generation =
            plugin_load_with(FIXTURES, "example", CATALOG_ACTIVITIES, span_of(text));
        size_t count = 0;
        plugin_faults(generation, &count);
        assert_int_equal(count, cases[i].code == NULL ? 0 : 1);
        assert_true(cases[i].code == NULL || folder_fault(generation, cases[i].code, 0) != NULL);
        plugin_release(generation);
        free(text);
    }
    size_t len = 4 * 1024 * 1024 + 1;
    char *huge = calloc(len, 1);
    assert_non_null(huge);
    folder_t folder = folder_copy(FIXTURES);
    put(&folder, PARTNERS, "");
    folder_write(&folder, PARTNERS, huge, len);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    assert_non_null(folder_fault(generation, "file-size", 0));
    plugin_release(generation);
    generation = plugin_load_with(FIXTURES, "example", CATALOG_PARTNERS, (span_t){huge, len});
    assert_non_null(folder_fault(generation, "file-size", 0));
    plugin_release(generation);
    folder_delete(&folder);
    free(huge);
}

static void nothing_is_followed_or_waited_for(void **state)
{
    (void)state;
    folder_t folder = with_all();
    char path[FOLDER_PATH_MAX];
    snprintf(path, sizeof path, "%s", folder_at(&folder, PARTNERS));
    unlink(path);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    snprintf(path, sizeof path, "%s", folder_at(&folder, ACTIVITIES));
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    plugin_generation_t *generation = plugin_load(folder.path, "example");
    assert_non_null(folder_fault(generation, "file-link", 0));
    assert_non_null(folder_fault(generation, "file-kind", 0));
    plugin_release(generation);
    folder_delete(&folder);
    folder = folder_copy(FIXTURES);
    assert_int_equal(symlink("/etc", folder_at(&folder, "example/catalogue")), 0);
    generation = plugin_load(folder.path, "example");
    assert_non_null(folder_fault(generation, "file-unreadable", 0));
    buf_t why = {0};
    assert_false(
        plugin_table_write(folder.path, "example", CATALOG_PARTNERS, SPAN("x"), &why, LANG_EN));
    assert_true(why.len > 0);
    buf_free(&why);
    plugin_release(generation);
    folder_delete(&folder);
}

static void what_is_put_in_comes_out(void **state)
{
    (void)state;
    folder_t folder = folder_copy(FIXTURES);
    buf_t text = {0}, why = {0};
    /* Without a file: headings, which are a sound table by themselves. */
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        buf_clear(&text);
        assert_true(plugin_table_read(folder.path, "example", kind, &text, &why, LANG_PL));
        plugin_generation_t *generation =
            plugin_load_with(folder.path, "example", kind, buf_span(&text));
        assert_true(plugin_good(generation));
        plugin_release(generation);
    }
    for (int i = 0; i < 2; i++) {
        span_t put_in = i == 0 ? span_of(partners) : SPAN(HEAD "a;b;c\n");
        assert_true(
            plugin_table_write(folder.path, "example", CATALOG_PARTNERS, put_in, &why, LANG_PL));
        buf_clear(&text);
        assert_true(
            plugin_table_read(folder.path, "example", CATALOG_PARTNERS, &text, &why, LANG_PL));
        assert_true(span_equal(buf_span(&text), put_in));
    }
    buf_free(&text);
    buf_free(&why);
    folder_delete(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_becomes_items),
        cmocka_unit_test(words_of_a_column_make_its_vocabulary),
        cmocka_unit_test(all_of_it_is_found),
        cmocka_unit_test(a_programme_without_tables_has_empty_ones),
        cmocka_unit_test(every_mistake_is_told_with_its_place),
        cmocka_unit_test(mistakes_leave_out_their_table_alone),
        cmocka_unit_test(it_has_limits),
        cmocka_unit_test(nothing_is_followed_or_waited_for),
        cmocka_unit_test(what_is_put_in_comes_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
