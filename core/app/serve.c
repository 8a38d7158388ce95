/* okienko serve: the rooms wired together, and their ordered end. */
#include "app/serve.h"

#include "api/api.h"
#include "app/commands.h"
#include "app/message.h"
#include "app/record.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/http.h"
#include "loop/loop.h"
#include "office/office.h"
#include "plugin/plugin.h"
#include "web/web.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define STOP_PATIENCE_MS 8000
#define DESCRIPTORS_WANTED 65536
#define PROGRAMMES_TOLD 16 /* by name, at the start */

typedef struct {
    serve_settings_t settings;
    clock_port_t *clock;
    loop_t *loop;
    plugin_host_t *host;
    office_t *office;
    api_t *api;
    web_t *web;
    http_server_t *http;
    loop_signal_t *on_term, *on_int, *on_hup;
    loop_timer_t *midnight;
    bool stopping;
} server_t;

static const option_t serve_options[] = {
    {"--listen",
     "HOST:PORT",
     true,
     {"gdzie nasłuchiwać, także unix:/ścieżka; można podać wiele razy (127.0.0.1:8080)",
      "where to listen, also unix:/path; may be repeated (127.0.0.1:8080)"}},
    OPTION_PLUGINS,
    OPTION_DATA,
    {"--config",
     "FILE",
     false,
     {"plik ustawień, jak etc/okienko.lua", "settings, as etc/okienko.lua"}},
    {"--demo",
     NULL,
     false,
     {"pokaz: gdy okres programu minął, odpowiada za dzień sprzed roku, który do niego należy",
      "a demonstration: past a programme's period answers for a day of an earlier year in it"}},
    {"--beyond-loopback",
     NULL,
     false,
     {"pozwala nasłuchiwać poza tym komputerem bez szyfrowania (zwykle: za serwerem pośrednim)",
      "allows listening beyond this machine without encryption (usually: behind a proxy)"}},
};

static void stop(void *context);

/* After a swap of rules: what was prebuilt of them is no longer true. */
static void on_change(void *context, span_t id)
{
    server_t *server = context;
    if (server->http != NULL && !server->stopping) {
        api_changed(server->api, server->http, id);
        web_changed(server->web, server->http);
        office_changed(server->office, id);
    }
}

/* At the start, and at midnight. */
static void open_day(server_t *server)
{
    if (server->http != NULL && !server->stopping) {
        api_open_day(server->api, server->http);
        web_changed(server->web, server->http);
        office_open_day(server->office);
    }
}

static uint64_t until_midnight(server_t *server)
{
    int64_t now = server->clock->wall(server->clock);
    /* A little past it, and at the latest in an hour: the clock may be set meanwhile. */
    int64_t left = clock_warsaw_midnight(now) - now + 50;
    return left > 3600000 ? 3600000 : (uint64_t)left;
}

static void on_midnight(void *context)
{
    server_t *server = context;
    open_day(server);
    loop_timer_again(server->midnight, until_midnight(server), 0);
}

static void on_reload(void *context)
{
    server_t *server = context;
    log_line(LOG_INFO, "reload asked for");
    plugin_host_reload(server->host);
}

static void close_rest(void *context)
{
    server_t *server = context;
    loop_signal_close(server->on_term);
    loop_signal_close(server->on_int);
    loop_signal_close(server->on_hup);
    loop_timer_close(server->midnight);
    plugin_host_close(server->host);
}

/* The records are closed when nobody asks any more, and the rules when no record needs them. */
static void close_office(void *context)
{
    server_t *server = context;
    if (server->office != NULL) {
        office_close(server->office, close_rest, server);
    } else {
        close_rest(server);
    }
}

static void stop(void *context)
{
    server_t *server = context;
    if (!server->stopping) {
        server->stopping = true;
        log_line(LOG_INFO, "stopping: requests that have begun are answered first");
        if (server->office != NULL) {
            office_quit(server->office);
        }
        http_server_stop(server->http, STOP_PATIENCE_MS, close_office, server);
    }
}

/* Every connection is a descriptor; the soft limit of a login shell is far below what the system
 * allows. http keeps within whatever holds. */
