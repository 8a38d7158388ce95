/* The registry: one municipality's programme as plain data, read many times and never changed. A
 * programme with all its services, facts and conditions is built by the plugin room into one arena
 * and then only read, from any thread.
 *
 * Words: see docs/glossary.md. A row is a dated value with its basis. A node is one piece of a
 * condition. A basis names the document a value comes from; a value that is only a default has the
 * basis "example". Counts of things people compete for are `used` in registry_usage_t. */
#ifndef OKIENKO_REGISTRY_REGISTRY_H
#define OKIENKO_REGISTRY_REGISTRY_H

#include "base/arena.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/money.h"
#include "registry/terms.h"

typedef struct {
    span_t text;  /* a document and its point, or "example" */
    bool example; /* no document stands behind the value, or behind a part of it */
} registry_basis_t;

/* The basis that an author wrote: "example" and "przykład" are one word, however they are written;
 * the text is then "example". Field by field: equal programmes are told by their bytes, and a whole
 * struct would bring the bytes between its fields along. */
void registry_basis_set(registry_basis_t *basis, span_t written);

/* An entry of a programme's vocabulary: a package, a group, a place, an area of the Act… */
typedef struct {
    span_t id;
    texts_t name;
    texts_t summary; /* may be empty */
    int number;      /* an official number, or 0 */
    registry_basis_t basis;
} registry_term_t;

typedef struct {
    const registry_term_t *at;
    size_t count;
} registry_terms_t;

/* A unit of measure with its plural forms: Polish and Ukrainian one, few, many;
 * English one, many. */
typedef struct {
    span_t id;
    texts_t name;
    texts_t forms[3];
} registry_unit_t;

/* As a text reads from a day on. */
typedef struct {
    date_t from;
    texts_t text;
} registry_text_row_t;

/* A text that may mention parameters, written out for every day on which one of them changes. Most
 * mention none and have only `text`, which holds until the first of `later`. */
typedef struct {
    texts_t text;
    const registry_text_row_t *later; /* by date */
    size_t later_count;
    bool example; /* a parameter that it mentions is one */
} registry_text_t;

/* Which of them holds on a day: 0 for `text`, n for later[n - 1]. */
size_t registry_text_place(const registry_text_t *text, date_t on);
const texts_t *registry_text_at(const registry_text_t *text, size_t place);
const texts_t *registry_text_on(const registry_text_t *text, date_t on);

typedef struct {
    registry_text_t text;
    registry_basis_t basis;
} registry_note_t;

/* ---- facts ----------------------------------------------------------------------------------- */

typedef enum {
    FACT_BOOLEAN,
    FACT_INTEGER,
    FACT_DECIMAL, /* in thousandths */
    FACT_MONEY,   /* in grosze */
    FACT_DATE,    /* in days, as date_t */
    FACT_CHOICE,  /* the index of the value */
    FACT_PESEL,   /* eleven digits, checked; the number itself */
} registry_fact_type_t;

typedef enum { FACT_ORDINARY, FACT_PERSONAL, FACT_SPECIAL, FACT_CRIMINAL } registry_sensitivity_t;

typedef enum {
    DERIVE_NONE,
    DERIVE_YEARS_SINCE, /* full years from a date fact to the day asked about */
    DERIVE_PESEL_BIRTH_DATE,
    DERIVE_PESEL_SEX, /* a choice fact; derive_values are the indices for woman and man */
    DERIVE_CONDITION, /* a boolean fact from a node */
} registry_derive_t;

typedef struct registry_node registry_node_t;

/* First what a decision reads, so that it lies together. */
typedef struct {
    span_t id;
    registry_fact_type_t type;
    registry_derive_t derive;
    int derive_from; /* the fact it is derived from */
    bool of_order;   /* of what is ordered, not of the person */
    bool asked;      /* has a question; otherwise it is given without being asked, or derived */
    int64_t min, max, step; /* in the type's own units; step 1 for all but decimals */
    registry_terms_t values;
    const registry_node_t *derive_node;
    int derive_values[2];
    registry_sensitivity_t sensitivity;
    bool known_to_office; /* so that the person need not be asked */
    texts_t name;
    texts_t question;
    texts_t help;
    texts_t source; /* what it is proved by */
} registry_fact_t;

/* ---- dated parameters ------------------------------------------------------------------------ */

typedef enum {
    PER_NONE,
    PER_VISIT,
    PER_DAY,
    PER_WEEK,
    PER_MONTH,
    PER_QUARTER,
    PER_YEAR,
    PER_PROGRAMME
} registry_per_t;

