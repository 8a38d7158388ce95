/* Keeps every programme under a folder up to date: loads on a pool thread what has changed, swaps
 * on the loop's thread, and lets the last good generation serve on when the new one is not.
 *
 * One reload runs at a time; changes that come meanwhile cause one more after it. A reload borrows
 * nothing of the host: it has its own copy of what it needs, so that the host may be closed while
 * it runs. */
#include "plugin/generation.h"

#include "base/log.h"

#include <malloc.h>
#include <stdlib.h>

#define QUIET_MS 40

struct plugin_host {
    loop_t *loop;
    loop_watch_t *watch;
    clock_port_t *clock;
    char *folder;
    void (*on_change)(void *context);
    void *context;
    plugin_slot_t slots[FILES_PROGRAMMES_MAX]; /* by id */
    size_t count;
    bool loading, again, closed;
};

/* What came of one programme's folder. */
typedef struct {
    span_t id;
    uint64_t known; /* hash of the newest generation, or 0 */
    bool seen;      /* the folder is there */
    bool unchanged;
    plugin_generation_t *loaded;
    uint64_t load_us;
} outcome_t;

typedef struct {
    plugin_host_t *host; /* for the loop's thread only */
    arena_t *arena;
    const char *folder;
    bool readable;
    outcome_t outcomes[2 * FILES_PROGRAMMES_MAX];
    size_t count;
} reload_t;

/* ---- loading, on any thread --------------------------------------------------------------------
 */

static void reload_free(reload_t *reload)
{
    if (reload == NULL) {
        return;
    }
    for (size_t i = 0; i < reload->count; i++) {
        plugin_release(reload->outcomes[i].loaded);
    }
    arena_free(reload->arena);
    free(reload);
}

static reload_t *reload_new(plugin_host_t *host)
{
    reload_t *reload = calloc(1, sizeof(*reload));
    if (reload == NULL) {
        return NULL;
    }
    reload->host = host;
    reload->arena = arena_new(4096);
    if (reload->arena == NULL) {
        free(reload);
        return NULL;
    }
    reload->folder = arena_copy(reload->arena, span_of(host->folder)).at;
    for (size_t i = 0; i < host->count; i++) {
        span_t id = arena_copy(reload->arena, host->slots[i].id);
        if (id.at == NULL || reload->folder == NULL) {
            reload_free(reload);
            return NULL;
        }
        reload->outcomes[reload->count++] =
            (outcome_t){.id = id, .known = host->slots[i].newest->hash};
    }
    return reload;
}

static outcome_t *outcome_of(reload_t *reload, span_t id)
{
    for (size_t i = 0; i < reload->count; i++) {
        if (span_equal(reload->outcomes[i].id, id)) {
            return &reload->outcomes[i];
        }
    }
    outcome_t *more = &reload->outcomes[reload->count++];
    *more = (outcome_t){.id = id};
    return more;
}

static void reload_work(void *context)
{
    reload_t *reload = context;
    clock_port_t *clock = clock_system();
    span_t *names = NULL;
    size_t count = 0;
    reload->readable = files_programmes(reload->arena, reload->folder, &names, &count);
    for (size_t i = 0; i < count && reload->readable; i++) {
        outcome_t *outcome = outcome_of(reload, names[i]);
        uint64_t began = clock->monotonic(clock);
        outcome->seen = true;
        outcome->loaded =
            generation_load(reload->folder, outcome->id, outcome->known, &outcome->unchanged);
        outcome->load_us = (clock->monotonic(clock) - began) / 1000;
    }
    /* What a load took beyond what it keeps, up to the cap of a script, and what generations before
     * it held: each pool thread would keep it for itself. */
    malloc_trim(0);
}

/* ---- swapping, on the loop's thread ------------------------------------------------------------
 */

/* True when `generation` serves nothing of a service that the other one has only because it is
 * faulty there. */
static bool keeps_all(const plugin_generation_t *newer, const plugin_generation_t *older)
{
    for (size_t i = 0; i < newer->left_out_count; i++) {
        if (registry_service_on(older->programme, newer->left_out[i], older->programme->to, NULL) !=
            NULL) {
            return false;
        }
    }
    return true;
}

