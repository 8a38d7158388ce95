/* What comes up, what changed, and who did what. */
#include "office/inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { AHEAD_DAYS = 30, AHEAD_MAX = 366, LIMIT = 100, LIMIT_MAX = 1000 };

/* What is asked for; each door uses what it needs. */
typedef struct {
    int64_t of; /* an account or a person; 0: all */
    int64_t after;
    int limit; /* rows, or days */
} asked_t;

/* ---- the day --------------------------------------------------------------------------------- */

static const char *const due_names[] = {
    [IPUS_DUE_PLAN] = "plan",           [IPUS_DUE_CONTACT] = "contact",
    [IPUS_DUE_SUMMARY] = "summary",     [IPUS_DUE_END] = "end",
    [IPUS_DUE_ANSWER] = "answer",       [IPUS_DUE_OFFER] = "offer",
    [IPUS_DUE_RETURN] = "return",       [IPUS_DUE_MEETING] = "meeting",
    [IPUS_DUE_AGREEMENT] = "agreement", [IPUS_DUE_OBJECTION] = "objection",
    [IPUS_DUE_INTAKE] = "intake",       [IPUS_DUE_ASSESSMENT] = "assessment",
    [IPUS_DUE_DELIVERY] = "delivery",   [IPUS_DUE_OUTCOME] = "outcome",
    [IPUS_DUE_APPROVAL] = "approval",   [IPUS_DUE_ACTIVATION] = "activation",
    [IPUS_DUE_WORK] = "work",           [IPUS_DUE_CHECK] = "check",
    [IPUS_DUE_SETTLING] = "settling",   [IPUS_DUE_REORDER] = "reorder",
    [IPUS_DUE_DISPUTE] = "dispute",     [IPUS_DUE_PAYMENT] = "payment",
    [IPUS_DUE_REFUND] = "refund"};

typedef struct {
    json_writer_t writer;
    date_t today;
} day_t;

static bool put_deadline(void *of, const ipus_deadline_t *deadline)
{
    day_t *day = of;
    json_writer_t *writer = &day->writer;
    json_object(writer);
    json_name(writer, "what");
    json_text(writer, span_of(due_names[deadline->what]));
    json_name(writer, "kind");
    json_text(writer, span_of(ipus_kind(deadline->kind)->name));
    json_name(writer, "id");
    json_int(writer, deadline->id);
    json_name(writer, "person");
    if (deadline->person != 0) {
        json_int(writer, deadline->person);
    } else {
        json_null(writer);
    }
    bool waits = date_is_none(deadline->on);
    json_name(writer, "on"); /* the day it is due, or since when it waits */
    json_date(writer, waits ? deadline->since : deadline->on);
    json_name(writer, "waits");
    json_bool(writer, waits);
    json_name(writer, "past");
    json_bool(writer, !waits && date_before(deadline->on, day->today));
    json_name(writer, "missed");
    json_int(writer, deadline->missed);
    json_object_end(writer);
    return !writer->buf->failed;
}

static bool may_do(void *of, ipus_kind_t kind, const char *step)
{
    char permission[80];
    snprintf(permission, sizeof permission, "%s.%s", ipus_kind(kind)->name, step);
    return desk_may(of, permission) != ACCESS_NEVER;
}

static bool run_day(office_call_t *call, ipus_record_t *record)
{
    const asked_t *asked = call->own;
    const ipus_agenda_t agenda = {.account = asked->of,
                                  .provider = call->asker.who.provider,
                                  .today = call->today,
                                  .until = date_add(call->today, asked->limit),
                                  .may = may_do,
                                  .of = &call->asker};
    day_t day = {{&call->out, false}, call->today};
    json_object(&day.writer);
    json_name(&day.writer, "today");
    json_date(&day.writer, call->today);
    json_name(&day.writer, "items");
    json_array(&day.writer);
    ipus_code_t code = ipus_deadlines(record, call->programme, &agenda, put_deadline, &day);
    json_array_end(&day.writer);
    json_name(&day.writer, "not_set");
    json_array(&day.writer);
    const char *term = NULL;
    for (size_t i = 0; (term = ipus_deadline_unset(call->programme, call->today, i)) != NULL; i++) {
        json_text(&day.writer, span_of(term));
    }
    json_array_end(&day.writer);
    json_object_end(&day.writer);
    return code == IPUS_FINE;
}

/* Whoever may see only their own is given that. */
static office_next_t on_day(office_call_t *call)
{
    office_parameter_t query[] = {{"days", SPAN_NONE}, {"all", SPAN_NONE}};
    asked_t *asked = office_own(call, sizeof *asked);
    if (asked == NULL) {
        return OFFICE_REFUSED;
    }
    office_take_query(call, query, 2);
    asked->limit = (int)office_query_number(call, &query[0], AHEAD_MAX, AHEAD_DAYS);
    bool all = span_equal(query[1].value, SPAN("true")) && call->asker.reach == ACCESS_ANY;
    if (query[1].value.at != NULL && !span_equal(query[1].value, SPAN("true")) &&
        !span_equal(query[1].value, SPAN("false"))) {
        office_mistake(call, OFFICE_DETAIL_WANT_FLAG, SPAN("all"), SPAN_NONE, SPAN_NONE);
    }
    asked->of = all ? 0 : call->asker.who.account;
    return office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)
               ? OFFICE_REFUSED
               : office_read(call, run_day, office_then_done);
}

/* ---- changes that anybody may know ----------------------------------------------------------- */

