#include "breaks.h"
#include "ipus/states.h"

typedef enum { IN_ADD, IN_SET, IN_TAKE, IN_JOURNAL } where_t;

/* A field that is written as so much more; -1 without one: it is not written at all. */
typedef struct {
    const char *name;
    where_t where;
    ipus_kind_t kind;
    int field;
    int64_t more;
    int state; /* only of rows in this state, or -1 */
} break_t;

static const break_t breaks[] = {
    {"a grant counts more ordered", IN_SET, IPUS_GRANTED, GRANTED_ORDERED, 1, -1},
    {"a grant counts less delivered", IN_SET, IPUS_GRANTED, GRANTED_DELIVERED, -1, -1},
    {"a grant is for less than it holds", IN_ADD, IPUS_ALLOTMENT, ALLOTMENT_UNITS, 1, -1},
    {"a pool counts one too many", IN_TAKE, IPUS_ALLOTMENT, -1, 1, -1},
    {"an allotment is given back twice", IN_SET, IPUS_ALLOTMENT, ALLOTMENT_UNITS, -1, -1},
    {"an order counts no more", IN_SET, IPUS_ORDER, ORDER_COUNTS, -1, ORDER_IS_ACCEPTED},
    {"an order is of another year than it drew on", IN_SET, IPUS_ORDER, ORDER_PLANNED_ON, 366,
     ORDER_IS_ACCEPTED},
    {"what was not delivered stays used", IN_SET, IPUS_ORDER, ORDER_DELIVERED, -1, ORDER_IS_DONE},
    {"more is delivered than ordered", IN_SET, IPUS_ORDER, ORDER_DELIVERED, 100000, -1},
    {"a group counts a seat too many", IN_SET, IPUS_GROUP, GROUP_TAKEN, 1, -1},
    {"a group counts a seat too few", IN_SET, IPUS_GROUP, GROUP_TAKEN, -1, -1},
    {"a thing is lent to somebody else", IN_SET, IPUS_ITEM, ITEM_ORDERED, 1, ITEM_IS_LENT},
    {"a thing that is lent is free", IN_SET, IPUS_ITEM, ITEM_STATE, -1, ITEM_IS_LENT},
    {"a grosz is paid that nobody paid", IN_SET, IPUS_CHARGE, CHARGE_PAID, 1, -1},
    {"a correction is forgotten", IN_SET, IPUS_CHARGE, CHARGE_CORRECTED, 1, -1},
    {"what is paid is due", IN_SET, IPUS_CHARGE, CHARGE_STATE, -1, CHARGE_IS_PAID},
    {"an offer is for more than it holds", IN_SET, IPUS_WAITING, WAITING_QUANTITY, 1000,
     WAITING_IS_OFFERED},
    {"an offer stays unmade", IN_SET, IPUS_WAITING, WAITING_STATE, -1, WAITING_IS_OFFERED},
    {"a grant that ended runs on", IN_SET, IPUS_GRANTED, GRANTED_STATE, -1, GRANTED_IS_ENDED},
    {"a plan that finished runs on", IN_SET, IPUS_PLAN, PLAN_STATE, -1, PLAN_IS_FINISHED},
    {"a plan runs unapproved", IN_SET, IPUS_PLAN, PLAN_STATE, 1, PLAN_IS_APPROVED},
    {"a card outlives its grant", IN_SET, IPUS_CARD, CARD_STATE, -1, CARD_IS_CANCELLED},
    {"a charge is made for somebody else's order", IN_ADD, IPUS_CHARGE, CHARGE_ORDERED, -1, -1},
    {"a closed application still runs", IN_SET, IPUS_APPLICATION, APPLICATION_STATE, -4,
     APPLICATION_IS_CLOSED},
    {"a statement stands beside the new one", IN_SET, IPUS_STATEMENT, STATEMENT_ENDS, 366,
     STATEMENT_IS_STANDING},
    {"a statement keeps a day of the new one", IN_SET, IPUS_STATEMENT, STATEMENT_ENDS, 1,
     STATEMENT_IS_STANDING},
    {"the journal forgets a line", IN_JOURNAL, IPUS_ORDER, -1, 0, -1},
};

static struct {
    ipus_record_t record; /* as it works */
    const break_t *at;
    int left;
    bool went;
} planted;

const char *breaks_name(size_t place)
{
    return place < sizeof breaks / sizeof *breaks ? breaks[place].name : NULL;
}

static bool is_time(where_t where, ipus_kind_t kind)
{
    if (planted.at->where != where || planted.at->kind != kind || planted.left-- > 0) {
        return false;
    }
    planted.went = true;
    return true;
}

static ipus_code_t write_row(where_t where, void *context, ipus_row_t *row, int64_t now)
{
    ipus_code_t (*write)(void *, ipus_row_t *, int64_t) =
        where == IN_ADD ? planted.record.add : planted.record.set;
    ipus_row_t copy = *row;
    int field = planted.at->field, state = ipus_kind(row->kind)->state;
    bool fits = planted.at->kind == row->kind && field >= 0 && ipus_has(row, field) &&
                (planted.at->state < 0 || ipus_number(row, state) == planted.at->state);
    if (fits && is_time(where, row->kind)) {
        ipus_set(&copy, field, ipus_number(row, field) + planted.at->more);
    }
    ipus_code_t code = write(context, &copy, now);
    row->id = copy.id;
    row->version = copy.version;
    row->made_at = copy.made_at;
    row->changed_at = copy.changed_at;
    return code;
}

static ipus_code_t add(void *context, ipus_row_t *row, int64_t now)
{
    return write_row(IN_ADD, context, row, now);
}

static ipus_code_t set(void *context, ipus_row_t *row, int64_t now)
{
    return write_row(IN_SET, context, row, now);
}

static ipus_code_t take(void *context, const ipus_pool_t *pool, int64_t units, int64_t over,
                        int64_t cap, int64_t *taken)
{
    bool now = units > 0 && is_time(IN_TAKE, IPUS_ALLOTMENT);
    return planted.record.take(context, pool, units + (now ? planted.at->more : 0), over, cap,
                               taken);
}

static ipus_code_t journal(void *context, const ipus_entry_t *entry)
{
    return is_time(IN_JOURNAL, entry->kind) ? IPUS_FINE : planted.record.journal(context, entry);
}

void breaks_plant(memory_t *memory, size_t place, int after)
{
    ipus_record_t *record = memory_record(memory);
    planted.record = *record;
    planted.at = &breaks[place];
    planted.left = after;
    planted.went = false;
    record->add = add;
    record->set = set;
    record->take = take;
    record->journal = journal;
}

bool breaks_went(void)
{
    return planted.went;
}
