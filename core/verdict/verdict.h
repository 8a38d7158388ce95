/* The one way from what is known to a decision: what was stated of a person, what is ordered, what
 * the record keeps of the past, and a day, become facts; the rules answer them; the answer is a
 * verdict in types. A quote reads its facts from a request, a step of the record from the record:
 * from there on both are the same.
 *
 * Words: a question is the facts that were gathered for one day, each with where it comes from. A
 * verdict is what the rules say of one service to it. The past is what of the record was read; it
 * is told by version, so that a writer refuses what rests on a past that has moved.
 *
 * Gathering reads the record, on whichever thread the record is read. Deciding calls functions of
 * the plugin, on the thread that the generation belongs to: the loop's. */
#ifndef OKIENKO_VERDICT_VERDICT_H
#define OKIENKO_VERDICT_VERDICT_H

#include "ipus/ipus.h"
#include "rules/rules.h"
#include "json/json.h"

#define VERDICT_MISTAKES_MAX 50

/* What is wrong with something that was given for a fact. */
typedef enum {
    VERDICT_FINE,
    VERDICT_TYPE, /* no value of the fact's type */
    VERDICT_TOO_SMALL,
    VERDICT_TOO_LARGE,
    VERDICT_STEP,
    VERDICT_CHECKSUM,
    VERDICT_BAD_DATE,
    VERDICT_DERIVED, /* a fact that is only derived was given */
    VERDICT_DIFFERS, /* two sources of one fact, or what follows from another, say different things
                      */
    VERDICT_UNKNOWN_FACT,
    VERDICT_OF_PERSON,      /* said of the order */
    VERDICT_OF_ORDER,       /* said of the person */
    VERDICT_NOT_OF_SERVICE, /* the service does not ask for it */
} verdict_wrong_t;

typedef struct {
    verdict_wrong_t wrong;
    int fact;     /* place; -1 for one that the programme does not know */
    bool ordered; /* said of the order */
    span_t name;  /* as it was said, where the fact is not known */
} verdict_mistake_t;

typedef enum {
    VERDICT_FROM_NOWHERE,
    VERDICT_FROM_ASKER,     /* whoever asks for a quote */
    VERDICT_FROM_STATEMENT, /* `row` */
    VERDICT_FROM_PERSON,    /* the person's own row */
    VERDICT_FROM_ORDER,     /* what was said when it was ordered */
    VERDICT_FROM_DELIVERY,  /* counted by what was done */
} verdict_source_t;

typedef struct {
    rules_case_t of; /* programme, day, facts; its functions when it is decided */
    span_t service;  /* id */
    int64_t person;  /* 0: nobody of the record */
    /* The past that was read, by version: PERSON_FACTS, and that of the row that is at work (0:
     * none). */
    int64_t facts, row_version;
    verdict_source_t source[RULES_FACTS_MAX]; /* by fact; of a gathered question alone */
    int64_t row[RULES_FACTS_MAX];
    verdict_mistake_t mistakes[VERDICT_MISTAKES_MAX];
    size_t mistake_count;
} verdict_question_t;

/* ---- values: values.c ------------------------------------------------------------------------ */

/* A fact's value in its JSON form, in the unit of the fact's type: VERDICT_FINE, _TYPE or _STEP. */
verdict_wrong_t verdict_value_read(const registry_fact_t *fact, const cJSON *node, int64_t *number);
void verdict_value_add(json_writer_t *writer, const registry_fact_t *fact, int64_t number);

/* ---- gathering: gather.c --------------------------------------------------------------------- */

/* Begins a question of nobody; for one of the record see verdict_gather(). */
void verdict_question_begin(verdict_question_t *question, const registry_programme_t *programme,
                            date_t on);

/* Takes what was given for a fact; null is nothing. */
verdict_wrong_t verdict_give(verdict_question_t *question, int fact, const cJSON *node);

