/* Years of an office in memory, by a programme's own rules: every step is looked at, what is
 * refused has to leave no trace, and all of the record is held to its invariants again and again.
 * The seed is printed; with it a fault comes again. With --breaks, things are made to go wrong one
 * by one, and each has to be found. */
#include "breaks.h"
#include "invariants.h"
#include "life/life.h"
#include "plugin/plugin.h"
#include "postings.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LAST 16 /* entries of the journal told of a fault */
#define DAILY_MOST 5000
#define WHOLE_DAYS 30      /* between two looks at all of the record */
#define WHOLE_REFUSED 4999 /* between two looks at what a refusal left */

typedef struct {
    memory_t *memory;
    invariants_t *invariants;
    const registry_programme_t *programme;
    int64_t refused;
    int things; /* of today's daily work */
    buf_t why;
} office_t;

typedef struct {
    const char *programme;
    uint64_t seed;
    int64_t days, persons, mischief;
    bool breaks;
} years_t;

/* ---- one step -------------------------------------------------------------------------------- */

static ipus_record_t *record_of(void *context)
{
    return memory_record(((office_t *)context)->memory);
}

/* Faults end the run as a broken record does. */
static bool told(office_t *office, ipus_answer_t *answer, const char *what)
{
    if (office->why.len == 0) {
        buf_add(&office->why, span_of(what));
    }
    answer->refused = false;
    answer->code = IPUS_BROKEN;
    return false;
}

static bool moves_units(const ipus_entry_t *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].kind == IPUS_WAITING || entries[i].kind == IPUS_ALLOTMENT) {
            return true;
        }
    }
    return false;
}

static bool looked_at(office_t *office, size_t before, date_t today, bool settled)
{
    size_t after = 0;
    const ipus_entry_t *journal = memory_journal(office->memory, &after);
    ipus_record_t *record = memory_record(office->memory);
    return invariants_after(office->invariants, &journal[before], after - before, &office->why) &&
           (!settled || !moves_units(&journal[before], after - before) ||
            invariants_none_in_vain(record, office->programme, today, &office->why));
}

static bool run(void *context, const ipus_command_t *command, ipus_answer_t *answer)
{
    office_t *office = context;
    size_t before = 0, after = 0;
    bool whole = office->refused % WHOLE_REFUSED == WHOLE_REFUSED - 1;
    uint64_t hash = whole ? memory_hash(office->memory) : 0;
    (void)memory_journal(office->memory, &before);
    bool done = memory_run(office->memory, command, answer);
    (void)memory_journal(office->memory, &after);
    if (done) {
        return looked_at(office, before, command->today, true) || told(office, answer, "");
    }
    office->refused++;
    if (after != before || (whole && memory_hash(office->memory) != hash)) {
        return told(office, answer, "a step that was refused left a trace");
    }
    return answer->refused ? false : told(office, answer, "a step was neither done nor refused");
}

static bool daily(void *context, const ipus_command_t *command, bool *done, ipus_answer_t *answer)
{
    office_t *office = context;
    size_t before = 0;
    (void)memory_journal(office->memory, &before);
    memory_begin(office->memory);
    if (!ipus_daily(command, memory_record(office->memory), done, answer)) {
        memory_rollback(office->memory);
        return told(office, answer, "the daily work was refused");
    }
    memory_commit(office->memory);
    office->things = *done ? 0 : office->things + 1;
    if (office->things > DAILY_MOST) {
        return told(office, answer, "the daily work has no end");
    }
    return looked_at(office, before, command->today, *done) || told(office, answer, "");
}

/* ---- the whole record ------------------------------------------------------------------------ */

/* Every version of every row is in the journal, in its order. */
static bool journal_is_whole(office_t *office)
{
    size_t count = 0;
    const ipus_entry_t *journal = memory_journal(office->memory, &count);
    int64_t *versions[IPUS_KIND_COUNT] = {NULL};
    bool whole = true;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        versions[kind] = support_must(calloc(
            (size_t)memory_count(office->memory, (ipus_kind_t)kind) + 1, sizeof *versions[kind]));
    }
    for (size_t i = 0; i < count && whole; i++) {
        whole = journal[i].version == ++versions[journal[i].kind][journal[i].id];
    }
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        for (int64_t id = memory_count(office->memory, (ipus_kind_t)kind); id > 0 && whole; id--) {
            ipus_row_t row;
            whole = memory_row(office->memory, (ipus_kind_t)kind, id, &row) &&
                    row.version == versions[kind][id];
        }
        free(versions[kind]);
    }
    if (!whole) {
        buf_literal(&office->why, "the journal does not tell of every version of every row");
    }
    return whole;
}

static bool holds(office_t *office)
{
    memory_begin(office->memory);
    return invariants_hold(memory_record(office->memory), office->programme, &office->why) &&
           journal_is_whole(office);
}

/* ---- one life -------------------------------------------------------------------------------- */

static void print_end(const office_t *office, const life_t *life, const years_t *years)
{
    const life_figures_t *figures = life_figures(life);
    size_t entries = 0;
    (void)memory_journal(office->memory, &entries);
    printf("%s, seed %llu, %lld days: %lld steps and %lld of the day's own work done, %lld "
           "refused; of mischief %lld tried, %lld refused; %zu changes of rows\n",
           years->programme, (unsigned long long)years->seed, (long long)years->days,
           (long long)figures->steps, (long long)figures->daily, (long long)figures->refused,
           (long long)figures->mischief, (long long)figures->mischief_refused, entries);
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        printf("%s %lld%s", ipus_kind((ipus_kind_t)kind)->plural,
               (long long)memory_count(office->memory, (ipus_kind_t)kind),
               kind + 1 < IPUS_KIND_COUNT ? ", " : "\nrefused:");
    }
    for (int code = 0; code < IPUS_REFUSAL_COUNT; code++) {
        if (figures->refusals[code] > 0) {
            span_t name = ipus_refusal_name((ipus_refusal_code_t)code);
            printf(" %.*s %lld", SPAN_ARGS(name), (long long)figures->refusals[code]);
        }
    }
    printf("\n");
}

