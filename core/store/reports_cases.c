/* Reports on applications, plans and what came of them. */
#include "store/reports.h"

/* ---- applications ---------------------------------------------------------------------------- */

static const char applications_sql[] =
    "SELECT channel, state, received_on, (SELECT min(d.made_at) FROM decisions AS d"
    " WHERE d.application = a.id) FROM applications AS a WHERE received_on BETWEEN ?1 AND ?2"
    " ORDER BY channel, state";
static const char referrals_sql[] = "SELECT NULL, about, count(*), NULL, NULL FROM referrals"
                                    " WHERE on_day BETWEEN ?1 AND ?2 GROUP BY about ORDER BY about";

/* Applications by one channel in one state; ids are copied, for a statement forgets its row. */
typedef struct {
    char channel[32], state[32];
    int64_t count, decided, days;
} heap_t;

static void copy_id(char *to, size_t size, span_t id)
{
    size_t len = id.len < size ? id.len : size - 1;
    if (len > 0) {
        memcpy(to, id.at, len);
    }
    to[len] = '\0';
}

static bool is_same(const char *id, span_t other)
{
    return span_equal(span_of(id), (span_t){other.at, other.at == NULL ? 0 : other.len});
}

static void give_heap(report_t *report, const heap_t *heap)
{
    if (heap->count == 0) {
        return;
    }
    store_report_id(report, 0, heap->channel[0] == '\0' ? SPAN_NONE : span_of(heap->channel));
    store_report_id(report, 1, span_of(heap->state));
    store_report_number(report, 2, heap->count);
    store_report_number(report, 3, heap->decided);
    store_report_number(report, 4, heap->decided > 0 ? heap->days * 1000 / heap->decided : 0);
    report->cells[4].is_null = heap->decided == 0;
    (void)store_report_row(report);
}

static void add_application(heap_t *heap, sqlite3_stmt *statement)
{
    heap->count++;
    if (sqlite3_column_type(statement, 3) != SQLITE_NULL) {
        date_t decided = clock_warsaw_date(sqlite3_column_int64(statement, 3));
        heap->decided++;
        heap->days += decided.days - store_db_day(statement, 2).days;
    }
}

ipus_code_t store_report_applications(report_t *report)
{
    sqlite3_stmt *statement =
        store_report_statement(report, applications_sql, report->from, report->to);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    heap_t heap = {0};
    int step = SQLITE_DONE;
    while (!report->stopped && (step = store_db_step(report->db, statement)) == SQLITE_ROW) {
        span_t channel = store_db_bytes(statement, 0), state = store_db_bytes(statement, 1);
        if (!is_same(heap.channel, channel) || !is_same(heap.state, state)) {
            give_heap(report, &heap);
            heap = (heap_t){0};
            copy_id(heap.channel, sizeof heap.channel, channel);
            copy_id(heap.state, sizeof heap.state, state);
        }
        add_application(&heap, statement);
    }
    store_db_done(statement);
    if (step != SQLITE_ROW && step != SQLITE_DONE) {
        return IPUS_BROKEN;
    }
    give_heap(report, &heap);
    return store_report_rows(report, referrals_sql);
}

/* ---- the summary ----------------------------------------------------------------------------- */

#define MEASURES_MAX 6

typedef struct {
    const char *words[MEASURES_MAX]; /* a column each */
    const char *sql;
} measures_t;

