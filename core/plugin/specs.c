/* A service's tests: read, run through the rules, and held to the gate. */
#include "plugin/generation.h"

#include "base/text.h"

#include <stdio.h>

#define TESTS_MAX LOAD_LIST_MAX
#define MISSING_MAX 64

enum { RELIEF_NOT_SAID = -1, RELIEF_NONE = -2 };
enum { AT_ELIGIBLE, AT_BECAUSE, AT_MISSING, AT_FEE, AT_RELIEF, AT_POINTS, AT_COUNT };

typedef struct {
    span_t title;
    int line;
    date_t on;
    int64_t given[RULES_FACTS_MAX];
    int given_lines[RULES_FACTS_MAX]; /* 0: not given */
    int eligible;                     /* rules_answer_t, or -1 */
    int because;                      /* a check, or -1 */
    int missing[MISSING_MAX];
    size_t missing_count;
    int64_t fee;    /* grosze, or -1 */
    int relief;     /* a relief, or -1; RELIEF_NONE */
    int64_t points; /* on the waiting list, or -1 */
    int lines[AT_COUNT];
} test_t;

/* What is being read and run. */
typedef struct {
    load_t *load;
    const entry_t *entry;
    plugin_generation_t *generation;
    bool run;
    bool has_yes, has_no, has_fee;
    rules_case_t of;
    rules_decision_t decision;
    test_t test;
} specs_t;

/* ---- reading -----------------------------------------------------------------------------------
 */

static void read_given(specs_t *specs, const script_value_t *table, const char *key, bool of_order)
{
    load_t *load = specs->load;
    if (table->kind != SCRIPT_TABLE || table->item_count > 0) {
        plugin_read_wrong(load, table, key, NOUN_TABLE);
        return;
    }
    for (size_t i = 0; i < table->field_count; i++) {
        const script_field_t *field = &table->fields[i];
        script_value_t name = {.kind = SCRIPT_TEXT, .line = field->line, .text = field->name};
        int fact = plugin_read_fact(load, &name, key);
        if (fact < 0) {
            continue;
        }
        const registry_fact_t *of = load->programme->facts[fact];
        if (of_order && !of->of_order) {
            FAULT(load, field->line, NOT_ORDER_FACT, say(of->id));
        } else if (!of_order && of->of_order) {
            FAULT(load, field->line, NOT_PERSON_FACT, say(of->id));
        } else if (plugin_facts_literal(load, &field->value, of, false, &specs->test.given[fact])) {
            specs->test.given_lines[fact] = field->line;
        }
    }
}

static int read_because(specs_t *specs, const script_value_t *value)
{
    load_t *load = specs->load;
    const registry_service_t *service = specs->entry->service;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, "because", NOUN_ID);
        return -1;
    }
    if (service == NULL || !specs->run) {
        return -1; /* the check may be missing only because it could not be read */
    }
    for (size_t i = 0; i < service->check_count; i++) {
        if (span_equal(service->checks[i].id, value->text)) {
            return (int)i;
        }
    }
    const char *nearest = service->check_count == 0
                              ? NULL
                              : plugin_nearest_id(load, value->text, &service->checks[0].id,
                                                  service->check_count, sizeof(registry_check_t));
    FAULT_NEAR(load, value->line, UNKNOWN_TERM, nearest, say(value->text), say_word("check"),
               say(specs->entry->file->name));
    return -1;
}

static int read_relief_id(specs_t *specs, const script_value_t *value)
{
    load_t *load = specs->load;
    const registry_programme_t *programme = load->programme;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, "relief", NOUN_ID);
        return RELIEF_NOT_SAID;
    }
    if (span_equal(value->text, SPAN("none"))) {
        return RELIEF_NONE;
    }
    for (size_t i = 0; i < programme->relief_count; i++) {
        if (span_equal(programme->reliefs[i].id, value->text)) {
            return (int)i;
        }
    }
    const char *nearest =
        programme->relief_count == 0
            ? NULL
            : plugin_nearest_id(load, value->text, &programme->reliefs[0].id,
                                programme->relief_count, sizeof(registry_relief_t));
    FAULT_NEAR(load, value->line, UNKNOWN_TERM, nearest, say(value->text), say_word("reliefs"),
               say_word("programme.lua"));
    return RELIEF_NOT_SAID;
}

static void read_missing(specs_t *specs, const script_value_t *value)
{
    if (!plugin_read_is_list(specs->load, value, "missing", 1)) {
        return;
    }
    for (size_t i = 0; i < value->item_count && specs->test.missing_count < MISSING_MAX; i++) {
        int fact = plugin_read_fact(specs->load, &value->items[i], "missing");
        if (fact >= 0) {
            specs->test.missing[specs->test.missing_count++] = fact;
        }
    }
}