typedef struct {
    json_writer_t writer;
    int64_t cursor;
} changes_t;

static bool put_change(void *of, const store_change_t *change)
{
    changes_t *changes = of;
    json_writer_t *writer = &changes->writer;
    json_object(writer);
    json_name(writer, "cursor");
    json_int(writer, change->cursor);
    json_name(writer, "at");
    office_put_time(writer, change->at);
    json_name(writer, "what");
    json_text(writer, change->what);
    if (change->service.len > 0) {
        json_name(writer, "service");
        json_text(writer, change->service);
        json_name(writer, "from");
        json_date(writer, change->from);
        json_name(writer, "to");
        json_date(writer, change->to);
        json_name(writer, "taken");
        json_thousandths(writer, change->taken);
    } else {
        json_name(writer, "version");
        json_text(writer, change->version);
    }
    json_object_end(writer);
    changes->cursor = change->cursor;
    return !writer->buf->failed;
}

static bool run_changes(office_call_t *call, ipus_record_t *record)
{
    const asked_t *asked = call->own;
    changes_t changes = {{&call->out, false}, asked->after};
    json_object(&changes.writer);
    json_name(&changes.writer, "items");
    json_array(&changes.writer);
    ipus_code_t code = store_changes(record, asked->after, asked->limit, put_change, &changes);
    json_array_end(&changes.writer);
    json_name(&changes.writer, "next");
    json_int(&changes.writer, changes.cursor);
    json_object_end(&changes.writer);
    return code == IPUS_FINE;
}

static office_next_t on_changes(office_call_t *call)
{
    office_parameter_t query[] = {{"since", SPAN_NONE}, {"limit", SPAN_NONE}};
    asked_t *asked = office_own(call, sizeof *asked);
    if (asked == NULL) {
        return OFFICE_REFUSED;
    }
    office_take_query(call, query, 2);
    asked->after = office_query_number(call, &query[0], INT64_MAX, 0);
    asked->limit = office_query_limit(call, &query[1], LIMIT_MAX, LIMIT);
    return office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)
               ? OFFICE_REFUSED
               : office_read(call, run_changes, office_then_done);
}

/* ---- the journal ----------------------------------------------------------------------------- */

typedef struct {
    json_writer_t writer;
    int limit, count;
    int64_t last;
    bool more;
} journal_t;

static bool put_entry(void *of, const store_entry_t *entry)
{
    journal_t *journal = of;
    json_writer_t *writer = &journal->writer;
    journal->more = journal->count++ == journal->limit;
    if (journal->more) {
        return false;
    }
    json_object(writer);
    json_name(writer, "number");
    json_int(writer, entry->number);
    json_name(writer, "at");
    office_put_time(writer, entry->entry.at);
    json_name(writer, "account");
    json_int(writer, entry->entry.account);
    json_name(writer, entry->is_read ? "read" : "step");
    json_text(writer, span_of(entry->is_read ? entry->what : entry->entry.step));
    json_name(writer, "kind");
    json_text(writer, span_of(ipus_kind(entry->entry.kind)->name));
    json_name(writer, "id");
    json_int(writer, entry->entry.id);
    if (!entry->is_read) {
        json_name(writer, "version");
        json_int(writer, entry->entry.version);
        json_name(writer, "overridden");
        json_bool(writer, entry->entry.overridden);
    }
    json_object_end(writer);
    journal->last = entry->number;
    return !writer->buf->failed;
}

/* One more than is told says whether there are more. */
static bool run_journal(office_call_t *call, ipus_record_t *record)
{
    const asked_t *asked = call->own;
    journal_t journal = {.writer = {&call->out, false}, .limit = asked->limit};
    json_object(&journal.writer);
    json_name(&journal.writer, "items");
    json_array(&journal.writer);
    ipus_code_t code =
        store_journal(record, asked->of, asked->after, asked->limit + 1, put_entry, &journal);
    json_array_end(&journal.writer);
    json_name(&journal.writer, "next");
    if (journal.more) {
        json_int(&journal.writer, journal.last);
    } else {
        json_null(&journal.writer);
    }
    json_object_end(&journal.writer);
    return code == IPUS_FINE;
}

static office_next_t on_journal(office_call_t *call)
{
    office_parameter_t query[] = {
        {"person", SPAN_NONE}, {"after", SPAN_NONE}, {"limit", SPAN_NONE}};
    asked_t *asked = office_own(call, sizeof *asked);
    if (asked == NULL) {
        return OFFICE_REFUSED;
    }
    office_take_query(call, query, 3);
    asked->of = office_query_number(call, &query[0], INT64_MAX, 0);
    asked->after = office_query_number(call, &query[1], INT64_MAX, 0);
    asked->limit = office_query_limit(call, &query[2], LIMIT_MAX, LIMIT);
    return office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)
               ? OFFICE_REFUSED
               : office_read(call, run_journal, office_then_done);
}

/* ---- the doors ------------------------------------------------------------------------------- */

static const office_door_t doors[] = {
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/my-day",
     .permission = "my-day.read",
     .handler = on_day,
     .kind = IPUS_KIND_COUNT,
     .summary = "What comes up, and what is past."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/changes",
     .handler = on_changes,
     .flags = OFFICE_PUBLIC,
     .kind = IPUS_KIND_COUNT,
     .summary = "Public changes after a cursor."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/journal",
     .permission = "journal.read",
     .handler = on_journal,
     .kind = IPUS_KIND_COUNT,
     .summary = "Who did and who read what."},
};

office_doors_t office_doors_of_reading(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
