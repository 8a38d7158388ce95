/* The engine of individual service plans (IPUS): from an application to a settled service. A step
 * is one thing that somebody does to one row: makes it, changes it, or moves it from state to
 * state. Each step is a row of a table (ipus/steps.c) that says from which states it is legal,
 * where it leads and what has to be given; what it does beyond that is its effect. Pure: reads and
 * writes through the port alone (ipus/record.h), knows the day only from the command, takes every
 * period, limit and price from the programme.
 *
 * One transaction runs ipus_run() once; when it returns false nothing of it may be kept. */
#ifndef OKIENKO_IPUS_IPUS_H
#define OKIENKO_IPUS_IPUS_H

#include "base/buf.h"
#include "base/lang.h"
#include "ipus/record.h"
#include "registry/registry.h"

/* How far somebody's permission reaches (see the access room's table). */
typedef enum {
    IPUS_ANY,     /* every row */
    IPUS_OWN,     /* the rows of the account's provider */
    IPUS_ON_CASE, /* the rows of people the account is assigned to */
} ipus_scope_t;

typedef struct {
    int64_t account;  /* 0: nobody, the public form; the host itself when `host` */
    int64_t provider; /* of an account of a provider, else 0 */
    ipus_scope_t scope;
    bool host; /* the server's own daily work */
    bool may_override;
} ipus_actor_t;

/* What the rules said, worked out before the transaction on the loop's thread: facts come from the
 * record, functions of a plugin run there alone. */
typedef struct {
    int64_t facts;       /* PERSON_FACTS as it was read; the step is stale when it has moved */
    int64_t row_version; /* of the order it was read from, the same; 0: of none */
    bool yes;
    int64_t quantity; /* thousandths */
    int64_t price;    /* grosze a unit, -1 without one */
    int64_t value, before_relief, fee;
    span_t relief; /* id, or none */
    span_t rules;  /* version of the service */
    span_t facts_json, trace_json;
    span_t inputs; /* all that it stands on, as it is kept */
    int64_t score; /* for the waiting list */
} ipus_verdict_t;

typedef struct ipus_step ipus_step_t;

typedef struct {
    ipus_kind_t kind;
    const ipus_step_t *step;
    int64_t id;      /* of the row; 0 to make one */
    int64_t version; /* If-Match; 0 does not ask */
    ipus_row_t
        given;     /* the fields given; the others IPUS_NONE. A field given as null: see `null` */
    uint32_t null; /* bit per field: given as null, to be cleared */
    ipus_actor_t actor;
    span_t why; /* of an override; empty: none is asked for */
    date_t today;
    int64_t now; /* UTC ms */
    const registry_programme_t *programme;
    const ipus_verdict_t *verdict; /* where the step decides; NULL otherwise */
} ipus_command_t;

/* ---- refusals -------------------------------------------------------------------------------- */

typedef enum {
    IPUS_REFUSED_ABSENT,    /* 404 */
    IPUS_REFUSED_FORBIDDEN, /* 403 */
    IPUS_REFUSED_STALE,     /* 412 */
    IPUS_REFUSED_INVALID,   /* 422: a field at fault */
    IPUS_REFUSED_CONFLICT,  /* 409: not now, not in this state, nothing left */
} ipus_refused_t;

typedef enum {
#define REFUSAL(id, ...) IPUS_##id,
#include "ipus/refusals.def"
#undef REFUSAL
    IPUS_REFUSAL_COUNT
} ipus_refusal_code_t;

#define IPUS_REFUSAL_ARGUMENTS 10

/* Why not. Arguments are no personal data. */
typedef struct {
    ipus_refusal_code_t code;
    int field; /* at fault, or -1 */
    span_t arguments[IPUS_REFUSAL_ARGUMENTS];
} ipus_refusal_t;

ipus_refused_t ipus_refusal_sort(ipus_refusal_code_t code);
span_t ipus_refusal_name(ipus_refusal_code_t code); /* "pool-used-up" */
/* The sentence, arguments filled in: "{0}" is the first, "{1:a|b}" chooses a word by its number.
 * A number such as "1.5" takes the comma where the language has one. */
void ipus_refusal_text(buf_t *buf, const ipus_refusal_t *refusal, lang_t lang);

/* ---- running --------------------------------------------------------------------------------- */

typedef struct {
    ipus_row_t row;   /* as it stands now */
    ipus_code_t code; /* IPUS_FINE, or IPUS_BROKEN */
    bool refused;
    ipus_refusal_t refusal;
} ipus_answer_t;

/* Does one step. False when it was refused or the record broke: roll back. */
bool ipus_run(const ipus_command_t *command, ipus_record_t *record, ipus_answer_t *answer);

/* The daily work of the host, one thing at a time, so that each is one small transaction: an offer
 * that has run out goes to the next, a plan past its end is … until `*done`. Also offers freed
 * units that nobody holds to whoever waits. False: roll back. */
bool ipus_daily(const ipus_command_t *command, ipus_record_t *record, bool *done,
                ipus_answer_t *answer);

/* ---- steps ----------------------------------------------------------------------------------- */

#define IPUS_TAKES_MAX 12
#define IPUS_STATES(a) (1u << (a))

typedef struct {
    int field;
    bool needed;
} ipus_take_t;

typedef struct ipus_work ipus_work_t;