/* What a step of the record is to be decided of. */
typedef struct {
    int64_t person;
    date_t on;
    span_t service;
    span_t order;        /* its facts, an object; may be empty */
    int64_t quantity;    /* thousandths that were delivered; -1: as the order says */
    int64_t price;       /* grosze of a unit, held since granting; -1: the price of the day */
    int64_t row_version; /* of the order that is at work; 0 without one */
} verdict_subject_t;

/* Reads from the record what a command decides of: a decision, a place in the queue, an order that
 * is made or settled. IPUS_ABSENT where something that it names is not there. */
ipus_code_t verdict_subject(ipus_record_t *record, const ipus_command_t *command,
                            verdict_subject_t *subject);

/* Reads what is known of the subject on its day. What is wrong with it is among the mistakes. Texts
 * go into `arena`, which outlives the record's. */
ipus_code_t verdict_gather(ipus_record_t *record, const registry_programme_t *programme,
                           const verdict_subject_t *subject, arena_t *arena,
                           verdict_question_t *question);

/* Which facts the order of a service may say: marks them in `may`, by fact, that begins as false.
 */
void verdict_may_order(const registry_programme_t *programme, const registry_service_t *service,
                       bool *may);

/* Holds one value to its fact's declaration, and the facts of an order to theirs; what is wrong is
 * among the mistakes of the question, which is begun here. */
void verdict_check_stated(verdict_question_t *question, const registry_programme_t *programme,
                          date_t on, span_t fact, span_t json);
void verdict_check_ordered(verdict_question_t *question, const registry_programme_t *programme,
                           date_t on, span_t json, arena_t *arena);

/* ---- deciding: decide.c ---------------------------------------------------------------------- */

typedef enum {
    VERDICT_DECIDED,
    VERDICT_OPEN,         /* facts are missing: of the outcome, or of the fee of a yes */
    VERDICT_NOT_IN_FORCE, /* the programme or the service on that day */
    VERDICT_BAD_FACTS,    /* see the question's mistakes */
    VERDICT_NO_SERVICE,   /* the programme has no such service */
    VERDICT_FAILED,       /* a rule could not be applied: `fault` */
} verdict_state_t;

typedef struct {
    verdict_state_t state;
    const registry_service_t *service; /* the version of the day */
    rules_decision_t decision;         /* when DECIDED or OPEN */
    rules_fault_t fault;
    bool ranked; /* criteria and points are known */
    rules_answer_t criteria[RULES_CRITERIA_MAX];
    int64_t points;
    const registry_row_t *limits; /* of that day; NULL without any */
} verdict_t;

/* Fills in what is derived, once, behind the last fact given. The place of a fact that was also
 * given and differs, or -1. */
int verdict_derive(verdict_question_t *question, const rules_functions_t *functions);

/* Decides one service, a version in force on the day: outcome and fee. */
void verdict_decide(verdict_question_t *question, const registry_service_t *service,
                    verdict_t *verdict);
/* Adds what is told of one service alone: points and limits. */
void verdict_rank(verdict_question_t *question, verdict_t *verdict);

/* All of it for a gathered question. */
void verdict_of(verdict_question_t *question, const rules_functions_t *functions,
                verdict_t *verdict);

/* One check with its answer, whether the outcome rests on it, and its side. */
typedef struct {
    const registry_check_t *check;
    rules_answer_t answer;
    bool decisive;
    bool against; /* a yes of it stands in the way */
} verdict_check_t;
size_t verdict_checks(const verdict_t *verdict, verdict_check_t *checks);

/* ---- for the record: write.c, inputs.c ----------------------------------------------------- */

/* What the engine is told. The texts are the caller's. */
void verdict_for_step(const verdict_question_t *question, const verdict_t *verdict,
                      ipus_verdict_t *step);

/* {"on":…,"facts":{…},"order":{…}}: a body that asks for the same as a quote. */
void verdict_facts_add(buf_t *buf, const verdict_question_t *question);

/* Everything it stands on, in one form. */
void verdict_inputs_add(buf_t *buf, const verdict_question_t *question, const verdict_t *verdict);

/* What the verdict says, in ids and numbers alone. */
void verdict_trace_add(buf_t *buf, const verdict_t *verdict);

#endif
