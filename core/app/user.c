/* okienko user: accounts, where no server runs yet or nobody can sign in any more. */
#include "access/access.h"
#include "app/commands.h"
#include "app/record.h"
#include "app/secret.h"
#include "base/text.h"
#include "desk/desk.h"
#include "json/json.h"

#include <stdlib.h>

static const option_t user_options[] = {
    {"--role",
     "ROLE",
     false,
     {"rola: kipus, ous, director, provider, editor, iod, admin",
      "the role: kipus, ous, director, provider, editor, iod, admin"}},
    {"--name", "NAME", false, {"imię i nazwisko (login)", "the name (the login)"}},
    {"--provider",
     "ID",
     false,
     {"wykonawca, do którego należy konto z rolą provider",
      "the provider whose account it is, for the role provider"}},
    OPTION_DATA,
    OPTION_PLUGINS,
    OPTION_JSON,
};

typedef struct {
    record_work_t base;
    ipus_command_t command; /* of add */
    span_t login;
    char hash[VAULT_PASSWORD_HASH];
    int64_t id;
    ipus_row_t *rows; /* of list, in `arena` */
    size_t count;
    json_writer_t *json;
    buf_t out;
} user_work_t;

/* ---- the password ---------------------------------------------------------------------------- */

static int hash_of(const secret_t *password, const char *login, char hash[VAULT_PASSWORD_HASH])
{
    span_t text = secret_span(password);
    if (!text_is_plain(text, false) || !access_password_will_do(text, span_of(login))) {
        app_message_print(stderr, MESSAGE_PASSWORD_WEAK, ACCESS_PASSWORD_MIN,
                          ACCESS_PASSWORD_BYTES);
        return APP_FAULTS;
    }
    if (!vault_password_hash(text, hash)) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
        return APP_FAULTS;
    }
    return APP_FINE;
}

