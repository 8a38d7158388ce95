/* Seats of groups, and things that are lent: one to a person at a time. */
#include "ipus/orders.h"

/* ---- what is free ---------------------------------------------------------------------------- */

typedef struct {
    int64_t count;
} free_t;

static bool add_seats(void *of, const ipus_row_t *group)
{
    free_t *free = of;
    free->count += ipus_number(group, GROUP_SEATS) - ipus_number(group, GROUP_TAKEN);
    return true;
}

static bool add_item(void *of, const ipus_row_t *item)
{
    (void)item;
    ((free_t *)of)->count++;
    return true;
}

static bool take_off_offered(void *of, const ipus_row_t *waiting)
{
    (void)waiting;
    ((free_t *)of)->count--;
    return true;
}

static bool find_of(ipus_work_t *work, ipus_kind_t kind, int service_field, span_t service,
                    int64_t state, bool (*each)(void *of, const ipus_row_t *row), free_t *free)
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_text(&query, service_field, service);
    ipus_query_equal(&query, ipus_kind(kind)->state, state);
    return ipus_work_find(work, &query, each, free);
}

static bool count_seats(ipus_work_t *work, span_t service, free_t *free)
{
    return find_of(work, IPUS_GROUP, GROUP_SERVICE, service, GROUP_IS_PLANNED, add_seats, free) &&
           find_of(work, IPUS_GROUP, GROUP_SERVICE, service, GROUP_IS_RUNNING, add_seats, free);
}

bool ipus_lending_free(ipus_work_t *work, span_t service, int64_t *count)
{
    date_t today = work->command->today;
    bool seats = ipus_limits_find(work, service, today, LIMIT_SEATS) != NULL;
    bool items = ipus_limits_find(work, service, today, LIMIT_LOAN) != NULL;
    free_t free = {0};
    *count = -1;
    if (!seats && !items) {
        return true;
    }
    if ((seats && !count_seats(work, service, &free)) ||
        (items &&
         !find_of(work, IPUS_ITEM, ITEM_SERVICE, service, ITEM_IS_AVAILABLE, add_item, &free)) ||
        !find_of(work, IPUS_WAITING, WAITING_SERVICE, service, WAITING_IS_OFFERED, take_off_offered,
                 &free)) {
        return false;
    }
    *count = free.count > 0 ? free.count : 0;
    return true;
}

/* ---- groups ---------------------------------------------------------------------------------- */

bool ipus_group_make(ipus_work_t *work)
{
    ipus_row_t *row = &work->row;
    date_t begins = ipus_date(row, GROUP_BEGINS);
    span_t id = ipus_text(row, GROUP_SERVICE);
    if (ipus_work_service(work, GROUP_SERVICE, id, begins) == NULL) {
        return false;
    }
    const registry_limit_t *limit = ipus_limits_find(work, id, begins, LIMIT_SEATS);
    int64_t seats = ipus_number(row, GROUP_SEATS);
    int64_t least = limit != NULL && limit->least > 0 ? limit->least : 1;
    int64_t most = limit != NULL ? limit->most : INT32_MAX;
    if (!ipus_has(row, GROUP_LEAST)) {
        ipus_set(row, GROUP_LEAST, least);
    }
    ipus_set(row, GROUP_TAKEN, 0);
    return (seats >= least && seats <= most && ipus_number(row, GROUP_LEAST) >= least &&
            ipus_number(row, GROUP_LEAST) <= seats) ||
           ipus_work_refuse(work, IPUS_SEATS_WRONG, GROUP_SEATS, ipus_work_number(work, least),
                            ipus_work_number(work, most), SPAN_NONE);
}

bool ipus_group_may_start(ipus_work_t *work)
{
    int64_t taken = ipus_number(&work->row, GROUP_TAKEN);
    int64_t least = ipus_number(&work->row, GROUP_LEAST);
    return taken >= least || ipus_work_overrides(work) ||
           ipus_work_refuse(work, IPUS_GROUP_TOO_FEW, -1, ipus_work_number(work, taken),
                            ipus_work_number(work, least), SPAN_NONE);
}

bool ipus_group_may_cancel(ipus_work_t *work)
{
    int64_t taken = ipus_number(&work->row, GROUP_TAKEN);
    return taken == 0 || ipus_work_refuse(work, IPUS_GROUP_NOT_EMPTY, -1,
                                          ipus_work_number(work, taken), SPAN_NONE, SPAN_NONE);
}

