/* What the subcommands of the record share: where it is, opening it, doing something to it. */
#ifndef OKIENKO_APP_RECORD_H
#define OKIENKO_APP_RECORD_H

#include "app/message.h"
#include "app/options.h"
#include "plugin/plugin.h"
#include "store/store.h"

#define OPTION_DATA                                                                                \
    {                                                                                              \
        "--data", "DIR", false,                                                                    \
        {                                                                                          \
            "folder z danymi (data)", "the folder of data (data)"                                  \
        }                                                                                          \
    }
#define DATA_FOLDER "data"

/* A programme's record, open for a subcommand. */
typedef struct {
    const char *programme;
    buf_t folder; /* zero-terminated */
    vault_t *vault;
    store_t *store;
    plugin_generation_t *generation; /* where the rules are wanted */
} record_t;

/* Each returns APP_FINE, or another code after saying on standard error why not. The record is to
 * be closed in any case. */

/* Only where it is; and that it is there. */
int app_record_find(record_t *record, const options_t *options, const char *programme);
/* The same with the server's key, where that can be read; `vault` is NULL otherwise. */
int app_record_find_keyed(record_t *record, const options_t *options, const char *programme);
/* To read, also beside a server. */
int app_record_open(record_t *record, const options_t *options, const char *programme);
/* The same, with the programme's rules. */
int app_record_open_ruled(record_t *record, const options_t *options, const char *programme);
/* To write by the programme's rules. Where a server has it, `instead` says how to ask the server
 * (one argument, the programme). */
int app_record_open_alone(record_t *record, const options_t *options, const char *programme,
                          message_t instead);
/* The same; makes the record, and the folder of data, where there is none. */
int app_record_make(record_t *record, const options_t *options, const char *programme,
                    message_t instead);
/* For a copy to be put there: where it is, or would be, and the key. */
int app_record_restoring(record_t *record, const options_t *options, const char *programme);
void app_record_close(record_t *record);

/* Whether a room is to say why in Polish. */
bool app_record_polish(void);

/* Makes the folder of data where there is none. False after saying why it cannot be used. */
bool app_record_make_data(const char *folder);

/* ---- doing something ------------------------------------------------------------------------- */

typedef struct {
    store_work_t work; /* first, so that one is found from the other */
    record_t *record;
    buf_t why; /* of what was refused */
} record_work_t;

/* Runs the work's `run` in one transaction; then `why` is freed. */
int app_record_run(record_t *record, record_work_t *work, bool writes);

/* One step on one row, as the host; for `run`. */
ipus_command_t app_record_command(const record_t *record, ipus_kind_t kind, const char *step,
                                  int64_t id);
bool app_record_step(record_work_t *work, const ipus_command_t *command, ipus_record_t *rows,
                     ipus_answer_t *answer);
/* Refuses with a sentence; false. */
bool app_record_refuse(record_work_t *work, message_t message);

/* Gives a field as it was written on the command line. */
int app_record_give(ipus_row_t *row, int field, const char *text);

/* Prints a result and frees it. */
int app_record_print(buf_t *text);

#endif