static void print_last(const office_t *office)
{
    size_t count = 0;
    const ipus_entry_t *journal = memory_journal(office->memory, &count);
    for (size_t i = count > LAST ? count - LAST : 0; i < count; i++) {
        printf("  %s %lld: %s\n", ipus_kind(journal[i].kind)->name, (long long)journal[i].id,
               journal[i].step);
    }
}

/* True when everything held to the end; otherwise what did not is in `why`. */
static bool live(const years_t *years, const registry_programme_t *programme,
                 const rules_functions_t *functions, int planted, buf_t *why)
{
    office_t office = {.memory = memory_new(), .programme = programme};
    office.invariants = invariants_new(memory_record(office.memory), programme);
    if (planted >= 0) {
        breaks_plant(office.memory, (size_t)planted, 5);
    }
    const life_options_t options = {.programme = programme,
                                    .functions = functions,
                                    .seed = years->seed,
                                    .from = programme->from,
                                    .days = (int32_t)years->days,
                                    .persons = years->persons,
                                    .mischief = (int)years->mischief};
    const life_port_t port = {&office, record_of, run, daily};
    life_t *life = support_must(life_new(&options));
    bool fine = life_begin(life, &port), over = false;
    for (int64_t day = 1; fine && !over; day++) {
        fine = life_day(life, &port, &over) && (day % WHOLE_DAYS != 0 || holds(&office));
    }
    fine = fine && holds(&office);
    if (planted < 0) {
        print_end(&office, life, years);
    }
    if (!fine && planted < 0) {
        print_last(&office);
    }
    if (!fine) {
        char day[DATE_TEXT_LEN + 1];
        date_text(life_today(life), day);
        buf_print(why, "%s: %.*s", day, SPAN_ARGS(buf_span(&office.why)));
    }
    buf_free(&office.why);
    life_free(life);
    invariants_free(office.invariants);
    memory_free(office.memory);
    return fine;
}

static int live_broken(const years_t *years, const registry_programme_t *programme,
                       const rules_functions_t *functions)
{
    int missed = 0;
    for (size_t i = 0; breaks_name(i) != NULL; i++) {
        buf_t why = {0};
        bool found = !live(years, programme, functions, (int)i, &why) && breaks_went();
        printf("%s: %s (%.*s)\n", found ? "found" : "MISSED", breaks_name(i),
               SPAN_ARGS(buf_span(&why)));
        missed += !found;
        buf_free(&why);
    }
    return missed == 0 ? 0 : 1;
}

/* ---- the command line ------------------------------------------------------------------------ */

static bool read_number(const char *name, const char *text, int64_t *number)
{
    uint64_t read = 0;
    if (!span_number(span_of(text), UINT64_C(1000000000000), &read)) {
        fprintf(stderr, "%s needs a number\n", name);
        return false;
    }
    *number = (int64_t)read;
    return true;
}

static bool read_options(years_t *years, int argc, char **argv)
{
    int64_t seed = (int64_t)years->seed;
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        int64_t *number = strcmp(argv[i], "--seed") == 0       ? &seed
                          : strcmp(argv[i], "--days") == 0     ? &years->days
                          : strcmp(argv[i], "--persons") == 0  ? &years->persons
                          : strcmp(argv[i], "--mischief") == 0 ? &years->mischief
                                                               : NULL;
        if (strcmp(argv[i], "--breaks") == 0) {
            years->breaks = true;
        } else if (strcmp(argv[i], "--programme") == 0) {
            years->programme = value;
            i++;
        } else if (number == NULL || !read_number(argv[i], value, number)) {
            fprintf(stderr, "office_years [--programme ID] [--seed N] [--days N] [--persons N] "
                            "[--mischief PERCENT] [--breaks]\n");
            return false;
        } else {
            i++;
        }
    }
    years->seed = (uint64_t)seed;
    return true;
}

int main(int argc, char **argv)
{
    years_t years = {
        .programme = "koszalin", .seed = 1, .days = 3653, .persons = 14000, .mischief = 40};
    if (!read_options(&years, argc, argv)) {
        return 2;
    }
    plugin_generation_t *generation = plugin_load("plugins", years.programme);
    const registry_programme_t *loaded = generation != NULL ? plugin_programme(generation) : NULL;
    if (loaded == NULL) {
        fprintf(stderr, "there is no programme %s to live by\n", years.programme);
        return 2;
    }
    /* Longer than any council decides for. */
    registry_programme_t programme = *loaded;
    programme.to = date_add(programme.from, (int32_t)years.days + 400);
    const rules_functions_t *functions = plugin_functions(generation);
    buf_t why = {0};
    clock_t began = clock();
    bool fine = years.breaks ? live_broken(&years, &programme, functions) == 0
                             : live(&years, &programme, functions, -1, &why);
    printf("%.1f s\n", (double)(clock() - began) / CLOCKS_PER_SEC);
    if (why.len > 0) {
        printf("seed %llu, %.*s\n", (unsigned long long)years.seed, SPAN_ARGS(buf_span(&why)));
    }
    buf_free(&why);
    plugin_release(generation);
    return fine ? 0 : 1;
}
