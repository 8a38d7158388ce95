/* The journal of reads: who read what of whom is kept before the answer goes out. Many are kept in
 * one transaction. While the disk refuses, reading goes on and the notes wait in memory. */
#include "desk/inside.h"

#include "base/log.h"

#include <stdlib.h>

enum { AGAIN_MS = 1000, NOTES_MAX = 10000 };

static desk_t *desk_of(store_work_t *work)
{
    return (desk_t *)((char *)work - offsetof(desk_t, note_work));
}

static bool add(desk_notes_t *notes, const desk_read_t *note)
{
    if (notes->count == notes->cap) {
        size_t cap = notes->cap == 0 ? 64 : notes->cap * 2;
        desk_read_t *grown = realloc(notes->at, cap * sizeof *grown);
        if (grown == NULL) {
            return false;
        }
        notes->at = grown;
        notes->cap = cap;
    }
    notes->at[notes->count++] = *note;
    return true;
}

static bool run(store_work_t *work, ipus_record_t *record)
{
    const desk_notes_t *keeping = &desk_of(work)->keeping;
    for (size_t i = 0; i < keeping->count; i++) {
        const desk_read_t *note = &keeping->at[i];
        if (store_note_read(record, note->account, note->kind, note->id, note->what, note->at) !=
            IPUS_FINE) {
            return false;
        }
    }
    return true;
}

static void on_again(void *context)
{
    desk_set_t *set = context;
    loop_timer_close(set->timer);
    set->timer = NULL;
    for (size_t i = 0; i < set->desk_count; i++) {
        desk_notes_keep(set->desks[i]);
    }
}

static void come_back(desk_set_t *set)
{
    if (set->timer == NULL && !set->is_quitting) {
        set->timer = loop_timer_open(set->loop, AGAIN_MS, 0, on_again, set);
    }
}

/* Back before those that came meanwhile; there is room, or they are counted as lost. */
static void put_back(desk_t *desk)
{
    desk_notes_t kept = desk->keeping;
    desk->keeping = desk->notes;
    desk->notes = kept;
    for (size_t i = 0; i < desk->keeping.count; i++) {
        if (!add(&desk->notes, &desk->keeping.at[i])) {
            log_line(LOG_ERROR, "%.*s: out of memory for the journal of reads",
                     SPAN_ARGS(desk->id));
        }
    }
    desk->keeping.count = 0;
    if (!desk->notes_told) {
        desk->notes_told = true;
        log_line(LOG_WARNING, "%.*s: the disk refuses; what is read is noted in memory for now",
                 SPAN_ARGS(desk->id));
    }
    come_back(desk->set);
}

static void on_kept(store_work_t *work, store_result_t result)
{
    desk_t *desk = desk_of(work);
    desk_wait_t *kept = desk->kept;
    desk->kept = NULL;
    desk->note_under_way = false;
    if (result == STORE_DONE) {
        desk->keeping.count = 0;
        desk->notes_told = false;
    } else {
        put_back(desk);
    }
    if (result == STORE_DONE || desk->waiting != NULL) {
        desk_notes_keep(desk);
    }
    while (kept != NULL) {
        desk_wait_t *wait = kept;
        kept = wait->next;
        wait->kept(wait);
    }
}

void desk_notes_keep(desk_t *desk)
{
    if (desk->note_under_way || desk->notes.count == 0 || desk->store == NULL) {
        return;
    }
    desk_notes_t empty = desk->keeping;
    desk->keeping = desk->notes;
    desk->notes = empty;
    desk->notes.count = 0;
    desk->kept = desk->waiting;
    desk->waiting = NULL;
    desk->note_under_way = true;
    desk->note_work = (store_work_t){.run = run, .done = on_kept};
    store_write(desk->store, &desk->note_work);
}

desk_noting_t desk_note(desk_t *desk, const desk_asker_t *asker, int64_t now,
                        const desk_reads_t *reads, desk_wait_t *wait)
{
    if (desk->notes.count + desk->keeping.count + reads->count > NOTES_MAX) {
        return DESK_TOO_MANY;
    }
    size_t before = desk->notes.count;
    for (size_t i = 0; i < reads->count; i++) {
        desk_read_t note = {asker->who.account, now, reads->at[i].kind, reads->at[i].id,
                            reads->what};
        if (!add(&desk->notes, &note)) {
            desk->notes.count = before;
            return DESK_NO_MEMORY;
        }
    }
    wait->next = desk->waiting;
    desk->waiting = wait;
    desk_notes_keep(desk);
    return DESK_NOTING;
}

/* ---- gathering them, inside a transaction -----------------------------------------------------
 */

static void add_read(desk_reads_t *reads, ipus_kind_t kind, int64_t id)
{
    for (size_t i = 0; i < reads->count; i++) {
        if (reads->at[i].kind == kind && reads->at[i].id == id) {
            return;
        }
    }
    if (id != 0 && reads->count < DESK_READS_MAX) {
        reads->at[reads->count].kind = kind;
        reads->at[reads->count++].id = id;
    }
}

void desk_reads_person(desk_reads_t *reads, int64_t person)
{
    add_read(reads, IPUS_PERSON, person);
}

void desk_reads_row(desk_reads_t *reads, const ipus_row_t *row)
{
    int64_t person = desk_person_of(row);
    if (person == 0 && row->kind == IPUS_INTAKE) {
        add_read(reads, IPUS_INTAKE, row->id);
    } else {
        add_read(reads, IPUS_PERSON, person);
    }
}
