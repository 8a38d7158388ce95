/* What the files of the office room share.
 *
 * A handler says what happens next with its call, as does whatever goes on with it later; what went
 * wrong is noted, and told in one place (office/call.c). So nothing here answers by itself, and
 * whoever is told "refused" only passes it on. */
#ifndef OKIENKO_OFFICE_INSIDE_H
#define OKIENKO_OFFICE_INSIDE_H

#include "base/text.h"
#include "desk/desk.h"
#include "office/office.h"
#include "office/texts.h"
#include "problem/problem.h"

/* A result that says that something was refused must be heeded. */
#define OFFICE_HEED __attribute__((warn_unused_result))

typedef struct office_call office_call_t;
typedef struct office_listener office_listener_t;

/* ---- doors ----------------------------------------------------------------------------------- */

typedef enum {
    OFFICE_REFUSED, /* what was noted is told */
    OFFICE_DONE,    /* call->out is the answer */
    OFFICE_NOTED,   /* it is once the record keeps that call->reads were read */
    OFFICE_WAITS,   /* something is under way, and says later what is next */
    OFFICE_FEEDS,   /* the exchange goes on without the call */
} office_next_t;

typedef struct office_door office_door_t;
typedef office_next_t (*office_handler_t)(office_call_t *call);

enum {
    OFFICE_WRITES = 1,   /* by a page: JSON from the page's own origin */
    OFFICE_EMPTY = 2,    /* takes no body */
    OFFICE_PUBLIC = 4,   /* pages of other origins may read it */
    OFFICE_TABLE = 8,    /* answers as a table for a spreadsheet too */
    OFFICE_SPELLED = 16, /* what is in the path is written as people write codes */
};

struct office_door {
    office_t *office;
    http_method_t method;
    const char *pattern;
    const char *permission; /* NULL: whoever asks */
    office_handler_t handler;
    unsigned flags;
    ipus_kind_t kind;    /* IPUS_KIND_COUNT where it is about none */
    const char *summary; /* of those */
    const ipus_step_t *step;
};

/* Those of no kind of row, by theme. */
typedef struct {
    const office_door_t *at;
    size_t count;
} office_doors_t;

office_doors_t office_doors_of_sessions(void);
office_doors_t office_doors_of_tokens(void);
office_doors_t office_doors_of_passwords(void);
office_doors_t office_doors_of_first(void); /* the first account */
office_doors_t office_doors_of_people(void);
office_doors_t office_doors_of_intakes(void); /* the public form */
office_doors_t office_doors_of_events(void);  /* availability as it changes */
office_doors_t office_doors_of_permissions(void);
office_doors_t office_doors_of_reading(void); /* the day, changes, the journal */
office_doors_t office_doors_of_reports(void);

/* Handlers of the doors that every kind has. */
office_next_t office_on_list(office_call_t *call);
office_next_t office_on_one(office_call_t *call);
office_next_t office_on_step(office_call_t *call);

/* What lists of a kind may be narrowed by: the name of a field, and "_from", "_to" or "" behind. */
typedef void (*office_filter_t)(void *of, const char *name, const char *end, int field);
void office_each_filter(ipus_kind_t kind, office_filter_t each, void *of);

/* ---- the office ------------------------------------------------------------------------------ */

struct office {
    loop_t *loop;
    plugin_host_t *host;
    clock_port_t *clock;
    http_server_t *http;
    office_teller_t teller;
    desk_set_t *desks;
    arena_t *arena; /* what stays */
    office_door_t *doors;
    http_route_t *routes;
    size_t door_count;
    json_reader_t *reader;
    problem_t problem;
    buf_t scratch;
    office_listener_t *listeners;
    size_t listening;
    loop_timer_t *beat;
    size_t calls; /* under way */
    bool is_closing;
    void (*on_closed)(void *context);
    void *closed_context;
};

/* To whoever listens to a programme's pools. */
void office_tell_pools(office_t *office, const desk_t *desk, const store_pool_t *pools,
                       size_t count);
/* Called when something ended that closing waits for. */
void office_settle(office_t *office);

/* ---- what went wrong ------------------------------------------------------------------------- */

/* Noted with the call, told when it is refused. */
typedef struct {
    office_problem_t problem;
    bool by_engine;    /* `engine` says why, not `problem` */
    bool has_mistakes; /* the fields noted as wrong are told too */
    int64_t wait_ms;   /* when to ask again; 0: nothing is said of that */
    ipus_refusal_t engine;
    span_t detail; /* a sentence in place of the problem's, or none */
    buf_t members; /* further members, JSON with commas between */
} office_refusal_t;

/* ---- calls ----------------------------------------------------------------------------------- */