static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < DESCRIPTORS_WANTED) {
        limit.rlim_cur = limit.rlim_max < DESCRIPTORS_WANTED ? limit.rlim_max : DESCRIPTORS_WANTED;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/* It could not begin: nothing is to be answered first. What was opened is freed once closed. */
static void give_up(server_t *server)
{
    server->stopping = true;
    if (server->http != NULL) {
        http_server_stop(server->http, 0, close_office, server);
    } else {
        close_office(server);
    }
}

/* Whether the rules can be read at all; a folder that is empty can. */
static bool read_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || access(folder, X_OK) != 0) {
        app_message_print(stderr, MESSAGE_FOLDER, folder, app_message_reason(errno));
    }
    bool reads = fd >= 0 && access(folder, X_OK) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return reads;
}

static bool read_settings(serve_settings_t *settings, const options_t *options, arena_t *arena)
{
    *settings = (serve_settings_t){.listen = {"127.0.0.1:8080"},
                                   .listen_count = 1,
                                   .plugins = PLUGINS_FOLDER,
                                   .data = "data",
                                   .group_commit = true};
    const char *config = app_options_value(options, "--config", NULL);
    if (config != NULL && !app_serve_configure(settings, config, arena)) {
        return false;
    }
    size_t count = 0;
    const char *const *listen = app_options_values(options, "--listen", &count);
    if (count > 0) {
        memcpy(settings->listen, listen, count * sizeof *listen);
        settings->listen_count = count;
    }
    settings->plugins = app_options_value(options, "--plugins", settings->plugins);
    settings->data = app_options_value(options, "--data", settings->data);
    settings->demo = settings->demo || app_options_given(options, "--demo");
    settings->beyond_loopback =
        settings->beyond_loopback || app_options_given(options, "--beyond-loopback");
    return true;
}

typedef struct {
    const http_route_t *at;
    size_t count;
} routes_t;

/* The server with the routes of all rooms that have some. */
static http_server_t *new_http(server_t *server)
{
    routes_t rooms[3], all = {NULL, 0};
    rooms[0].at = api_routes(server->api, &rooms[0].count);
    rooms[1].at = web_routes(server->web, &rooms[1].count);
    rooms[2].at = office_routes(server->office, &rooms[2].count);
    for (size_t i = 0; i < 3; i++) {
        all.count += rooms[i].count;
    }
    http_route_t *routes = rooms[2].at == NULL ? NULL : calloc(all.count, sizeof *routes);
    if (routes == NULL) {
        return NULL;
    }
    all.count = 0;
    for (size_t i = 0; i < 3; i++) {
        memcpy(routes + all.count, rooms[i].at, rooms[i].count * sizeof *routes);
        all.count += rooms[i].count;
    }
    http_server_t *http = http_server_new(server->loop, &http_limits_default, routes, all.count);
    free(routes);
    return http;
}

static bool open_http(server_t *server)
{
    server->http = new_http(server);
    if (server->http == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return false;
    }
    for (size_t i = 0; i < server->settings.listen_count; i++) {
        char why[256] = "";
        if (!http_server_listen(server->http, server->settings.listen[i],
                                server->settings.beyond_loopback, app_message_lang(), why)) {
            fprintf(stderr, "%s\n", why);
            return false;
        }
    }
    return true;
}

static bool open_office(server_t *server)
{
    buf_t why = {0};
    bool opened = office_open(server->office, server->http, &why);
    if (!opened) {
        app_message_why(&why);
    }
    buf_free(&why);
    return opened;
}

static void describe_office(void *context, buf_t *buf, bool schemas)
{
    (schemas ? office_describe_schemas : office_describe_paths)(context, buf);
}

static bool open_rules(server_t *server)
{
    buf_t why = {0};
    server->host = plugin_host_open(server->loop, server->settings.plugins, server->clock,
                                    on_change, server, &why);
    if (server->host == NULL) {
        app_message_why(&why);
        buf_free(&why);
        return false;
    }
    const office_options_t office = {.data = server->settings.data,
                                     .demo = server->settings.demo,
                                     .alone = !server->settings.group_commit,
                                     .polish = app_message_lang() == LANG_PL};
    server->office = office_new(server->loop, server->host, server->clock, &office, &why);
    if (server->office == NULL) {
        app_message_why(&why);
        buf_free(&why);
        return false;
    }
    buf_free(&why);
    const registry_usage_t *usage = office_usage(server->office);
    const api_options_t options = {.demo = server->settings.demo,
                                   .usage = usage,
                                   .describe = describe_office,
                                   .context = server->office};
    server->api = api_new(server->host, server->clock, &options);
    const web_options_t pages = {.demo = server->settings.demo,
                                 .usage = usage,
                                 .hosts = server->settings.hosts,
                                 .host_count = server->settings.host_count,
                                 .public_address = server->settings.public_address};
    server->web = web_new(server->host, server->clock, &pages);
    if (server->api == NULL || server->web == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return false;
    }
    office_tell_by(server->office,
                   &(office_teller_t){server->api, api_tell_verdict, api_tell_missing,
                                      api_tell_mistakes, api_tell_fault});
    return true;
}

