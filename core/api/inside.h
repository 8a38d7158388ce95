/* What the files of the api room share. A view is one generation's texts, escaped once; a call is
 * one request while it is being answered, on the handler's stack. */
#ifndef OKIENKO_API_INSIDE_H
#define OKIENKO_API_INSIDE_H

#include "api/api.h"
#include "api/texts.h"
#include "base/shared.h"
#include "base/text.h"
#include "problem/problem.h"
#include "tell/tell.h"
#include "verdict/verdict.h"
#include "json/json.h"

#define API_TERMS_MAX 32 /* values of one repeated filter */
#define API_TEXT_MAX 200 /* bytes of a search */
#define API_TERC_MAX 7   /* digits of a code */
#define API_PER_PAGE_MAX 100

/* Of what answers when it fails: false means that the exchange is over. */
#define API_ANSWERED __attribute__((warn_unused_result))

/* ---- views ----------------------------------------------------------------------------------- */

/* The prebuilt JSON of one version of a service in one language, a cache line. */
typedef struct {
    span_t head;           /* "service":…,"name":…,"version":…,"revision":… */
    const span_t *checks;  /* {"id":…,"text":…,"basis":…,"example":…,"facts":[…] */
    const span_t *reasons; /* beside it: its text, escaped, without quotes */
    const span_t *prices;  /* by row: {"grosze":…,"text":…} */
    const span_t *limits;  /* by row: the whole object */
    span_t documents;      /* […], unless what they say depends on the day */
} api_service_pieces_t;

/* What is prebuilt of one version of a service. */
typedef struct {
    api_service_pieces_t in[LANG_COUNT];
    /* By check, and behind the last: where its pieces begin, one for each way its text reads. */
    const uint32_t *check_at;
    const bool *may_order; /* by fact: the order of this service may say it */
    bool documents_mention;
    bool told;                 /* a fault of its rule is in the log */
    uint16_t rank[LANG_COUNT]; /* among all versions, by name */
    size_t examples;           /* values whose basis is "example" */
} api_service_view_t;

typedef struct {
    plugin_generation_t *generation; /* retained */
    const registry_programme_t *programme;
    api_service_view_t *services; /* by place in programme->services */
    const uint16_t *table;        /* facts by hash of id: place + 1, 0 for none */
    size_t table_mask;
    shared_t *shared;                    /* what holds all that is prebuilt, once for all views */
    buf_t held;                          /* pointers to the blocks of it that this one holds */
    const char *const *service_names;    /* ids, zero-terminated, for nearest names */
    const char *const *fact_names;       /* the same of facts, by place */
    const char *const *choices;          /* by fact: "a, b, c" */
    const span_t *questions[LANG_COUNT]; /* by fact: {"id":…,"question":… without the last brace */
    const uint32_t *relief_at;           /* as check_at */
    const span_t *reliefs[LANG_COUNT];   /* {"id":…,"text":…,"basis":…,"example":… */
    span_t outcome_texts[LANG_COUNT][3]; /* by rules_answer_t, escaped, without quotes */
    span_t unmet[LANG_COUNT], blocked[LANG_COUNT];
    size_t examples;
} api_view_t;

/* Everything prebuilt goes into `shared`. NULL without memory. */
api_view_t *api_view_new(shared_t *shared, plugin_generation_t *generation);
void api_view_free(api_view_t *view);

/* The place of a fact, or -1. */
int api_view_fact(const api_view_t *view, span_t id);

static inline const api_service_view_t *api_view_service(const api_view_t *view,
                                                         const registry_service_t *service)
{
    return &view->services[service - view->programme->services];
}

/* The piece of check or relief `i` whose text holds on a day. */
static inline size_t api_piece(const uint32_t *at, size_t i, const registry_text_t *text, date_t on)
{
    return at[i + 1] - at[i] == 1 ? at[i] : at[i] + registry_text_place(text, on);
}

/* How many values of a service, or of the programme itself, rest on no document. */
size_t api_examples_of_service(const registry_service_t *service);
size_t api_examples_of_programme(const registry_programme_t *programme);

