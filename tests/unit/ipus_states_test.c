/* The tables of states: every illegal step of every kind from every state is refused with what is
 * legal, and docs/states.md draws what the tables say. `ipus_states_test --write` draws it anew. */
#include "ipus_world.h"

#include <stdio.h>

static span_t state_name(ipus_kind_t kind, int64_t state)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    return ipus_choice(spec->fields[spec->state].choices, state);
}

static bool leads_from(const ipus_step_t *step, int64_t state)
{
    return !ipus_step_makes(step) && (step->from >> state & 1u) != 0;
}

/* ---- what is not in the tables --------------------------------------------------------------- */

static int64_t put_in_state(ipus_kind_t kind, int64_t state)
{
    const given_t given = NUM(ipus_kind(kind)->state, state);
    return put_row(kind, &given, 1);
}

/* The names of the steps that are open on a row. */
static void add_open(buf_t *names, ipus_kind_t kind, int64_t id)
{
    const ipus_command_t command = {
        .actor = office.actor, .today = office.today, .programme = &office.programme};
    const ipus_row_t row = row_at(kind, id);
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    for (size_t i = 0; i < count; i++) {
        ipus_code_t code = IPUS_FINE;
        if (ipus_step_is_open(&command, memory_record(office.memory), &row, &steps[i], &code)) {
            buf_print(names, "%s%s", names->len > 0 ? ", " : "", steps[i].name);
        }
    }
}

static void refuse_from(ipus_kind_t kind, int64_t state, const ipus_step_t *step)
{
    int64_t id = put_in_state(kind, state);
    buf_t legal = {0}, sentence = {0};
    add_open(&legal, kind, id);
    buf_print(&sentence, "W stanie „%.*s” nie można wykonać kroku „%s”. Dozwolone kroki: %.*s.",
              SPAN_ARGS(state_name(kind, state)), step->name,
              SPAN_ARGS(legal.len > 0 ? buf_span(&legal) : SPAN("–")));
    const char *expected = buf_zero_terminated(&sentence);
    assert_non_null(expected);
    refuse_step(expected, kind, id, step->name, NULL, 0);
    assert_int_equal(office.answer.refusal.code, IPUS_NOT_IN_STATE);
    buf_free(&legal);
    buf_free(&sentence);
}

static void every_illegal_step_is_refused_with_what_is_legal(void **state)
{
    (void)state;
    int tried = 0;
    office.actor.host = true;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_step_t *steps = ipus_steps((ipus_kind_t)kind, &count);
        int field = ipus_kind((ipus_kind_t)kind)->state;
        for (int64_t from = 0; field >= 0 && state_name((ipus_kind_t)kind, from).at != NULL;
             from++) {
            for (size_t i = 0; i < count; i++) {
                if (!ipus_step_makes(&steps[i]) && !leads_from(&steps[i], from)) {
                    refuse_from((ipus_kind_t)kind, from, &steps[i]);
                    tried++;
                }
            }
        }
    }
    print_message("%d illegal steps refused\n", tried);
    assert_true(tried > 200);
}

static void the_tables_are_whole(void **state)
{
    (void)state;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_step_t *steps = ipus_steps((ipus_kind_t)kind, &count);
        const ipus_kind_spec_t *spec = ipus_kind((ipus_kind_t)kind);
        for (size_t i = 0; i < count; i++) {
            bool stateless = spec->state < 0 || ipus_step_makes(&steps[i]);
            assert_true(stateless == (steps[i].from == 0));
            assert_true(steps[i].to < 0 || state_name((ipus_kind_t)kind, steps[i].to).at != NULL);
            assert_ptr_equal(ipus_step_named((ipus_kind_t)kind, span_of(steps[i].name)), &steps[i]);
        }
    }
}

/* ---- the drawn tables ------------------------------------------------------------------------ */

static void draw_cell(buf_t *page, ipus_kind_t kind, const ipus_step_t *step, int64_t from)
{
    if (!leads_from(step, from)) {
        buf_literal(page, " |");
    } else if (step->to < 0 || step->to == from) {
        buf_literal(page, " ∘ |");
    } else {
        buf_print(page, " %.*s |", SPAN_ARGS(state_name(kind, step->to)));
    }
}