/* All in thousandths. */
static const measures_t before_contacts[] = {
    {{"plans-made", "plans-amended", "plans-finished", "plans-terminated"},
     "SELECT count(iif(amends IS NULL AND drawn_on BETWEEN ?1 AND ?2, 1, NULL)) * 1000,"
     " count(iif(state = 'amended' AND ended_on BETWEEN ?1 AND ?2, 1, NULL)) * 1000,"
     " count(iif(state = 'finished' AND ended_on BETWEEN ?1 AND ?2, 1, NULL)) * 1000,"
     " count(iif(state = 'terminated' AND ended_on BETWEEN ?1 AND ?2, 1, NULL)) * 1000"
     " FROM plans"},
    {{"plans-active"},
     "SELECT count(DISTINCT p.number) * 1000 FROM plans AS p"
     " JOIN journal AS j ON j.kind = 'plans' AND j.step = 'activate' AND j.row = p.id"
     " AND j.at < ?4 WHERE (p.ended_on IS NULL OR p.ended_on > ?2)"},
    {{"plan-days"},
     "SELECT CAST(avg(julianday(p.approved_on) - julianday(a.received_on)) * 1000 AS INTEGER)"
     " FROM plans AS p JOIN applications AS a ON a.id = p.application"
     " WHERE p.amends IS NULL AND p.approved_on BETWEEN ?1 AND ?2"},
};

static const measures_t after_contacts[] = {
    {{"meetings", "summaries"},
     "SELECT count(iif(about = 'meeting', 1, NULL)) * 1000,"
     " count(iif(about = 'summary', 1, NULL)) * 1000 FROM meetings"
     " WHERE on_day BETWEEN ?1 AND ?2"},
    {{"surveys", "satisfaction"},
     "SELECT count(*) * 1000, sum(score) * 1000 / count(*) FROM surveys"
     " WHERE on_day BETWEEN ?1 AND ?2"},
    {{"orders", "orders-done", "orders-refused", "orders-not-done", "orders-cancelled", "no-shows"},
     "SELECT count(*) * 1000, count(done_on) * 1000,"
     " count(iif(state = 'refused', 1, NULL)) * 1000,"
     " count(iif(state = 'not_done' OR state = 'settled' AND done_on IS NULL, 1, NULL)) * 1000,"
     " count(iif(state = 'cancelled', 1, NULL)) * 1000,"
     " count(iif(no_show = 1 AND counts = 1, 1, NULL)) * 1000"
     " FROM orders WHERE planned_on BETWEEN ?1 AND ?2"},
    {{"beyond-pools"},
     "SELECT count(DISTINCT granted) * 1000 FROM allotments WHERE over > 0"
     " AND made_at >= ?3 AND made_at < ?4"},
    {{"beyond-limits"},
     "SELECT count(*) * 1000 FROM orders WHERE over_limit = 1 AND planned_on BETWEEN ?1 AND ?2"},
    {{"overridden-decisions"},
     "SELECT count(*) * 1000 FROM decisions WHERE overrides = 1"
     " AND made_at >= ?3 AND made_at < ?4"},
    {{"jumps"},
     "SELECT count(*) * 1000 FROM journal WHERE kind = 'waiting' AND step = 'pass'"
     " AND at >= ?3 AND at < ?4"},
};

static void give_measure(report_t *report, const char *word, int64_t value, bool is_null)
{
    store_report_id(report, 0, span_of(word));
    report->cells[1] = (store_cell_t){.is_null = is_null, .number = value};
    (void)store_report_row(report);
}

/* An average of nothing is null. */
static ipus_code_t measure_all(report_t *report, const measures_t *measures, size_t count)
{
    for (size_t i = 0; i < count && !report->stopped; i++) {
        sqlite3_stmt *statement =
            store_report_statement(report, measures[i].sql, report->from, report->to);
        if (statement == NULL || store_db_step(report->db, statement) != SQLITE_ROW) {
            sqlite3_reset(statement);
            return IPUS_BROKEN;
        }
        for (int j = 0; j < MEASURES_MAX && measures[i].words[j] != NULL; j++) {
            bool is_null = sqlite3_column_type(statement, j) == SQLITE_NULL;
            give_measure(report, measures[i].words[j], sqlite3_column_int64(statement, j), is_null);
        }
        store_db_done(statement);
    }
    return IPUS_FINE;
}

/* ---- contacts in time ------------------------------------------------------------------------ */

