/* An order: from a granted service to a provider, and what is given back when nothing comes of it.
 */
#include "ipus/orders.h"
#include "ipus/doors.h"

/* ---- the day --------------------------------------------------------------------------------- */

static span_t next_day(ipus_work_t *work, const registry_service_t *service, date_t from)
{
    date_t day = registry_earliest(work->command->programme, service, from);
    return date_is_none(day) ? SPAN("–") : ipus_work_date(work, day);
}

static bool is_open(ipus_work_t *work, const registry_service_t *service)
{
    date_t on = ipus_date(&work->row, ORDER_PLANNED_ON);
    return registry_open_on(work->command->programme, service, on, NULL) ||
           ipus_work_overrides(work) ||
           ipus_work_refuse(work, IPUS_CLOSED_ON_DAY, ORDER_PLANNED_ON, ipus_work_date(work, on),
                            next_day(work, service, on), SPAN_NONE);
}

/* An order is given so many days ahead as the service asks for. */
static bool is_ahead(ipus_work_t *work, const registry_service_t *service)
{
    date_t today = work->command->today;
    const registry_row_t *row = registry_row_on(service->order_ahead, today);
    date_t first = date_add(today, row != NULL ? (int32_t)row->value.number : 0);
    return !date_before(ipus_date(&work->row, ORDER_PLANNED_ON), first) ||
           ipus_work_overrides(work) ||
           ipus_work_refuse(work, IPUS_ORDER_TOO_LATE, ORDER_PLANNED_ON,
                            next_day(work, service, today), SPAN_NONE, SPAN_NONE);
}

static bool is_granted_then(ipus_work_t *work, const ipus_row_t *granted)
{
    date_t begins = ipus_date(granted, GRANTED_BEGINS), ends = ipus_date(granted, GRANTED_ENDS);
    return date_within(ipus_date(&work->row, ORDER_PLANNED_ON), begins, ends) ||
           ipus_work_refuse(work, IPUS_DAY_OUTSIDE_GRANT, ORDER_PLANNED_ON,
                            ipus_work_date(work, begins), ipus_work_date(work, ends), SPAN_NONE);
}

/* ---- making ---------------------------------------------------------------------------------- */

