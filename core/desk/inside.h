/* What the files of the desk room share. */
#ifndef OKIENKO_DESK_INSIDE_H
#define OKIENKO_DESK_INSIDE_H

#include "desk/desk.h"

#define DESK_CODE_LEN 16

typedef struct desk_pools desk_pools_t;

/* That somebody read what is known of a person. */
typedef struct {
    int64_t account, at;
    ipus_kind_t kind;
    int64_t id;
    const char *what;
} desk_read_t;

typedef struct {
    desk_read_t *at;
    size_t count, cap;
} desk_notes_t;

struct desk {
    desk_set_t *set;
    span_t id; /* of the programme; zero-terminated */
    store_t *store;
    access_t *access;
    desk_pools_t *pools, *queues; /* what is taken, and how many wait */
    char code[DESK_CODE_LEN + 1]; /* for the first account; empty: there is one */
    int64_t code_until;
    span_t rules;    /* version last noted; zero-terminated */
    bool rules_kept; /* its texts too, or that is under way */
    /* Reads that wait for the record to keep them, and those being kept. */
    desk_notes_t notes, keeping;
    desk_wait_t *waiting, *kept; /* whose answers go out after that */
    bool notes_told;             /* that they are kept in memory is in the log */
    store_work_t note_work, daily_work;
    bool note_under_way, daily_under_way, daily_again, daily_done;
    ipus_command_t daily;
    plugin_generation_t *daily_generation;
};

/* A record that did not open is tried again, but not for everybody who asks. */
typedef struct {
    char *programme;
    uint64_t again_at; /* monotonic ns */
} desk_shut_t;

struct desk_set {
    loop_t *loop;
    plugin_host_t *host;
    clock_port_t *clock;
    desk_options_t options;
    vault_t *vault;
    registry_usage_t usage;
    desk_t **desks; /* by id */
    size_t desk_count, desk_cap;
    desk_shut_t *shut; /* records that did not open */
    size_t shut_count;
    loop_timer_t *timer; /* for notes that wait */
    size_t hashing;
    desk_hash_t *hash_first, *hash_last; /* that wait for a turn */
    size_t hash_waiting;
    size_t stores_open;
    void (*on_store_closed)(void *set);
    bool is_quitting;
    void (*on_closed)(void *context);
    void *closed_context;
};

/* Opens the record of a programme. NULL with one sentence in `why`. */
desk_t *desk_open(desk_set_t *set, span_t programme, buf_t *why);
/* Of one that is open; or NULL. */
desk_t *desk_that_is_open(const desk_set_t *set, span_t programme);
/* The desk of a programme, opened now when it is not. */
desk_t *desk_ask(desk_set_t *set, span_t programme, buf_t *why);
/* Gives the record back. */
void desk_close(desk_t *desk);
void desk_free(desk_t *desk);

/* Takes over an account or a token as a row of the record has it. False without memory. */
bool desk_learn(desk_t *desk, const ipus_row_t *row);
/* The same of all there are, what is taken of the pools, and how many wait. */
bool desk_learn_all(desk_t *desk);
/* Where there is no account a code lets the first one be made; it is told here alone. */
void desk_offer_code(desk_t *desk);

void desk_daily(desk_t *desk);
void desk_note_rules(desk_t *desk);

/* Keeps what waits to be noted, unless that is under way. */
void desk_notes_keep(desk_t *desk);

/* What is taken of the pools, in memory. */
desk_pools_t *desk_pools_new(void);
void desk_pools_free(desk_pools_t *pools);
bool desk_pools_put(desk_pools_t *pools, const store_pool_t *pool);
int64_t desk_pools_taken(const desk_pools_t *pools, span_t service, date_t from);
/* How many wait: the same table, whose entries have no day. */
bool desk_queues_put(desk_pools_t *queues, const store_queue_t *queue);
int64_t desk_queues_waiting(const desk_pools_t *queues, span_t service);

#endif
