/* The terms of the procedure that a programme may set, X(NAME, "name", type, least, most): periods
 * and rhythms by which the office works. They are dated as parameters are, but rules cannot read
 * them. */
#ifndef OKIENKO_REGISTRY_TERMS_H
#define OKIENKO_REGISTRY_TERMS_H

#define REGISTRY_TERMS(X)                                                                          \
    X(PLAN_WITHIN_DAYS, "plan_within_days", VALUE_INTEGER, 1, 366)       /* of applying */         \
    X(PLAN_MONTHS_AT_MOST, "plan_months_at_most", VALUE_INTEGER, 1, 120) /* a plan's length */     \
    X(PLAN_NEEDED_FROM_MONTHS, "plan_needed_from_months", VALUE_INTEGER, 1, 120)                   \
    X(CARD_WITHOUT_PLAN, "card_without_plan", VALUE_BOOLEAN, 0, 1)                                 \
    X(CONTACT_EVERY_MONTHS, "contact_every_months", VALUE_INTEGER, 1, 120)                         \
    X(SUMMARY_EVERY_MONTHS, "summary_every_months", VALUE_INTEGER, 1, 120)                         \
    X(MEETING_EVERY_MONTHS, "meeting_every_months", VALUE_INTEGER, 1, 120)                         \
    X(ORDER_ANSWER_DAYS, "order_answer_days", VALUE_INTEGER, 1, 366) /* by a provider */           \
    X(OFFER_DAYS, "offer_days", VALUE_INTEGER, 1, 366)               /* to the next waiting */     \
    X(CANCEL_AHEAD_DAYS, "cancel_ahead_days", VALUE_INTEGER, 0, 366)                               \
    X(NO_SHOW_COUNTS, "no_show_counts", VALUE_BOOLEAN, 0, 1)     /* uses a unit */                 \
    X(RETENTION_YEARS, "retention_years", VALUE_INTEGER, 1, 100) /* after closing */               \
    X(APPEAL_DAYS, "appeal_days", VALUE_INTEGER, 1, 366)                                           \
    X(ENDS_ON_WORKING_DAYS, "ends_on_working_days", VALUE_BOOLEAN, 0, 1) /* periods in days */

typedef enum {
#define X(name, text, type, least, most) TERM_##name,
    REGISTRY_TERMS(X)
#undef X
        TERM_COUNT
} registry_term_name_t;

#endif
