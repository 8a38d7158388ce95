/* What the files of the office room share. */
#ifndef OKIENKO_OFFICE_INSIDE_H
#define OKIENKO_OFFICE_INSIDE_H

#include "access/access.h"
#include "base/text.h"
#include "ipus/ipus.h"
#include "office/office.h"
#include "office/texts.h"
#include "problem/problem.h"
#include "store/store.h"

typedef struct office_desk office_desk_t;
typedef struct office_call office_call_t;
typedef struct office_pools office_pools_t;
typedef struct office_listener office_listener_t;

/* ---- doors ----------------------------------------------------------------------------------- */

typedef struct office_door office_door_t;
typedef void (*office_handler_t)(office_call_t *call);

enum {
    OFFICE_WRITES = 1, /* by a page: JSON from the page's own origin */
    OFFICE_EMPTY = 2,  /* takes no body */
    OFFICE_PUBLIC = 4, /* pages of other origins may read it */
    OFFICE_TABLE = 8,  /* answers as a table for a spreadsheet too */
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
    const char *query;   /* of those: names of parameters, spaces between; NULL: none */
    const ipus_step_t *step;
};

/* Those of no kind of row, by theme. */
typedef struct {
    const office_door_t *at;
    size_t count;
} office_doors_t;

office_doors_t office_doors_of_entry(void);   /* sessions, tokens, passwords, the first account */
office_doors_t office_doors_of_people(void);  /* finding, exporting; the public form */
office_doors_t office_doors_of_events(void);  /* availability as it changes */
office_doors_t office_doors_of_reading(void); /* the day, changes, the journal */
office_doors_t office_doors_of_reports(void);

/* Handlers of the doors that every kind has. */
void office_on_list(office_call_t *call);
void office_on_one(office_call_t *call);
void office_on_step(office_call_t *call);

/* ---- the office and its desks ---------------------------------------------------------------- */

#define OFFICE_NOTES_MAX 10000
#define OFFICE_CODE_LEN 16
#define OFFICE_HASHES_AT_ONCE 2
#define OFFICE_HASHES_WAITING 64

/* Whose data were read: a person, or an intake that nobody has taken yet. */
typedef struct {
    ipus_kind_t kind;
    int64_t id;
} office_read_t;

/* That somebody read them. */
typedef struct {
    int64_t account, at;
    office_read_t of;
    const char *what;
} office_note_t;

typedef struct {
    office_note_t *at;
    size_t count, cap;
} office_notes_t;

struct office_desk {
    office_t *office;
    span_t id; /* of the programme; zero-terminated */
    store_t *store;
    access_t *access;
    office_pools_t *pools;
    char code[OFFICE_CODE_LEN + 1]; /* for the first account; empty: there is one */
    int64_t code_until;
    span_t rules; /* version last noted; zero-terminated */
    /* Reads that wait for the record to keep them, and those being kept. */
    office_notes_t notes, keeping;
    office_call_t *waiting, *kept; /* whose answers go out after that */
    bool notes_told;               /* that they are kept in memory is in the log */
    bool notes_due;                /* a timer comes back to them */
    store_work_t note_work, daily_work;
    bool note_under_way, daily_under_way, daily_again, daily_done;
    ipus_command_t daily;
    plugin_generation_t *daily_generation;
};

/* A record that did not open is tried again, but not for everybody who asks. */
typedef struct {
    char *programme;
    uint64_t again_at; /* monotonic ns */
} office_shut_t;

struct office {
    loop_t *loop;
    plugin_host_t *host;
    clock_port_t *clock;
    http_server_t *http;
    office_options_t options;
    office_teller_t teller;
    vault_t *vault;
    registry_usage_t usage;
    arena_t *arena; /* what stays */
    office_door_t *doors;
    http_route_t *routes;
    size_t door_count;
    office_desk_t **desks; /* by id */
    size_t desk_count, desk_cap;
    office_shut_t *shut; /* records that did not open */
    size_t shut_count;
    json_reader_t *reader;
    problem_t problem;
    buf_t scratch;
    loop_timer_t *timer; /* for notes that wait */
    office_listener_t *listeners;
    size_t listening;
    loop_timer_t *beat;
    size_t calls; /* under way */
    size_t hashing;
    office_call_t *hash_first, *hash_last; /* that wait for a turn */
    size_t hash_waiting;
    size_t stores_open;
    bool is_closing;
    void (*on_closed)(void *context);
    void *closed_context;
};