/* A good one always serves. One with faults serves where there was nothing, or in the place of
 * another with faults when it lacks no service that served so far. */
static bool may_serve(const plugin_generation_t *newer, const plugin_generation_t *older)
{
    if (newer->programme == NULL || plugin_good(newer) || older == NULL) {
        return newer->programme != NULL;
    }
    return !plugin_good(older) && keeps_all(newer, older);
}

static void log_load(const plugin_slot_t *slot, bool serves)
{
    const plugin_generation_t *newest = slot->newest;
    if (newest->fault_count == 0) {
        log_line(LOG_INFO, "%.*s: version %.*s serves, %zu services, %zu tests passed, %llu us",
                 SPAN_ARGS(slot->id), SPAN_ARGS(newest->programme->version),
                 newest->programme->service_count, newest->tests.passed,
                 (unsigned long long)slot->load_us);
        return;
    }
    buf_t line = {0};
    plugin_fault_print(&line, &newest->faults[0], LANG_EN);
    log_line(LOG_WARNING, "%.*s: %s; faults: %zu, the first: %.*s", SPAN_ARGS(slot->id),
             serves                  ? "serving without the faulty services"
             : slot->serving != NULL ? "the last good version serves on"
                                     : "nothing to serve",
             newest->fault_count, (int)(line.len > 0 ? line.len - 1 : 0), line.at);
    buf_free(&line);
}

static plugin_slot_t *slot_of(plugin_host_t *host, span_t id)
{
    for (size_t i = 0; i < host->count; i++) {
        if (span_equal(host->slots[i].id, id)) {
            return &host->slots[i];
        }
    }
    return NULL;
}

/* Slots stand by id, each with its own copy of it. */
static plugin_slot_t *slot_add(plugin_host_t *host, span_t id)
{
    char *copy = host->count == FILES_PROGRAMMES_MAX ? NULL : strndup(id.at, id.len);
    if (copy == NULL) {
        return NULL;
    }
    size_t at = host->count;
    while (at > 0 && span_compare(id, host->slots[at - 1].id) < 0) {
        at--;
    }
    memmove(&host->slots[at + 1], &host->slots[at], (host->count - at) * sizeof(host->slots[0]));
    host->slots[at] = (plugin_slot_t){.id = {copy, id.len}};
    host->count++;
    return &host->slots[at];
}

static void slot_clear(plugin_slot_t *slot)
{
    plugin_release(slot->serving);
    plugin_release(slot->newest);
    free((char *)slot->id.at);
}

static void slot_remove(plugin_host_t *host, plugin_slot_t *slot)
{
    size_t at = (size_t)(slot - host->slots);
    log_line(LOG_INFO, "%.*s: removed", SPAN_ARGS(slot->id));
    slot_clear(slot);
    host->count--;
    memmove(slot, slot + 1, (host->count - at) * sizeof(*slot));
}

static void slot_take(plugin_host_t *host, plugin_slot_t *slot, outcome_t *outcome)
{
    plugin_generation_t *loaded = outcome->loaded;
    outcome->loaded = NULL;
    plugin_release(slot->newest);
    slot->newest = loaded;
    slot->loaded_at = host->clock->wall(host->clock);
    slot->load_us = outcome->load_us;
    slot->loads++;
    slot->failures += !plugin_good(loaded);
    bool serves = may_serve(loaded, slot->serving);
    if (serves) {
        plugin_release(slot->serving);
        slot->serving = plugin_retain(loaded);
    }
    log_load(slot, serves);
}

/* True when something changed. */
static bool take_outcome(plugin_host_t *host, outcome_t *outcome)
{
    plugin_slot_t *slot = slot_of(host, outcome->id);
    if (!outcome->seen) {
        if (slot != NULL) {
            slot_remove(host, slot);
        }
        return slot != NULL;
    }
    if (outcome->loaded == NULL) {
        if (!outcome->unchanged) {
            log_line(LOG_ERROR, "%.*s: no memory to load it", SPAN_ARGS(outcome->id));
        }
        return false;
    }
    slot = slot != NULL ? slot : slot_add(host, outcome->id);
    if (slot == NULL) {
        log_line(LOG_ERROR, "%.*s: not loaded, at most %d programmes", SPAN_ARGS(outcome->id),
                 FILES_PROGRAMMES_MAX);
        return false;
    }
    slot_take(host, slot, outcome);
    return true;
}

