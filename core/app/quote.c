/* okienko quote: one case on the command line. It asks the API in process, so that it answers and
 * refuses exactly as the server does, and tells the answer in words. */
#include "api/api.h"
#include "app/commands.h"
#include "app/message.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "json/json.h"

#include <errno.h>

#define BODY_MAX (1024 * 1024)

static const option_t quote_options[] = {
    {"--on", "DATE", false, {"dzień, RRRR-MM-DD (dziś)", "the day, YYYY-MM-DD (today)"}},
    {"--body",
     "FILE",
     false,
     {"całe pytanie jako JSON z pliku, „-” to standardowe wejście",
      "the whole question as JSON from a file, \"-\" is standard input"}},
    OPTION_PLUGINS,
    OPTION_JSON,
};

typedef struct {
    loop_t *loop;
    plugin_host_t *host;
    api_t *api;
    http_server_t *http;
} asker_t;

static void nothing_changed(void *context, span_t id)
{
    (void)context;
    (void)id;
}

static bool asker_open(asker_t *asker, const char *folder)
{
    buf_t why = {0};
    asker->loop = loop_new();
    if (asker->loop != NULL) {
        asker->host =
            plugin_host_open(asker->loop, folder, clock_system(), nothing_changed, NULL, &why);
    }
    if (asker->host != NULL) {
        asker->api = api_new(asker->host, clock_system(), &(api_options_t){.demo = false});
    }
    if (asker->api != NULL) {
        size_t count = 0;
        const http_route_t *routes = api_routes(asker->api, &count);
        asker->http = http_server_new(asker->loop, &http_limits_default, routes, count);
    }
    if (asker->http == NULL) {
        app_message_why(&why);
    }
    buf_free(&why);
    return asker->http != NULL;
}

static void asker_close(asker_t *asker)
{
    if (asker->http != NULL) {
        http_server_stop(asker->http, 0, NULL, NULL);
    }
    plugin_host_close(asker->host);
    if (asker->loop != NULL) {
        loop_run(asker->loop);
    }
    http_server_free(asker->http);
    api_free(asker->api);
    loop_free(asker->loop);
}

/* ---- the question ---------------------------------------------------------------------------- */

/* A value as JSON by the fact's type; of an unknown fact as text, for the API to refuse. */
static void add_value(json_writer_t *json, const registry_fact_t *fact, span_t value)
{
    bool plain = fact != NULL && (fact->type == FACT_BOOLEAN || fact->type == FACT_INTEGER ||
                                  fact->type == FACT_DECIMAL);
    json_fault_t fault;
    json_reader_t *reader = plain ? json_reader_new() : NULL;
    if (reader != NULL && json_read(reader, value, &fault) != NULL) {
        json_raw(json, value);
    } else {
        json_text(json, value);
    }
    json_reader_free(reader);
}

/* The facts of the command line that are about the person, or about the order. */
static void add_facts(json_writer_t *json, const options_t *options,
                      const registry_programme_t *programme, bool of_order)
{
    json_object(json);
    for (size_t i = 1; i < options->argument_count; i++) {
        span_t value = span_of(options->arguments[i]), name = SPAN_NONE;
        span_cut(&value, '=', &name);
        int place = registry_fact(programme, name);
        const registry_fact_t *fact = place >= 0 ? programme->facts[place] : NULL;
        if ((fact != NULL && fact->of_order) == of_order) {
            buf_t text = {0};
            buf_add(&text, name);
            const char *key = buf_zero_terminated(&text);
            json->buf->failed = json->buf->failed || key == NULL;
            json_name(json, key != NULL ? key : "");
            add_value(json, fact, value);
            buf_free(&text);
        }
    }
    json_object_end(json);
}

static void write_question(buf_t *body, const options_t *options,
                           const registry_programme_t *programme)
{
    json_writer_t json = {.buf = body};
    json_object(&json);
    const char *on = app_options_value(options, "--on", NULL);
    if (on != NULL) {
        json_name(&json, "on");
        json_text(&json, span_of(on));
    }
    json_name(&json, "facts");
    add_facts(&json, options, programme, false);
    json_name(&json, "order");
    add_facts(&json, options, programme, true);
    json_object_end(&json);
}