/* The desk of a programme, opened now when it is not; NULL with `why`. */
office_desk_t *office_desk(office_t *office, span_t programme, buf_t *why);
office_desk_t *office_desk_open(const office_t *office, span_t programme); /* or NULL */
void office_desk_close(office_desk_t *desk);
void office_desk_free(office_desk_t *desk);
/* Whether there is a record of a programme on the disk. */
bool office_desk_exists(const office_t *office, span_t programme);
/* Whether another server has it. */
bool office_desk_held(const office_t *office, span_t programme);

/* Whether a programme's record is there and did not open the last time; NULL when not. */
office_shut_t *office_desk_shut(const office_t *office, span_t programme);

/* Takes over an account or a token as a row of the record has it. False without memory. */
bool office_desk_learn(office_desk_t *desk, const ipus_row_t *row);

void office_daily(office_desk_t *desk);
void office_note_rules(office_desk_t *desk);
/* To whoever listens. */
void office_tell_pools(office_desk_t *desk, const store_pool_t *pools, size_t count);
/* Called when something ended that closing waits for. */
void office_settle(office_t *office);

/* What is taken of the pools, in memory. */
office_pools_t *office_pools_new(void);
void office_pools_free(office_pools_t *pools);
bool office_pools_put(office_pools_t *pools, const store_pool_t *pool);
int64_t office_pools_taken(const office_pools_t *pools, span_t service, date_t from);

/* The day on which a programme's office works. */
date_t office_today(const office_t *office, const registry_programme_t *programme);

/* ---- calls ----------------------------------------------------------------------------------- */

#define OFFICE_KEY_MAX 128
#define OFFICE_READ_PEOPLE 64 /* of one answer */
#define OFFICE_DECIDING_TRIES 3

struct office_call {
    store_work_t work; /* first, so that one is found from the other */
    office_t *office;
    const office_door_t *door;
    office_desk_t *desk;
    http_exchange_t *exchange; /* NULL once it is answered */
    const http_request_t *request;
    lang_t lang;
    bool is_held;
    bool by_cookie;
    char peer[HTTP_PEER];
    access_who_t who;
    access_reach_t reach;
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

    /* A step. */
    ipus_command_t command;
    ipus_answer_t answer;
    span_t key; /* Idempotency-Key */
    uint64_t digest;
    bool replayed, key_reused;
    unsigned tries;
    verdict_question_t *question; /* what is decided of */
    ipus_verdict_t verdict;

    /* What is done on the store's thread; false when it is refused, see `answer`. */
    bool (*run)(office_call_t *call, ipus_record_t *record);
    /* Beside the step, in the same transaction. */
    bool (*beside)(office_call_t *call, ipus_record_t *record);
    /* On the loop, when that is over. */
    void (*then)(office_call_t *call, store_result_t result);

    /* A reading. */
    ipus_query_t query;
    int limit;
    bool opens;
    span_t text; /* what is looked for */
    int field;   /* where */
    office_read_t people[OFFICE_READ_PEOPLE];
    size_t people_count;
    const char *what; /* was read of them */

    /* A report. */
    const store_report_t *report; /* NULL: all of them */
    date_t from, to;
    bool is_table; /* CSV */

    /* A password. */
    void (*hashed)(office_call_t *call);
    span_t password;
    char hash[VAULT_PASSWORD_HASH];
    bool hash_checks; /* `hash` is what the password has to fit; else it is made */
    bool hash_fits;
    span_t login;
    int64_t account;
    bool wants_token;
    char token[VAULT_TOKEN];

    office_call_t *next; /* in a queue */
};

/* The handler of every door. */
void office_enter(http_exchange_t *exchange, const http_request_t *request, void *context);

/* Ends the call: its exchange must have been answered. */
void office_call_free(office_call_t *call);

/* Whether a permission of that name reaches something for whoever calls. */
access_reach_t office_may(const office_call_t *call, const char *permission);
ipus_scope_t office_scope(access_reach_t reach);

/* Holds the exchange; false when it has answered, for want of memory. */
bool office_hold(office_call_t *call);

/* Runs call->run in a reading or writing transaction, then call->then. */
void office_read(office_call_t *call);
void office_write(office_call_t *call);

/* Answers with call->out and ends the call. */
void office_reply(office_call_t *call);
/* The same once the record keeps that call->people were read. */
void office_reply_noted(office_call_t *call);
/* Keeps what waits to be noted, unless that is under way. */
void office_notes_keep(office_desk_t *desk);
void office_note_person(office_call_t *call, int64_t person);
/* The same of whoever a row is about. */
void office_note_row(office_call_t *call, const ipus_row_t *row);

