#include "plugin/slots.h"

#include "base/log.h"
#include "base/text.h"

#include <stdlib.h>

enum { SEATS = PLUGIN_PROGRAMMES_MAX, CHAINS = 2 * SEATS };

_Static_assert(SEATS < UINT16_MAX, "seats are 16 bits");

bool plugin_slots_open(slots_t *slots)
{
    *slots = (slots_t){.places = calloc(SEATS, sizeof(uint16_t)),
                       .chains = calloc(CHAINS, sizeof(uint16_t)),
                       .next = calloc(SEATS, sizeof(uint16_t)),
                       .taken = calloc(SEATS, sizeof(bool)),
                       .directory = registry_directory_new(),
                       .shared = shared_new()};
    return slots->places != NULL && slots->chains != NULL && slots->next != NULL &&
           slots->taken != NULL && slots->directory != NULL && slots->shared != NULL;
}

static void slot_clear(plugin_slot_t *slot)
{
    plugin_release(slot->serving);
    plugin_release(slot->newest);
    free((char *)slot->words.at);
    free((char *)slot->id.at);
}

void plugin_slots_clear(slots_t *slots)
{
    registry_directory_free(slots->directory);
    for (size_t i = 0; i < slots->count; i++) {
        slot_clear(&slots->at[i]);
    }
    shared_release(slots->shared);
    free(slots->at);
    free(slots->places);
    free(slots->chains);
    free(slots->next);
    free(slots->taken);
    *slots = (slots_t){0};
}

static uint16_t *chain_of(const slots_t *slots, span_t id)
{
    return &slots->chains[span_hash(id) % CHAINS];
}

plugin_slot_t *plugin_slots_find(const slots_t *slots, span_t id)
{
    for (uint16_t seat = *chain_of(slots, id); seat != 0; seat = slots->next[seat - 1]) {
        plugin_slot_t *slot = &slots->at[slots->places[seat - 1]];
        if (span_equal(slot->id, id)) {
            return slot;
        }
    }
    return NULL;
}

static bool grow(slots_t *slots)
{
    size_t cap = slots->cap == 0 ? 16 : slots->cap * 2;
    plugin_slot_t *grown =
        slots->count < slots->cap ? slots->at : realloc(slots->at, cap * sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    slots->cap = slots->count < slots->cap ? slots->cap : cap;
    slots->at = grown;
    return true;
}

/* After slots from `from` on have moved. */
static void place_again(slots_t *slots, size_t from)
{
    for (size_t i = from; i < slots->count; i++) {
        slots->places[slots->at[i].seat] = (uint16_t)i;
    }
}

plugin_slot_t *plugin_slots_add(slots_t *slots, span_t id)
{
    const bool *free_seat = memchr(slots->taken, false, SEATS * sizeof(bool));
    char *copy = free_seat != NULL && grow(slots) ? span_copy(id) : NULL;
    if (copy == NULL) {
        return NULL;
    }
    size_t seat = (size_t)(free_seat - slots->taken), at = slots->count;
    while (at > 0 && span_compare(id, slots->at[at - 1].id) < 0) {
        at--;
    }
    memmove(&slots->at[at + 1], &slots->at[at], (slots->count - at) * sizeof *slots->at);
    slots->at[at] = (plugin_slot_t){.id = {copy, id.len}, .seat = seat};
    slots->count++;
    place_again(slots, at);
    uint16_t *chain = chain_of(slots, id);
    slots->next[seat] = *chain;
    *chain = (uint16_t)(seat + 1);
    slots->taken[seat] = true;
    return &slots->at[at];
}

void plugin_slots_remove(slots_t *slots, plugin_slot_t *slot)
{
    size_t at = (size_t)(slot - slots->at), seat = slot->seat;
    uint16_t *chain = chain_of(slots, slot->id);
    while (*chain != seat + 1) {
        chain = &slots->next[*chain - 1];
    }
    *chain = slots->next[seat];
    slots->taken[seat] = false;
    registry_directory_drop(slots->directory, slot->id);
    slot_clear(slot);
    slots->count--;
    memmove(slot, slot + 1, (slots->count - at) * sizeof *slot);
    place_again(slots, at);
}

static void add_words(buf_t *words, span_t text)
{
    buf_byte(words, ' ');
    text_fold(words, text);
}

static span_t words_of(const registry_programme_t *programme)
{
    buf_t words = {0};
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        add_words(&words, programme->name.in[lang]);
        add_words(&words, programme->centre.in[lang]);
    }
    add_words(&words, programme->municipality);
    add_words(&words, programme->terc);
    char *copy = words.failed ? NULL : malloc(words.len);
    if (copy != NULL) {
        memcpy(copy, words.at, words.len);
    }
    span_t kept = {copy, copy != NULL ? words.len : 0};
    buf_free(&words);
    return kept;
}

bool plugin_slot_has(const plugin_slot_t *slot, span_t folded)
{
    buf_t begun = {0};
    span_t word = SPAN_NONE;
    bool has = true;
    while (has && folded.len > 0 && span_cut(&folded, ' ', &word)) {
        buf_clear(&begun);
        buf_byte(&begun, ' ');
        buf_add(&begun, word);
        has = !begun.failed && slot->words.at != NULL &&
              memmem(slot->words.at, slot->words.len, begun.at, begun.len) != NULL;
    }
    buf_free(&begun);
    return has;
}

void plugin_slots_serve(slots_t *slots, plugin_slot_t *slot, plugin_generation_t *generation)
{
    /* The directory reads the older one once more. */
    if (!registry_directory_put(slots->directory, slot->id, plugin_programme(generation),
                                plugin_search(generation))) {
        log_line(LOG_ERROR, "%.*s: no memory to find it in the search over all programmes",
                 SPAN_ARGS(slot->id));
    }
    plugin_release(slot->serving);
    slot->serving = plugin_retain(generation);
    free((char *)slot->words.at);
    slot->words = words_of(generation->programme);
}