SCHEMA(expect_schema, "expect", 0, {"eligible", false, NULL, 0}, {"because", false, NULL, 0},
       {"missing", false, NULL, 0}, {"fee", false, NULL, 0}, {"relief", false, NULL, 0},
       {"points", false, NULL, 0});

static void read_expect(specs_t *specs, const script_value_t *table)
{
    static const char *const answers[] = {"no", "yes", "unknown"};
    static const char *const keys[] = {"eligible", "because", "missing", "fee", "relief", "points"};
    load_t *load = specs->load;
    test_t *test = &specs->test;
    if (!plugin_read_table(load, table, "expect", &expect_schema, test)) {
        return;
    }
    const script_value_t *found[AT_COUNT];
    for (size_t i = 0; i < AT_COUNT; i++) {
        found[i] = plugin_read_field(table, keys[i]);
        test->lines[i] = found[i] != NULL ? found[i]->line : test->line;
    }
    if (found[AT_ELIGIBLE] != NULL) {
        test->eligible = plugin_read_choice(load, found[AT_ELIGIBLE], "eligible", answers, 3);
    }
    if (found[AT_BECAUSE] != NULL) {
        test->because = read_because(specs, found[AT_BECAUSE]);
    }
    if (found[AT_MISSING] != NULL) {
        read_missing(specs, found[AT_MISSING]);
    }
    if (found[AT_FEE] != NULL && !plugin_read_money(load, found[AT_FEE], "fee", &test->fee)) {
        test->fee = -1;
    }
    if (found[AT_RELIEF] != NULL) {
        test->relief = read_relief_id(specs, found[AT_RELIEF]);
    }
    if (found[AT_POINTS] != NULL) {
        plugin_read_integer(load, found[AT_POINTS], "points", 0, 1000 * RULES_CRITERIA_MAX,
                            &test->points);
    }
    if (table->field_count == 0) {
        FAULT(load, table->line, TEST_EXPECTS, say(test->title));
    }
}

SCHEMA(test_schema, "{ \"…\", facts, expect }", 1,
       {"on", false, plugin_read_date, offsetof(test_t, on)}, {"facts", true, NULL, 0},
       {"order", false, NULL, 0}, {"expect", true, NULL, 0});

/* A test whose facts or expectations could not all be read is not run. */
static bool read_test(specs_t *specs, const script_value_t *item)
{
    load_t *load = specs->load;
    test_t *test = &specs->test;
    *test = (test_t){.line = item->line,
                     .on = specs->entry->service != NULL ? specs->entry->service->from
                                                         : load->programme->from,
                     .eligible = -1,
                     .because = -1,
                     .fee = -1,
                     .relief = RELIEF_NOT_SAID,
                     .points = -1};
    size_t raised = load->faults.raised;
    if (item->kind != SCRIPT_TABLE || item->item_count == 0 || item->items[0].kind != SCRIPT_TEXT) {
        plugin_read_wrong(
            load, item->kind == SCRIPT_TABLE && item->item_count > 0 ? &item->items[0] : item,
            "{ \"…\", facts, expect }", NOUN_TEXT);
        return false;
    }
    test->title = item->items[0].text;
    plugin_read_table(load, item, "tests", &test_schema, test);
    const script_value_t *facts = plugin_read_field(item, "facts");
    const script_value_t *order = plugin_read_field(item, "order");
    const script_value_t *expect = plugin_read_field(item, "expect");
    if (facts != NULL) {
        read_given(specs, facts, "facts", false);
    }
    if (order != NULL) {
        read_given(specs, order, "order", true);
    }
    if (expect != NULL) {
        read_expect(specs, expect);
    }
    specs->has_yes = specs->has_yes || test->eligible == RULES_YES;
    specs->has_no = specs->has_no || test->eligible == RULES_NO;
    specs->has_fee = specs->has_fee || test->fee >= 0;
    return load->faults.raised == raised;
}

/* ---- setting up a case -------------------------------------------------------------------------
 */

static noun_t value_fault_noun(rules_value_t fault)
{
    switch (fault) {
    case RULES_VALUE_TOO_SMALL:
        return NOUN_TOO_SMALL;
    case RULES_VALUE_TOO_LARGE:
        return NOUN_TOO_LARGE;
    case RULES_VALUE_STEP:
        return NOUN_BAD_STEP;
    case RULES_VALUE_CHECKSUM:
        return NOUN_CHECKSUM;
    case RULES_VALUE_BAD_DATE:
        return NOUN_IMPOSSIBLE_DATE;
    case RULES_VALUE_DERIVED:
        return NOUN_DERIVED;
    default:
        return NOUN_OTHER;
    }
}

