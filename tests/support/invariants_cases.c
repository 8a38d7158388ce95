/* Cases and people: what states have to agree with one another. */
#include "invariants_inside.h"

#define PLANS_RUNNING (IPUS_STATES(PLAN_IS_ACTIVE) | IPUS_STATES(PLAN_IS_SUSPENDED))
#define PLANS_NOT_BEGUN                                                                            \
    (IPUS_STATES(PLAN_IS_DRAFT) | IPUS_STATES(PLAN_IS_AGREED) | IPUS_STATES(PLAN_IS_SIGNED) |      \
     IPUS_STATES(PLAN_IS_APPROVED))
#define WAITING_OPEN (IPUS_STATES(WAITING_IS_QUEUED) | IPUS_STATES(WAITING_IS_OFFERED))
#define PLANS_ENDED                                                                                \
    (IPUS_STATES(PLAN_IS_AMENDED) | IPUS_STATES(PLAN_IS_FINISHED) | IPUS_STATES(PLAN_IS_TERMINATED))

static bool is_in(const ipus_row_t *row, uint32_t states)
{
    return (states >> state_of(row) & 1u) != 0;
}

typedef struct {
    int64_t decision, count;
} open_t;

static bool count_open_grant(void *of, const ipus_row_t *granted)
{
    open_t *open = of;
    open->count +=
        ipus_number(granted, GRANTED_DECISION) == open->decision &&
        is_in(granted, IPUS_STATES(GRANTED_IS_PLANNED) | IPUS_STATES(GRANTED_IS_RUNNING));
    return true;
}

typedef struct {
    look_t *look;
    int64_t open;
} decided_t;

static bool count_open_grants(void *of, const ipus_row_t *decision)
{
    decided_t *decided = of;
    ipus_query_t query = IPUS_QUERY(IPUS_GRANTED);
    ipus_query_equal(&query, GRANTED_PERSON, ipus_number(decision, DECISION_PERSON));
    ipus_query_text(&query, GRANTED_SERVICE, ipus_text(decision, DECISION_SERVICE));
    open_t open = {decision->id, 0};
    each_row(decided->look, &query, count_open_grant, &open);
    decided->open += open.count;
    return true;
}

static void look_at_application(look_t *look, const ipus_row_t *row)
{
    bool over =
        is_in(row, IPUS_STATES(APPLICATION_IS_WITHDRAWN) | IPUS_STATES(APPLICATION_IS_CLOSED));
    require(look, over == ipus_has(row, APPLICATION_CLOSED_ON), "the day of its end is wrong", row);
    require(look,
            state_of(row) == APPLICATION_IS_DRAFT || state_of(row) == APPLICATION_IS_INCOMPLETE ||
                over || ipus_has(row, APPLICATION_COMPLETE_ON),
            "it was never complete", row);
    if (over) {
        require(
            look,
            sums(look, IPUS_PLAN, PLAN_APPLICATION, row->id, PLANS_RUNNING | PLANS_NOT_BEGUN, -1)
                    .in == 0,
            "it is over and its plan is not", row);
        require(look,
                sums(look, IPUS_WAITING, WAITING_APPLICATION, row->id, WAITING_OPEN, -1).in == 0,
                "it is over and still waits", row);
        decided_t decided = {look, 0};
        ipus_query_t query = IPUS_QUERY(IPUS_DECISION);
        ipus_query_equal(&query, DECISION_APPLICATION, row->id);
        each_row(look, &query, count_open_grants, &decided);
        require(look, decided.open == 0, "it is over and something of it is granted", row);
        require(look, !ipus_has(row, APPLICATION_DUE_ON), "it is over and still due", row);
    }
}

static void look_at_plan(look_t *look, const ipus_row_t *row)
{
    ipus_row_t diagnosis, old;
    bool running = is_in(row, PLANS_RUNNING), ended = is_in(row, PLANS_ENDED);
    bool begun =
        running || is_in(row, IPUS_STATES(PLAN_IS_FINISHED) | IPUS_STATES(PLAN_IS_AMENDED));
    require(look, ended == ipus_has(row, PLAN_ENDED_ON), "the day of its end is wrong", row);
    require(look, !ended || (!ipus_has(row, PLAN_CONTACT_DUE) && !ipus_has(row, PLAN_SUMMARY_DUE)),
            "it is over and something is still due", row);
    require(look, !begun || ipus_has(row, PLAN_APPROVED_ON), "it began without approval", row);
    require(look,
            named(look, row, PLAN_DIAGNOSIS, &diagnosis) &&
                state_of(&diagnosis) == DIAGNOSIS_IS_SIGNED &&
                ipus_number(&diagnosis, DIAGNOSIS_PERSON) == ipus_number(row, PLAN_PERSON),
            "it rests on no diagnosis", row);
    require(look,
            state_of(row) != PLAN_IS_FINISHED ||
                sums(look, IPUS_CLOSING, CLOSING_PLAN, row->id, 0, -1).count == 1,
            "it finished without its closing", row);
    require(look, sums(look, IPUS_PLAN, PLAN_AMENDS, row->id, PLANS_NOT_BEGUN, -1).in <= 1,
            "two editions are drawn up at once", row);
    int64_t application = ipus_number(row, PLAN_APPLICATION);
    require(look, sums(look, IPUS_PLAN, PLAN_APPLICATION, application, PLANS_RUNNING, -1).in <= 1,
            "two plans of one case are in force", row);
    require(look, sums(look, IPUS_PLAN, PLAN_APPLICATION, application, PLANS_NOT_BEGUN, -1).in <= 1,
            "two plans of one case are drawn up", row);
    require(look,
            !running || !named(look, row, PLAN_AMENDS, &old) || state_of(&old) == PLAN_IS_AMENDED,
            "it runs beside the edition before it", row);
    require(look,
            running ||
                sums(look, IPUS_GRANTED, GRANTED_PLAN, row->id, IPUS_STATES(GRANTED_IS_RUNNING), -1)
                        .in == 0,
            "what it grants runs without it", row);
    require(look,
            is_in(row, PLANS_NOT_BEGUN) ||
                sums(look, IPUS_GRANTED, GRANTED_PLAN, row->id, IPUS_STATES(GRANTED_IS_PLANNED), -1)
                        .in == 0,
            "something of it was left planned", row);
}