struct office_call {
    store_work_t work; /* first, so that one is found from the other */
    desk_wait_t wait;
    office_t *office;
    const office_door_t *door;
    desk_t *desk;
    http_exchange_t *exchange;
    const http_request_t *request;
    lang_t lang;
    bool no_memory; /* for something of what was sent */
    bool is_held;
    bool by_cookie;
    char peer[HTTP_PEER];
    desk_asker_t asker;
    plugin_generation_t *generation; /* retained */
    const registry_programme_t *programme;
    arena_t *arena;
    int64_t id; /* in the path, or 0 */
    date_t today;
    int64_t now;

    buf_t out;    /* the answer's body */
    buf_t fields; /* further header lines */
    unsigned status;
    const char *type; /* of the answer; NULL: JSON */
    desk_reads_t reads;
    office_refusal_t refusal;

    desk_step_t *step; /* of a step, else NULL */
    void *own;         /* what its handler alone knows */

    /* In a transaction, on the store's thread; false when it is refused. */
    bool (*run)(office_call_t *call, ipus_record_t *record);
    /* On the loop, when that went well. */
    office_next_t (*then)(office_call_t *call);
    /* The same when a step was refused as the facts had moved; NULL: that is told. */
    office_next_t (*again)(office_call_t *call);
};

/* The handler of every door. */
void office_enter(http_exchange_t *exchange, const http_request_t *request, void *context);
/* Finds programme and caller; when they may pass, what the door's handler says. */
office_next_t office_pass(office_call_t *call) OFFICE_HEED;
/* Goes on with a call of which something ended: the one place that answers. */
void office_go_on(office_call_t *call, office_next_t next);

/* Room for what a handler keeps of its call, zeroed, as call->own; NULL, and refused, without
 * memory. */
void *office_own(office_call_t *call, size_t size) OFFICE_HEED;

/* Holds the exchange; false, and refused, without memory. */
bool office_hold(office_call_t *call) OFFICE_HEED;

/* Runs `run` in a reading or writing transaction, then `then`. */
office_next_t office_read(office_call_t *call, bool (*run)(office_call_t *, ipus_record_t *),
                          office_next_t (*then)(office_call_t *)) OFFICE_HEED;
office_next_t office_write(office_call_t *call, bool (*run)(office_call_t *, ipus_record_t *),
                           office_next_t (*then)(office_call_t *)) OFFICE_HEED;
/* What a reading needs afterwards that does nothing more. */
office_next_t office_then_done(office_call_t *call);
office_next_t office_then_noted(office_call_t *call);

/* In `run`: there is no such row. Returns false. */
bool office_absent(office_call_t *call);

/* ---- refusing: each notes why and says so -----------------------------------------------------
 */

office_next_t office_refuse(office_call_t *call, office_problem_t problem);
/* It may be asked for again after a while. */
office_next_t office_refuse_for(office_call_t *call, office_problem_t problem, int64_t wait_ms);
/* For want of a permission, which is named. */
office_next_t office_refuse_permission(office_call_t *call, const char *permission);
/* With a sentence of its own (or none) and a further member, whose value is JSON. */
office_next_t office_refuse_with(office_call_t *call, office_problem_t problem, span_t detail,
                                 const char *member, span_t json);
/* The body is no JSON, and where it stops being it. */
office_next_t office_refuse_json(office_call_t *call, const json_fault_t *fault);
/* The engine did. */
office_next_t office_refuse_engine(office_call_t *call, const ipus_refusal_t *refusal);
/* With the mistakes noted. */
office_next_t office_refuse_mistakes(office_call_t *call, office_problem_t problem);
/* Whether there are mistakes; refused by them then. */
bool office_has_mistakes(office_call_t *call, office_problem_t problem) OFFICE_HEED;

/* Tells what was noted. */
void office_tell_refusal(office_call_t *call);

/* Notes one wrong field of the body, or of the query when `name` has no slash before it. */
void office_mistake(office_call_t *call, office_detail_t detail, span_t field, span_t argument,
                    span_t nearest);
/* The same for a member of the body. */
void office_mistake_in(office_call_t *call, office_detail_t detail, const char *member,
                       span_t argument, span_t nearest);
size_t office_mistakes(const office_call_t *call);

/* ---- bodies and queries ---------------------------------------------------------------------- */

/* The object sent, valid until the next text is read; of an empty body NULL. False when it is
 * refused. */
bool office_body(office_call_t *call, const cJSON **body) OFFICE_HEED;

/* Fills the step's fields. False when they are refused. */
bool office_take_fields(office_call_t *call) OFFICE_HEED;

/* A text member, copied; empty when it is not there or wrong. */
span_t office_take_text(office_call_t *call, const cJSON *body, const char *name, size_t max,
                        bool needed);
/* Notes members that are none of `names`. */
void office_take_only(office_call_t *call, const cJSON *body, const char *const *names,
                      size_t count);
/* A JSON value read as a field's. */
bool office_take_value(office_call_t *call, ipus_kind_t kind, int field, const cJSON *node,
                       ipus_value_t *value);