typedef enum {
    LIMIT_UNITS,  /* at most `most` units per `per` */
    LIMIT_VISITS, /* at most `most` visits (uses, grants) per `per` */
    LIMIT_GAP,    /* at least `gap_days` or `gap_months` between two uses */
    LIMIT_SEATS,  /* a group of `least` to `most` */
    LIMIT_LOAN,   /* an item is lent for `gap_days` or `gap_months`, extended `extensions` times */
    LIMIT_ITEMS,  /* at most `most` items at once */
} registry_limit_kind_t;

typedef enum { WHOSE_PERSON, WHOSE_HOUSEHOLD, WHOSE_CASE } registry_whose_t;

typedef struct {
    registry_limit_kind_t kind;
    int64_t most; /* units in thousandths, visits, seats and items in whole numbers */
    int64_t least;
    registry_per_t per;
    registry_whose_t whose;
    int gap_days, gap_months;
    int extensions;
} registry_limit_t;

typedef struct {
    int64_t up_to;  /* in the unit of the fact it goes by; INT64_MAX for the last step */
    bool of_amount; /* `value` is grosze a unit; otherwise hundredths of a per cent of the price */
    int64_t value;
} registry_step_t;

typedef enum {
    VALUE_BOOLEAN,
    VALUE_INTEGER,
    VALUE_DECIMAL, /* thousandths; also percentages: 12.5 is 12500 */
    VALUE_MONEY,
    VALUE_DATE,
    VALUE_TEXT, /* ids of choices */
    VALUE_LIMITS,
    VALUE_STEPS,
} registry_value_type_t;

typedef struct {
    registry_value_type_t type;
    int64_t number; /* in the unit of the type */
    span_t text;
    const registry_limit_t *limits;
    const registry_step_t *steps;
    size_t count; /* of limits or steps */
} registry_value_t;

/* What a pool counts: the units that people use, or the people who use any, each once. */
typedef enum { POOL_OF_UNITS, POOL_OF_PERSONS } registry_pool_of_t;

typedef struct {
    date_t from;
    date_t to; /* inclusive; the day before the next row, or DATE_NEVER */
    registry_value_t value;
    registry_per_t per;    /* of a pool */
    registry_pool_of_t of; /* of a pool */
    registry_basis_t basis;
    date_t checked; /* when somebody last compared it with its document, or DATE_NONE */
    int line;
} registry_row_t;

typedef struct {
    span_t id;
    const registry_row_t *rows; /* by date, without overlaps */
    size_t count;
} registry_parameter_t;

typedef struct {
    const registry_parameter_t *at;
    size_t count;
} registry_parameters_t;

/* ---- conditions ------------------------------------------------------------------------------ */

typedef enum {
    NODE_ALL,
    NODE_ANY,
    NODE_NONE,
    NODE_CHECK, /* one child; or a free function */
    NODE_IS,
    NODE_EQUALS,
    NODE_ONE_OF,
    NODE_AT_LEAST,
    NODE_AT_MOST,
    NODE_BETWEEN, /* both ends belong to it */
    NODE_BEFORE,
    NODE_AFTER,
    NODE_FUNCTION,
} registry_node_kind_t;

/* What a fact is compared with: a number in the fact's own unit, or a parameter. */
typedef struct {
    const registry_parameter_t *parameter; /* NULL: `number` */
    int64_t number;
} registry_operand_t;

struct registry_node {
    registry_node_kind_t kind;
    int line;
    int fact;
    registry_operand_t low; /* the only operand, or the lower end */
    registry_operand_t high;
    const int64_t *members; /* of NODE_ONE_OF */
    size_t member_count;
    const registry_node_t *const *children;
    size_t child_count;
    int function; /* of the script room, for NODE_FUNCTION */
    int check;    /* of NODE_CHECK: place in the service's checks; -1 for a part of another */
};

/* What a decision lists: one reason. */
typedef struct {
    span_t id;
    registry_text_t text;
    registry_basis_t basis;
    const registry_node_t *node;
    const int
        *facts; /* every fact its condition may read, derived ones by what they are derived from */
    size_t fact_count;
    int line;
} registry_check_t;

/* ---- fees ------------------------------------------------------------------------------------ */

typedef enum { FEE_SHARE, FEE_FLAT, FEE_STEPS, FEE_FREE, FEE_FUNCTION } registry_fee_kind_t;

