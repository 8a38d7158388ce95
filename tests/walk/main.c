/* Over the three programmes: office_states [--all] [--breaks]. What is told: the states and edges,
 * each step of the tables that was taken or, with the reason, was not, and the shortest path to a
 * fault. */
#include "plugin/plugin.h"
#include "walk.h"

#include <stdio.h>
#include <time.h>

/* ---- programmes ------------------------------------------------------------------------------ */

static struct {
    size_t scenes, states, edges, passed_over;
} total;

static bool search_over(const registry_programme_t *programme, const registry_service_t *service,
                        const scene_t *scene, const break_t *broken, buf_t *why)
{
    date_t first = date_add(programme->from, 120);
    first = date_before(first, service->from) ? service->from : first;
    const walk_t walk = {.programme = programme,
                         .service = service,
                         .scene = scene,
                         .first = registry_working_day(programme, first),
                         .unit = 1000};
    walk_found_t found;
    bool begun = walk_search(&walk, broken, &found);
    if (!begun && broken == NULL) {
        total.passed_over++;
        printf("%.*s, %.*s: \"%s\" does not begin: %s\n", SPAN_ARGS(programme->id),
               SPAN_ARGS(service->id), scene->name, found.said);
    } else if (broken == NULL) {
        total.scenes++;
        total.states += found.states;
        total.edges += found.edges;
    }
    if (begun && found.faulty) {
        buf_add(why, span_of(found.said));
    }
    return begun ? !found.faulty : broken == NULL;
}

static bool walk_programme(const char *id, bool all)
{
    plugin_generation_t *generation = plugin_load("plugins", id);
    const registry_programme_t *programme =
        generation != NULL ? plugin_programme(generation) : NULL;
    bool fine = programme != NULL;
    for (size_t i = 0; fine && i < scene_count; i++) {
        /* The long form walks every service, the short one a few of them. */
        size_t services = scenes[i].by_service ? programme->service_count : 1;
        size_t step = all ? 1 : (services + 1) / 2;
        for (size_t j = 0; fine && j < services; j += step) {
            buf_t why = {0};
            fine = search_over(programme, &programme->services[j], &scenes[i], NULL, &why);
            if (!fine) {
                printf("%s, %.*s: %.*s\n", id, SPAN_ARGS(programme->services[j].id),
                       SPAN_ARGS(buf_span(&why)));
            }
            buf_free(&why);
        }
    }
    plugin_release(generation);
    return fine;
}

static bool walk_broken(const char *id)
{
    plugin_generation_t *generation = plugin_load("plugins", id);
    const registry_programme_t *programme =
        generation != NULL ? plugin_programme(generation) : NULL;
    bool all = programme != NULL;
    for (size_t i = 0; programme != NULL && i < break_count; i++) {
        const scene_t *scene = scenes;
        while (strcmp(scene->name, breaks[i].scene) != 0) {
            scene++;
        }
        buf_t why = {0};
        bool found = false; /* by the first service that shows it */
        for (size_t j = 0; j < programme->service_count && !found; j++) {
            found = !search_over(programme, &programme->services[j], scene, &breaks[i], &why) &&
                    why.len > 0;
        }
        printf("%s: %s (%.*s)\n", found ? "found" : "MISSED", breaks[i].name,
               SPAN_ARGS(buf_span(&why)));
        all = all && found;
        buf_free(&why);
    }
    plugin_release(generation);
    return all;
}

/* ---- steps that no scene takes --------------------------------------------------------------- */

static const struct {
    const char *name, *why; /* "order.extend", or a kind's "token." */
} elsewhere[] = {
    {"person.change", "a row's own fields"},
    {"household.", "has no state"},
    {"relation.", "has no state"},
    {"assignment.", "made beside a step"},
    {"statement.", "moves facts alone"},
    {"note.", "has no state"},
    {"referral.", "has no state"},
    {"intake.", "before anybody is a person of the record"},
    {"survey.", "has no state"},
    {"contact.", "has no state"},
    {"meeting.", "of nobody's case"},
    {"provider.", "of nobody's case"},
    {"offer.", "of nobody's case"},
    {"agreement.", "of nobody's case"},
    {"volunteer.", "of nobody's case"},
    {"account.", "of nobody's case"},
    {"token.", "of nobody's case"},
    {"group.", "of nobody's case"},
    {"item.", "of nobody's case"},
    {"waiting.", "walked by tests/unit/ipus_queue_test.c, where pools run out"},
    {"application.change", "a row's own fields"},
    {"application.wait", "where pools run out"},
    {"diagnosis.", "before the scenes begin"},
    {"order.return", "of what is lent"},
    {"order.extend", "of what is lent"},
};

static const char *reason_of(const char *name)
{
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        if (strncmp(name, elsewhere[i].name, strlen(elsewhere[i].name)) == 0) {
            return elsewhere[i].why;
        }
    }
    return NULL;
}

static bool tell_steps(void)
{
    size_t reached = 0, left = 0, unknown = 0;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        size_t count = 0;
        const ipus_kind_spec_t *spec = ipus_kind((ipus_kind_t)kind);
        const ipus_step_t *steps = ipus_steps((ipus_kind_t)kind, &count);
        for (size_t i = 0; i < count; i++) {
            uint64_t wanted = steps[i].from == 0 ? 1 : steps[i].from;
            for (int state = 0; state < 32; state++) {
                if ((wanted >> state & 1u) == 0 || steps[i].by_host) {
                    continue;
                }
                char name[80];
                (void)snprintf(name, sizeof name, "%s.%s", spec->name, steps[i].name);
                if (walk_took((ipus_kind_t)kind, i, state)) {
                    reached++;
                    continue;
                }
                const char *why = reason_of(name);
                span_t from = steps[i].from == 0
                                  ? SPAN("nothing")
                                  : ipus_choice(spec->fields[spec->state].choices, state);
                printf("  not taken: %s from %.*s (%s)\n", name, SPAN_ARGS(from),
                       why != NULL ? why : "UNKNOWN");
                left++;
                unknown += why == NULL;
            }
        }
    }
    printf("steps of the tables: %zu taken, %zu not, %zu without a reason\n", reached, left,
           unknown);
    return unknown == 0;
}

int main(int argc, char **argv)
{
    static const char *const programmes[] = {"koszalin", "starachowice", "goleniow"};
    bool all = argc > 1 && strcmp(argv[1], "--all") == 0;
    clock_t began = clock();
    if (argc > 1 && strcmp(argv[1], "--breaks") == 0) {
        return walk_broken("koszalin") ? 0 : 1;
    }
    for (size_t i = 0; i < sizeof programmes / sizeof *programmes; i++) {
        if (!walk_programme(programmes[i], all)) {
            return 1;
        }
    }
    printf("%zu scenes (%zu do not begin), %zu states, %zu edges: each leads to an end and an "
           "erasure; "
           "%.1f s\n",
           total.scenes, total.passed_over, total.states, total.edges,
           (double)(clock() - began) / CLOCKS_PER_SEC);
    return tell_steps() ? 0 : 1;
}
