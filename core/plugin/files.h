/* A programme's folder read into memory at one moment. Nothing is followed out of the folder and
 * nothing that is not a regular file is waited for: links, FIFOs, devices and files over 64 KB are
 * told, not read; tables of the catalogue may have 4 MB. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_FILES_H
#define OKIENKO_PLUGIN_FILES_H

#include "base/arena.h"
#include "base/date.h"
#include "plugin/plugin.h"
#include "registry/catalog.h"

#define FILES_SERVICES_MAX 256 /* services and their versions; as many files of tests */
#define FILES_BYTES_MAX (64 * 1024)
#define FILES_TABLE_BYTES_MAX (4 * 1024 * 1024)
#define FILES_STRANGERS_MAX 64
#define FILES_CATALOGUE "catalogue"
#define FILES_PROGRAMMES_MAX PLUGIN_PROGRAMMES_MAX
#define FILES_ID_MAX 64

typedef enum {
    FILE_READ,
    FILE_ABSENT,
    FILE_IS_LINK,
    FILE_IS_ODD, /* a folder, a FIFO, a device… */
    FILE_TOO_LARGE,
    FILE_REFUSED,  /* no permission, an I/O error: `reason` */
    FILE_UNSTEADY, /* changed at every attempt to read it */
    FILE_MISNAMED, /* a .lua file that is no part of a programme; not read */
    FILE_STRANGER, /* one beside programme.lua, or a .csv file that is no table of the catalogue */
} file_state_t;

typedef struct {
    span_t path; /* relative to the plugins folder: "town/services/taxi.lua" */
    span_t name; /* the last part: "taxi.lua" */
    file_state_t state;
    const char *reason;
    span_t text;
    size_t bytes_max; /* that it may have */
    /* of services: */
    span_t id;
    date_t from; /* from the name, or DATE_NONE */
    bool spec;
} file_t;

typedef struct {
    span_t programme;
    file_t folder;                   /* only its state: FILE_READ when it is there */
    file_t act, base, facts, shared; /* act.lua, programme.lua, facts.lua, shared.lua */
    file_t tables[CATALOG_KINDS];    /* catalogue/…csv */
    file_t *strangers;               /* files that are none of these */
    size_t stranger_count;
    file_t *services; /* by path; specs among them */
    size_t service_count;
    bool too_many;
    bool no_memory;
    uint64_t hash; /* of every name, state and text: equal when nothing has changed */
} files_t;

/* When the folder of the programme itself is not there,
 * `folder` says so and all files are absent. */
void plugin_files_read(files_t *files, arena_t *arena, const char *folder, span_t programme);

/* As if a table of the catalogue held this text, which must outlive `files`. */
void plugin_files_put_table(files_t *files, registry_kind_t kind, span_t text);

/* The names of the folders under `folder` that may be programmes, sorted; `*count` at most
 * FILES_PROGRAMMES_MAX. False when `folder` cannot be read. */
bool plugin_files_programmes(arena_t *arena, const char *folder, span_t **names, size_t *count);

/* Whether there is a folder under `folder` that may be that programme. `*readable` is false when
 * `folder` itself cannot be read. */
bool plugin_files_is_programme(const char *folder, span_t id, bool *readable);

/* Lower-case letters, digits and `joint`, a letter first, at most FILES_ID_MAX. */
bool plugin_files_id(span_t id, char joint);

/* Whether addresses of the server begin with this word, so that no programme may have it as its id.
 */
bool plugin_files_reserved(span_t id);

#endif
