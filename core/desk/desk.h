/* A record at work. A desk is one programme's record, open, with what its server keeps of it in
 * memory: who may come in, what is taken of the pools, which reads are still to be noted. Whoever
 * answers (JSON, pages, papers) comes to a desk with who asks and what is to be done; in what form
 * the answer goes out is not known here. Everything on the loop's thread, but for what is said to
 * run inside a transaction. */
#ifndef OKIENKO_DESK_DESK_H
#define OKIENKO_DESK_DESK_H

#include "access/access.h"
#include "base/clock.h"
#include "ipus/ipus.h"
#include "loop/loop.h"
#include "plugin/plugin.h"
#include "registry/left.h"
#include "store/store.h"
#include "vault/vault.h"

typedef struct desk desk_t;
typedef struct desk_set desk_set_t; /* the desks of a server, one a programme */

/* ---- the desks of a server ------------------------------------------------------------------- */

typedef struct {
    const char *data; /* the folder of records; also of the server's key */
    bool demo;        /* past a programme's period its office works on a day inside it */
    bool alone;       /* one transaction a request, for measuring what grouping gives */
    bool polish;      /* what is said on a terminal */
    /* What is left of a programme's pools moved; without pools: how many wait did, or it is known
     * again. */
    void (*on_pools)(void *context, desk_t *desk, const store_pool_t *pools, size_t count);
    void *context;
} desk_options_t;

/* Reads the server's key, or makes one. What is given must outlive it. NULL with one sentence in
 * `why`. */
desk_set_t *desk_set_new(loop_t *loop, plugin_host_t *host, clock_port_t *clock,
                         const desk_options_t *options, buf_t *why);

/* Opens the records that there are, prints the codes for first accounts on standard error. False
 * with one sentence in `why`. */
bool desk_set_open(desk_set_t *set, buf_t *why);

/* What is taken of the pools and how many wait, for as long as the desks live. */
const registry_usage_t *desk_set_usage(const desk_set_t *set);

/* After a change of a programme's rules. */
void desk_set_changed(desk_set_t *set, span_t programme);
/* At the start, and when a new day begins in Warsaw: does the day's work. */
void desk_set_open_day(desk_set_t *set);

/* No desk is found any more. */
void desk_set_quit(desk_set_t *set);
/* Once nothing is under way: keeps what waits to be noted, closes the records, then calls
 * `on_closed`. */
void desk_set_close(desk_set_t *set, void (*on_closed)(void *context), void *context);
void desk_set_free(desk_set_t *set); /* after on_closed, and when nothing was opened */

/* ---- one of them ----------------------------------------------------------------------------- */

/* The desk of a programme, opened now when it is not; NULL where its record does not open. */
desk_t *desk_find(desk_set_t *set, span_t programme);

span_t desk_programme(const desk_t *desk); /* its id, zero-terminated */
access_t *desk_access(const desk_t *desk);
/* The day on which the office works. */
date_t desk_today(const desk_set_t *set, const registry_programme_t *programme);

/* Does a work in a reading or a writing transaction. False where the record is closed: `done` is
 * not called then. */
bool desk_read(desk_t *desk, store_work_t *work);
bool desk_write(desk_t *desk, store_work_t *work);

/* Whether a code is the one that lets the first account be made, in the time that a right one
 * takes. */
bool desk_is_first_code(const desk_t *desk, span_t code, int64_t now);

/* ---- who asks -------------------------------------------------------------------------------- */

typedef struct {
    access_who_t who;     /* a resident: no account */
    access_reach_t reach; /* of the permission that is needed for what is asked */
    bool host;            /* the server itself: what is done was looked at before */
} desk_asker_t;

/* Somebody whom nobody knows. */
desk_asker_t desk_stranger(void);
/* Whoever has a session or a token; false, and a stranger, when it is none or has ended. */
bool desk_known(desk_t *desk, span_t token, desk_asker_t *asker);
/* Somebody's reach by the name of a permission. */
access_reach_t desk_may(const desk_asker_t *asker, const char *permission);

/* ---- what they see, inside a transaction ------------------------------------------------------
 */

typedef struct {
    const desk_asker_t *asker;
    ipus_record_t *record;
    const registry_programme_t *programme;
    date_t today;
    int64_t now;
    int64_t person; /* whose case was last looked at, and whether it is the asker's */
    bool on_case;
    bool broken; /* the record broke meanwhile */
} desk_sight_t;