/* Appends a key that sorts as the Polish alphabet does ("ą" behind "a"), Cyrillic behind Latin. */
void api_collate(buf_t *key, span_t text);

/* ---- the api and a call ---------------------------------------------------------------------- */

struct api {
    plugin_host_t *host;
    clock_port_t *clock;
    api_options_t options;
    http_server_t *server; /* of the last api_changed() */
    http_route_t *routes;
    size_t route_count;
    api_view_t **views; /* by the slot's seat; made when first asked for */
    shared_t *shared;   /* their pieces */
    json_reader_t *reader;
    buf_t out, scratch;
    buf_t words;
    problem_t problem; /* being put together */
    verdict_question_t question;
    verdict_t verdict;
    uint64_t quotes, rule_faults;
};

typedef enum {
    API_SORT_NONE,
    API_SORT_NUMBER,
    API_SORT_NAME,
    API_SORT_PRICE,
    API_SORT_LEFT
} api_sort_t;

typedef enum { API_BY_PACKAGE, API_BY_AREA, API_BY_GROUP, API_BY_PLACE, API_BY_COUNT } api_by_t;

typedef enum { API_ANY, API_TRUE, API_FALSE } api_want_t;

/* What the query said, typed. */
typedef struct {
    date_t on; /* DATE_NONE when not said */
    char text[API_TEXT_MAX + 1];
    size_t text_len;
    char terc[API_TERC_MAX];
    size_t terc_len;
    const registry_term_t *terms[API_BY_COUNT][API_TERMS_MAX];
    size_t term_counts[API_BY_COUNT];
    api_want_t free, available;
    api_sort_t sort;
    bool descending;
    uint64_t page, per_page;
    api_by_t group_by; /* API_BY_COUNT: not grouped */
    uint64_t fields;   /* a bit each; 0: the default ones */
    /* of the catalogue, by column */
    const registry_term_t *chosen[CATALOG_COLUMNS_MAX][API_TERMS_MAX];
    size_t chosen_counts[CATALOG_COLUMNS_MAX];
    size_t group_column; /* CATALOG_COLUMNS_MAX: not grouped */
    unsigned kinds;      /* a bit each by registry_kind_t, CATALOG_KINDS being services; 0: all */
} api_query_t;

enum {
    API_TAKES_ON = 1,
    API_TAKES_FIELDS = 2,
    API_TAKES_LIST = 4,    /* filters, order, groups */
    API_TAKES_CATALOG = 8, /* the same of call->kind, in the order of its table */
    API_TAKES_SEARCH = 16, /* over all kinds */
    API_TAKES_PAGE = 32,   /* search, pages */
    API_TAKES_TERC = 64,
};

typedef struct {
    api_t *api;
    http_exchange_t *exchange;
    const http_request_t *request;
    lang_t lang;
    const plugin_slot_t *slot;
    api_view_t *view;
    const registry_programme_t *programme;
    api_query_t query;
    date_t today, on;
    bool in_force; /* the programme, on `on` */
    bool demo_day;
    registry_kind_t kind; /* of the catalogue, for API_TAKES_CATALOG */
    span_t service_id;
    const registry_service_t *service;
    bool service_in_force;
    problem_t *problem; /* where mistakes are noted: the api's own */
} api_call_t;

/* Fills in the call and finds the programme and its view. False when it has answered. */
API_ANSWERED bool api_begin(api_call_t *call, api_t *api, http_exchange_t *exchange,
                            const http_request_t *request);

/* The same without asking for a programme, and for a programme that may serve nothing yet. */
void api_begin_bare(api_call_t *call, api_t *api, http_exchange_t *exchange,
                    const http_request_t *request);
API_ANSWERED bool api_begin_slot(api_call_t *call, api_t *api, http_exchange_t *exchange,
                                 const http_request_t *request);

/* The view of what a slot serves, made now when it is new; NULL when there is none. */
api_view_t *api_view_of(api_t *api, const plugin_slot_t *slot);

/* Reads the query, and settles the day. False when it has answered. */
API_ANSWERED bool api_take_query(api_call_t *call, unsigned takes);

/* Settles the day: what was asked for (or DATE_NONE), today, or the demo's day. */
void api_settle_day(api_call_t *call, date_t asked);