typedef struct {
    registry_fee_kind_t kind;
    registry_operand_t percent; /* of FEE_SHARE, thousandths of a per cent point: 20 is 20000 */
    registry_operand_t amount;  /* of FEE_FLAT, grosze */
    registry_per_t per;         /* of FEE_FLAT: PER_VISIT, or PER_NONE for each unit */
    int by;                     /* of FEE_STEPS: the fact */
    const registry_parameter_t *steps;
    int function;
    const int *facts; /* every fact that FEE_STEPS or FEE_FUNCTION may read */
    size_t fact_count;
    registry_basis_t basis;
    int line;
} registry_fee_t;

/* First what a decision reads, so that it lies together. */
typedef struct {
    registry_operand_t
        percent; /* taken off the fee, thousandths of a per cent point; 100000 is exempt */
    const registry_node_t *when;
    date_t from, to;
    registry_basis_t basis;
    int line;
    span_t id;
    registry_text_t text;
    const int *facts;
    size_t fact_count;
} registry_relief_t;

/* ---- what the programme may spend, and what it counts ---------------------------------------- */

typedef struct {
    span_t id;
    texts_t name;
    date_t from, to;
    int64_t value;          /* grosze */
    const span_t *services; /* ids; none when it is for all */
    size_t service_count;
    registry_basis_t basis;
} registry_budget_t;

typedef enum {
    COUNTS_NEW_PERSONS,
    COUNTS_NEW_SERVICES,
    COUNTS_PROVIDERS,
    COUNTS_VOLUNTEERS,
    COUNTS_PERSONS,
    COUNTS_UNITS,
    COUNTS_SERVICES, /* done, whatever their units */
    COUNTS_COUNT
} registry_counts_t;

typedef struct {
    span_t id;
    texts_t name;
    registry_counts_t counts;
    registry_per_t every; /* PER_MONTH, PER_QUARTER or PER_YEAR */
    registry_basis_t basis;
} registry_indicator_t;

/* ---- the sheet of the needs diagnosis -------------------------------------------------------- */

typedef enum {
    HOLDS_FACT,
    HOLDS_TEXT,     /* what is written in words */
    HOLDS_SERVICES, /* services with their unit, quantity and how often */
} registry_holds_t;

typedef struct {
    span_t id; /* the fact's own for HOLDS_FACT */
    texts_t name;
    registry_holds_t holds;
    int fact; /* of HOLDS_FACT, otherwise -1 */
    registry_sensitivity_t sensitivity;
    registry_basis_t basis;
} registry_entry_t;

/* ---- the waiting list ------------------------------------------------------------------------ */

/* What puts a person further to the front, by its points; the list's order decides among equals. */
typedef struct {
    span_t id;
    registry_text_t text;
    registry_basis_t basis;
    int points;
    const registry_node_t *when;
    const int *facts;
    size_t fact_count;
} registry_criterion_t;

/* ---- services -------------------------------------------------------------------------------- */

typedef struct {
    uint8_t weekdays; /* bit 0 Monday to bit 6 Sunday */
    int16_t from, to; /* minutes since midnight */
    registry_basis_t basis;
} registry_hours_t;

typedef struct {
    date_t from, to;
    texts_t text;
    registry_basis_t basis;
} registry_closed_t;

/* The values of a service whose basis is told one by one. */
typedef enum {
    BASIS_NAME,
    BASIS_SUMMARY,
    BASIS_PACKAGE,
    BASIS_AREAS,
    BASIS_GROUPS,
    BASIS_UNIT,
    BASIS_PLACE,
    BASIS_PROVIDERS,
    BASIS_GOAL, /* this and the following only where the service says the value */
    BASIS_CHALLENGES,
    BASIS_CHANGE,
    BASIS_MODES,
    BASIS_CHARGE,
    BASIS_COUNT
} registry_basis_of_t;

extern const char *const registry_basis_names[BASIS_COUNT];

/* What the programme does to what there was. */
typedef enum { CHANGE_NOT_SAID, CHANGE_NEW, CHANGE_MORE } registry_change_t;

/* Whom a fee is for, where several people have one case. */
typedef enum { FEE_OF_PERSON, FEE_OF_CASE, FEE_OF_PARTY } registry_charge_t;

typedef struct registry_head registry_head_t; /* registry/head.h */
typedef struct registry_programme registry_programme_t;
typedef struct registry_catalogs registry_catalogs_t; /* registry/catalog.h */

/* One version of a service: what its file says, in force from `from` until the next version of the
 * same id. First what a decision reads, so that it lies together. */
