/* What `okienko serve` runs with: from the configuration file, then from the command line. */
#ifndef OKIENKO_APP_SERVE_H
#define OKIENKO_APP_SERVE_H

#include "app/options.h"
#include "base/arena.h"
#include "web/web.h"

#define SERVE_LISTEN_MAX OPTIONS_VALUES_MAX

typedef struct {
    const char *listen[SERVE_LISTEN_MAX];
    size_t listen_count;
    const char *plugins;
    const char *data;
    bool demo;
    bool beyond_loopback;
    bool group_commit;
    const web_host_t *hosts;
    size_t host_count;
    const char *public_address; /* NULL: not said */
} serve_settings_t;

/* Reads a configuration file (etc/okienko.lua tells its keys) over `settings`; texts go into
 * `arena`. False after saying on standard error, with file and line, what is wrong. */
bool app_serve_configure(serve_settings_t *settings, const char *file, arena_t *arena);

#endif