/* All editions of a plan are one: the next goes on with the contacts of the one before. */
static const char contacts_sql[] =
    "WITH begun AS (SELECT row, min(at) AS since FROM journal"
    " WHERE kind = 'plans' AND step = 'activate' AND at < ?4 GROUP BY row),"
    " whole AS (SELECT p.number, min(b.since) AS since, max(p.contact_months) AS months,"
    " iif(count(*) = count(p.ended_on), max(p.ended_on), NULL) AS ended_on FROM plans AS p"
    " JOIN begun AS b ON b.row = p.id GROUP BY p.number)"
    " SELECT w.number, w.since, w.months, w.ended_on, c.on_day FROM whole AS w"
    " JOIN plans AS p ON p.number = w.number LEFT JOIN contacts AS c ON c.plan = p.id"
    " AND c.on_day <= ?2 ORDER BY w.number, c.on_day";

typedef struct {
    char number[48];
    date_t base, last, ended; /* where the rhythm runs from; the contact before; the plan's end */
    int64_t months;           /* 0: no contacts are due */
    int64_t due, kept;
} contacts_t;

/* The deadlines before a contact, or to the end of the report. One is kept by whatever contacts
 * there were since it began to run, and the next runs from the last of them; missed, it comes round
 * again after the same months. So calls between two deadlines add none, and a year of silence
 * misses each of its four. */
static void look_at(const report_t *report, contacts_t *contacts, date_t contact)
{
    if (contacts->months <= 0 || date_is_none(contacts->base)) {
        return;
    }
    date_t until = date_is_none(contact) ? date_add(report->to, 1) : contact;
    date_t due = date_add_months(contacts->base, (int)contacts->months);
    while (date_before(due, until) && !date_before(contacts->ended, due)) {
        bool kept = date_before(contacts->base, contacts->last);
        bool counts = date_within(due, report->from, report->to);
        contacts->due += counts;
        contacts->kept += counts && kept;
        contacts->base = kept ? contacts->last : due;
        due = date_add_months(contacts->base, (int)contacts->months);
    }
}

static void begin_plan(const report_t *report, contacts_t *contacts, sqlite3_stmt *row)
{
    date_t since = clock_warsaw_date(sqlite3_column_int64(row, 1)), ended = store_db_day(row, 3);
    const registry_row_t *term =
        registry_term_on(report->programme, TERM_CONTACT_EVERY_MONTHS, since);
    copy_id(contacts->number, sizeof contacts->number, store_db_bytes(row, 0));
    contacts->months = sqlite3_column_int64(row, 2);
    if (contacts->months == 0 && term != NULL) {
        contacts->months = term->value.number;
    }
    contacts->base = contacts->last = since;
    contacts->ended = date_is_none(ended) ? DATE_NEVER : ended;
}

static ipus_code_t measure_contacts(report_t *report)
{
    sqlite3_stmt *row = store_report_statement(report, contacts_sql, report->from, report->to);
    if (row == NULL) {
        return IPUS_BROKEN;
    }
    contacts_t contacts = {.base = DATE_NONE, .last = DATE_NONE};
    int step = SQLITE_DONE;
    while ((step = store_db_step(report->db, row)) == SQLITE_ROW) {
        if (!is_same(contacts.number, store_db_bytes(row, 0))) {
            look_at(report, &contacts, DATE_NONE);
            begin_plan(report, &contacts, row);
        }
        date_t contact = store_db_day(row, 4);
        if (!date_is_none(contact)) {
            look_at(report, &contacts, contact);
            contacts.last = contact;
        }
    }
    store_db_done(row);
    look_at(report, &contacts, DATE_NONE);
    give_measure(report, "contacts-due", contacts.due * 1000, false);
    give_measure(report, "contacts-kept", contacts.kept * 1000, false);
    return step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

ipus_code_t store_report_summary(report_t *report)
{
    ipus_code_t code =
        measure_all(report, before_contacts, sizeof before_contacts / sizeof *before_contacts);
    code = code == IPUS_FINE ? measure_contacts(report) : code;
    return code == IPUS_FINE
               ? measure_all(report, after_contacts, sizeof after_contacts / sizeof *after_contacts)
               : code;
}