static void draw_takes(buf_t *page, ipus_kind_t kind, const ipus_step_t *steps, size_t count)
{
    const char *before = "\n";
    for (size_t i = 0; i < count; i++) {
        const ipus_step_t *step = &steps[i];
        if (step->take_count == 0 && !step->by_host && !step->decides) {
            continue;
        }
        buf_print(page, "%s- `%s`", before, step->name);
        before = "";
        for (int field = 0; field < step->take_count; field++) {
            buf_print(page, "%s `%s`%s", field > 0 ? "," : " takes",
                      ipus_kind(kind)->fields[step->takes[field].field].name,
                      step->takes[field].needed ? "" : " (if given)");
        }
        buf_add(page, step->decides ? SPAN(" by the rules") : SPAN(""));
        buf_add(page, step->by_host ? SPAN(" by the server alone") : SPAN(""));
        buf_byte(page, '\n');
    }
}

static void draw_kind(buf_t *page, ipus_kind_t kind)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    buf_print(page, "\n## %s\n\n| from \\ step |", spec->plural);
    for (size_t i = 0; i < count; i++) {
        if (!ipus_step_makes(&steps[i])) {
            buf_print(page, " %s |", steps[i].name);
        }
    }
    buf_literal(page, "\n|---|");
    for (size_t i = 0; i < count; i++) {
        buf_add(page, ipus_step_makes(&steps[i]) ? SPAN("") : SPAN("---|"));
    }
    for (int64_t from = 0; state_name(kind, from).at != NULL; from++) {
        bool first = count > 0 && ipus_step_makes(&steps[0]) && steps[0].to == from;
        buf_print(page, first ? "\n| **%.*s** |" : "\n| %.*s |", SPAN_ARGS(state_name(kind, from)));
        for (size_t i = 0; i < count; i++) {
            if (!ipus_step_makes(&steps[i])) {
                draw_cell(page, kind, &steps[i], from);
            }
        }
    }
    buf_byte(page, '\n');
    draw_takes(page, kind, steps, count);
}

static void draw_page(buf_t *page)
{
    buf_literal(
        page, "# States\n\n"
              "Drawn from the tables of steps (`core/ipus/steps_*.c`) and held equal to them by "
              "`tests/unit/ipus_states_test.c`;\n`ipus_states_test --write` draws it anew. A row "
              "is a state, in bold the one a row is made in; a column is a step; the\ncell is the "
              "state it leads to, ∘ where that stays. An empty cell is refused, and the refusal "
              "names the steps that are\nlegal. What a step does beyond that is its effect.\n\n"
              "A plan is *amended* when its next edition is activated: nobody asks for that step. "
              "A row of a plan is granted when\nthe plan is activated, and ended with it.\n");
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        if (ipus_kind((ipus_kind_t)kind)->state >= 0) {
            draw_kind(page, (ipus_kind_t)kind);
        }
    }
}

#define PAGE "docs/states.md"

static void the_page_draws_the_tables(void **state)
{
    (void)state;
    static char read[1 << 16];
    buf_t page = {0};
    draw_page(&page);
    assert_false(page.failed);
    FILE *file = fopen(PAGE, "r");
    assert_non_null(file);
    size_t len = fread(read, 1, sizeof read, file);
    (void)fclose(file);
    assert_true(len < sizeof read);
    assert_true(span_equal((span_t){read, len}, buf_span(&page)));
    buf_free(&page);
}

static int write_page(void)
{
    buf_t page = {0};
    draw_page(&page);
    FILE *file = fopen(PAGE, "w");
    bool written = file != NULL && !page.failed && fwrite(page.at, 1, page.len, file) == page.len;
    written = file != NULL && fclose(file) == 0 && written;
    buf_free(&page);
    return written ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--write") == 0) {
        return write_page();
    }
    const struct CMUnitTest tests[] = {
        OFFICE_TEST(every_illegal_step_is_refused_with_what_is_legal),
        OFFICE_TEST(the_tables_are_whole),
        cmocka_unit_test(the_page_draws_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
