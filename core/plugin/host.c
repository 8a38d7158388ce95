/* Keeps every programme under a folder up to date: loads on pool threads what has changed, several
 * at once, swaps on the loop's thread, and lets the last good generation serve on when the new one
 * is not.
 *
 * An errand is one load on its way. It borrows nothing of the host but the folder's name, so that
 * the host may be closed while it runs; the host is freed when the last one is back. */
#include "plugin/slots.h"

#include "base/log.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>

#define QUIET_MS 40
#define FEW 4
#define AT_ONCE 4
#define SLOW_AT_ONCE 2 /* of them, those that took long the last time */
#define SLOW_US 500000
#define NICE 10 /* loads wait for the loop, not the loop for them */
#define CHAINS 1024

typedef struct errand {
    plugin_host_t *host; /* for the loop's thread, but for `folder` */
    struct errand *chained;
    struct errand *later; /* in the queue */
    bool runs, again, is_slow;
    uint64_t known; /* hash of the newest generation, or 0 */
    bool readable;  /* the folder of all programmes is */
    bool seen;      /* the programme's own is there */
    bool unchanged;
    plugin_generation_t *loaded;
    uint64_t load_us;
    span_t id;
    char name[];
} errand_t;

struct plugin_host {
    loop_t *loop;
    loop_watch_t *watch;
    clock_port_t *clock;
    char *folder;
    void (*on_change)(void *context, span_t id);
    void *context;
    slots_t slots;
    errand_t *chains[CHAINS]; /* by id: waiting or running */
    errand_t *first, *last;   /* waiting */
    size_t running, running_slow;
    size_t jobs; /* on the pool, of any kind */
    bool listing, list_again, opening, closed;
};

/* ---- loading, on any thread --------------------------------------------------------------------
 */

static void errand_load(errand_t *errand)
{
    clock_port_t *clock = clock_system();
    const char *folder = errand->host->folder;
    errand->seen = plugin_files_is_programme(folder, errand->id, &errand->readable);
    if (errand->seen) {
        uint64_t began = clock->monotonic(clock);
        errand->loaded =
            plugin_generation_load(folder, errand->id, errand->known, &errand->unchanged);
        errand->load_us = (clock->monotonic(clock) - began) / 1000;
    }
}