/* Whose a row is; 0: nobody's. */
int64_t desk_person_of(const ipus_row_t *row);
/* Whether a row may be seen at all; also false when the record broke. */
bool desk_sees(desk_sight_t *sight, const ipus_row_t *row);
/* Whether what is confidential of it may be read. */
bool desk_sees_confidential(desk_sight_t *sight, const ipus_row_t *row);
/* Whether a field is told: a provider has what is marked for it, nobody a secret. */
bool desk_is_told(const desk_asker_t *asker, ipus_kind_t kind, int field);
/* Whether a provider has done with an order: it has no need to know for whom any more. */
bool desk_is_over(const desk_asker_t *asker, const ipus_row_t *row);
/* Whether a step on a row as it is would be accepted from the asker. */
bool desk_is_open(desk_sight_t *sight, const ipus_row_t *row, const ipus_step_t *step);

/* How somebody's request stands, by the code that they were given. */
typedef struct {
    date_t received_on;
    int intake, application; /* their states; -1 where there is none */
} desk_case_t;

/* Brings a code as people write it, in any case and with spaces or dashes, to what the record has:
 * its length, at most `max`. */
size_t desk_code(span_t written, char *code, size_t max);
/* By the code of a form or of an application; IPUS_ABSENT. */
ipus_code_t desk_case(ipus_record_t *record, span_t code, desk_case_t *found);

/* ---- what they do -----------------------------------------------------------------------------
 */

typedef struct desk_step desk_step_t;
struct desk_step {
    ipus_command_t command;
    ipus_answer_t answer;
    arena_t *arena; /* where what is needed of the answer is kept */
    /* A client's key for asking again, or none, and a digest of what is asked with it. */
    span_t key;
    uint64_t request;
    bool replayed, key_reused;
    /* Beside the step, in the same transaction; or NULL. */
    bool (*beside)(desk_step_t *step, ipus_record_t *record);
    /* Appends what is answered, which is remembered with the key. False when the record broke. */
    bool (*tell)(desk_step_t *step, ipus_record_t *record, buf_t *out);
    void *of; /* of whoever tells */
};

/* Zeroes it and fills in who does what to which row (0: makes one). */
void desk_step_begin(desk_step_t *step, const desk_asker_t *asker, ipus_kind_t kind,
                     const ipus_step_t *what, int64_t id);

/* Takes a client's key. Whoever has no account shares none with others: theirs counts together
 * with what they ask. */
bool desk_step_take_key(desk_step_t *step, span_t key, span_t path, span_t body)
    __attribute__((warn_unused_result));

/* Inside a writing transaction: does the step, or finds what was answered to the same key. False:
 * nothing is kept; `answer` or `key_reused` say why. May be called again after that. */
bool desk_step_run(desk_step_t *step, const desk_asker_t *asker, ipus_record_t *record, buf_t *out)
    __attribute__((warn_unused_result));

/* After the commit: takes over an account or a token that it made or changed. False without
 * memory. */
bool desk_step_learn(desk_t *desk, const desk_step_t *step);

/* Revokes the tokens of an account, but for one (0: for none), as the command's actor. */
bool desk_revoke(const ipus_command_t *command, ipus_record_t *record, int64_t account, int64_t but)
    __attribute__((warn_unused_result));

/* ---- what they read ---------------------------------------------------------------------------
 */

#define DESK_READS_MAX 64 /* of one answer */

/* Whose data were read: a person, or an intake that nobody has taken yet. */
typedef struct {
    struct {
        ipus_kind_t kind;
        int64_t id;
    } at[DESK_READS_MAX];
    size_t count;
    const char *what; /* was read of them */
} desk_reads_t;

void desk_reads_person(desk_reads_t *reads, int64_t person);
/* Of whoever a row is about. */
void desk_reads_row(desk_reads_t *reads, const ipus_row_t *row);

/* Somebody whose answer waits until it is kept what they read. */
typedef struct desk_wait desk_wait_t;
struct desk_wait {
    void (*kept)(desk_wait_t *wait);
    desk_wait_t *next;
};

typedef enum {
    DESK_NOTING,    /* `kept` is called later */
    DESK_TOO_MANY,  /* wait to be kept already: nothing is noted */
    DESK_NO_MEMORY, /* nothing is noted */
} desk_noting_t;
desk_noting_t desk_note(desk_t *desk, const desk_asker_t *asker, int64_t now,
                        const desk_reads_t *reads, desk_wait_t *wait);

/* ---- passwords, off the loop ------------------------------------------------------------------
 */

typedef struct desk_hash desk_hash_t;
struct desk_hash {
    span_t password; /* wiped afterwards */
    char hash[VAULT_PASSWORD_HASH];
    bool checks; /* `hash` is what the password has to fit; else it is made */
    bool fits;   /* or was made */
    void (*hashed)(desk_hash_t *hash);
    desk_set_t *set;
    desk_hash_t *next;
};

typedef enum { DESK_HASHING, DESK_HASH_BUSY, DESK_HASH_NO_MEMORY } desk_hashing_t;
/* A few at a time; later calls `hashed`. */
desk_hashing_t desk_hash(desk_set_t *set, desk_hash_t *hash);

#endif
