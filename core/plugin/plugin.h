/* Plugins: reads a programme's folder into a registry, checks every file before anything of it
 * runs, runs its tests, and keeps the last good generation of each programme serving while a new
 * one is made on a pool thread.
 *
 * Words: a generation is one programme as loaded at one moment, with its Lua state. A fault is one
 * line that tells an author what is wrong, where, and what was expected. */
#ifndef OKIENKO_PLUGIN_PLUGIN_H
#define OKIENKO_PLUGIN_PLUGIN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/lang.h"
#include "loop/loop.h"
#include "registry/catalog.h"
#include "registry/search.h"
#include "rules/rules.h"

/* ---- one load -------------------------------------------------------------------------------- */

typedef struct {
    const char *code; /* "unknown-key", "test-failed", … stable, for tools */
    span_t file;      /* relative to the plugins folder, "town/services/taxi.lua" */
    int line;         /* 0 when it is about the whole file */
    texts_t text;     /* what, and what was expected, in the three languages */
} plugin_fault_t;

typedef struct plugin_generation plugin_generation_t;

/* How the tests of a load went. */
typedef struct {
    size_t passed, failed;
} plugin_tests_t;

/* Reads, checks and tests one programme's folder. Any thread; touches nothing shared. Always
 * returns a generation (NULL only without memory) with one reference. Files that disappear or
 * change meanwhile are faults or the newer text, never a crash; links are not followed. At most ten
 * seconds. */
plugin_generation_t *plugin_load(const char *plugins_folder, const char *programme_id);

/* The names of the programmes' folders under `plugins_folder`, sorted, in `arena`; `*count` may be
 * 0. NULL with errno set when the folder cannot be read. */
const char *const *plugin_find(const char *plugins_folder, arena_t *arena, size_t *count);

/* References may be taken and dropped on the loop's thread only, once the load is over. */
plugin_generation_t *plugin_retain(plugin_generation_t *generation);
void plugin_release(plugin_generation_t *generation);

/* No faults at all. */
bool plugin_good(const plugin_generation_t *generation);
const plugin_fault_t *plugin_faults(const plugin_generation_t *generation, size_t *count);
plugin_tests_t plugin_tests(const plugin_generation_t *generation);

/* What of it can be served: everything when it is good. A fault in a service's files leaves out
 * that service, in all its versions, and the others can be served; one in a table of the catalogue
 * leaves out that table, which is marked faulty; a fault in act.lua,
 * programme.lua, facts.lua or shared.lua, or no service left: NULL. */
const registry_programme_t *plugin_programme(const plugin_generation_t *generation);
const registry_search_t *plugin_search(const plugin_generation_t *generation);

/* The port through which rules call this generation's free functions. One thread at a time. */
const rules_functions_t *plugin_functions(plugin_generation_t *generation);

/* Bytes that the generation would hold alone: registry and Lua. */
size_t plugin_memory(const plugin_generation_t *generation);

/* Appends "file:line: text" and a line feed. */
void plugin_fault_print(buf_t *buf, const plugin_fault_t *fault, lang_t lang);

/* ---- tables of the catalogue ----------------------------------------------------------------- */

/* The programme as plugin_load() would make it if a table held this text. */
plugin_generation_t *plugin_load_with(const char *plugins_folder, const char *programme_id,
                                      registry_kind_t kind, span_t text);

/* "town/catalogue/partners.csv": as faults name the file. */
void plugin_table_path(buf_t *path, const char *programme_id, registry_kind_t kind);

/* Appends the bytes of a table's file; where there is none, a row of headings to begin with. False
 * with one sentence in `why`. */
bool plugin_table_read(const char *plugins_folder, const char *programme_id, registry_kind_t kind,
                       buf_t *text, buf_t *why, lang_t lang);

/* Puts the text in place of a table's file: whoever reads it finds the old one or the new one,
 * whole. Checks nothing. False with one sentence in `why`. */
bool plugin_table_write(const char *plugins_folder, const char *programme_id, registry_kind_t kind,
                        span_t text, buf_t *why, lang_t lang);

/* ---- the files that decide ------------------------------------------------------------------- */

typedef struct {
    const char *kind; /* "act", "programme", "facts", "shared", "service" */
    span_t name;      /* in the programme's folder: "services/taxi.lua"; or "act.lua" */
    span_t text;
} plugin_text_t;

typedef struct {
    plugin_text_t *at;
    size_t count;
} plugin_texts_t;

/* Reads the files by which a programme of that version decides, in an order of their own. False
 * without memory, and when the folder holds another version by now. Any thread. */
bool plugin_texts_read(const char *plugins_folder, span_t programme, span_t version, arena_t *arena,
                       plugin_texts_t *texts);

/* ---- many, kept up to date ------------------------------------------------------------------- */

#define PLUGIN_PROGRAMMES_MAX 4096

typedef struct plugin_host plugin_host_t;

/* One programme's folder as it stands. */
typedef struct {
    span_t id;
    size_t seat;  /* below PLUGIN_PROGRAMMES_MAX; its own as long as the folder is there */
    span_t words; /* of what serves: name, town and code, folded, a space before each word */
    /* The last good one. Where there never was one (a start with a faulty service): the one with
     * faults that has the most to serve; another one with faults takes its place only when it lacks
     * no service that served so far. NULL when there is nothing to serve. The host's reference. */
    plugin_generation_t *serving;
    plugin_generation_t *newest; /* the last one loaded, good or not; the host's reference */
    int64_t loaded_at;           /* UTC ms of the newest load */
    uint64_t load_us;            /* how long it took */
    uint64_t loads, failures;
} plugin_slot_t;

/* Loads every programme under `folder` now (so that the first answer has them), many of them on
 * pool threads while this one runs `loop`, then watches it. Loads go on pool threads, several at
 * once, the slow ones in less than all places, so that no programme waits for another one's fault.
 * `on_change` is called on the loop's thread after each load that brought a new generation of `id`,
 * good or not, and after it was removed; not for the first load. It may close the host. NULL
 * without memory or when the folder cannot be read (then `*why` says so). */
plugin_host_t *plugin_host_open(loop_t *loop, const char *folder, clock_port_t *clock,
                                void (*on_change)(void *context, span_t id), void *context,
                                buf_t *why);
void plugin_host_close(plugin_host_t *host);

/* The folder that it was opened with; any thread, as long as the host is open. */
const char *plugin_host_folder(const plugin_host_t *host);

/* Load again what has changed, now (SIGHUP). */
void plugin_host_reload(plugin_host_t *host);

/* By id; the array is valid until the next change. One of them is found without a look at each. */
const plugin_slot_t *plugin_host_slots(const plugin_host_t *host, size_t *count);
const plugin_slot_t *plugin_host_slot(const plugin_host_t *host, span_t id);

/* Whether every word of a folded query begins some word of what serves. */
bool plugin_slot_has(const plugin_slot_t *slot, span_t folded);

/* The services of all that serves, for a search over them. */
registry_directory_t *plugin_host_directory(const plugin_host_t *host);

/* ---- beginnings ------------------------------------------------------------------------------ */

/* Writes a new programme's or service's files ("suwalki", "suwalki/telecare") that pass the check
 * as they are. Never overwrites. False with one sentence in `why`; otherwise the written files, a
 * line each, in `written`. */
bool plugin_new_programme(const char *folder, span_t id, buf_t *written, buf_t *why, lang_t lang);
bool plugin_new_service(const char *folder, span_t id, buf_t *written, buf_t *why, lang_t lang);

#endif
