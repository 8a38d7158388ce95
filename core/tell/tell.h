/* What a programme tells people, as values in their language: a service and its version, its price,
 * what is left of it and when it can be had, its limits, its fee, its checks. JSON, pages and other
 * forms write these values and work nothing out themselves. */
#ifndef OKIENKO_TELL_TELL_H
#define OKIENKO_TELL_TELL_H

#include "base/buf.h"
#include "registry/left.h"

/* What is asked: about which programme, on which day, in which language. */
typedef struct {
    const registry_programme_t *programme;
    const registry_usage_t *usage; /* what the record counts */
    date_t on;
    lang_t lang;
} tell_t;

/* What an answer tells, said by its route: it is forgotten when that is another (see http_route_t).
 */
enum {
    TELL_PROGRAMME = 1, /* a programme's texts and rules */
    TELL_LEFT = 2,      /* what is left of its services */
    TELL_LIST = 4,      /* which programmes there are, and something of each */
};

/* ---- the day and the service ----------------------------------------------------------------- */

bool tell_in_force(const tell_t *tell);

/* Appends why the programme, or the version of the service, is not in force. */
void tell_not_in_force(buf_t *buf, const tell_t *tell);
void tell_not_yet(buf_t *buf, const tell_t *tell, const registry_service_t *service);

/* The version of an id on the day; before its first one, that, with `*in_force` false. NULL when
 * the programme has no such id. */
const registry_service_t *tell_service(const tell_t *tell, span_t id, bool *in_force);

/* The version of the next id at or after `*place`, which moves behind it; NULL at the end. */
const registry_service_t *tell_next(const tell_t *tell, size_t *place, bool *in_force);

/* ---- what is left ---------------------------------------------------------------------------- */

#define TELL_NOT_KNOWN (-1)

/* All of it together, so that no two numbers contradict. */
typedef struct {
    registry_left_t pool;            /* of the period that the day lies in */
    int64_t waiting;                 /* in the queue, who go first; or TELL_NOT_KNOWN */
    bool open;                       /* on the day itself */
    const registry_closed_t *closed; /* why not; NULL: not on this weekday */
    date_t earliest; /* the first day on which a newcomer can have it; DATE_NONE: none is known */
    bool available;  /* something is left in this period, nobody waits, and a day is to come */
} tell_left_t;

/* Of a version that is not in force nothing is left. */
tell_left_t tell_left(const tell_t *tell, const registry_service_t *service, bool in_force);

/* Appends "3 hours of 48"; `pool` is known. */
void tell_pool(buf_t *buf, const tell_t *tell, const registry_service_t *service,
               const registry_left_t *pool);

/* Appends the sentence for a service that is not open; `left` says so. */
void tell_closed(buf_t *buf, const tell_t *tell, const tell_left_t *left);

/* ---- prices, fees, limits, checks ------------------------------------------------------------ */

/* The row of a parameter on the day; NULL outside its rows, and while nothing is in force. */
const registry_row_t *tell_row(const tell_t *tell, const registry_parameter_t *parameter);

/* A fee policy on the day. */
typedef struct {
    const char *kind;                      /* "share", "flat", "steps", "free", "function" */
    const registry_parameter_t *parameter; /* that its number comes from; NULL: written in place */
    const registry_row_t *row;             /* of it, or of the steps; NULL outside all rows */
    bool known;                            /* `number` is */
    int64_t number; /* of a share thousandths of a per cent, of a flat fee grosze */
} tell_fee_t;

tell_fee_t tell_fee(const registry_fee_t *fee, date_t on);
/* Appends "20 % of the price." */
void tell_fee_text(buf_t *buf, const registry_fee_t *fee, date_t on, lang_t lang);
/* Nothing to pay on the day, by the service's policy. */
bool tell_free(const tell_t *tell, const registry_service_t *service);

/* Appends "at most 10 hours a week per person"; `unit` names what is counted. */
void tell_limit_text(buf_t *buf, const registry_limit_t *limit, const registry_unit_t *unit,
                     lang_t lang);
const char *tell_limit_kind(const registry_limit_t *limit);

/* Appends "6 hours", a number of thousandths with its unit (or NULL). */
void tell_count(buf_t *buf, int64_t thousandths, const registry_unit_t *unit, lang_t lang);
/* The number alone, "2,5". */
void tell_number(buf_t *buf, int64_t thousandths, lang_t lang);
/* "12,5 %" */
void tell_percent(buf_t *buf, int64_t thousandths, lang_t lang);

/* The `place`-th way in which a check reads (registry_text_place()), in a language. */
typedef struct {
    span_t id, text;
    const registry_basis_t *basis;
    const int *facts; /* places in programme->facts */
    size_t fact_count;
} tell_check_t;

tell_check_t tell_check(const registry_check_t *check, size_t place, lang_t lang);

#endif