static bool set_facts(specs_t *specs)
{
    load_t *load = specs->load;
    const registry_programme_t *programme = load->programme;
    bool fine = true;
    rules_case_begin(&specs->of, programme, &specs->generation->functions, specs->test.on);
    for (size_t i = 0; i < programme->fact_count; i++) {
        if (specs->test.given_lines[i] == 0) {
            continue;
        }
        rules_value_t wrong = rules_case_set(&specs->of, (int)i, specs->test.given[i]);
        if (wrong != RULES_VALUE_FINE) {
            buf_t is = {0};
            plugin_facts_print(&is, programme->facts[i], specs->test.given[i]);
            FAULT(load, specs->test.given_lines[i], TEST_FACT, say(programme->facts[i]->id),
                  say(buf_span(&is)), say_noun(value_fault_noun(wrong)));
            buf_free(&is);
            fine = false;
        }
    }
    int conflict = fine ? rules_case_derive(&specs->of) : -1;
    if (conflict >= 0) {
        FAULT(load,
              specs->test.given_lines[conflict] > 0 ? specs->test.given_lines[conflict]
                                                    : specs->test.line,
              TEST_CONFLICT, say(specs->test.title), say(programme->facts[conflict]->id));
    }
    return fine && conflict < 0;
}

/* ---- comparing ---------------------------------------------------------------------------------
 */

static void say_failed(specs_t *specs, int at, const char *what, fault_say_t expected,
                       fault_say_t got)
{
    FAULT(specs->load, specs->test.lines[at], TEST_FAILED, say(specs->test.title), say_word(what),
          expected, got);
}

static noun_t answer_noun(rules_answer_t answer)
{
    return answer == RULES_YES ? NOUN_YES : answer == RULES_NO ? NOUN_NO : NOUN_UNKNOWN;
}

static void compare_because(specs_t *specs)
{
    const registry_service_t *service = specs->entry->service;
    int because = specs->test.because;
    if (because < 0 || specs->decision.decisive[because]) {
        return;
    }
    buf_t reasons = {0};
    for (size_t i = 0; i < service->check_count; i++) {
        if (specs->decision.decisive[i]) {
            buf_print(&reasons, "%s%.*s", reasons.len > 0 ? ", " : "",
                      SPAN_ARGS(service->checks[i].id));
        }
    }
    say_failed(specs, AT_BECAUSE, "because", say(service->checks[because].id),
               reasons.len > 0 ? say(buf_span(&reasons)) : say_noun(NOUN_ANOTHER_REASON));
    buf_free(&reasons);
}

static bool asks_for(const rules_decision_t *decision, int fact)
{
    for (size_t i = 0; i < decision->missing_count; i++) {
        if (decision->missing[i] == fact) {
            return true;
        }
    }
    return false;
}

static void compare_missing(specs_t *specs)
{
    const registry_fact_t *const *facts = specs->load->programme->facts;
    buf_t asked = {0};
    for (size_t i = 0; i < specs->decision.missing_count; i++) {
        buf_print(&asked, "%s%.*s", i == 0 ? "" : ", ",
                  SPAN_ARGS(facts[specs->decision.missing[i]]->id));
    }
    for (size_t i = 0; i < specs->test.missing_count; i++) {
        if (!asks_for(&specs->decision, specs->test.missing[i])) {
            say_failed(specs, AT_MISSING, "missing", say(facts[specs->test.missing[i]]->id),
                       asked.len > 0 ? say(buf_span(&asked)) : say_noun(NOUN_NOT_ASKED));
        }
    }
    buf_free(&asked);
}

static void compare_fee(specs_t *specs)
{
    const rules_fee_t *fee = &specs->decision.fee;
    const registry_relief_t *reliefs = specs->load->programme->reliefs;
    if (specs->test.fee >= 0 && fee->state != RULES_FEE_KNOWN) {
        say_failed(specs, AT_FEE, "fee", say_money(specs->test.fee),
                   say_noun(fee->state == RULES_FEE_DEPENDS ? NOUN_DEPENDS : NOUN_NO_FEE));
    } else if (specs->test.fee >= 0 && fee->amount != specs->test.fee) {
        say_failed(specs, AT_FEE, "fee", say_money(specs->test.fee), say_money(fee->amount));
    }
    int wanted = specs->test.relief == RELIEF_NONE ? -1 : specs->test.relief;
    if (specs->test.relief != RELIEF_NOT_SAID && fee->relief != wanted) {
        say_failed(specs, AT_RELIEF, "relief",
                   wanted < 0 ? say_noun(NOUN_NO_RELIEF) : say(reliefs[wanted].id),
                   fee->relief < 0 ? say_noun(NOUN_NO_RELIEF) : say(reliefs[fee->relief].id));
    }
}

