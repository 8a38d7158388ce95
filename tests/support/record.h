/* The record in memory, for tests of the engine: the port of ipus/record.h over arrays, with an
 * index of every field that lists may be narrowed by, so that a find over 100 000 rows is as quick
 * as in the store. Whatever it is misused for (a query by a field without an index, a locked value
 * that is added) ends the test. One thread. */
#ifndef OKIENKO_TESTS_RECORD_H
#define OKIENKO_TESTS_RECORD_H

#include "ipus/ipus.h"

typedef struct memory memory_t;

memory_t *memory_new(void);
void memory_free(memory_t *memory);

/* The port. Its arena is emptied and the texts of rows are let go when a transaction begins. */
ipus_record_t *memory_record(memory_t *memory);

/* A transaction: what was written since the beginning is kept, or undone as if it had never been
 * (ids and numbers of series are given again; codes are not). */
void memory_begin(memory_t *memory);
void memory_commit(memory_t *memory);
void memory_rollback(memory_t *memory);

/* Within a transaction: what was written since a mark is undone, and the transaction goes on. */
typedef struct {
    size_t undo, journal;
} memory_mark_t;
memory_mark_t memory_mark(const memory_t *memory);
void memory_back(memory_t *memory, memory_mark_t mark);

/* One step in a transaction of its own: kept when it is done, undone when it is refused. */
bool memory_run(memory_t *memory, const ipus_command_t *command, ipus_answer_t *answer);

/* The n-th call of the port from now on, from 1, and all after it break; 0: none does. */
void memory_break(memory_t *memory, size_t call);

/* A row as it is kept, sealed values open; false when there is none. */
bool memory_row(memory_t *memory, ipus_kind_t kind, int64_t id, ipus_row_t *row);

/* Ids of a kind are 1 to this. */
int64_t memory_count(const memory_t *memory, ipus_kind_t kind);

/* What is taken of a pool, without what is beyond it; and that. */
int64_t memory_taken(const memory_t *memory, const ipus_pool_t *pool, int64_t *over);

/* The journal, oldest first. */
const ipus_entry_t *memory_journal(const memory_t *memory, size_t *count);

/* Of all that is kept: the same for the same rows, pools and series. */
uint64_t memory_hash(const memory_t *memory);

#endif
