/* What the files of this room share: the office as it knows itself, its diary, and doing a step.
 * Words: an event is something that somebody will do on a day; it is looked up in the record then,
 * and dropped when it has become pointless. Nothing else is remembered. */
#ifndef OKIENKO_LIFE_INSIDE_H
#define OKIENKO_LIFE_INSIDE_H

#include "ipus/states.h"
#include "life/life.h"
#include "verdict/verdict.h"

typedef struct event event_t;
typedef void (*event_run_t)(life_t *life, const event_t *event);

struct event {
    event_run_t run;
    int64_t id;
    int tries;
};

typedef struct {
    event_t *at;
    size_t count, cap;
} events_t;

typedef struct {
    int64_t id, account;
    size_t type; /* of programme->providers */
} performer_t;

#define PERFORMERS_MAX 16

enum { ROLE_COORDINATOR, ROLE_ORGANISER, ROLE_DIRECTOR, ROLE_PERFORMER, ROLE_COUNT = 7 };
#define COORDINATORS 3

struct life {
    life_options_t options;
    const registry_programme_t *programme;
    const life_port_t *port; /* of the call at work */
    uint64_t random;
    int32_t day; /* from 0 */
    date_t today;
    events_t *diary; /* by day */
    ipus_actor_t actor;
    const char *why; /* of an override, or none */
    bool failed;

    int64_t accounts[ROLE_COUNT]; /* one of each role */
    int64_t coordinators[COORDINATORS];
    performer_t performers[PERFORMERS_MAX];
    size_t performer_count;
    int64_t came;

    ipus_answer_t answer;
    life_figures_t figures;
    rules_case_t of;
    rules_decision_t decision;
    verdict_question_t question;
    verdict_t verdict;
    buf_t text; /* scratch */
    buf_t facts_json, trace_json, inputs;
};

/* ---- chance (draw.c) ------------------------------------------------------------------------- */

uint64_t life_draw(life_t *life, uint64_t below); /* 0 to below - 1; 0 of 0 */
int64_t life_draw_between(life_t *life, int64_t least, int64_t most);
bool life_chance(life_t *life, int percent);

/* ---- the diary (life.c) ---------------------------------------------------------------------- */

/* Something on a day `least` to `most` days from now, moved to a weekday; forgotten past the last
 * day. */
void life_soon(life_t *life, event_run_t run, int64_t id, int least, int most);
void life_on_day(life_t *life, event_run_t run, int64_t id, date_t day);
/* The same event once more, a few times at most. */
void life_again(life_t *life, const event_t *event, int days);

/* ---- doing (life.c) -------------------------------------------------------------------------- */

/* Whoever does what follows. */
void life_as_coordinator(life_t *life, int64_t account); /* 0: one of them */
void life_as_role(life_t *life, int role);
void life_as_performer(life_t *life, int64_t provider);

/* One step; its row is life->answer.row. Texts that are needed and not given are made up. */
bool life_step(life_t *life, ipus_kind_t kind, const char *name, int64_t id,
               const ipus_row_t *given);
bool life_step_decided(life_t *life, ipus_kind_t kind, const char *name, int64_t id,
                       const ipus_row_t *given, const ipus_verdict_t *verdict);
/* A row of a kind is made: its id, or 0. */
int64_t life_make(life_t *life, ipus_row_t *given);
/* A step without anything given. */
bool life_plainly(life_t *life, ipus_kind_t kind, int64_t id, const char *name);
/* The same with a reason. */
bool life_with_reason(life_t *life, ipus_kind_t kind, int64_t id, const char *name, int field);

bool life_row_of(life_t *life, ipus_kind_t kind, int64_t id, ipus_row_t *row);
/* The rows of a query one by one; false when the record broke. */
bool life_rows_of(life_t *life, const ipus_query_t *query,
                  bool (*each)(void *of, const ipus_row_t *row), void *of);