typedef struct {
    const char *name;
    span_t value; /* unescaped; .at NULL when it was not given */
} office_parameter_t;

/* Reads the query; every parameter at most once. Mistakes are noted. */
void office_take_query(office_call_t *call, office_parameter_t *parameters, size_t count);
/* The same of a door without parameters; false when it is refused. */
bool office_take_no_query(office_call_t *call) OFFICE_HEED;
/* A date or a number of the query; mistakes are noted. */
date_t office_query_date(office_call_t *call, const office_parameter_t *parameter);
int64_t office_query_number(office_call_t *call, const office_parameter_t *parameter, int64_t most,
                            int64_t otherwise);
/* How many rows are asked for: 1 to `most`. */
int office_query_limit(office_call_t *call, const office_parameter_t *parameter, int most,
                       int otherwise);

/* Copies into the call's arena. */
span_t office_keep(office_call_t *call, span_t text);
/* The address of whoever asks, for counting tries; to be asked for before anything is awaited. */
span_t office_peer(office_call_t *call);
bool office_id(span_t text, int64_t *id);

/* ---- rows as JSON ---------------------------------------------------------------------------- */

typedef struct {
    office_call_t *call;
    desk_sight_t sight;
    json_writer_t writer;
    bool opens; /* what is sealed is read */
} office_reading_t;

office_reading_t office_reading(office_call_t *call, ipus_record_t *record, bool opens);

/* One row as an object; `whole` with its steps. */
void office_put_row(office_reading_t *reading, const ipus_row_t *row, bool whole);
void office_put_value(json_writer_t *writer, const ipus_field_t *field, const ipus_value_t *value,
                      lang_t lang);
void office_put_time(json_writer_t *writer, int64_t at);
/* Names of steps open to the caller on a row, as an array. */
void office_put_steps(office_reading_t *reading, const ipus_row_t *row);

/* `"order-12-3"`, with its quotes. */
void office_put_tag(buf_t *buf, ipus_kind_t kind, int64_t id, int64_t version);

/* ---- steps ----------------------------------------------------------------------------------- */

/* Makes call->step; NULL, and refused, without memory. */
desk_step_t *office_begin_step(office_call_t *call, ipus_kind_t kind, const ipus_step_t *step,
                               int64_t id) OFFICE_HEED;
/* By the server itself: what it does was looked at before. */
desk_step_t *office_begin_own_step(office_call_t *call, ipus_kind_t kind, const char *name,
                                   int64_t id) OFFICE_HEED;
/* The Idempotency-Key; false when it is refused. */
bool office_take_key(office_call_t *call) OFFICE_HEED;
/* Does the step, then `then`. */
office_next_t office_write_step(office_call_t *call,
                                office_next_t (*then)(office_call_t *)) OFFICE_HEED;
/* (call->run of a step.) */
bool office_run_step(office_call_t *call, ipus_record_t *record);
/* Answers a step as every step is answered. */
office_next_t office_then_step(office_call_t *call);

/* ---- deciding -------------------------------------------------------------------------------- */

/* Works out the verdict of the step, then does it. */
office_next_t office_decide(office_call_t *call) OFFICE_HEED;
/* Whether a fact's value is one the rules take; false when it is refused. */
bool office_check_fact(office_call_t *call, span_t fact, span_t value) OFFICE_HEED;
/* Whether facts are those of an order, which its provider is told; false when they are refused. */
bool office_check_order(office_call_t *call, span_t facts) OFFICE_HEED;

/* ---- passwords ------------------------------------------------------------------------------- */

/* Whether somebody may try a password now; false, and refused, when they have to wait. */
bool office_may_try(office_call_t *call, span_t login) OFFICE_HEED;
/* Makes or checks a hash off the loop; its `hashed` goes on with the call. */
office_next_t office_hash(office_call_t *call, desk_hash_t *hash) OFFICE_HEED;
/* What a password must fit. */
void office_hash_against(desk_hash_t *hash, span_t known);
/* A password that will do for a login; mistakes are noted. */
span_t office_take_password(office_call_t *call, const cJSON *body, const char *name, span_t login);
typedef enum { OFFICE_SESSION, OFFICE_PROGRAM } office_about_t; /* TOKEN_ABOUT's choices */
typedef struct {
    office_about_t about;
    int64_t account;
    int64_t expires_at; /* UTC ms */
} office_token_t;
/* The step that makes a token, which the server itself adds; `secret` is to be told once, and
 * wiped. NULL, and refused, without memory. */
desk_step_t *office_begin_token(office_call_t *call, const office_token_t *token,
                                char secret[static VAULT_TOKEN]) OFFICE_HEED;
/* A program makes neither programs, that might do more than it may, nor passwords. */
bool office_is_somebody(office_call_t *call) OFFICE_HEED;

/* The bounds of both ends. */
#define OFFICE_LOGIN_MAX 40

#endif