static bool read_body(buf_t *body, const char *file)
{
    FILE *stream = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
    if (stream == NULL) {
        app_message_print(stderr, MESSAGE_FILE, file, app_message_reason(errno));
        return false;
    }
    char block[4096];
    size_t got = 0;
    while (body->len <= BODY_MAX && (got = fread(block, 1, sizeof block, stream)) > 0) {
        buf_add(body, (span_t){block, got});
    }
    bool fine = ferror(stream) == 0 && !body->failed;
    if (!fine) {
        app_message_print(stderr, MESSAGE_FILE, file, app_message_reason(errno));
    }
    if (stream != stdin) {
        fclose(stream);
    }
    return fine;
}

/* ---- the answer in words --------------------------------------------------------------------- */

static span_t text_of(const cJSON *object, const char *name)
{
    span_t text = json_string(json_member(object, name));
    return text.at != NULL ? text : SPAN("");
}

static span_t money_of(const cJSON *fee, const char *name)
{
    return text_of(json_member(fee, name), "text");
}

static void print_relief(const cJSON *relief, int lang)
{
    static const char *const less[] = {"w tym ulga", "with the relief"};
    if (cJSON_IsObject(relief)) {
        printf("  %s: %.*s\n", less[lang], SPAN_ARGS(text_of(relief, "text")));
    }
}

static void print_fee(const cJSON *fee)
{
    int lang = app_message_lang() == LANG_PL ? 0 : 1;
    static const char *const pays[] = {"Opłata", "Fee"}, *const from[] = {"od", "from"},
                             *const to[] = {"do", "to"},
                             *const example[] = {" (przykład)", " (example)"};
    const char *mark = cJSON_IsTrue(json_member(fee, "example")) ? example[lang] : "";
    if (span_equal(text_of(fee, "state"), SPAN("known"))) {
        printf("%s: %.*s%s\n", pays[lang], SPAN_ARGS(money_of(fee, "amount")), mark);
        print_relief(json_member(fee, "relief"), lang);
    } else if (span_equal(text_of(fee, "state"), SPAN("depends"))) {
        printf("%s: %s %.*s %s %.*s%s\n", pays[lang], from[lang], SPAN_ARGS(money_of(fee, "least")),
               to[lang], SPAN_ARGS(money_of(fee, "most")), mark);
    }
}

static void print_checks(const cJSON *checks)
{
    const cJSON *check = NULL;
    cJSON_ArrayForEach(check, checks)
    {
        span_t answer = text_of(check, "answer");
        const char *sign = span_equal(answer, SPAN("yes"))  ? "+"
                           : span_equal(answer, SPAN("no")) ? "-"
                                                            : "?";
        printf("  %s %.*s [%.*s]\n", sign, SPAN_ARGS(text_of(check, "text")),
               SPAN_ARGS(text_of(check, "basis")));
    }
}

static void print_missing(const cJSON *missing)
{
    const cJSON *question = NULL;
    cJSON_ArrayForEach(question, missing)
    {
        span_t text = text_of(question, "question");
        if (text.len > 0) {
            printf("  %.*s = ? %.*s\n", SPAN_ARGS(text_of(question, "id")), SPAN_ARGS(text));
        }
    }
}

static void print_words(const cJSON *answer)
{
    const cJSON *items = json_member(answer, "items");
    if (items == NULL) {
        printf("%.*s: %.*s\n", SPAN_ARGS(text_of(answer, "name")),
               SPAN_ARGS(text_of(answer, "outcome_text")));
        print_fee(json_member(answer, "fee"));
        print_checks(json_member(answer, "checks"));
    }
    const cJSON *item = NULL;
    cJSON_ArrayForEach(item, items)
    {
        printf("%.*s: %.*s\n", SPAN_ARGS(text_of(item, "name")),
               SPAN_ARGS(text_of(item, "outcome_text")));
        print_fee(json_member(item, "fee"));
    }
    print_missing(json_member(answer, "missing"));
}

