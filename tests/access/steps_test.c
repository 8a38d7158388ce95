/* Every step of the engine has its permission, every permission names something real, and
 * docs/permissions.md says what the table says. */
#include "access/access.h"
#include "base/buf.h"
#include "ipus/ipus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define DOCUMENT "docs/permissions.md"

/* What is allowed besides reading a kind and doing its steps. */
static const char *const besides[] = {
    "confidential.read", "override",    "person.find",   "person.export",
    "journal.read",      "report.read", "my-day.read",   "sessions.manage",
    "rules.read",        "backup.make", "intake.status",
};

static bool is_besides(span_t name)
{
    for (size_t i = 0; i < sizeof besides / sizeof *besides; i++) {
        if (span_equal(span_of(besides[i]), name)) {
            return true;
        }
    }
    return false;
}

static bool is_real(span_t name)
{
    span_t what = name, kind;
    if (is_besides(name)) {
        return true;
    }
    span_cut(&what, '.', &kind);
    for (ipus_kind_t of = 0; of < IPUS_KIND_COUNT; of++) {
        if (span_equal(span_of(ipus_kind(of)->name), kind)) {
            const ipus_step_t *step = ipus_step_named(of, what);
            return span_equal(what, SPAN("read")) || (step != NULL && !step->by_host);
        }
    }
    return false;
}

static void assert_has_row(ipus_kind_t kind, const char *what)
{
    char name[80];
    snprintf(name, sizeof name, "%s.%s", ipus_kind(kind)->name, what);
    if (access_permission(span_of(name)) == NULL) {
        fail_msg("core/access/permissions.def has no row for %s", name);
    }
}

static void every_step_has_a_row(void **state)
{
    (void)state;
    size_t rows = sizeof besides / sizeof *besides;
    for (ipus_kind_t kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_step_t *steps = ipus_steps(kind, &count);
        assert_has_row(kind, "read");
        rows++;
        for (size_t i = 0; i < count; i++) {
            if (!steps[i].by_host) {
                assert_has_row(kind, steps[i].name);
                rows++;
            }
        }
    }
    size_t all = 0;
    access_permissions(&all);
    assert_int_equal(all, rows);
}

static void every_row_names_something_real(void **state)
{
    (void)state;
    size_t count = 0;
    const access_permission_t *all = access_permissions(&count);
    for (size_t i = 0; i < count; i++) {
        if (!is_real(span_of(all[i].name))) {
            fail_msg("core/access/permissions.def: %s names nothing", all[i].name);
        }
    }
}

/* An account's role is kept as its place among the choices, and read as access_role_t. */
static void roles_are_those_of_accounts(void **state)
{
    (void)state;
    const char *choices = ipus_kind(IPUS_ACCOUNT)->fields[ACCOUNT_ROLE].choices;
    for (access_role_t role = 0; role < ACCESS_RESIDENT; role++) {
        assert_true(span_equal(ipus_choice(choices, role), span_of(access_role_name(role))));
    }
    assert_null(ipus_choice(choices, ACCESS_RESIDENT).at);
}

/* ---- the document ---------------------------------------------------------------------------- */

static const char introduction[] =
    "# Who may do what\n\n"
    "Made of [core/access/permissions.def](../core/access/permissions.def), the one table that is\n"
    "asked; a test holds this page to it. What is not in it nobody may do.\n\n"
    "**all**: every row. **own**: the rows of the account's own provider, or of one's own "
    "account.\n"
    "**case**: the rows of people on whose case one is. A program's token may only what its "
    "scopes\n"
    "name, and never more than its account. The resident is whoever did not sign in.\n\n"
    "A provider is told of an order, a person and a delivery only what the service needs. Health,\n"
    "violence and mediation are `confidential.read`: such fields are left out for all others.\n"
    "`override` is giving beyond a pool or a limit, with a reason.\n";

static const char *cell_of(access_reach_t reach)
{
    static const char *const cells[] = {"", "all", "own", "case"};
    return cells[reach];
}

static span_t kind_of(const char *name)
{
    span_t rest = span_of(name), kind;
    span_cut(&rest, '.', &kind);
    return kind;
}

static void write_document(buf_t *document)
{
    size_t count = 0;
    const access_permission_t *all = access_permissions(&count);
    buf_add(document, span_of(introduction));
    buf_literal(document, "\n| |");
    for (access_role_t role = 0; role < ACCESS_ROLE_COUNT; role++) {
        buf_print(document, " %s |", access_role_name(role));
    }
    buf_literal(document, "\n|---|---|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !span_equal(kind_of(all[i].name), kind_of(all[i - 1].name))) {
            buf_literal(document, "| | | | | | | | | |\n");
        }
        buf_print(document, "| %s |", all[i].name);
        for (access_role_t role = 0; role < ACCESS_ROLE_COUNT; role++) {
            const char *cell = cell_of(all[i].reach[role]);
            buf_print(document, *cell == '\0' ? " |" : " %s |", cell);
        }
        buf_byte(document, '\n');
    }
}

static void the_document_says_the_same(void **state)
{
    (void)state;
    static char written[65536];
    buf_t expected = {0};
    write_document(&expected);
    FILE *file = fopen(DOCUMENT, "r");
    assert_non_null(file);
    size_t len = fread(written, 1, sizeof written, file);
    fclose(file);
    if (!span_equal((span_t){written, len}, buf_span(&expected))) {
        fail_msg(DOCUMENT " differs from the table: access_steps_test --write " DOCUMENT);
    }
    buf_free(&expected);
}

static int write_to(const char *name)
{
    buf_t document = {0};
    write_document(&document);
    FILE *file = fopen(name, "w");
    bool fine = file != NULL && fwrite(document.at, 1, document.len, file) == document.len;
    fine = file != NULL && fclose(file) == 0 && fine;
    buf_free(&document);
    return fine ? 0 : 1;
}

int main(int count, char **arguments)
{
    if (count == 3 && strcmp(arguments[1], "--write") == 0) {
        return write_to(arguments[2]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_has_a_row),
        cmocka_unit_test(every_row_names_something_real),
        cmocka_unit_test(roles_are_those_of_accounts),
        cmocka_unit_test(the_document_says_the_same),
    };
    return cmocka_run_group_tests_name("access steps", tests, NULL, NULL);
}