static void compare(specs_t *specs)
{
    if (specs->test.eligible >= 0 && (int)specs->decision.outcome != specs->test.eligible) {
        say_failed(specs, AT_ELIGIBLE, "eligible",
                   say_noun(answer_noun((rules_answer_t)specs->test.eligible)),
                   say_noun(answer_noun(specs->decision.outcome)));
    }
    compare_because(specs);
    compare_missing(specs);
    compare_fee(specs);
}

/* ---- running -----------------------------------------------------------------------------------
 */

static void say_stopped(specs_t *specs, const rules_fault_t *fault)
{
    load_t *load = specs->load;
    char day[DATE_TEXT_LEN + 1];
    date_text(specs->test.on, day);
    switch (fault->code) {
    case RULES_OUTSIDE_ROWS:
        FAULT(load, specs->test.line, TEST_OUTSIDE_ROWS, say(specs->test.title),
              fault->parameter != NULL ? say(fault->parameter->id) : say_word("?"), say_word(day));
        break;
    case RULES_ABSURD_FEE:
        FAULT(load, specs->test.line, TEST_ABSURD_FEE, say(specs->test.title),
              say_word(fault->message));
        break;
    default:
        FAULT(load, specs->test.line, TEST_STOPPED, say(specs->test.title),
              say(specs->entry->file->name), say_word(fault->message));
    }
}

/* False with `*fault`. */
static bool compare_points(specs_t *specs, rules_fault_t *fault)
{
    rules_answer_t answers[RULES_CRITERIA_MAX];
    int64_t points = 0;
    if (specs->test.points < 0) {
        return true;
    }
    bool fine = rules_waiting(&specs->of, specs->entry->service, answers, &points, fault);
    if (fine && points != specs->test.points) {
        say_failed(specs, AT_POINTS, "points", say_number(specs->test.points), say_number(points));
    }
    return fine;
}

static void run_test(specs_t *specs)
{
    load_t *load = specs->load;
    const registry_service_t *service = specs->entry->service;
    size_t raised = load->faults.raised;
    /* A later version does not take the ground from under these tests: adding one, or taking it
     * back, leaves what stands beside the others sound. */
    if (!date_within(specs->test.on, service->from, load->programme->to)) {
        char day[DATE_TEXT_LEN + 1];
        date_text(specs->test.on, day);
        FAULT(load, specs->test.line, TEST_DAY, say(specs->test.title), say_word(day));
    } else if (set_facts(specs)) {
        rules_fault_t fault = {0};
        bool decided = rules_decide(&specs->of, service, &specs->decision, &fault);
        if (decided) {
            compare(specs);
        }
        if (!decided || !compare_points(specs, &fault)) {
            say_stopped(specs, &fault);
        }
    }
    if (load->faults.raised == raised) {
        specs->generation->tests.passed++;
    } else {
        specs->generation->tests.failed++;
    }
}

void plugin_specs_read(load_t *load, const script_value_t *value, const entry_t *entry, bool run,
                       plugin_generation_t *generation)
{
    specs_t *specs = arena_alloc(load->scratch, sizeof(*specs));
    load->no_memory = load->no_memory || specs == NULL;
    if (value->kind != SCRIPT_WORD || value->word != WORD_TESTS) {
        plugin_read_word(load, value, WORD_TESTS);
        return;
    }
    if (specs == NULL || value->item_count != 1 ||
        !plugin_read_is_list(load, &value->items[0], "tests", 1)) {
        return;
    }
    *specs = (specs_t){.load = load, .entry = entry, .generation = generation, .run = run};
    const script_value_t *list = &value->items[0];
    for (size_t i = 0; i < list->item_count && !plugin_load_is_late(load); i++) {
        if (read_test(specs, &list->items[i]) && run) {
            run_test(specs);
        } else if (run) {
            generation->tests.failed++;
        }
    }
    if (!specs->has_yes) {
        FAULT(load, value->line, TEST_LACKING, say_noun(NOUN_A_YES));
    }
    if (!specs->has_no) {
        FAULT(load, value->line, TEST_LACKING, say_noun(NOUN_A_NO));
    }
    if (!specs->has_fee) {
        FAULT(load, value->line, TEST_LACKING, say_noun(NOUN_A_FEE));
    }
}