static void print_problem(const cJSON *problem)
{
    fprintf(stderr, "%.*s\n", SPAN_ARGS(text_of(problem, "title")));
    const cJSON *errors = json_member(problem, "errors"), *error = NULL;
    if (errors == NULL) {
        fprintf(stderr, "%.*s\n", SPAN_ARGS(text_of(problem, "detail")));
    }
    cJSON_ArrayForEach(error, errors)
    {
        fprintf(stderr, "  %.*s: %.*s", SPAN_ARGS(text_of(error, "field")),
                SPAN_ARGS(text_of(error, "detail")));
        span_t nearest = text_of(error, "nearest");
        if (nearest.len > 0) {
            fputc(' ', stderr);
            buf_t name = {0};
            buf_add(&name, nearest);
            app_message_print(stderr, MESSAGE_MEANT, buf_zero_terminated(&name));
            buf_free(&name);
        } else {
            fputc('\n', stderr);
        }
    }
}

/* False without memory. */
static bool print_answer(const options_t *options, unsigned status, span_t answer)
{
    if (app_options_given(options, "--json")) {
        printf("%.*s\n", SPAN_ARGS(answer));
        return answer.len > 0;
    }
    cJSON *tree = json_read_own(answer);
    if (tree != NULL) {
        (status == 200 ? print_words : print_problem)(tree);
    }
    cJSON_Delete(tree);
    return tree != NULL;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static int ask(const options_t *options, http_server_t *http, span_t programme, span_t service,
               span_t body)
{
    buf_t target = {0}, answer = {0};
    buf_print(&target, "/v1/%.*s", SPAN_ARGS(programme));
    if (service.at != NULL) {
        buf_print(&target, "/services/%.*s", SPAN_ARGS(service));
    }
    buf_literal(&target, "/quote");
    http_request_t request = {.method = HTTP_POST,
                              .target = buf_span(&target),
                              .content_type = SPAN("application/json"),
                              .body = body,
                              .lang = app_message_lang()};
    unsigned status = target.failed ? 503 : http_ask(http, &request, &answer);
    int code = status == 200 ? APP_FINE : APP_FAULTS;
    if (answer.failed || !print_answer(options, status, buf_span(&answer))) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        code = APP_USAGE;
    }
    buf_free(&target);
    buf_free(&answer);
    return code;
}

static bool arguments_are_facts(const options_t *options)
{
    for (size_t i = 1; i < options->argument_count; i++) {
        if (strchr(options->arguments[i], '=') == NULL) {
            app_message_print(stderr, MESSAGE_BAD_FACT, options->arguments[i]);
            return false;
        }
    }
    return true;
}

static int quote(const options_t *options, asker_t *asker, const char *folder)
{
    span_t service = span_of(options->arguments[0]), programme = SPAN_NONE;
    span_cut(&service, '/', &programme);
    const plugin_slot_t *slot = plugin_host_slot(asker->host, programme);
    if (slot == NULL) {
        buf_t name = {0};
        buf_add(&name, programme);
        app_message_print(stderr, MESSAGE_NO_PROGRAMME, folder, buf_zero_terminated(&name));
        buf_free(&name);
        return APP_FAULTS;
    }
    buf_t body = {0};
    const char *file = app_options_value(options, "--body", NULL);
    int code = APP_USAGE;
    if (file != NULL ? read_body(&body, file) : arguments_are_facts(options)) {
        if (file == NULL && slot->serving != NULL) {
            write_question(&body, options, plugin_programme(slot->serving));
        }
        if (body.failed) {
            app_message_print(stderr, MESSAGE_NO_MEMORY);
        } else {
            code = ask(options, asker->http, programme, service, buf_span(&body));
        }
    }
    buf_free(&body);
    return code;
}

static int run_quote(const options_t *options)
{
    const char *folder = app_options_value(options, "--plugins", PLUGINS_FOLDER);
    asker_t asker = {0};
    int code = APP_USAGE;
    log_set_level(LOG_WARNING);
    if (asker_open(&asker, folder)) {
        code = quote(options, &asker, folder);
    }
    asker_close(&asker);
    return code;
}

const command_t app_command_quote = {
    "quote",
    "PROGRAM[/SERVICE] [FACT=VALUE…]",
    {"odpowiada na jeden przypadek: czy przysługuje, dlaczego i za ile",
     "answers one case: eligible or not, why, and for how much"},
    quote_options,
    sizeof quote_options / sizeof quote_options[0],
    1,
    64,
    run_quote};
