/* A folder of its own with a key and a record in it, and works made of plain functions. */
#ifndef OKIENKO_TESTS_STORE_WORLD_H
#define OKIENKO_TESTS_STORE_WORLD_H

#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOW INT64_C(1700000000000)

typedef struct {
    char data[64];    /* /tmp/okienko-store-… */
    char folder[200]; /* data/town */
    vault_t *vault;
    store_t *store;
    store_options_t options;
} world_t;

extern world_t world;

/* Fixtures of cmocka: a fresh folder with an open record, without a loop; and its end. */
int world_make(void **state);
int world_make_folder(void **state); /* the same without the record */
int world_remove(void **state);
void world_open(void);
void world_close(void);
void world_reopen(void);

/* Its file's path, in a buffer of this call site's next call. */
const char *world_file(const char *name);

/* Runs a function as one work. */
typedef bool (*world_run_t)(ipus_record_t *record, void *of);
store_result_t world_write(world_run_t run, void *of);
store_result_t world_read(world_run_t run, void *of);

/* Rows that tests need, each with its needed fields filled in. */
int64_t world_person(ipus_record_t *record, const char *given, const char *family,
                     const char *pesel);
int64_t world_account(ipus_record_t *record, const char *login);
/* A person with a decision and 100 units granted of it. */
int64_t world_granted(ipus_record_t *record, int64_t person);
int64_t world_order(ipus_record_t *record, int64_t granted, int64_t person);
void world_enter(ipus_record_t *record, const ipus_row_t *row, const char *step);

#endif