/* Asked for twice where it is typed unseen. */
static int read_password(const char *login, char hash[VAULT_PASSWORD_HASH])
{
    secret_t first, second;
    int code = APP_FAULTS;
    if (!app_secret_read(&first, MESSAGE_PASSWORD)) {
        app_message_print(stderr, MESSAGE_PASSWORD_NONE, ACCESS_PASSWORD_MIN,
                          ACCESS_PASSWORD_BYTES);
    } else if (app_secret_is_typed() && !(app_secret_read(&second, MESSAGE_PASSWORD_AGAIN) &&
                                          span_equal(secret_span(&first), secret_span(&second)))) {
        app_message_print(stderr, MESSAGE_PASSWORD_DIFFERS);
    } else {
        code = hash_of(&first, login, hash);
    }
    app_secret_wipe(&first);
    app_secret_wipe(&second);
    return code;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static bool keep_id(void *of, const ipus_row_t *row)
{
    *(int64_t *)of = row->id;
    return false;
}

static bool find_account(user_work_t *user, ipus_record_t *rows)
{
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    ipus_query_text(&query, ACCOUNT_LOGIN, user->login);
    user->id = 0;
    if (rows->find(rows->context, &query, keep_id, &user->id) != IPUS_FINE) {
        return false;
    }
    return user->id != 0 || app_record_refuse(&user->base, MESSAGE_NO_ACCOUNT);
}

static bool set_password(user_work_t *user, ipus_record_t *rows)
{
    ipus_answer_t answer;
    ipus_command_t command =
        app_record_command(user->base.record, IPUS_ACCOUNT, "password", user->id);
    ipus_set_text(&command.given, ACCOUNT_PASSWORD, span_of(user->hash));
    return app_record_step(&user->base, &command, rows, &answer);
}

static bool run_add(store_work_t *work, ipus_record_t *rows)
{
    user_work_t *user = (user_work_t *)work;
    ipus_answer_t answer;
    if (!app_record_step(&user->base, &user->command, rows, &answer)) {
        return false;
    }
    user->id = answer.row.id;
    return set_password(user, rows);
}

/* Whoever came in with the old one is out. */
static bool run_password(store_work_t *work, ipus_record_t *rows)
{
    user_work_t *user = (user_work_t *)work;
    const ipus_command_t like = app_record_command(user->base.record, IPUS_TOKEN, "revoke", 0);
    return find_account(user, rows) && set_password(user, rows) &&
           desk_revoke(&like, rows, user->id, 0);
}

static bool run_disable(store_work_t *work, ipus_record_t *rows)
{
    user_work_t *user = (user_work_t *)work;
    ipus_answer_t answer;
    if (!find_account(user, rows)) {
        return false;
    }
    const ipus_command_t command =
        app_record_command(user->base.record, IPUS_ACCOUNT, "disable", user->id);
    return app_record_step(&user->base, &command, rows, &answer);
}

static int tell(const options_t *options, const user_work_t *user, message_t message)
{
    if (!app_options_given(options, "--json")) {
        app_message_print(stdout, message, SPAN_ARGS(user->login));
        return APP_FINE;
    }
    buf_t out = {0};
    json_writer_t json = {.buf = &out};
    json_object(&json);
    json_name(&json, "id");
    json_int(&json, user->id);
    json_name(&json, "login");
    json_text(&json, user->login);
    json_object_end(&json);
    buf_byte(&out, '\n');
    return app_record_print(&out);
}

/* ---- add ------------------------------------------------------------------------------------- */

static int give_role(ipus_row_t *row, const char *role)
{
    const char *choices = ipus_kind(IPUS_ACCOUNT)->fields[ACCOUNT_ROLE].choices;
    int place = role == NULL ? -1 : ipus_choice_place(choices, span_of(role));
    if (place < 0) {
        app_message_print(stderr, MESSAGE_ROLE, choices);
        return APP_USAGE;
    }
    ipus_set(row, ACCOUNT_ROLE, place);
    return APP_FINE;
}

static int give_provider(ipus_row_t *row, const char *provider)
{
    uint64_t id = 0;
    if (provider != NULL && (!span_number(span_of(provider), INT64_MAX, &id) || id == 0)) {
        app_message_print(stderr, MESSAGE_NUMBER, "--provider");
        return APP_USAGE;
    }
    if (provider != NULL) {
        ipus_set(row, ACCOUNT_PROVIDER, (int64_t)id);
    }
    return APP_FINE;
}

static int give_all(const options_t *options, ipus_row_t *row)
{
    const char *login = options->arguments[2];
    int code = app_record_give(row, ACCOUNT_LOGIN, login);
    code = code == APP_FINE
               ? app_record_give(row, ACCOUNT_NAME, app_options_value(options, "--name", login))
               : code;
    code = code == APP_FINE ? give_role(row, app_options_value(options, "--role", NULL)) : code;
    return code == APP_FINE ? give_provider(row, app_options_value(options, "--provider", NULL))
                            : code;
}

static int add(const options_t *options, record_t *record)
{
    user_work_t user = {.base.work.run = run_add, .login = span_of(options->arguments[2])};
    ipus_row_t given = {.kind = IPUS_ACCOUNT};
    int code = give_all(options, &given);
    code = code == APP_FINE
               ? app_record_make(record, options, options->arguments[1], MESSAGE_INSTEAD_ADD)
               : code;
    code = code == APP_FINE ? read_password(options->arguments[2], user.hash) : code;
    if (code == APP_FINE) {
        user.command = app_record_command(record, IPUS_ACCOUNT, "make", 0);
        user.command.given = given;
        code = app_record_run(record, &user.base, true);
    }
    return code == APP_FINE ? tell(options, &user, MESSAGE_USER_ADDED) : code;
}

/* ---- password, disable ----------------------------------------------------------------------- */

static int password(const options_t *options, record_t *record)
{
    user_work_t user = {.base.work.run = run_password, .login = span_of(options->arguments[2])};
    int code =
        app_record_open_alone(record, options, options->arguments[1], MESSAGE_INSTEAD_PASSWORD);
    code = code == APP_FINE ? read_password(options->arguments[2], user.hash) : code;
    code = code == APP_FINE ? app_record_run(record, &user.base, true) : code;
    return code == APP_FINE ? tell(options, &user, MESSAGE_USER_PASSWORD) : code;
}

static int disable(const options_t *options, record_t *record)
{
    user_work_t user = {.base.work.run = run_disable, .login = span_of(options->arguments[2])};
    int code =
        app_record_open_alone(record, options, options->arguments[1], MESSAGE_INSTEAD_DISABLE);
    code = code == APP_FINE ? app_record_run(record, &user.base, true) : code;
    return code == APP_FINE ? tell(options, &user, MESSAGE_USER_DISABLED) : code;
}

/* ---- list ------------------------------------------------------------------------------------ */

static void put_member(json_writer_t *json, const ipus_row_t *row, int field)
{
    const ipus_field_t *spec = &ipus_kind(IPUS_ACCOUNT)->fields[field];
    json_name(json, spec->name);
    if (!ipus_has(row, field)) {
        json_null(json);
    } else if (spec->choices != NULL) {
        json_text(json, ipus_choice(spec->choices, ipus_number(row, field)));
    } else if (ipus_is_text(spec->type)) {
        json_text(json, ipus_text(row, field));
    } else {
        json_int(json, ipus_number(row, field));
    }
}

static bool put_account(void *of, const ipus_row_t *row)
{
    user_work_t *user = of;
    static const int fields[] = {ACCOUNT_LOGIN, ACCOUNT_NAME, ACCOUNT_ROLE, ACCOUNT_PROVIDER,
                                 ACCOUNT_STATE};
    const ipus_field_t *specs = ipus_kind(IPUS_ACCOUNT)->fields;
    if (user->json == NULL) {
        buf_print(
            &user->out, "%-24.*s %-10.*s %-10.*s %.*s\n", SPAN_ARGS(ipus_text(row, ACCOUNT_LOGIN)),
            SPAN_ARGS(ipus_choice(specs[ACCOUNT_ROLE].choices, ipus_number(row, ACCOUNT_ROLE))),
            SPAN_ARGS(ipus_choice(specs[ACCOUNT_STATE].choices, ipus_number(row, ACCOUNT_STATE))),
            SPAN_ARGS(ipus_text(row, ACCOUNT_NAME)));
        return true;
    }
    json_object(user->json);
    json_name(user->json, "id");
    json_int(user->json, row->id);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        put_member(user->json, row, fields[i]);
    }
    json_object_end(user->json);
    return true;
}