/* The answer of a reading that went wrong; true when it went well. */
bool office_went_well(office_call_t *call, store_result_t result);

/* ---- problems: each answers and ends the call ------------------------------------------------ */

void office_problem(office_call_t *call, office_problem_t problem);
void office_problem_wait(office_call_t *call, office_problem_t problem, int64_t wait_ms);
void office_problem_refused(office_call_t *call);
/* Missing facts: their questions, an array. */
void office_problem_missing(office_call_t *call, span_t questions);
/* The mistakes noted. */
void office_problem_mistakes(office_call_t *call, office_problem_t problem);

/* Notes one wrong field of the body, or of the query when `name` has no slash before it. */
void office_mistake(office_call_t *call, office_detail_t detail, span_t field, span_t argument,
                    span_t nearest);
/* The same for a member of the body. */
void office_mistake_in(office_call_t *call, office_detail_t detail, const char *member,
                       span_t argument, span_t nearest);
size_t office_mistakes(const office_call_t *call);

/* ---- bodies and queries ---------------------------------------------------------------------- */

/* The object sent, valid until the next text is read; of an empty body NULL with `*fine`. False in
 * `*fine` when it has answered. */
const cJSON *office_body(office_call_t *call, bool *fine);

/* Fills the command's fields. False when it has answered. */
bool office_take_fields(office_call_t *call);

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

/* Reads the query; every parameter at most once. Mistakes are noted, not answered. */
void office_take_query(office_call_t *call, office_parameter_t *parameters, size_t count);
/* A date or a number of the query; mistakes are noted. */
date_t office_query_date(office_call_t *call, const office_parameter_t *parameter);
int64_t office_query_number(office_call_t *call, const office_parameter_t *parameter, int64_t most,
                            int64_t otherwise);

/* Copies into the call's arena. */
span_t office_keep(office_call_t *call, span_t text);
/* The address of whoever asks, for counting tries; to be asked for before anything is awaited. */
span_t office_peer(office_call_t *call);
bool office_id(span_t text, int64_t *id);

/* ---- rows as JSON ---------------------------------------------------------------------------- */

typedef struct {
    office_call_t *call;
    ipus_record_t *record;
    json_writer_t writer;
    int64_t person; /* whose case was last looked at, and whether it is the caller's */
    bool on_case;
    bool broken;
} office_reading_t;

/* Whether the caller is told of a field: a provider of what is marked for it. */
bool office_is_told(const office_call_t *call, ipus_kind_t kind, int field);
/* Whether the caller may see a row at all. */
bool office_sees(office_reading_t *reading, const ipus_row_t *row);
/* One row as an object; `whole` with its steps. */
void office_put_row(office_reading_t *reading, const ipus_row_t *row, bool whole);
void office_put_value(json_writer_t *writer, const ipus_field_t *field, const ipus_value_t *value,
                      lang_t lang);
void office_put_time(json_writer_t *writer, int64_t at);
/* Names of steps legal for the caller on a row, as an array. */
void office_put_steps(office_reading_t *reading, const ipus_row_t *row);
/* Whose a row is; 0: nobody's. */
int64_t office_person_of(const ipus_row_t *row);

/* `"order-12-3"`, with its quotes. */
void office_put_tag(buf_t *buf, ipus_kind_t kind, int64_t id, int64_t version);

/* ---- deciding, hashing ----------------------------------------------------------------------- */

/* Works out the verdict of call->command, then writes it. */
void office_decide(office_call_t *call);
/* Whether a fact's value is one the rules take; notes a mistake otherwise. */
void office_check_fact(office_call_t *call, span_t fact, span_t value);
/* Whether facts are those of an order, which its provider is told; answers otherwise. */
bool office_check_order(office_call_t *call, span_t facts);

/* Runs the step of call->command and keeps what the answer needs (call->run of a step). */
bool office_run_step(office_call_t *call, ipus_record_t *record);
void office_step_done(office_call_t *call, store_result_t result);
/* Fills the command for the door's kind and step. */
void office_begin_step(office_call_t *call, ipus_kind_t kind, const ipus_step_t *step, int64_t id);

/* Makes or checks a hash off the loop, then call->hashed. */
void office_hash(office_call_t *call);

#endif