/* The first or the last row of a kind with a value in a field and, unless -1, in a state. */
bool life_one_of(life_t *life, ipus_kind_t kind, int field, int64_t value, int64_t state, bool last,
                 ipus_row_t *row);

int64_t life_term_of(const life_t *life, registry_term_name_t name, int64_t otherwise);
/* Something to stand in a field of text. */
span_t life_sentence(life_t *life);

/* ---- people (people.c, names.c) -------------------------------------------------------------- */

void life_person_comes(life_t *life, const event_t *event);

typedef struct {
    date_t birth;
    bool woman;
    char pesel[12]; /* with a zero byte */
    span_t given, family;
} somebody_t;

/* Somebody who fits the years that services are for: old more often than young. */
void life_somebody_made(life_t *life, somebody_t *body);
void life_somebody_named(life_t *life, bool woman, somebody_t *body);

/* ---- facts and rules (facts.c, decided.c) ---------------------------------------------------- */

/* What is known of somebody on a day, by fact. */
typedef struct {
    date_t on;
    rules_fact_t at[RULES_FACTS_MAX];
} profile_t;

void life_profile_of(const life_t *life, const somebody_t *body, profile_t *profile);
/* What the rules say of a service; the decision is life->decision. */
rules_answer_t life_ask_rules(life_t *life, const registry_service_t *service,
                              const profile_t *profile);
/* Fills in what is open, of the person or of the order, so that the rules come nearer to yes (or
 * just anything); what is there stays. The facts that were filled in are listed. */
typedef struct {
    bool person, order, wants_yes, pays; /* pays: rather without a relief */
    int facts[RULES_FACTS_MAX];
    size_t count;
} filling_t;
rules_answer_t life_fill(life_t *life, const registry_service_t *service, profile_t *profile,
                         filling_t *filling);
bool life_declare(life_t *life, int64_t person, int fact, int64_t number);

/* Reads what a person declared, as of a day. */
bool life_profile_read(life_t *life, int64_t person, date_t on, profile_t *profile);
/* The facts of an order, as JSON. */
void life_order_add(const life_t *life, const profile_t *profile, buf_t *buf);

/* A verdict as the office would come to it. RULES_UNKNOWN also when the fee is open. Its texts are
 * in life->facts_json and life->trace_json until the next one. */
rules_answer_t life_verdict_of(life_t *life, const verdict_subject_t *subject,
                               ipus_verdict_t *verdict);
/* The same for a step that decides, by what is given in it; `given` may be NULL. */
rules_answer_t life_verdict_for(life_t *life, ipus_kind_t kind, int64_t id, const ipus_row_t *given,
                                ipus_verdict_t *verdict);

/* ---- cases, plans, orders -------------------------------------------------------------------- */

void life_application_made(life_t *life, int64_t person, span_t services); /* cases.c */
void life_close_application(life_t *life, const event_t *event);
void life_plan_begun(life_t *life, const event_t *event); /* plans.c: by application */
/* Grants by card or by plan what an entry of the queue was offered. */
void life_offer_taken(life_t *life, const ipus_row_t *waiting);
void life_use_granted(life_t *life, const event_t *event);            /* orders.c: by granted */
bool life_wait_for(life_t *life, int64_t decision, int64_t quantity); /* queue.c */
/* Whether so little is left of today's pool, or somebody waits for it, that there is no use asking
 * for more. */
bool life_is_short(life_t *life, span_t service);
void life_answer_offers(life_t *life);

/* ---- the office itself (office.c), and what nobody should do (mischief.c) -------------------- */

void life_office_made(life_t *life);
/* A provider that delivers a service. */
int64_t life_performer_for(life_t *life, const registry_service_t *service);
/* A group with a free seat on a day, made when there is none; 0 where it needs none. */
int64_t life_group_for(life_t *life, const registry_service_t *service, date_t on);
const registry_limit_t *life_limit_of(const registry_service_t *service, date_t on,
                                      registry_limit_kind_t kind);
void life_mischief(life_t *life);

#endif