struct ipus_step {
    const char *name;                  /* "accept"; "make" and "change" are those two */
    uint32_t from;                     /* bit per state; 0 for make, and for kinds without states */
    int to;                            /* state, or -1: as it was (the effect may choose) */
    bool decides;                      /* wants a verdict of the rules */
    bool by_host;                      /* not asked for through the API */
    ipus_take_t takes[IPUS_TAKES_MAX]; /* of a named step; ends with the first that is {0, false}
                                        * after `take_count` */
    int take_count;
    bool (*may)(ipus_work_t *work);    /* what has to hold of the row and those around it, whatever
                                        * is given; reads alone; or NULL */
    bool (*effect)(ipus_work_t *work); /* before the row is written, or NULL */
    bool (*then)(ipus_work_t *work);   /* afterwards, for rows that name it, or NULL */
};

/* The steps of a kind, make first where there is one. */
const ipus_step_t *ipus_steps(ipus_kind_t kind, size_t *count);
const ipus_step_t *ipus_step_named(ipus_kind_t kind, span_t name);

/* Whether a step makes a row: it is run without an id, all others with one. */
bool ipus_step_makes(const ipus_step_t *step);

/* Whether a step takes a field, and needs it; for make and change by the field's flags. */
bool ipus_step_takes(ipus_kind_t kind, const ipus_step_t *step, int field, bool *needed);

/* Whether a step would be accepted on a row as it stands, with something given that suits it: its
 * state, what stands around it, and whether it is the actor's. `command` has the actor, the day and
 * the programme; `code` is IPUS_BROKEN when that could not be read. */
bool ipus_step_is_open(const ipus_command_t *command, ipus_record_t *record, const ipus_row_t *row,
                       const ipus_step_t *step, ipus_code_t *code);

/* Whether an account may see what is confidential of a person: it is assigned to the case today. */
ipus_code_t ipus_on_case(ipus_record_t *record, int64_t person, int64_t account, bool *on_case);

/* ---- how long somebody is kept --------------------------------------------------------------- */

typedef struct {
    int64_t person;
    date_t last;  /* on which something happened */
    date_t until; /* their data are kept, by the programme */
} ipus_kept_t;

/* Those for whom nothing goes on any more and who are past their time, by number, after one; until
 * `each` returns false. Nobody where the programme sets no time. Nothing is erased by this. */
ipus_code_t ipus_kept_too_long(ipus_record_t *record, const registry_programme_t *programme,
                               date_t today, int64_t after,
                               bool (*each)(void *of, const ipus_kept_t *kept), void *of);

/* ---- the work list --------------------------------------------------------------------------- */

typedef enum {
    IPUS_DUE_PLAN,       /* application: a plan within the programme's days */
    IPUS_DUE_CONTACT,    /* plan */
    IPUS_DUE_SUMMARY,    /* plan */
    IPUS_DUE_END,        /* plan that ends, or is past its end */
    IPUS_DUE_ANSWER,     /* order: the provider has not answered */
    IPUS_DUE_OFFER,      /* waiting: an offer runs out */
    IPUS_DUE_RETURN,     /* order: something lent is due back */
    IPUS_DUE_MEETING,    /* the team */
    IPUS_DUE_AGREEMENT,  /* agreement that ends */
    IPUS_DUE_OBJECTION,  /* refusal: until then one may object */
    IPUS_DUE_INTAKE,     /* a form of the public page, to be taken */
    IPUS_DUE_ASSESSMENT, /* application that nobody assesses yet */
    IPUS_DUE_DELIVERY,   /* refusal, to be delivered */
    IPUS_DUE_OUTCOME,    /* refusal that was objected to */
    IPUS_DUE_APPROVAL,   /* plan that is signed */
    IPUS_DUE_ACTIVATION, /* plan that is approved */
    IPUS_DUE_WORK,       /* order that is accepted: for its provider */
    IPUS_DUE_CHECK,      /* order that is done, to be confirmed */
    IPUS_DUE_SETTLING,   /* order */
    IPUS_DUE_REORDER,    /* order that was refused */
    IPUS_DUE_DISPUTE,    /* delivery */
    IPUS_DUE_PAYMENT,    /* charge, since the day of the service */
    IPUS_DUE_REFUND,     /* charge of which more was paid than is owed */
    IPUS_DUE_COUNT
} ipus_due_t;

typedef struct {
    ipus_due_t what;
    ipus_kind_t kind;
    int64_t id, person;
    date_t on;    /* the day it is due; none: it waits, and has its time */
    date_t since; /* since when it waits */
    int missed;   /* of a contact: how often by today, for it came round again and again */
} ipus_deadline_t;

/* Whose list: of everybody (0), of an account's cases and of what its role does, of a provider. */
typedef struct {
    int64_t account, provider;
    date_t today, until;
    bool (*may)(void *of, ipus_kind_t kind, const char *step); /* NULL: everything */
    void *of;
} ipus_agenda_t;

/* Everything due up to a day (past ones too), and what waits for somebody. */
ipus_code_t ipus_deadlines(ipus_record_t *record, const registry_programme_t *programme,
                           const ipus_agenda_t *agenda,
                           bool (*each)(void *of, const ipus_deadline_t *deadline), void *of);

/* The terms on which these days rest and that the programme does not set; NULL past the last. */
const char *ipus_deadline_unset(const registry_programme_t *programme, date_t today, size_t place);

#endif