typedef struct {
    span_t id;
    date_t from;
    int quantity; /* the order fact that counts units, or -1 for one unit a visit */
    const int
        *times; /* an order fact that it is multiplied by: items for so many months; or NULL */
    const registry_node_t *eligibility;
    const registry_check_t *checks;
    size_t check_count;
    const registry_fee_t *fee;         /* its own, or NULL: registry_fee_on() */
    const registry_parameter_t *price; /* of `parameters`, or NULL: the host knows these four */
    const registry_parameter_t *limits;
    const registry_parameter_t *pool;
    const registry_parameter_t *order_ahead; /* days */
    const registry_unit_t *unit;
    size_t criterion_count;
    registry_charge_t charge;
    registry_change_t change;
    int number; /* place in the resolution's list */
    int revision;
    const registry_criterion_t *criteria;
    const int *asks; /* order facts */
    size_t ask_count;
    span_t file;    /* "services/{id}.lua" */
    span_t version; /* 16 hexadecimal digits: a hash of this text and of all it stands on */
    texts_t name;
    registry_text_t summary;
    const registry_term_t *package;
    const registry_term_t *const *areas;
    size_t area_count;
    const registry_term_t *const *groups;
    size_t group_count;
    const registry_term_t *place;
    const registry_term_t *const *providers;
    size_t provider_count;
    texts_t goal; /* may be empty */
    const registry_term_t *const *challenges;
    size_t challenge_count;
    const registry_term_t *const *modes; /* of contracting */
    size_t mode_count;
    registry_basis_t basis[BASIS_COUNT];
    registry_parameters_t parameters;
    const registry_hours_t *hours;
    size_t hours_count;
    const registry_note_t *documents;
    size_t document_count;
    const registry_note_t *exclusions;
    size_t exclusion_count;
    const registry_note_t *notes;
    size_t note_count;
    span_t waiting; /* how the waiting list is ordered */
} registry_service_t;

/* Where a version stands in the list of services. */
typedef struct {
    span_t id;
    date_t from;
    uint32_t place;
} registry_version_t;

/* First what a decision reads, so that it lies together. */
struct registry_programme {
    span_t id;
    date_t from, to;
    const registry_fact_t *const *facts; /* one by one, as most are the same everywhere */
    size_t fact_count;
    const registry_service_t *services; /* by number, then id, then from */
    size_t service_count;               /* versions */
    const registry_version_t
        *by_id;                /* `services` by id, then from: registry_index(); may be NULL */
    const registry_fee_t *fee; /* where no head says another */
    const registry_relief_t *reliefs;
    size_t relief_count;
    money_rounding_t rounding;
    span_t version;               /* hash of all files */
    texts_t name;                 /* where no head says another */
    const registry_head_t *heads; /* by date; none when no resolution is known */
    size_t head_count;
    span_t municipality;
    span_t terc;
    texts_t centre;
    span_t address, phone, email, web; /* contact; empty where unknown */
    registry_basis_t contact_basis;
    registry_terms_t packages, groups, places, providers, areas, challenges, modes;
    const registry_unit_t *units;
    size_t unit_count;
    registry_parameters_t parameters;
    registry_parameters_t terms; /* those it sets: registry_term_on() */
    const registry_budget_t *budget;
    size_t budget_count;
    const registry_indicator_t *indicators;
    size_t indicator_count;
    const registry_entry_t *diagnosis; /* in the order of the sheet */
    size_t diagnosis_count;
    bool round_total; /* rounding once per total, otherwise per line */
    registry_basis_t rounding_basis;
    bool price_at_granting; /* otherwise at settlement */
    registry_basis_t price_at_basis;
    const registry_closed_t *closed;
    size_t closed_count;
    const registry_note_t *procedure;
    size_t procedure_count;
    const registry_catalogs_t *catalogs; /* what is offered beside the services; may be NULL */
};

/* ---- reading --------------------------------------------------------------------------------- */

/* Fills in `by_id`, so that a service is found without a look at each; to be called once, when all
 * services are there. False without memory. Everything works without it, only slower. */
bool registry_index(arena_t *arena, registry_programme_t *programme);

/* The row in force on a day; NULL outside all rows and without a parameter. */
const registry_row_t *registry_row_on(const registry_parameter_t *parameter, date_t on);

/* The head in force on a day; NULL when no resolution is known. */
const registry_head_t *registry_head_on(const registry_programme_t *programme, date_t on);