bool ipus_item_make(ipus_work_t *work)
{
    return ipus_work_service(work, ITEM_SERVICE, ipus_text(&work->row, ITEM_SERVICE),
                             work->command->today) != NULL;
}

/* ---- a seat ---------------------------------------------------------------------------------- */

typedef struct {
    int64_t order;
    bool found;
} other_t;

static bool find_other(void *of, const ipus_row_t *row)
{
    other_t *other = of;
    other->found = row->id != other->order;
    return !other->found;
}

/* A person has one seat, however many meetings are ordered. */
static bool has_other(ipus_work_t *work, int64_t group, bool *found)
{
    other_t other = {.order = work->row.id};
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, ORDER_PERSON, ipus_number(&work->row, ORDER_PERSON));
    ipus_query_equal(&query, ORDER_GROUP, group);
    ipus_query_equal(&query, ORDER_COUNTS, 1);
    bool fine = ipus_work_find(work, &query, find_other, &other);
    *found = other.found;
    return fine;
}

static bool meets(ipus_work_t *work, const ipus_row_t *group)
{
    int64_t state = ipus_number(group, GROUP_STATE);
    date_t ends = ipus_date(group, GROUP_ENDS);
    return (span_equal(ipus_text(group, GROUP_SERVICE), ipus_text(&work->row, ORDER_SERVICE)) &&
            (state == GROUP_IS_PLANNED || state == GROUP_IS_RUNNING) &&
            date_within(ipus_date(&work->row, ORDER_PLANNED_ON), ipus_date(group, GROUP_BEGINS),
                        date_is_none(ends) ? DATE_NEVER : ends)) ||
           ipus_work_refuse(work, IPUS_GROUP_OTHER, ORDER_GROUP, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

/* Seats and items that were offered to those who wait are not for others; a grant that took up an
 * offer has had its turn. */
static bool is_unpromised(ipus_work_t *work)
{
    ipus_row_t granted;
    int64_t free = 0;
    span_t service = ipus_text(&work->row, ORDER_SERVICE);
    if (!ipus_work_get(work, ORDER_GRANTED, &granted)) {
        return false;
    }
    if (ipus_has(&granted, GRANTED_WAITING) || ipus_work_overrides(work)) {
        return true;
    }
    return ipus_lending_free(work, service, &free) &&
           (free != 0 ||
            ipus_work_refuse(work, IPUS_NOTHING_FREE, -1, service, SPAN_NONE, SPAN_NONE));
}

static bool take_seat(ipus_work_t *work)
{
    ipus_row_t group;
    bool sits = false;
    if (!ipus_work_get(work, ORDER_GROUP, &group) || !meets(work, &group) ||
        !has_other(work, group.id, &sits)) {
        return false;
    }
    int64_t taken = ipus_number(&group, GROUP_TAKEN), seats = ipus_number(&group, GROUP_SEATS);
    if (sits) {
        return true;
    }
    if (taken >= seats) {
        return ipus_work_refuse(work, IPUS_GROUP_FULL, ORDER_GROUP, ipus_work_number(work, seats),
                                SPAN_NONE, SPAN_NONE);
    }
    ipus_set(&group, GROUP_TAKEN, taken + 1);
    return is_unpromised(work) && ipus_work_set(work, &group, "seat");
}

static bool leave_seat(ipus_work_t *work)
{
    ipus_row_t group;
    bool sits = false;
    if (!ipus_work_get(work, ORDER_GROUP, &group) || !has_other(work, group.id, &sits)) {
        return false;
    }
    ipus_set(&group, GROUP_TAKEN, ipus_number(&group, GROUP_TAKEN) - 1);
    return sits || ipus_work_set(work, &group, "seat");
}

/* ---- a loan ---------------------------------------------------------------------------------- */

static void set_until(ipus_work_t *work, const registry_limit_t *loan, date_t from)
{
    ipus_set_date(&work->row, ORDER_LENT_UNTIL, ipus_limits_after(loan, from));
}

typedef struct {
    ipus_work_t *work;
    date_t day;
    bool fine;
} soonest_t;

static bool note_until(void *of, const ipus_row_t *item)
{
    soonest_t *soonest = of;
    ipus_row_t order;
    soonest->fine =
        ipus_work_load(soonest->work, IPUS_ORDER, ipus_number(item, ITEM_ORDERED), &order);
    if (soonest->fine && date_before(ipus_date(&order, ORDER_LENT_UNTIL), soonest->day)) {
        soonest->day = ipus_date(&order, ORDER_LENT_UNTIL);
    }
    return soonest->fine;
}

static bool refuse_lent(ipus_work_t *work)
{
    soonest_t soonest = {work, DATE_NEVER, true};
    ipus_query_t query = IPUS_QUERY(IPUS_ITEM);
    ipus_query_text(&query, ITEM_SERVICE, ipus_text(&work->row, ORDER_SERVICE));
    ipus_query_equal(&query, ITEM_STATE, ITEM_IS_LENT);
    if (!ipus_work_find(work, &query, note_until, &soonest) || !soonest.fine) {
        return false;
    }
    bool known = date_before(soonest.day, DATE_NEVER);
    return ipus_work_refuse(work, IPUS_ITEMS_LENT, ORDER_ITEM,
                            known ? ipus_work_date(work, soonest.day) : SPAN("–"), SPAN_NONE,
                            SPAN_NONE);
}

static bool keep_item(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

static bool find_item(ipus_work_t *work, ipus_row_t *item)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ITEM);
    ipus_query_text(&query, ITEM_SERVICE, ipus_text(&work->row, ORDER_SERVICE));
    ipus_query_equal(&query, ITEM_STATE, ITEM_IS_AVAILABLE);
    query.limit = 1;
    return ipus_work_find(work, &query, keep_item, item);
}

/* The one that is named, or the first that is free. */
static bool choose_item(ipus_work_t *work)
{
    ipus_row_t item = {0};
    if (ipus_has(&work->row, ORDER_ITEM) ? !ipus_work_get(work, ORDER_ITEM, &item)
                                         : !find_item(work, &item)) {
        return false;
    }
    if (item.id == 0 || ipus_number(&item, ITEM_STATE) != ITEM_IS_AVAILABLE ||
        !span_equal(ipus_text(&item, ITEM_SERVICE), ipus_text(&work->row, ORDER_SERVICE))) {
        return refuse_lent(work);
    }
    ipus_set(&work->row, ORDER_ITEM, item.id);
    return is_unpromised(work);
}

/* ---- for orders ------------------------------------------------------------------------------ */

static const registry_limit_t *limit_of(const ipus_work_t *work, registry_limit_kind_t kind)
{
    return ipus_limits_find(work, ipus_text(&work->row, ORDER_SERVICE),
                            ipus_date(&work->row, ORDER_PLANNED_ON), kind);
}

static bool count_loan(void *of, const ipus_row_t *row)
{
    *(int64_t *)of += ipus_has(row, ORDER_LENT_UNTIL);
    return true;
}

/* Whether somebody, or their household, may have one more at the same time. */
static bool may_have_more(ipus_work_t *work)
{
    const registry_limit_t *limit = limit_of(work, LIMIT_ITEMS);
    const ipus_row_t *row = &work->row;
    if (limit == NULL) {
        return true;
    }
    bool shared = limit->whose == WHOSE_HOUSEHOLD && ipus_has(row, ORDER_HOUSEHOLD);
    int field = shared ? ORDER_HOUSEHOLD : ORDER_PERSON;
    ipus_query_t query = IPUS_QUERY(IPUS_ORDER);
    ipus_query_equal(&query, field, ipus_number(row, field));
    ipus_query_text(&query, ORDER_SERVICE, ipus_text(row, ORDER_SERVICE));
    int64_t count = 0;
    if (!ipus_work_find(work, &query, count_loan, &count)) {
        return false;
    }
    if (count >= limit->most && ipus_work_overrides(work)) {
        ipus_set(&work->row, ORDER_OVER_LIMIT, 1);
        return true;
    }
    return count < limit->most ||
           ipus_work_refuse(work, IPUS_ITEMS_AT_ONCE, -1, ipus_work_number(work, limit->most),
                            ipus_work_number(work, count), SPAN_NONE);
}

bool ipus_lending_take(ipus_work_t *work)
{
    const registry_limit_t *loan = limit_of(work, LIMIT_LOAN);
    bool grouped = ipus_has(&work->row, ORDER_GROUP);
    if (!grouped && limit_of(work, LIMIT_SEATS) != NULL) {
        return ipus_work_refuse(work, IPUS_GROUP_NEEDED, ORDER_GROUP, SPAN_NONE, SPAN_NONE,
                                SPAN_NONE);
    }
    if (grouped && !take_seat(work)) {
        return false;
    }
    if (loan == NULL) {
        return !ipus_has(&work->row, ORDER_ITEM) ||
               ipus_work_refuse(work, IPUS_FIELD_NOT_TAKEN, ORDER_ITEM,
                                span_of(ipus_kind(IPUS_ORDER)->fields[ORDER_ITEM].name),
                                span_of(work->command->step->name), SPAN_NONE);
    }
    set_until(work, loan, ipus_date(&work->row, ORDER_PLANNED_ON));
    return may_have_more(work) && choose_item(work);
}

/* Once the order has an id. */
bool ipus_lending_lend(ipus_work_t *work)
{
    ipus_row_t item;
    if (!ipus_has(&work->row, ORDER_ITEM)) {
        return true;
    }
    if (!ipus_work_get(work, ORDER_ITEM, &item)) {
        return false;
    }
    ipus_set(&item, ITEM_STATE, ITEM_IS_LENT);
    ipus_set(&item, ITEM_ORDERED, work->row.id);
    return ipus_work_set(work, &item, "lend");
}

bool ipus_lending_move(ipus_work_t *work)
{
    const registry_limit_t *loan = limit_of(work, LIMIT_LOAN);
    ipus_row_t group;
    if (loan != NULL && ipus_has(&work->row, ORDER_LENT_UNTIL)) {
        set_until(work, loan, ipus_date(&work->row, ORDER_PLANNED_ON));
    }
    return !ipus_has(&work->row, ORDER_GROUP) ||
           (ipus_work_get(work, ORDER_GROUP, &group) && meets(work, &group));
}

static bool free_item(ipus_work_t *work)
{
    ipus_row_t item;
    if (!ipus_work_get(work, ORDER_ITEM, &item)) {
        return false;
    }
    ipus_clear(&work->row, ORDER_LENT_UNTIL);
    ipus_set(&item, ITEM_STATE, ITEM_IS_AVAILABLE);
    ipus_clear(&item, ITEM_ORDERED);
    return ipus_work_set(work, &item, "return");
}

bool ipus_lending_give_back(ipus_work_t *work, bool seat)
{
    bool leaves = seat && ipus_has(&work->row, ORDER_GROUP);
    bool returns = ipus_has(&work->row, ORDER_LENT_UNTIL);
    return (!leaves || leave_seat(work)) && (!returns || free_item(work)) &&
           ((!leaves && !returns) || ipus_work_freed(work, ipus_text(&work->row, ORDER_SERVICE)));
}

bool ipus_order_may_return(ipus_work_t *work)
{
    return ipus_has(&work->row, ORDER_LENT_UNTIL) ||
           ipus_work_refuse(work, IPUS_NOT_LENT, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
}

bool ipus_order_return(ipus_work_t *work)
{
    return ipus_lending_give_back(work, false);
}

bool ipus_order_may_extend(ipus_work_t *work)
{
    const registry_limit_t *loan = limit_of(work, LIMIT_LOAN);
    int64_t extensions = ipus_number(&work->row, ORDER_EXTENSIONS);
    if (loan == NULL || !ipus_has(&work->row, ORDER_LENT_UNTIL)) {
        return ipus_work_refuse(work, IPUS_NOT_LENT, -1, SPAN_NONE, SPAN_NONE, SPAN_NONE);
    }
    if (extensions >= loan->extensions && !ipus_work_overrides(work)) {
        return ipus_work_refuse(work, IPUS_EXTENSIONS_USED, -1,
                                ipus_work_number(work, loan->extensions), SPAN_NONE, SPAN_NONE);
    }
    return true;
}

bool ipus_order_extend(ipus_work_t *work)
{
    const registry_limit_t *loan = limit_of(work, LIMIT_LOAN);
    ipus_set(&work->row, ORDER_EXTENSIONS, ipus_number(&work->row, ORDER_EXTENSIONS) + 1);
    set_until(work, loan, ipus_date(&work->row, ORDER_LENT_UNTIL));
    return true;
}