static void errand_work(void *context)
{
    setpriority(PRIO_PROCESS, 0, NICE); /* of this thread alone, on Linux */
    errand_load(context);
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

static void slot_take(plugin_host_t *host, plugin_slot_t *slot, errand_t *errand)
{
    plugin_generation_t *loaded = errand->loaded;
    errand->loaded = NULL;
    plugin_generation_share(loaded, host->slots.shared);
    plugin_release(slot->newest);
    slot->newest = loaded;
    slot->loaded_at = host->clock->wall(host->clock);
    slot->load_us = errand->load_us;
    slot->loads++;
    slot->failures += !plugin_good(loaded);
    bool serves = may_serve(loaded, slot->serving);
    if (serves) {
        plugin_slots_serve(&host->slots, slot, loaded);
    }
    log_load(slot, serves);
}

/* True when something changed. */
static bool take_errand(plugin_host_t *host, errand_t *errand)
{
    plugin_slot_t *slot = plugin_slots_find(&host->slots, errand->id);
    if (!errand->readable) {
        log_line(LOG_ERROR, "the folder %s cannot be read; what was loaded serves on",
                 host->folder);
        return false;
    }
    if (!errand->seen) {
        if (slot != NULL) {
            log_line(LOG_INFO, "%.*s: removed", SPAN_ARGS(errand->id));
            plugin_slots_remove(&host->slots, slot);
        }
        return slot != NULL;
    }
    if (errand->loaded == NULL) {
        if (!errand->unchanged) {
            log_line(LOG_ERROR, "%.*s: no memory to load it", SPAN_ARGS(errand->id));
        }
        return false;
    }
    slot = slot != NULL ? slot : plugin_slots_add(&host->slots, errand->id);
    if (slot == NULL) {
        log_line(LOG_ERROR, "%.*s: not loaded, at most %d programmes", SPAN_ARGS(errand->id),
                 FILES_PROGRAMMES_MAX);
        return false;
    }
    slot_take(host, slot, errand);
    return true;
}

/* ---- errands -----------------------------------------------------------------------------------
 */

static errand_t **errand_place(plugin_host_t *host, span_t id)
{
    errand_t **place = &host->chains[span_hash(id) % CHAINS];
    while (*place != NULL && !span_equal((*place)->id, id)) {
        place = &(*place)->chained;
    }
    return place;
}

static void errand_free(errand_t *errand)
{
    if (errand != NULL) {
        plugin_release(errand->loaded);
        free(errand);
    }
}

static void enqueue(plugin_host_t *host, errand_t *errand)
{
    const plugin_slot_t *slot = plugin_slots_find(&host->slots, errand->id);
    errand->is_slow = slot != NULL && slot->load_us > SLOW_US;
    errand->known = slot != NULL ? slot->newest->hash : 0;
    errand->later = NULL;
    *(host->last != NULL ? &host->last->later : &host->first) = errand;
    host->last = errand;
}

/* The first that may begin; what is slow leaves room for the others. */
static errand_t *dequeue(plugin_host_t *host)
{
    errand_t *before = NULL;
    for (errand_t *errand = host->first; errand != NULL; errand = errand->later) {
        if (!errand->is_slow || host->running_slow < SLOW_AT_ONCE) {
            *(before != NULL ? &before->later : &host->first) = errand->later;
            host->last = host->last == errand ? before : host->last;
            return errand;
        }
        before = errand;
    }
    return NULL;
}

static void errand_done(void *context);

static void begin_errands(plugin_host_t *host)
{
    errand_t *errand = NULL;
    while (host->running < AT_ONCE && (errand = dequeue(host)) != NULL) {
        if (!loop_job(host->loop, errand_work, errand_done, errand)) {
            log_line(LOG_ERROR, "%.*s: no memory to load it", SPAN_ARGS(errand->id));
            *errand_place(host, errand->id) = errand->chained;
            errand_free(errand);
            continue;
        }
        errand->runs = true;
        host->jobs++;
        host->running++;
        host->running_slow += errand->is_slow;
    }
}

/* Looks at a programme's folder soon; after the look under way when there is one. */
static void want(plugin_host_t *host, span_t id)
{
    errand_t **place = errand_place(host, id);
    if (*place != NULL) {
        (*place)->again = (*place)->runs;
        return;
    }
    errand_t *errand = calloc(1, sizeof *errand + id.len);
    if (errand == NULL) {
        log_line(LOG_ERROR, "%.*s: no memory to load it", SPAN_ARGS(id));
        return;
    }
    memcpy(errand->name, id.at, id.len);
    errand->host = host;
    errand->id = (span_t){errand->name, id.len};
    *place = errand;
    enqueue(host, errand);
}

static void host_free(plugin_host_t *host)
{
    plugin_slots_clear(&host->slots);
    free(host->folder);
    free(host);
}

/* One job is back. False when the host was closed meanwhile; with the last one it goes. */
static bool job_back(plugin_host_t *host)
{
    bool closed = host->closed;
    host->jobs--;
    if (closed && host->jobs == 0) {
        host_free(host);
    }
    return !closed;
}

/* What loads took beyond what they keep, up to the cap of a script, and what generations before
 * them held: each pool thread would keep it for itself. */
static void trim_work(void *context)
{
    (void)context;
    malloc_trim(0);
}

static void trim_done(void *context)
{
    job_back(context);
}

static void on_idle(plugin_host_t *host)
{
    if (host->opening) {
        loop_stop(host->loop);
    }
    host->jobs += loop_job(host->loop, trim_work, trim_done, host);
}

/* Takes a finished errand out, or sends it once more. True when it brought a change. */
static bool settle(plugin_host_t *host, errand_t *errand)
{
    host->running--;
    host->running_slow -= errand->is_slow;
    bool changed = take_errand(host, errand);
    plugin_release(errand->loaded);
    errand->loaded = NULL;
    errand->runs = errand->unchanged = false;
    if (errand->again) {
        errand->again = false;
        enqueue(host, errand);
    } else {
        *errand_place(host, errand->id) = errand->chained;
        free(errand);
    }
    begin_errands(host);
    return changed;
}

static void errand_done(void *context)
{
    errand_t *errand = context;
    plugin_host_t *host = errand->host;
    if (!job_back(host)) {
        errand_free(errand);
        return;
    }
    char name[FILES_ID_MAX];
    span_t id = {name, errand->id.len};
    memcpy(name, errand->id.at, errand->id.len);
    bool changed = settle(host, errand);
    if (host->running == 0) {
        on_idle(host);
    }
    if (changed && !host->opening && host->on_change != NULL) {
        host->on_change(host->context, id); /* may close the host */
    }
}

/* ---- all of them -------------------------------------------------------------------------------
 */

typedef struct {
    plugin_host_t *host;
    arena_t *arena;
    span_t *names;
    size_t count;
    bool readable;
} listing_t;

static void listing_free(listing_t *listing)
{
    if (listing != NULL) {
        arena_free(listing->arena);
        free(listing);
    }
}

static listing_t *listing_new(plugin_host_t *host)
{
    listing_t *listing = calloc(1, sizeof *listing);
    if (listing != NULL) {
        listing->host = host;
        listing->arena = arena_new(4096);
    }
    if (listing != NULL && listing->arena == NULL) {
        free(listing);
        return NULL;
    }
    return listing;
}

static void listing_work(void *context)
{
    listing_t *listing = context;
    listing->readable = plugin_files_programmes(listing->arena, listing->host->folder,
                                                &listing->names, &listing->count);
}

/* What is there, and what was. */
static void want_all(plugin_host_t *host, const listing_t *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        want(host, listing->names[i]);
    }
    for (size_t i = 0; i < host->slots.count; i++) {
        want(host, host->slots.at[i].id);
    }
    begin_errands(host);
}