/* Finds the service of the path and its version on the day. False when it has answered. */
API_ANSWERED bool api_take_service(api_call_t *call);

/* A cleared buffer for the answer, and sending it as a prebuilt answer with its ETag. */
json_writer_t api_open(api_call_t *call);
void api_send(api_call_t *call);

/* ---- problems -------------------------------------------------------------------------------- */

typedef struct {
    api_detail_t detail;
    span_t field;   /* a parameter's name, or a JSON Pointer */
    span_t nearest; /* a name that may have been meant, or empty */
    span_t allowed; /* JSON: an array or an object, or empty */
    span_t arguments[API_ARGUMENTS_MAX];
} api_mistake_t;

/* Notes one wrong field; told by api_problem_mistakes(). */
void api_mistake(api_call_t *call, const api_mistake_t *mistake);

/* Answers with a problem that lists the mistakes noted. */
void api_problem_mistakes(api_call_t *call, api_problem_t problem);

/* Answers with a problem; `detail` may be empty, `nearest` too. */
void api_problem(api_call_t *call, api_problem_t problem, span_t detail, span_t nearest);
void api_problem_json(api_call_t *call, const json_fault_t *fault);
void api_problem_rule(api_call_t *call, const rules_fault_t *fault);

/* The sentence that tells people why a rule could not be applied; says nothing of the person. */
void api_rule_reason(buf_t *buf, const rules_fault_t *fault, date_t on, lang_t lang);

/* ---- parts of answers ------------------------------------------------------------------------ */

void api_part_basis(json_writer_t *writer, const registry_basis_t *basis); /* two members */
void api_part_term(json_writer_t *writer, const registry_term_t *term, lang_t lang);
void api_part_terms(json_writer_t *writer, const registry_term_t *const *terms, size_t count,
                    lang_t lang);
void api_part_notes(json_writer_t *writer, const registry_note_t *notes, size_t count, date_t on,
                    lang_t lang);
/* A criterion of a waiting list, without the braces. */
void api_part_criterion(json_writer_t *writer, const registry_criterion_t *criterion, date_t on,
                        lang_t lang);
void api_part_documents(json_writer_t *writer, const api_call_t *call,
                        const registry_service_t *service);
/* Limits, each with its sentence; what `units` counts is named by the unit. */
void api_part_limits_of(json_writer_t *writer, const registry_value_t *value,
                        const registry_unit_t *unit, lang_t lang);
void api_part_limit_row(json_writer_t *writer, const registry_row_t *row,
                        const registry_unit_t *unit, lang_t lang);
void api_part_value(json_writer_t *writer, const registry_value_t *value,
                    const registry_unit_t *unit, lang_t lang);
void api_part_parameters(json_writer_t *writer, registry_parameters_t parameters,
                         const registry_unit_t *unit, lang_t lang);
void api_part_fee(json_writer_t *writer, const registry_programme_t *programme,
                  const registry_fee_t *fee, date_t on, lang_t lang);
/* A percentage on a day as a number; null outside its rows. */
void api_part_percent(json_writer_t *writer, const registry_operand_t *operand, date_t on);
void api_part_hours(json_writer_t *writer, const registry_service_t *service);
void api_part_text(json_writer_t *writer, const char *name, const texts_t *texts, lang_t lang);
void api_part_span(json_writer_t *writer, const char *name, span_t text); /* null when empty */

/* "/v1/{programme}/{list}/{id}" as a string; all three are [a-z0-9-]. */
void api_part_link(json_writer_t *writer, span_t programme, const char *list, span_t id);

/* Members "total", "page", "per_page", "pages"; gives which of them the page shows. */
registry_range_t api_part_page(json_writer_t *writer, const api_query_t *query, size_t total);

/* Members that say which programme it is, and on which day. */
void api_part_identity(json_writer_t *writer, const api_call_t *call);

/* Replaces what stands in `sentence` by why the programme, or the service, is not in force. */
void api_not_in_force(const api_call_t *call, buf_t *sentence, const registry_service_t *service);

/* Members "on", "in_force", and where they apply "in_force_text" and "demo_day". */
void api_part_day(json_writer_t *writer, const api_call_t *call);

