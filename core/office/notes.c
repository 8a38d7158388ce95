/* The journal of reads: who read what of whom is kept before the answer goes out. Many are kept in
 * one transaction. While the disk refuses, reading goes on and the notes wait in memory. */
#include "office/inside.h"

#include "base/log.h"

#include <stdlib.h>

enum { AGAIN_MS = 1000 };

static office_desk_t *desk_of(store_work_t *work)
{
    return (office_desk_t *)((char *)work - offsetof(office_desk_t, note_work));
}

static bool add(office_notes_t *notes, const office_note_t *note)
{
    if (notes->count == notes->cap) {
        size_t cap = notes->cap == 0 ? 64 : notes->cap * 2;
        office_note_t *grown = realloc(notes->at, cap * sizeof *grown);
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
    const office_notes_t *keeping = &desk_of(work)->keeping;
    for (size_t i = 0; i < keeping->count; i++) {
        const office_note_t *note = &keeping->at[i];
        if (store_note_read(record, note->account, note->of.kind, note->of.id, note->what,
                            note->at) != IPUS_FINE) {
            return false;
        }
    }
    return true;
}

static void on_again(void *context)
{
    office_t *office = context;
    loop_timer_close(office->timer);
    office->timer = NULL;
    for (size_t i = 0; i < office->desk_count; i++) {
        office_notes_keep(office->desks[i]);
    }
}

static void come_back(office_t *office)
{
    if (office->timer == NULL && !office->is_closing) {
        office->timer = loop_timer_open(office->loop, AGAIN_MS, 0, on_again, office);
    }
}

/* Back before those that came meanwhile; there is room, or they are counted as lost. */
static void put_back(office_desk_t *desk)
{
    office_notes_t kept = desk->keeping;
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
    come_back(desk->office);
}

static void on_kept(store_work_t *work, store_result_t result)
{
    office_desk_t *desk = desk_of(work);
    office_call_t *kept = desk->kept;
    desk->kept = NULL;
    desk->note_under_way = false;
    if (result == STORE_DONE) {
        desk->keeping.count = 0;
        desk->notes_told = false;
    } else {
        put_back(desk);
    }
    if (result == STORE_DONE || desk->waiting != NULL) {
        office_notes_keep(desk);
    }
    while (kept != NULL) {
        office_call_t *call = kept;
        kept = call->next;
        office_reply(call);
    }
}

void office_notes_keep(office_desk_t *desk)
{
    if (desk->note_under_way || desk->notes.count == 0 || desk->store == NULL) {
        return;
    }
    office_notes_t empty = desk->keeping;
    desk->keeping = desk->notes;
    desk->notes = empty;
    desk->notes.count = 0;
    desk->kept = desk->waiting;
    desk->waiting = NULL;
    desk->note_under_way = true;
    desk->note_work = (store_work_t){.run = run, .done = on_kept};
    store_write(desk->store, &desk->note_work);
}

void office_reply_noted(office_call_t *call)
{
    office_desk_t *desk = call->desk;
    if (call->people_count == 0) {
        office_reply(call);
        return;
    }
    if (desk->notes.count + desk->keeping.count + call->people_count > OFFICE_NOTES_MAX) {
        office_problem_wait(call, OFFICE_PROBLEM_RECORD, 1000);
        return;
    }
    for (size_t i = 0; i < call->people_count; i++) {
        office_note_t note = {call->who.account, call->now, call->people[i], call->what};
        if (!add(&desk->notes, &note)) {
            office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
            return;
        }
    }
    call->next = desk->waiting;
    desk->waiting = call;
    office_notes_keep(desk);
}