static void listing_done(void *context)
{
    listing_t *listing = context;
    plugin_host_t *host = listing->host;
    if (job_back(host)) {
        host->listing = false;
        if (listing->readable) {
            want_all(host, listing);
        } else {
            log_line(LOG_ERROR, "the folder %s cannot be read; what was loaded serves on",
                     host->folder);
        }
        if (host->list_again) {
            host->list_again = false;
            plugin_host_reload(host);
        }
    }
    listing_free(listing);
}

const char *plugin_host_folder(const plugin_host_t *host)
{
    return host->folder;
}

void plugin_host_reload(plugin_host_t *host)
{
    if (host->listing) {
        host->list_again = true;
        return;
    }
    listing_t *listing = listing_new(host);
    host->listing = listing != NULL && loop_job(host->loop, listing_work, listing_done, listing);
    if (host->listing) {
        host->jobs++;
    } else {
        log_line(LOG_ERROR, "no memory to look for changed rules");
        listing_free(listing);
    }
}

/* ---- the host ----------------------------------------------------------------------------------
 */

static void on_entry_change(void *context, const char *name)
{
    plugin_host_t *host = context;
    span_t id = span_of(name);
    if (name == NULL || span_equal(id, SPAN("act.lua"))) {
        plugin_host_reload(host);
    } else if (plugin_files_id(id, '-')) {
        want(host, id);
        begin_errands(host);
    }
}

/* A few programmes are loaded sooner than threads are made. */
static void load_here(plugin_host_t *host, const listing_t *listing)
{
    for (size_t i = 0; i < listing->count; i++) {
        want(host, listing->names[i]);
        errand_t *errand = dequeue(host);
        if (errand != NULL) {
            host->running++;
            errand_load(errand);
            settle(host, errand);
        }
    }
    malloc_trim(0);
}

/* The first load of all; of many the loop runs for it alone. */
static bool load_now(plugin_host_t *host, buf_t *why)
{
    listing_t *listing = listing_new(host);
    if (listing == NULL) {
        return false;
    }
    listing_work(listing);
    bool readable = listing->readable;
    if (readable && listing->count <= FEW) {
        load_here(host, listing);
    } else if (readable) {
        host->opening = true;
        want_all(host, listing);
        while (host->running > 0) {
            loop_run(host->loop);
        }
        host->opening = false;
    } else {
        buf_print(why, "%s: the folder cannot be read", host->folder);
    }
    listing_free(listing);
    return readable;
}

plugin_host_t *plugin_host_open(loop_t *loop, const char *folder, clock_port_t *clock,
                                void (*on_change)(void *context, span_t id), void *context,
                                buf_t *why)
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
    bool fine = host->folder != NULL && plugin_slots_open(&host->slots);
    /* Watched before it is read, so that no change falls between. */
    host->watch = fine ? loop_watch_open(loop, folder, QUIET_MS, on_entry_change, host) : NULL;
    if (host->watch == NULL) {
        buf_print(why, "%s: the folder cannot be watched", folder);
        host_free(host);
        return NULL;
    }
    if (!load_now(host, why)) {
        plugin_host_close(host);
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
    while (host->first != NULL) {
        errand_t *errand = host->first;
        host->first = errand->later;
        errand_free(errand);
    }
    if (host->jobs == 0) {
        host_free(host);
    }
}

const plugin_slot_t *plugin_host_slots(const plugin_host_t *host, size_t *count)
{
    *count = host->slots.count;
    return host->slots.at;
}

const plugin_slot_t *plugin_host_slot(const plugin_host_t *host, span_t id)
{
    return plugin_slots_find(&host->slots, id);
}

registry_directory_t *plugin_host_directory(const plugin_host_t *host)
{
    return host->slots.directory;
}