static bool run_list(store_work_t *work, ipus_record_t *rows)
{
    user_work_t *user = (user_work_t *)work;
    ipus_query_t query = IPUS_QUERY(IPUS_ACCOUNT);
    query.open = true;
    return rows->find(rows->context, &query, put_account, user) == IPUS_FINE;
}

static int list(const options_t *options, record_t *record)
{
    user_work_t user = {.base.work.run = run_list};
    json_writer_t json = {.buf = &user.out};
    int code = app_record_open(record, options, options->arguments[1]);
    if (code != APP_FINE) {
        return code;
    }
    if (app_options_given(options, "--json")) {
        user.json = &json;
        json_array(&json);
    }
    code = app_record_run(record, &user.base, false);
    if (user.json != NULL) {
        json_array_end(&json);
        buf_byte(&user.out, '\n');
    }
    if (code != APP_FINE) {
        buf_free(&user.out);
        return code;
    }
    return app_record_print(&user.out);
}

/* ---- the command ----------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t arguments;
    bool makes;
    int (*run)(const options_t *options, record_t *record);
} verbs[] = {{"add", 3, true, add},
             {"list", 2, false, list},
             {"password", 3, false, password},
             {"disable", 3, false, disable}};

static int run_user(const options_t *options)
{
    static const char *const of_add[] = {"--role", "--name", "--provider"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, options->arguments[0]) != 0) {
            continue;
        }
        if (!app_options_fit(options, verbs[i].arguments, verbs[i].arguments, of_add,
                             verbs[i].makes ? 0 : 3)) {
            return APP_USAGE;
        }
        record_t record = {0};
        int code = verbs[i].run(options, &record);
        app_record_close(&record);
        return code;
    }
    return app_options_refuse(options, options->arguments[0]);
}

const command_t app_command_user = {
    "user",
    "add PROGRAM LOGIN | list PROGRAM | password PROGRAM LOGIN | disable PROGRAM LOGIN",
    {"zakłada i wyłącza konta w rejestrze programu; hasło czyta ze standardowego wejścia",
     "makes and disables accounts of a programme's record; reads a password from standard input"},
    user_options,
    sizeof user_options / sizeof user_options[0],
    2,
    3,
    run_user};
