/* The configuration file: one sandboxed Lua text, `return okienko { … }`. */
#include "app/message.h"
#include "app/serve.h"
#include "base/text.h"
#include "script/script.h"

#include <errno.h>
#include <stdlib.h>

static const char *const keys[] = {"listen",          "plugins", "data",         "demo",
                                   "beyond_loopback", "hosts",   "group_commit", "public_address"};

static bool refuse(const char *file, int line, const char *format, const char *argument)
{
    buf_t text = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buf_print(&text, format, argument);
#pragma GCC diagnostic pop
    app_message_print(stderr, MESSAGE_CONFIG, file, line, buf_zero_terminated(&text));
    buf_free(&text);
    return false;
}

static bool read_whole(const char *file, buf_t *text)
{
    FILE *stream = fopen(file, "re");
    if (stream == NULL) {
        return false;
    }
    char block[4096];
    size_t got = 0;
    while (text->len <= SCRIPT_CHUNK_MAX && (got = fread(block, 1, sizeof block, stream)) > 0) {
        buf_add(text, (span_t){block, got});
    }
    bool fine = ferror(stream) == 0 && !text->failed;
    fclose(stream);
    return fine;
}

static bool set_text(const char **setting, const script_field_t *field, const char *file)
{
    if (field->value.kind != SCRIPT_TEXT) {
        return refuse(file, field->line, "%s = \"…\"", field->name.at);
    }
    *setting = field->value.text.at;
    return true;
}

static bool set_bool(bool *setting, const script_field_t *field, const char *file)
{
    if (field->value.kind != SCRIPT_BOOLEAN) {
        return refuse(file, field->line, "%s = true | false", field->name.at);
    }
    *setting = field->value.boolean;
    return true;
}

static bool set_listen(serve_settings_t *settings, const script_field_t *field, const char *file)
{
    const script_value_t *value = &field->value;
    if (value->kind != SCRIPT_TABLE || value->item_count == 0 ||
        value->item_count > SERVE_LISTEN_MAX) {
        return refuse(file, field->line, "%s = { \"127.0.0.1:8080\", … }", field->name.at);
    }
    settings->listen_count = 0;
    for (size_t i = 0; i < value->item_count; i++) {
        if (value->items[i].kind != SCRIPT_TEXT) {
            return refuse(file, value->items[i].line, "%s = { \"127.0.0.1:8080\", … }",
                          field->name.at);
        }
        settings->listen[settings->listen_count++] = value->items[i].text.at;
    }
    return true;
}

/* "uslugi.example.org", or "*.example.org" for a part that is a programme's id. */
static bool is_host(span_t name)
{
    size_t star = span_starts(name, SPAN("*.")) ? 2 : 0;
    for (size_t i = star; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) {
            return false;
        }
    }
    return name.len > star;
}

static bool set_hosts(serve_settings_t *settings, const script_field_t *field, const char *file,
                      arena_t *arena)
{
    static const char shape[] =
        "%s = { [\"uslugi.example.org\"] = \"programme\", [\"*.example.org\"] = \"*\" }";
    const script_value_t *value = &field->value;
    if (value->kind != SCRIPT_TABLE || value->item_count > 0) {
        return refuse(file, field->line, shape, field->name.at);
    }
    web_host_t *hosts = arena_array(arena, value->field_count + 1, sizeof *hosts);
    for (size_t i = 0; i < value->field_count && hosts != NULL; i++) {
        const script_field_t *host = &value->fields[i];
        bool is_star = host->name.len > 0 && host->name.at[0] == '*';
        if (host->odd || !is_host(host->name) || host->value.kind != SCRIPT_TEXT ||
            span_equal(host->value.text, SPAN("*")) != is_star) {
            return refuse(file, host->line, shape, field->name.at);
        }
        hosts[i] = (web_host_t){host->name.at, host->value.text.at};
    }
    settings->hosts = hosts;
    settings->host_count = hosts == NULL ? 0 : value->field_count;
    return hosts != NULL;
}

/* "https://uslugi.example.org": what stands before every path, so without one itself. */
static bool set_address(serve_settings_t *settings, const script_field_t *field, const char *file)
{
    span_t text = field->value.kind == SCRIPT_TEXT ? field->value.text : SPAN_NONE;
    size_t scheme = span_starts(text, SPAN("https://"))  ? 8
                    : span_starts(text, SPAN("http://")) ? 7
                                                         : 0;
    span_t rest = span_from(text, scheme);
    bool fine = scheme > 0 && rest.len > 0 && text_is_plain(text, false);
    for (size_t i = 0; i < rest.len && fine; i++) {
        fine = memchr("/?#@ \"<>", rest.at[i], 8) == NULL;
    }
    settings->public_address = text.at;
    return fine || refuse(file, field->line, "%s = \"https://uslugi.example.org\"", field->name.at);
}

static bool set(serve_settings_t *settings, const script_field_t *field, const char *file,
                arena_t *arena)
{
    if (span_equal(field->name, SPAN("listen"))) {
        return set_listen(settings, field, file);
    }
    if (span_equal(field->name, SPAN("plugins"))) {
        return set_text(&settings->plugins, field, file);
    }
    if (span_equal(field->name, SPAN("data"))) {
        return set_text(&settings->data, field, file);
    }
    if (span_equal(field->name, SPAN("demo"))) {
        return set_bool(&settings->demo, field, file);
    }
    if (span_equal(field->name, SPAN("beyond_loopback"))) {
        return set_bool(&settings->beyond_loopback, field, file);
    }
    if (span_equal(field->name, SPAN("hosts"))) {
        return set_hosts(settings, field, file, arena);
    }
    if (span_equal(field->name, SPAN("group_commit"))) {
        return set_bool(&settings->group_commit, field, file);
    }
    if (span_equal(field->name, SPAN("public_address"))) {
        return set_address(settings, field, file);
    }
    const char *meant = text_nearest(field->name, keys, sizeof keys / sizeof keys[0]);
    return refuse(file, field->line,
                  meant != NULL ? "? → %s"
                                : "? listen, plugins, data, demo, "
                                  "beyond_loopback, hosts, group_commit, public_address%s",
                  meant != NULL ? meant : "");
}

static bool apply(serve_settings_t *settings, const script_value_t *value, const char *file,
                  arena_t *arena)
{
    if (value->kind != SCRIPT_WORD || value->item_count != 1 ||
        value->items[0].kind != SCRIPT_TABLE || value->items[0].item_count > 0) {
        return refuse(file, value->line, "%s", "return okienko { … }");
    }
    for (size_t i = 0; i < value->items[0].field_count; i++) {
        if (!set(settings, &value->items[0].fields[i], file, arena)) {
            return false;
        }
    }
    return true;
}

bool app_serve_configure(serve_settings_t *settings, const char *file, arena_t *arena)
{
    static const char *const words[] = {"okienko"};
    buf_t text = {0};
    if (!read_whole(file, &text)) {
        app_message_print(stderr, MESSAGE_FILE, file, app_message_reason(errno));
        buf_free(&text);
        return false;
    }
    script_state_t *state = script_new(&script_limits_default, words, 1);
    script_fault_t fault = {0};
    const script_value_t *value =
        state != NULL ? script_load(state, file, buf_span(&text), arena, &fault) : NULL;
    bool fine = value != NULL ? apply(settings, value, file, arena)
                              : refuse(file, fault.line, "%s", fault.message);
    script_free(state);
    buf_free(&text);
    return fine;
}