static void look_at_grant(look_t *look, const ipus_row_t *row)
{
    ipus_row_t decision;
    bool decided = named(look, row, GRANTED_DECISION, &decision);
    require(look,
            decided && ipus_number(&decision, DECISION_OUTCOME) == 1 &&
                ipus_number(&decision, DECISION_PERSON) == ipus_number(row, GRANTED_PERSON) &&
                span_equal(ipus_text(&decision, DECISION_SERVICE), ipus_text(row, GRANTED_SERVICE)),
            "nothing was decided of it", row);
    require(look, !date_before(ipus_date(row, GRANTED_ENDS), ipus_date(row, GRANTED_BEGINS)),
            "it ends before it begins", row);
    sums_t cards = sums(look, IPUS_CARD, CARD_GRANTED, row->id, IPUS_STATES(CARD_IS_ISSUED), -1);
    require(look, cards.in <= (state_of(row) == GRANTED_IS_RUNNING ? 1 : 0),
            "a card is out that should not be", row);
}

/* ---- who works on what ----------------------------------------------------------------------- */

typedef struct {
    const ipus_row_t *row;
    int64_t others;
} same_t;

static bool count_other(void *of, const ipus_row_t *row)
{
    same_t *same = of;
    same->others += row->id != same->row->id;
    return true;
}

static void look_at_assignment(look_t *look, const ipus_row_t *row)
{
    same_t same = {row, 0};
    ipus_query_t query = IPUS_QUERY(IPUS_ASSIGNMENT);
    ipus_query_equal(&query, ASSIGNMENT_PERSON, ipus_number(row, ASSIGNMENT_PERSON));
    ipus_query_equal(&query, ASSIGNMENT_ACCOUNT, ipus_number(row, ASSIGNMENT_ACCOUNT));
    ipus_query_equal(&query, ASSIGNMENT_ENDS, IPUS_NULL);
    if (!ipus_has(row, ASSIGNMENT_ENDS)) {
        each_row(look, &query, count_other, &same);
    }
    require(look, same.others == 0, "somebody is on the case twice", row);
}

static date_t last_of(const ipus_row_t *statement)
{
    return ipus_has(statement, STATEMENT_ENDS) ? ipus_date(statement, STATEMENT_ENDS) : DATE_NEVER;
}

/* Of the same fact, with a day in common. */
static bool count_same_fact(void *of, const ipus_row_t *row)
{
    same_t *same = of;
    bool apart = date_before(last_of(row), ipus_date(same->row, STATEMENT_BEGINS)) ||
                 date_before(last_of(same->row), ipus_date(row, STATEMENT_BEGINS));
    same->others +=
        row->id != same->row->id && !apart &&
        span_equal(ipus_text(row, STATEMENT_FACT), ipus_text(same->row, STATEMENT_FACT));
    return true;
}

static void look_at_statement(look_t *look, const ipus_row_t *row)
{
    ipus_row_t open;
    same_t same = {&open, 0};
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    ipus_query_equal(&query, STATEMENT_PERSON, ipus_number(row, STATEMENT_PERSON));
    ipus_query_equal(&query, STATEMENT_STATE, STATEMENT_IS_STANDING);
    query.open = true;
    if (state_of(row) == STATEMENT_IS_STANDING &&
        look->record->get(look->record->context, IPUS_STATEMENT, row->id, true, &open) ==
            IPUS_FINE) {
        each_row(look, &query, count_same_fact, &same);
    }
    require(look, same.others == 0, "the same fact stands twice on a day", row);
}

void look_at_case(look_t *look, const ipus_row_t *row)
{
    switch (row->kind) {
    case IPUS_APPLICATION:
        look_at_application(look, row);
        break;
    case IPUS_PLAN:
        look_at_plan(look, row);
        break;
    case IPUS_GRANTED:
        look_at_grant(look, row);
        break;
    case IPUS_ASSIGNMENT:
        look_at_assignment(look, row);
        break;
    case IPUS_STATEMENT:
        look_at_statement(look, row);
        break;
    case IPUS_DECISION:
        require(look, row->version == 1, "a decision was changed", row);
        break;
    case IPUS_CLOSING:
        require(
            look,
            sums(look, IPUS_CLOSING, CLOSING_PLAN, ipus_number(row, CLOSING_PLAN), 0, -1).count ==
                1,
            "a plan was closed twice", row);
        break;
    default:
        break;
    }
}
