/* okienko demo: an empty record is filled with a year of an office that never was. */
#include "app/commands.h"
#include "app/record.h"
#include "life/life.h"

#define PERSONS 3000
#define PERSONS_MOST 100000
#define DAYS 365
#define DAYS_MOST 3660
#define ACCOUNTS_MOST 64
#define PASSWORD_LEN 16
#define LOGIN_LEN 40

static const option_t demo_options[] = {
    {"--persons", "N", false, {"ile osób (3000)", "how many people (3000)"}},
    {"--from",
     "DATE",
     false,
     {"pierwszy dzień (rok przed dzisiejszym)", "the first day (a year before today)"}},
    {"--days", "N", false, {"ile dni (365)", "how many days (365)"}},
    {"--seed",
     "N",
     false,
     {"to samo ziarno, ten sam rejestr (1)", "the same seed, the same record (1)"}},
    OPTION_PLUGINS,
    OPTION_DATA,
};

typedef struct {
    int64_t id;
    char login[LOGIN_LEN + 1], role[16], password[PASSWORD_LEN + 1], hash[VAULT_PASSWORD_HASH];
} account_t;

typedef struct {
    record_work_t base; /* first */
    life_t *life;
    ipus_record_t *rows; /* of the transaction at work */
    bool begins, over;
    account_t accounts[ACCOUNTS_MOST];
    size_t account_count;
    int64_t counts[IPUS_KIND_COUNT];
} demo_t;

/* ---- the record as life's port --------------------------------------------------------------- */

typedef struct {
    const ipus_command_t *command;
    ipus_answer_t *answer;
    bool *done; /* of the daily work, else NULL */
} part_t;

static bool run_part(void *of, ipus_record_t *rows)
{
    const part_t *part = of;
    return part->done != NULL ? ipus_daily(part->command, rows, part->done, part->answer)
                              : ipus_run(part->command, rows, part->answer);
}

static ipus_record_t *life_rows_of(void *context)
{
    return ((demo_t *)context)->rows;
}

/* Neither done nor refused: then the record broke, be it at the part's beginning or its end. */
static bool run_in(const demo_t *demo, part_t *part)
{
    part->answer->refused = false;
    bool did = store_part(demo->rows, run_part, part);
    if (!did && !part->answer->refused) {
        part->answer->code = IPUS_BROKEN;
    }
    return did;
}

static bool run_step(void *context, const ipus_command_t *command, ipus_answer_t *answer)
{
    return run_in(context, &(part_t){command, answer, NULL});
}

static bool run_daily(void *context, const ipus_command_t *command, bool *done,
                      ipus_answer_t *answer)
{
    return run_in(context, &(part_t){command, answer, done});
}

/* ---- transactions ---------------------------------------------------------------------------- */

static bool note_row(void *of, const ipus_row_t *row)
{
    *(int64_t *)of = row->id;
    return false;
}

/* Ids of a kind are 1 to the last, as nothing is ever deleted. */
static bool count_rows(demo_t *demo)
{
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        ipus_query_t query = IPUS_QUERY((ipus_kind_t)kind);
        query.descending = true;
        query.limit = 1;
        demo->counts[kind] = 0;
        if (demo->rows->find(demo->rows->context, &query, note_row, &demo->counts[kind]) !=
            IPUS_FINE) {
            return false;
        }
    }
    return true;
}

static bool run_count(store_work_t *work, ipus_record_t *rows)
{
    demo_t *demo = (demo_t *)work;
    demo->rows = rows;
    return count_rows(demo);
}

/* A day is one transaction. */
static bool run_day(store_work_t *work, ipus_record_t *rows)
{
    demo_t *demo = (demo_t *)work;
    const life_port_t port = {demo, life_rows_of, run_step, run_daily};
    demo->rows = rows;
    return demo->begins ? life_begin(demo->life, &port) : life_day(demo->life, &port, &demo->over);
}