static void open_signals(server_t *server)
{
    server->on_term = loop_signal_open(server->loop, SIGTERM, stop, server);
    server->on_int = loop_signal_open(server->loop, SIGINT, stop, server);
    server->on_hup = loop_signal_open(server->loop, SIGHUP, on_reload, server);
    server->midnight =
        loop_timer_open(server->loop, until_midnight(server), 0, on_midnight, server);
}

/* Programmes that are not in force today; of many the first ones. */
static void tell_periods(const server_t *server, const plugin_slot_t *slots, size_t count)
{
    date_t today = clock_today(server->clock);
    const char *demo = server->settings.demo ? "; --demo answers for a day of an earlier year" : "";
    size_t told = 0;
    for (size_t i = 0; i < count; i++) {
        const registry_programme_t *programme =
            slots[i].serving != NULL ? plugin_programme(slots[i].serving) : NULL;
        if (programme == NULL || date_within(today, programme->from, programme->to)) {
            continue;
        }
        if (told++ < PROGRAMMES_TOLD) {
            char from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
            date_text(programme->from, from);
            date_text(programme->to, to);
            log_line(LOG_WARNING,
                     "%.*s: the programme is not in force today, its period is %s to %s%s",
                     SPAN_ARGS(programme->id), from, to, demo);
        }
    }
    if (told > PROGRAMMES_TOLD) {
        log_line(LOG_WARNING, "not in force today: %zu programmes in all", told);
    }
}

/* The one line that says that it answers,
 * and on standard error what an administrator should know. */
static void print_ready(server_t *server)
{
    size_t count = 0;
    const plugin_slot_t *slots = plugin_host_slots(server->host, &count);
    buf_t line = {0};
    buf_print(&line, "okienko:");
    for (size_t i = 0; http_server_address(server->http, i) != NULL; i++) {
        buf_print(&line, " %s", http_server_address(server->http, i));
    }
    for (size_t i = 0; i < count && i < PROGRAMMES_TOLD; i++) {
        buf_print(&line, "%s %.*s", i == 0 ? " –" : ",", SPAN_ARGS(slots[i].id));
    }
    if (count > PROGRAMMES_TOLD) {
        buf_print(&line, "… (%zu)", count);
    }
    tell_periods(server, slots, count);
    buf_byte(&line, '\n');
    fwrite(line.at, 1, line.len, stdout);
    fflush(stdout);
    buf_free(&line);
}

static void free_all(server_t *server)
{
    http_server_free(server->http);
    web_free(server->web);
    api_free(server->api);
    office_free(server->office);
    loop_free(server->loop);
}

static int run_serve(const options_t *options)
{
    server_t server = {.clock = clock_system()};
    arena_t *arena = arena_new(4096);
    int code = APP_USAGE;
    if (arena == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return code;
    }
    if (!read_settings(&server.settings, options, arena) ||
        !app_record_make_data(server.settings.data) || !read_folder(server.settings.plugins)) {
        arena_free(arena);
        return code;
    }
    raise_descriptor_limit();
    server.loop = loop_new();
    if (server.loop == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    } else {
        loop_start_pool(server.loop);
        if (open_rules(&server) && open_http(&server) && open_office(&server)) {
            open_signals(&server);
            open_day(&server);
            print_ready(&server);
            code = APP_FINE;
        } else {
            give_up(&server);
        }
        loop_run(server.loop);
    }
    free_all(&server);
    arena_free(arena);
    return code;
}

const command_t app_command_serve = {"serve",
                                     "",
                                     {"uruchamia serwer", "runs the server"},
                                     serve_options,
                                     sizeof serve_options / sizeof serve_options[0],
                                     0,
                                     0,
                                     run_serve};