static bool is_running(ipus_work_t *work, const ipus_row_t *granted)
{
    bool running = ipus_number(granted, GRANTED_STATE) == GRANTED_IS_RUNNING;
    if (running && ipus_has(granted, GRANTED_PLAN)) {
        ipus_row_t plan;
        if (!ipus_work_load(work, IPUS_PLAN, ipus_number(granted, GRANTED_PLAN), &plan)) {
            return false;
        }
        running = ipus_number(&plan, PLAN_STATE) == PLAN_IS_ACTIVE;
    }
    return running ||
           ipus_work_refuse(work, IPUS_GRANT_NOT_RUNNING, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

static bool has_units(ipus_work_t *work, const ipus_row_t *granted)
{
    int64_t quantity = ipus_number(&work->row, ORDER_QUANTITY);
    int64_t all = ipus_number(granted, GRANTED_QUANTITY);
    int64_t ordered = ipus_number(granted, GRANTED_ORDERED);
    if (quantity <= all - ordered) {
        return true;
    }
    const span_t arguments[] = {ipus_work_units(work, all), ipus_work_units(work, ordered),
                                ipus_work_units(work, all - ordered),
                                ipus_work_units(work, quantity)};
    return ipus_work_refuse_with(work, IPUS_GRANT_USED_UP, ORDER_QUANTITY, arguments, 4);
}

static bool choose_provider(ipus_work_t *work, const ipus_row_t *granted)
{
    if (!ipus_has(&work->row, ORDER_PROVIDER)) {
        work->row.at[ORDER_PROVIDER] = granted->at[GRANTED_PROVIDER];
    }
    if (!ipus_has(&work->row, ORDER_PROVIDER)) {
        return ipus_work_refuse(work, IPUS_FIELD_MISSING, ORDER_PROVIDER,
                                span_of(ipus_kind(IPUS_ORDER)->fields[ORDER_PROVIDER].name),
                                SPAN_NONE, SPAN_NONE);
    }
    ipus_row_t provider;
    return ipus_work_load(work, IPUS_PROVIDER, ipus_number(&work->row, ORDER_PROVIDER),
                          &provider) &&
           (ipus_number(&provider, PROVIDER_STATE) == PROVIDER_IS_ACTIVE ||
            ipus_work_refuse(work, IPUS_PROVIDER_RESTS, ORDER_PROVIDER, SPAN_NONE, SPAN_NONE,
                             SPAN_NONE));
}

static bool fill_in(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t person, *row = &work->row;
    if (!ipus_work_load(work, IPUS_PERSON, ipus_number(granted, GRANTED_PERSON), &person)) {
        return false;
    }
    int64_t days = ipus_work_number_of_term(work, TERM_ORDER_ANSWER_DAYS, 0);
    row->at[ORDER_PERSON] = granted->at[GRANTED_PERSON];
    row->at[ORDER_HOUSEHOLD] = person.at[PERSON_HOUSEHOLD];
    row->at[ORDER_SERVICE] = granted->at[GRANTED_SERVICE];
    ipus_set_date(row, ORDER_ANSWER_BY,
                  days > 0 ? date_add(work->command->today, (int32_t)days) : DATE_NONE);
    ipus_set(row, ORDER_COUNTS, 1);
    return true;
}

/* An order of today's period that its grant has no share left in is a jump beside the queue. */
static bool draw(ipus_work_t *work, const ipus_row_t *granted)
{
    int64_t lack = 0;
    bool competes = false;
    return ipus_pools_lack(work, granted, &lack, &competes) &&
           (lack == 0 ||
            ((!competes || ipus_queue_in_turn(work, ipus_text(granted, GRANTED_SERVICE))) &&
             ipus_pools_exchange(work, granted)));
}

/* Whether what is ordered, or by now delivered, is something that can be. */
static bool is_counted(ipus_work_t *work)
{
    const ipus_row_t *row = &work->row;
    bool delivered = ipus_has(row, ORDER_DELIVERED);
    int field = delivered ? ORDER_DELIVERED : ORDER_QUANTITY;
    return ipus_number(row, ORDER_COUNTS) != 1 ||
           ipus_doors_units(work, delivered ? IPUS_DOOR_FINISH : IPUS_DOOR_ORDER, field,
                            ipus_text(row, ORDER_SERVICE), ipus_date(row, ORDER_PLANNED_ON),
                            ipus_number(row, field));
}

bool ipus_order_recount(ipus_work_t *work, int64_t before)
{
    ipus_row_t granted;
    int64_t more = ipus_order_used(&work->row) - before;
    if (!is_counted(work)) {
        return false;
    }
    if (more == 0 || !ipus_work_get(work, ORDER_GRANTED, &granted)) {
        return more == 0;
    }
    if (more > 0 && !draw(work, &granted)) {
        return false;
    }
    ipus_set(&granted, GRANTED_ORDERED, ipus_number(&granted, GRANTED_ORDERED) + more);
    return ipus_work_set(work, &granted, "order") &&
           (more > 0 || ipus_number(&granted, GRANTED_STATE) != GRANTED_IS_ENDED ||
            ipus_pools_give_back(work, &granted));
}

/* What is ordered is put to the rules of its day: it may be otherwise than what was decided, and so
 * may be the person's age. Who was let have it against the rules may order it. */
static bool is_due(ipus_work_t *work, const ipus_row_t *granted)
{
    ipus_row_t decision;
    return ipus_work_verdict(work, ipus_number(granted, GRANTED_PERSON)) &&
           ipus_work_load(work, IPUS_DECISION, ipus_number(granted, GRANTED_DECISION), &decision) &&
           (work->command->verdict->yes || ipus_number(&decision, DECISION_OVERRIDES) == 1 ||
            ipus_work_overrides(work) ||
            ipus_work_refuse(work, IPUS_ORDER_NOT_DUE, -1, ipus_text(granted, GRANTED_SERVICE),
                             ipus_work_date(work, ipus_date(&work->row, ORDER_PLANNED_ON)),
                             SPAN_NONE));
}

bool ipus_order_make(ipus_work_t *work)
{
    ipus_row_t granted;
    if (!ipus_work_get(work, ORDER_GRANTED, &granted) || !is_running(work, &granted) ||
        !is_granted_then(work, &granted) || !has_units(work, &granted)) {
        return false;
    }
    const registry_service_t *service =
        ipus_work_service(work, ORDER_PLANNED_ON, ipus_text(&granted, GRANTED_SERVICE),
                          ipus_date(&work->row, ORDER_PLANNED_ON));
    return service != NULL && is_ahead(work, service) && is_open(work, service) &&
           is_due(work, &granted) && choose_provider(work, &granted) && fill_in(work, &granted) &&
           ipus_limits_of_order(work, &work->row) && ipus_order_recount(work, 0) &&
           ipus_lending_take(work);
}

/* ---- answering ------------------------------------------------------------------------------- */

static bool check_moved(ipus_work_t *work)
{
    ipus_row_t granted;
    if (!ipus_work_get(work, ORDER_GRANTED, &granted) || !is_granted_then(work, &granted)) {
        return false;
    }
    const registry_service_t *service =
        ipus_work_service(work, ORDER_PLANNED_ON, ipus_text(&work->row, ORDER_SERVICE),
                          ipus_date(&work->row, ORDER_PLANNED_ON));
    return service != NULL && is_open(work, service) && ipus_lending_move(work) &&
           ipus_limits_of_order(work, &work->row) && draw(work, &granted);
}

bool ipus_order_accept(ipus_work_t *work)
{
    ipus_set_date(&work->row, ORDER_ACCEPTED_ON, work->command->today);
    ipus_clear(&work->row, ORDER_ANSWER_BY);
    return date_equal(ipus_date(&work->row, ORDER_PLANNED_ON),
                      ipus_date(&work->before, ORDER_PLANNED_ON)) ||
           check_moved(work);
}

/* ---- giving back ----------------------------------------------------------------------------- */

/* Units of a grant that has ended in the meantime go back to the pool as well. */
static bool give_back(ipus_work_t *work)
{
    int64_t before = ipus_order_used(&work->row);
    ipus_set(&work->row, ORDER_COUNTS, 0);
    ipus_clear(&work->row, ORDER_ANSWER_BY);
    return ipus_order_recount(work, before) && ipus_lending_give_back(work, true);
}

/* It counts as used; only what was lent is free again. */
static bool use_up(ipus_work_t *work)
{
    ipus_set(&work->row, ORDER_NO_SHOW, 1);
    ipus_clear(&work->row, ORDER_ANSWER_BY);
    return ipus_lending_give_back(work, false);
}

bool ipus_order_refuse(ipus_work_t *work)
{
    return give_back(work);
}

bool ipus_order_fail(ipus_work_t *work)
{
    bool stays_away = ipus_number(&work->row, ORDER_NO_SHOW) == 1;
    if (stays_away && date_before(work->command->today, ipus_date(&work->row, ORDER_PLANNED_ON))) {
        return ipus_work_refuse(work, IPUS_DAY_TO_COME, ORDER_NO_SHOW,
                                span_of(ipus_kind(IPUS_ORDER)->fields[ORDER_PLANNED_ON].name),
                                SPAN_NONE, SPAN_NONE);
    }
    bool used = stays_away && ipus_work_number_of_term(work, TERM_NO_SHOW_COUNTS, 0) != 0 &&
                !ipus_work_overrides(work);
    return used ? use_up(work) : give_back(work);
}

/* Late is like not coming, but for an important reason. */
bool ipus_order_cancel(ipus_work_t *work)
{
    int32_t ahead = (int32_t)ipus_work_number_of_term(work, TERM_CANCEL_AHEAD_DAYS, 0);
    date_t last = date_add(ipus_date(&work->row, ORDER_PLANNED_ON), -ahead);
    bool used = date_before(last, work->command->today) &&
                ipus_work_number_of_term(work, TERM_NO_SHOW_COUNTS, 0) != 0 &&
                !ipus_work_overrides(work);
    return used ? use_up(work) : give_back(work);
}

/* ---- delivering ------------------------------------------------------------------------------ */

typedef struct {
    int64_t units, agreed; /* all; those that nobody disputes */
    date_t last;           /* the latest day */
    bool any, disputed;
} delivered_t;

static bool add_delivery(void *of, const ipus_row_t *row)
{
    delivered_t *delivered = of;
    bool disputed = ipus_number(row, DELIVERY_STATE) == DELIVERY_IS_DISPUTED;
    if (ipus_number(row, DELIVERY_STATE) == DELIVERY_IS_CANCELLED) {
        return true;
    }
    date_t on = ipus_date(row, DELIVERY_ON);
    delivered->last = delivered->any && date_before(on, delivered->last) ? delivered->last : on;
    delivered->any = true;
    delivered->disputed = delivered->disputed || disputed;
    delivered->units += ipus_number(row, DELIVERY_UNITS);
    delivered->agreed += disputed ? 0 : ipus_number(row, DELIVERY_UNITS);
    return true;
}

static bool find_delivered(ipus_work_t *work, int64_t order, delivered_t *delivered)
{
    ipus_query_t query = IPUS_QUERY(IPUS_DELIVERY);
    ipus_query_equal(&query, DELIVERY_ORDERED, order);
    *delivered = (delivered_t){0};
    return ipus_work_find(work, &query, add_delivery, delivered);
}

static bool refuse_too_much(ipus_work_t *work, int field, const ipus_row_t *order, int64_t before,
                            int64_t more)
{
    return ipus_work_refuse(work, IPUS_DELIVERED_TOO_MUCH, field,
                            ipus_work_units(work, ipus_number(order, ORDER_QUANTITY)),
                            ipus_work_units(work, before), ipus_work_units(work, more));
}

bool ipus_delivery_make(ipus_work_t *work)
{
    ipus_row_t order;
    delivered_t delivered;
    int64_t units = ipus_number(&work->row, DELIVERY_UNITS);
    if (!ipus_work_get(work, DELIVERY_ORDERED, &order) ||
        !find_delivered(work, order.id, &delivered)) {
        return false;
    }
    work->row.at[DELIVERY_PERSON] = order.at[ORDER_PERSON];
    work->row.at[DELIVERY_PROVIDER] = order.at[ORDER_PROVIDER];
    if (ipus_number(&order, ORDER_STATE) != ORDER_IS_ACCEPTED) {
        return ipus_work_refuse(work, IPUS_NOT_ACCEPTED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    if (units > ipus_number(&order, ORDER_QUANTITY) - delivered.units) {
        return refuse_too_much(work, DELIVERY_UNITS, &order, delivered.units, units);
    }
    return ipus_doors_units(work, IPUS_DOOR_DELIVERY, DELIVERY_UNITS,
                            ipus_text(&order, ORDER_SERVICE), ipus_date(&order, ORDER_PLANNED_ON),
                            units);
}

static bool add_delivered(ipus_work_t *work, ipus_row_t *granted, int64_t units)
{
    ipus_set(granted, GRANTED_DELIVERED, ipus_number(granted, GRANTED_DELIVERED) + units);
    return ipus_work_set(work, granted, "deliver");
}

/* What was reported bit by bit, or all of it. */
bool ipus_order_finish(ipus_work_t *work)
{
    ipus_row_t *row = &work->row, granted;
    delivered_t delivered;
    int64_t before = ipus_order_used(&work->before);
    if (!find_delivered(work, row->id, &delivered)) {
        return false;
    }
    if (!ipus_has(row, ORDER_DONE_ON) && delivered.any) {
        ipus_set_date(row, ORDER_DONE_ON, delivered.last);
    }
    ipus_work_day(work, ORDER_DONE_ON);
    if (!ipus_has(row, ORDER_DELIVERED)) {
        ipus_set(row, ORDER_DELIVERED,
                 delivered.any ? delivered.agreed : ipus_number(row, ORDER_QUANTITY));
    }
    int64_t units = ipus_number(row, ORDER_DELIVERED);
    if (units == 0) { /* nothing that is not disputed */
        return ipus_work_refuse(work, IPUS_DELIVERY_DISPUTED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    if (units > ipus_number(row, ORDER_QUANTITY)) {
        return refuse_too_much(work, ORDER_DELIVERED, row, 0, units);
    }
    /* What was not delivered is the grant's again. */
    return ipus_order_recount(work, before) && ipus_work_get(work, ORDER_GRANTED, &granted) &&
           add_delivered(work, &granted, units);
}

bool ipus_order_may_confirm(ipus_work_t *work)
{
    delivered_t delivered;
    return find_delivered(work, work->row.id, &delivered) &&
           (!delivered.disputed ||
            ipus_work_refuse(work, IPUS_DELIVERY_DISPUTED, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE));
}

bool ipus_order_confirm(ipus_work_t *work)
{
    ipus_work_day(work, ORDER_CONFIRMED_ON);
    return true;
}