static bool keep_account(void *of, const ipus_row_t *row)
{
    demo_t *demo = of;
    account_t *account = &demo->accounts[demo->account_count++];
    span_t login = ipus_text(row, ACCOUNT_LOGIN);
    span_t role = ipus_choice(ipus_kind(IPUS_ACCOUNT)->fields[ACCOUNT_ROLE].choices,
                              ipus_number(row, ACCOUNT_ROLE));
    account->id = row->id;
    if (login.len > 0) {
        memcpy(account->login, login.at, login.len < LOGIN_LEN ? login.len : LOGIN_LEN);
    }
    memcpy(account->role, role.at, role.len < sizeof account->role ? role.len : 0);
    return demo->account_count < ACCOUNTS_MOST;
}

static bool run_find_accounts(store_work_t *work, ipus_record_t *rows)
{
    demo_t *demo = (demo_t *)work;
    const ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    demo->account_count = 0;
    return rows->find(rows->context, &query, keep_account, demo) == IPUS_FINE;
}

static bool run_passwords(store_work_t *work, ipus_record_t *rows)
{
    demo_t *demo = (demo_t *)work;
    ipus_answer_t answer;
    for (size_t i = 0; i < demo->account_count; i++) {
        ipus_command_t command =
            app_record_command(demo->base.record, IPUS_ACCOUNT, "password", demo->accounts[i].id);
        command.today = life_today(demo->life);
        ipus_set_text(&command.given, ACCOUNT_PASSWORD, span_of(demo->accounts[i].hash));
        if (!app_record_step(&demo->base, &command, rows, &answer)) {
            return false;
        }
    }
    return true;
}

static int transact(record_t *record, demo_t *demo, bool (*run)(store_work_t *, ipus_record_t *),
                    bool writes)
{
    demo->base.work.run = run;
    return app_record_run(record, &demo->base, writes);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static int make_accounts(record_t *record, demo_t *demo)
{
    int code = transact(record, demo, run_find_accounts, false);
    for (size_t i = 0; i < demo->account_count && code == APP_FINE; i++) {
        account_t *account = &demo->accounts[i];
        vault_code(account->password, PASSWORD_LEN);
        if (!vault_password_hash(span_of(account->password), account->hash)) {
            app_message_print(stderr, MESSAGE_NO_MEMORY);
            code = APP_FAULTS;
        }
    }
    return code == APP_FINE ? transact(record, demo, run_passwords, true) : code;
}

static void tell(const options_t *options, const demo_t *demo)
{
    static const ipus_kind_t told[] = {
        IPUS_PERSON,  IPUS_STATEMENT, IPUS_APPLICATION, IPUS_DECISION, IPUS_PLAN,
        IPUS_GRANTED, IPUS_CARD,      IPUS_WAITING,     IPUS_ORDER,    IPUS_DELIVERY,
        IPUS_CHARGE,  IPUS_PAYMENT,   IPUS_CONTACT,     IPUS_PROVIDER};
    char day[DATE_TEXT_LEN + 1];
    date_text(date_add(life_today(demo->life), -1), day);
    app_message_print(stdout, MESSAGE_DEMO_MADE, options->arguments[0], day);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        printf("  %-14s %lld\n", ipus_kind(told[i])->plural, (long long)demo->counts[told[i]]);
    }
    app_message_print(stdout, MESSAGE_DEMO_ACCOUNTS);
    for (size_t i = 0; i < demo->account_count; i++) {
        const account_t *account = &demo->accounts[i];
        printf("  %-14s %-10s %s\n", account->login, account->role, account->password);
    }
}

static int live(record_t *record, demo_t *demo)
{
    demo->begins = true;
    int code = transact(record, demo, run_day, true);
    for (demo->begins = false; code == APP_FINE && !demo->over;) {
        code = transact(record, demo, run_day, true);
    }
    code = code == APP_FINE ? make_accounts(record, demo) : code;
    return code == APP_FINE ? transact(record, demo, run_count, false) : code;
}