static bool take_reload(plugin_host_t *host, reload_t *reload)
{
    bool changed = false;
    if (!reload->readable) {
        log_line(LOG_ERROR, "the folder %s cannot be read; what was loaded serves on",
                 reload->folder);
        return false;
    }
    for (size_t i = 0; i < reload->count; i++) {
        changed = take_outcome(host, &reload->outcomes[i]) || changed;
    }
    return changed;
}

/* ---- the host ----------------------------------------------------------------------------------
 */

static void host_free(plugin_host_t *host)
{
    for (size_t i = 0; i < host->count; i++) {
        slot_clear(&host->slots[i]);
    }
    free(host->folder);
    free(host);
}

static void reload_done(void *context)
{
    reload_t *reload = context;
    plugin_host_t *host = reload->host;
    host->loading = false;
    if (host->closed) {
        reload_free(reload);
        host_free(host);
        return;
    }
    bool changed = take_reload(host, reload);
    reload_free(reload);
    bool again = host->again;
    host->again = false;
    if (again) {
        plugin_host_reload(host);
    }
    if (changed && host->on_change != NULL) {
        host->on_change(host->context); /* may close the host */
    }
}

void plugin_host_reload(plugin_host_t *host)
{
    if (host->loading) {
        host->again = true;
        return;
    }
    reload_t *reload = reload_new(host);
    host->loading = reload != NULL && loop_job(host->loop, reload_work, reload_done, reload);
    if (!host->loading) {
        log_line(LOG_ERROR, "no memory to look for changed rules");
        reload_free(reload);
    }
}

static void on_folder_change(void *context)
{
    plugin_host_reload(context);
}

/* The first load, on this thread. */
static bool load_now(plugin_host_t *host, buf_t *why)
{
    reload_t *reload = reload_new(host);
    if (reload == NULL) {
        return false;
    }
    reload_work(reload);
    bool readable = reload->readable;
    if (readable) {
        take_reload(host, reload);
    } else {
        buf_print(why, "%s: the folder cannot be read", host->folder);
    }
    reload_free(reload);
    return readable;
}

plugin_host_t *plugin_host_open(loop_t *loop, const char *folder, clock_port_t *clock,
                                void (*on_change)(void *context), void *context, buf_t *why)
{
    plugin_host_t *host = calloc(1, sizeof(*host));
    if (host == NULL) {
        return NULL;
    }
    host->loop = loop;
    host->clock = clock;
    host->on_change = on_change;
    host->context = context;
    host->folder = strdup(folder);
    /* Watched before it is read, so that no change falls between. */
    host->watch = host->folder == NULL
                      ? NULL
                      : loop_watch_open(loop, folder, QUIET_MS, on_folder_change, host);
    if (host->watch == NULL) {
        buf_print(why, "%s: the folder cannot be watched", folder);
        host_free(host);
        return NULL;
    }
    if (!load_now(host, why)) {
        loop_watch_close(host->watch);
        host_free(host);
        return NULL;
    }
    return host;
}

void plugin_host_close(plugin_host_t *host)
{
    if (host == NULL) {
        return;
    }
    loop_watch_close(host->watch);
    host->closed = true;
    if (!host->loading) {
        host_free(host);
    }
}

const plugin_slot_t *plugin_host_slots(const plugin_host_t *host, size_t *count)
{
    *count = host->count;
    return host->slots;
}

const plugin_slot_t *plugin_host_slot(const plugin_host_t *host, span_t id)
{
    for (size_t i = 0; i < host->count; i++) {
        if (span_equal(host->slots[i].id, id)) {
            return &host->slots[i];
        }
    }
    return NULL;
}