/* What the programme is called on a day. */
const texts_t *registry_name_on(const registry_programme_t *programme, date_t on);

/* The policy by which a service is paid on a day: its own, else the programme's; may be NULL.
 * `service` may be NULL. */
const registry_fee_t *registry_fee_on(const registry_programme_t *programme,
                                      const registry_service_t *service, date_t on);

/* True when any row of the parameter is an example; `parameter` may be NULL. */
bool registry_is_example(const registry_parameter_t *parameter);

/* What a fee's operand stands for on a day: money in grosze, a percentage in thousandths of a point
 * (a whole one is an integer in the rules, a broken one a decimal). False outside its rows. */
bool registry_operand_on(const registry_operand_t *operand, date_t on, int64_t *number);

/* By id among the service's parameters, else among the programme's; NULL. `service` may be NULL. */
const registry_parameter_t *registry_parameter(const registry_programme_t *programme,
                                               const registry_service_t *service, span_t id);

/* The row of a term of the procedure on a day; NULL when the programme sets no such term then. */
const registry_row_t *registry_term_on(const registry_programme_t *programme,
                                       registry_term_name_t name, date_t on);

/* The version of a service in force on a day; NULL when no such id, or none yet (then `*known` is
 * true). `known` may be NULL. */
const registry_service_t *registry_service_on(const registry_programme_t *programme, span_t id,
                                              date_t on, bool *known);

/* True when `service` is the version of its id that is in force on that day. */
bool registry_in_force(const registry_programme_t *programme, const registry_service_t *service,
                       date_t on);

/* The place of a fact, or -1. */
int registry_fact(const registry_programme_t *programme, span_t id);

const registry_term_t *registry_term(registry_terms_t terms, span_t id);

/* The unit's word for a number of units (in thousandths): "okno", "okna", "okien". A fraction takes
 * the second form ("1,5 godziny", "1.5 hours"). A language without forms takes the Polish ones. */
span_t registry_unit_form(const registry_unit_t *unit, int64_t thousandths, lang_t lang);

/* The word for a number of what a pool counts: the unit's, or "osoba", "osoby", "osób". */
span_t registry_pool_form(const registry_unit_t *unit, registry_pool_of_t of, int64_t number,
                          lang_t lang);

const char *registry_per_name(registry_per_t per); /* "visit", "day", … "programme" */
const char *registry_whose_name(registry_whose_t whose);
const char *registry_pool_of_name(registry_pool_of_t of);   /* "units", "persons" */
const char *registry_term_text(registry_term_name_t name);  /* "plan_within_days" */
const char *registry_counts_name(registry_counts_t counts); /* "new-persons" */
const char *registry_holds_name(registry_holds_t holds);
const char *registry_change_name(registry_change_t change); /* NULL when not said */
const char *registry_charge_name(registry_charge_t charge); /* NULL for the person */
const char *registry_fact_type_name(registry_fact_type_t type);
const char *registry_sensitivity_name(registry_sensitivity_t sensitivity);

/* ---- calendar -------------------------------------------------------------------------------- */

/* Whether a service is open on a day: some of its hours hold on that weekday (one without hours is
 * open every day), the programme and this version are in force, and the office is not closed. When
 * it is closed, `*closed` (which may be NULL) says by what, otherwise it is NULL. */
bool registry_open_on(const registry_programme_t *programme, const registry_service_t *service,
                      date_t on, const registry_closed_t **closed);

/* The day itself, or the next that is neither closed nor a Saturday or Sunday. */
date_t registry_working_day(const registry_programme_t *programme, date_t on);

/* The first day on or after `on` + the service's notice on which it is open, by the version in
 * force then and within the programme's period; DATE_NONE when there is none, or no row of the
 * notice on the day it is ordered. */
date_t registry_earliest(const registry_programme_t *programme, const registry_service_t *service,
                         date_t on);

/* The same from a day on, without notice. */
date_t registry_first_open(const registry_programme_t *programme, const registry_service_t *service,
                           date_t from);

/* The day that is meant when nobody names one: today. In a demonstration, past the programme's
 * period, the latest day inside it that is whole 52 weeks earlier (the same day of the week), or
 * its last day. */
date_t registry_day(const registry_programme_t *programme, date_t today, bool demo);

/* The period that a limit of `per` counts in, around a day: the calendar month, quarter, year, ISO
 * week, the day, or the programme's own period. */
void registry_period(const registry_programme_t *programme, registry_per_t per, date_t on,
                     date_t *from, date_t *to);

#endif
