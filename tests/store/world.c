#include "world.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

world_t world;

static int64_t wall(clock_port_t *clock)
{
    (void)clock;
    return NOW;
}

static uint64_t monotonic(clock_port_t *clock)
{
    (void)clock;
    return clock_system()->monotonic(clock_system());
}

static clock_port_t fixed_clock = {wall, monotonic};

static void empty(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry = NULL;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (entries != NULL) {
        closedir(entries);
    }
    rmdir(folder);
}

void world_open(void)
{
    buf_t why = {0};
    world.store = store_open(NULL, &world.options, false, &why);
    if (world.store == NULL) {
        fail_msg("%.*s", SPAN_ARGS(buf_span(&why)));
    }
    buf_free(&why);
}

void world_close(void)
{
    if (world.store != NULL) {
        store_close(world.store, NULL, NULL);
        world.store = NULL;
    }
}

void world_reopen(void)
{
    world_close();
    world_open();
}

int world_make_folder(void **state)
{
    (void)state;
    memset(&world, 0, sizeof world);
    snprintf(world.data, sizeof world.data, "/tmp/okienko-store-XXXXXX");
    if (mkdtemp(world.data) == NULL) {
        return -1;
    }
    char key[100];
    snprintf(world.folder, sizeof world.folder, "%s/town", world.data);
    snprintf(key, sizeof key, "%s/server.key", world.data);
    buf_t why = {0};
    world.vault = vault_open(key, true, false, &why);
    buf_free(&why);
    world.options = (store_options_t){
        .folder = world.folder, .programme = "town", .vault = world.vault, .clock = &fixed_clock};
    return world.vault == NULL || (mkdir(world.folder, 0700) != 0) ? -1 : 0;
}

int world_make(void **state)
{
    if (world_make_folder(state) != 0) {
        return -1;
    }
    world_open();
    return 0;
}

int world_remove(void **state)
{
    (void)state;
    world_close();
    vault_close(world.vault);
    empty(world.folder);
    empty(world.data);
    return 0;
}

const char *world_file(const char *name)
{
    static char path[260];
    snprintf(path, sizeof path, "%s/%s", world.folder, name);
    return path;
}

typedef struct {
    store_work_t work;
    world_run_t run;
    void *of;
} plain_t;

static bool run_plain(store_work_t *work, ipus_record_t *record)
{
    plain_t *plain = (plain_t *)work;
    return plain->run(record, plain->of);
}

store_result_t world_write(world_run_t run, void *of)
{
    plain_t plain = {.work.run = run_plain, .run = run, .of = of};
    return store_run(world.store, &plain.work, true);
}

store_result_t world_read(world_run_t run, void *of)
{
    plain_t plain = {.work.run = run_plain, .run = run, .of = of};
    return store_run(world.store, &plain.work, false);
}

static int64_t add(ipus_record_t *record, ipus_row_t *row)
{
    assert_int_equal(record->add(record->context, row, NOW), IPUS_FINE);
    world_enter(record, row, "make");
    return row->id;
}

void world_enter(ipus_record_t *record, const ipus_row_t *row, const char *step)
{
    const ipus_entry_t entry = {.at = NOW,
                                .account = 7,
                                .kind = row->kind,
                                .id = row->id,
                                .version = row->version,
                                .step = step};
    assert_int_equal(record->journal(record->context, &entry), IPUS_FINE);
}

int64_t world_person(ipus_record_t *record, const char *given, const char *family,
                     const char *pesel)
{
    ipus_row_t row = {.kind = IPUS_PERSON};
    ipus_set_text(&row, PERSON_GIVEN_NAME, span_of(given));
    ipus_set_text(&row, PERSON_FAMILY_NAME, span_of(family));
    ipus_set_text(&row, PERSON_PESEL, span_of(pesel));
    ipus_set(&row, PERSON_STATE, 0);
    return add(record, &row);
}

int64_t world_account(ipus_record_t *record, const char *login)
{
    ipus_row_t row = {.kind = IPUS_ACCOUNT};
    ipus_set_text(&row, ACCOUNT_LOGIN, span_of(login));
    ipus_set_text(&row, ACCOUNT_NAME, SPAN("Somebody"));
    ipus_set(&row, ACCOUNT_ROLE, 0);
    ipus_set(&row, ACCOUNT_STATE, 0);
    return add(record, &row);
}

int64_t world_granted(ipus_record_t *record, int64_t person)
{
    ipus_row_t application = {.kind = IPUS_APPLICATION};
    ipus_set(&application, APPLICATION_PERSON, person);
    ipus_set(&application, APPLICATION_APPLICANT_ROLE, 0);
    ipus_set_date(&application, APPLICATION_RECEIVED_ON, (date_t){19000});
    ipus_set(&application, APPLICATION_STATE, 0);
    ipus_row_t decision = {.kind = IPUS_DECISION};
    ipus_set(&decision, DECISION_PERSON, person);
    ipus_set(&decision, DECISION_APPLICATION, add(record, &application));
    ipus_set_text(&decision, DECISION_SERVICE, SPAN("windows"));
    ipus_row_t granted = {.kind = IPUS_GRANTED};
    ipus_set(&granted, GRANTED_PERSON, person);
    ipus_set(&granted, GRANTED_DECISION, add(record, &decision));
    ipus_set_text(&granted, GRANTED_SERVICE, SPAN("windows"));
    ipus_set(&granted, GRANTED_QUANTITY, 100000);
    ipus_set(&granted, GRANTED_ORDERED, 0);
    ipus_set_date(&granted, GRANTED_BEGINS, (date_t){19000});
    ipus_set_date(&granted, GRANTED_ENDS, (date_t){19364});
    ipus_set(&granted, GRANTED_STATE, 1);
    return add(record, &granted);
}

int64_t world_order(ipus_record_t *record, int64_t granted, int64_t person)
{
    ipus_row_t row = {.kind = IPUS_ORDER};
    ipus_set(&row, ORDER_GRANTED, granted);
    ipus_set(&row, ORDER_PERSON, person);
    ipus_set_text(&row, ORDER_SERVICE, SPAN("windows"));
    ipus_set_date(&row, ORDER_PLANNED_ON, (date_t){19100});
    ipus_set_date(&row, ORDER_ANSWER_BY, (date_t){19090});
    ipus_set(&row, ORDER_QUANTITY, 1000);
    ipus_set(&row, ORDER_COUNTS, 1);
    ipus_set(&row, ORDER_STATE, 0);
    return add(record, &row);
}