/* The same of a service, which may not be in force yet. */
void api_part_service_day(json_writer_t *writer, const api_call_t *call,
                          const registry_service_t *service, bool in_force);

/* The pool of which something is left; null without one. */
void api_part_pool(json_writer_t *writer, const tell_left_t *left);
void api_part_price(json_writer_t *writer, const api_call_t *call,
                    const registry_service_t *service);
void api_part_limits(json_writer_t *writer, const api_call_t *call,
                     const registry_service_t *service);
void api_part_order_ahead(json_writer_t *writer, const api_call_t *call,
                          const registry_service_t *service);

/* ---- services -------------------------------------------------------------------------------- */

/* What the call asks of its programme. */
static inline tell_t api_asked(const api_call_t *call)
{
    return (tell_t){call->programme, call->api->options.usage, call->on, call->lang};
}

/* As tell_service() and tell_next(). */
const registry_service_t *api_service_at(const api_call_t *call, span_t id, bool *in_force);
const registry_service_t *api_next_service(const api_call_t *call, size_t *place, bool *in_force);

/* The members of a service, by name, as `fields` chooses them. */
size_t api_member_count(void);
const char *api_member_name(size_t member);
#define API_MEMBERS_LIST 0 /* the default of the list */
#define API_MEMBERS_ALL 1  /* and of one service */
uint64_t api_members_default(int of);
/* Without the braces. */
void api_part_members(json_writer_t *writer, const api_call_t *call,
                      const registry_service_t *service, bool in_force, uint64_t members);

/* ---- quotes ---------------------------------------------------------------------------------- */

/* Reads the body into api->question and settles the day. With call->service set, the order may only
 * say what that service asks for. False when it has answered. */
API_ANSWERED bool api_quote_read(api_call_t *call);

/* Writes what was decided as members. `alone`: with the questions in full, the limits and the
 * documents. Of a call it reads view, programme, language and day alone. */
void api_quote_write(json_writer_t *writer, const api_call_t *call, const verdict_t *verdict,
                     bool alone);
/* The questions that are open, as an array. */
void api_quote_write_missing(json_writer_t *writer, const api_call_t *call,
                             const verdict_t *verdict, bool alone);

/* Notes what is wrong with the value of a fact. */
void api_quote_tell(api_call_t *call, int fact, verdict_wrong_t wrong);
/* The same of a name that is none of what may be said there. */
void api_quote_tell_name(api_call_t *call, bool ordered, span_t name, verdict_wrong_t wrong);

/* Once per generation in the log: what the rule said may hold what the person said, so it is left
 * out. */
void api_tell_rule_fault(api_t *api, api_view_t *view, const registry_service_t *service,
                         const rules_fault_t *fault);

/* The same where nothing could be decided: the outcome's name and a sentence. */
void api_quote_write_none(json_writer_t *writer, api_call_t *call,
                          const registry_service_t *service, const char *outcome, span_t text);

/* ---- handlers -------------------------------------------------------------------------------- */

#define API_HANDLERS(X)                                                                            \
    X(programmes)                                                                                  \
    X(directory)                                                                                   \
    X(programme)                                                                                   \
    X(services)                                                                                    \
    X(service)                                                                                     \
    X(availability)                                                                                \
    X(availabilities)                                                                              \
    X(questionnaire)                                                                               \
    X(external_services)                                                                           \
    X(external_service)                                                                            \
    X(activities)                                                                                  \
    X(activity)                                                                                    \
    X(partners)                                                                                    \
    X(partner)                                                                                     \
    X(bundles)                                                                                     \
    X(bundle)                                                                                      \
    X(search)                                                                                      \
    X(questionnaires)                                                                              \
    X(quote)                                                                                       \
    X(quotes)                                                                                      \
    X(plugins)                                                                                     \
    X(openapi)                                                                                     \
    X(health)                                                                                      \
    X(ready)                                                                                       \
    X(metrics)

#define API_DECLARE(name)                                                                          \
    void api_on_##name(http_exchange_t *exchange, const http_request_t *request, void *context);
API_HANDLERS(API_DECLARE)
#undef API_DECLARE

#endif