/* ---- the command line ------------------------------------------------------------------------ */

static int number_of(const options_t *options, const char *name, int64_t otherwise, int64_t most,
                     int64_t *number)
{
    uint64_t given = 0;
    const char *text = app_options_value(options, name, NULL);
    *number = otherwise;
    if (text == NULL) {
        return APP_FINE;
    }
    if (!span_number(span_of(text), (uint64_t)most, &given) || given == 0) {
        app_message_print(stderr, MESSAGE_DEMO_NUMBER, name, (long long)most);
        return APP_USAGE;
    }
    *number = (int64_t)given;
    return APP_FINE;
}

/* Up to the day before the one on which the office works: today, or a day like it inside the
 * programme's period. */
static int period_of(const options_t *options, const registry_programme_t *programme,
                     life_options_t *life)
{
    const char *text = app_options_value(options, "--from", NULL);
    date_t today = registry_day(programme, clock_today(clock_system()), true);
    life->from = date_add(today, -life->days);
    if (text == NULL && date_before(life->from, programme->from)) {
        life->from = programme->from;
    }
    if (text != NULL && !date_parse(span_of(text), &life->from)) {
        app_message_print(stderr, MESSAGE_DEMO_DATE, text);
        return APP_USAGE;
    }
    if (date_before(life->from, programme->from) ||
        date_before(programme->to, date_add(life->from, life->days - 1))) {
        char from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
        date_text(programme->from, from);
        date_text(programme->to, to);
        app_message_print(stderr, MESSAGE_DEMO_PERIOD, from, to);
        return APP_USAGE;
    }
    return APP_FINE;
}

static int read_options(const options_t *options, record_t *record, life_options_t *life)
{
    int64_t days = 0, seed = 0;
    int code = number_of(options, "--persons", PERSONS, PERSONS_MOST, &life->persons);
    code = code == APP_FINE ? number_of(options, "--days", DAYS, DAYS_MOST, &days) : code;
    code = code == APP_FINE ? number_of(options, "--seed", 1, INT64_C(1000000000000), &seed) : code;
    life->days = (int32_t)days;
    life->seed = (uint64_t)seed;
    life->programme = plugin_programme(record->generation);
    life->functions = plugin_functions(record->generation);
    return code == APP_FINE ? period_of(options, life->programme, life) : code;
}

static int life_fill(const options_t *options, record_t *record, demo_t *demo)
{
    life_options_t life = {.mischief = 0};
    int code = read_options(options, record, &life);
    code = code == APP_FINE ? transact(record, demo, run_count, false) : code;
    if (code != APP_FINE) {
        return code;
    }
    if (demo->counts[IPUS_PERSON] > 0 || demo->counts[IPUS_ACCOUNT] > 0) {
        app_message_print(stderr, MESSAGE_DEMO_NOT_EMPTY, options->arguments[0]);
        return APP_FAULTS;
    }
    demo->life = life_new(&life);
    if (demo->life == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    code = live(record, demo);
    if (code == APP_FINE) {
        tell(options, demo);
    }
    vault_wipe(demo->accounts, sizeof demo->accounts);
    life_free(demo->life);
    return code;
}

static int run_demo(const options_t *options)
{
    record_t record = {0};
    demo_t demo = {.over = false};
    int code = app_record_make(&record, options, options->arguments[0], MESSAGE_INSTEAD_DEMO);
    code = code == APP_FINE ? life_fill(options, &record, &demo) : code;
    app_record_close(&record);
    return code;
}

const command_t app_command_demo = {
    "demo",
    "PROGRAMME",
    {"wypełnia pusty rejestr zmyślonym rokiem pracy, do wypróbowania",
     "fills an empty record with a made-up year of work, to try things out"},
    demo_options,
    sizeof demo_options / sizeof demo_options[0],
    1,
    1,
    run_demo};
