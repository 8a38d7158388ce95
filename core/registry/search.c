/* The search: an inverted index over folded words. Terms are sorted, and the postings of all terms
 * lie in the same order one after another, so that all words with one beginning are one run of
 * postings, found by two binary searches. */
#include "registry/search.h"
#include "base/buf.h"
#include "base/text.h"
#include "registry/catalog.h"
#include "registry/hits.h"

#include <stdlib.h>

struct registry_search {
    const span_t *terms;   /* folded words, sorted by bytes */
    const uint32_t *first; /* of each term and one more: where its postings begin */
    size_t term_count;
    const uint32_t *postings; /* place × 2, + 1 when the word stands in the name */
    size_t service_count;
    size_t place_count; /* with the catalogue's items */
};

/* ---- building -------------------------------------------------------------------------------- */

typedef struct {
    span_t word; /* in the arena */
    uint32_t count;
    uint32_t last; /* its newest posting, in `entries` */
    uint32_t rank; /* place among the sorted terms */
} term_t;

typedef struct {
    uint32_t term;
    uint32_t posting;
} entry_t;

typedef struct {
    arena_t *arena;
    buf_t folded;
    buf_t terms;     /* of term_t */
    buf_t entries;   /* of entry_t, by place */
    uint32_t *slots; /* a hash table of terms + 1, a power of two */
    size_t slot_count;
    bool failed;
} builder_t;

static term_t *builder_term(builder_t *builder, size_t term)
{
    return (term_t *)(void *)builder->terms.at + term;
}

static entry_t *builder_entry(builder_t *builder, size_t entry)
{
    return (entry_t *)(void *)builder->entries.at + entry;
}

static size_t builder_term_count(const builder_t *builder)
{
    return builder->terms.len / sizeof(term_t);
}

/* Twice as many slots. */
static bool builder_grow(builder_t *builder)
{
    size_t count = builder->slot_count == 0 ? 1024 : builder->slot_count * 2;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (size_t term = 0; term < builder_term_count(builder); term++) {
        size_t slot = span_hash(builder_term(builder, term)->word) & (count - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (count - 1);
        }
        slots[slot] = (uint32_t)term + 1;
    }
    free(builder->slots);
    builder->slots = slots;
    builder->slot_count = count;
    return true;
}

/* The place of a word among the terms, added when it is new; false without memory. */
static bool builder_intern(builder_t *builder, span_t word, uint32_t *term)
{
    size_t count = builder_term_count(builder);
    if (count * 2 >= builder->slot_count && !builder_grow(builder)) {
        return false;
    }
    size_t slot = span_hash(word) & (builder->slot_count - 1);
    while (builder->slots[slot] != 0) {
        *term = builder->slots[slot] - 1;
        if (span_equal(builder_term(builder, *term)->word, word)) {
            return true;
        }
        slot = (slot + 1) & (builder->slot_count - 1);
    }
    term_t added = {.word = arena_copy(builder->arena, word)};
    buf_add(&builder->terms, (span_t){(const char *)&added, sizeof added});
    *term = (uint32_t)count;
    builder->slots[slot] = *term + 1;
    return added.word.at != NULL && !builder->terms.failed;
}

static void builder_word(builder_t *builder, span_t word, size_t place, bool in_name)
{
    uint32_t number = 0;
    builder->failed = builder->failed || builder->entries.len / sizeof(entry_t) >= UINT32_MAX;
    if (builder->failed || !builder_intern(builder, word, &number)) {
        builder->failed = true;
        return;
    }
    term_t *term = builder_term(builder, number);
    /* Once a place is enough, and its name comes first. */
    if (term->count > 0 && builder_entry(builder, term->last)->posting / 2 == place) {
        return;
    }
    entry_t entry = {number, (uint32_t)(place * 2) | in_name};
    term->last = (uint32_t)(builder->entries.len / sizeof entry);
    term->count++;
    buf_add(&builder->entries, (span_t){(const char *)&entry, sizeof entry});
    builder->failed = builder->entries.failed;
}

static void builder_texts(builder_t *builder, const texts_t *texts, size_t place, bool in_name)
{
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        if (texts->in[lang].at == NULL) {
            continue;
        }
        buf_clear(&builder->folded);
        text_fold(&builder->folded, texts->in[lang]);
        builder->failed = builder->failed || builder->folded.failed;
        span_t rest = buf_span(&builder->folded), word = SPAN_NONE;
        while (rest.len > 0 && span_cut(&rest, ' ', &word)) {
            builder_word(builder, word, place, in_name);
        }
    }
}

static void builder_terms(builder_t *builder, const registry_term_t *const *terms, size_t count,
                          size_t place)
{
    for (size_t i = 0; i < count; i++) {
        builder_texts(builder, &terms[i]->name, place, false);
    }
}

static void builder_service(builder_t *builder, const registry_service_t *service, size_t place)
{
    builder_texts(builder, &service->name, place, true);
    for (size_t i = 0; i <= service->summary.later_count; i++) {
        builder_texts(builder, registry_text_at(&service->summary, i), place, false);
    }
    /* "okna" finds "mycie okien": the unit's forms stand in for the declension of the name. */
    for (size_t i = 0; service->unit != NULL && i < 3; i++) {
        builder_texts(builder, &service->unit->forms[i], place, false);
    }
    if (service->package != NULL) {
        builder_terms(builder, &service->package, 1, place);
    }
    builder_terms(builder, service->groups, service->group_count, place);
    builder_terms(builder, service->areas, service->area_count, place);
}

/* Addresses and numbers are looked up by who has them, not the other way round. */
static bool column_is_read(const registry_column_t *column)
{
    return column->type <= COLUMN_LINE ? column->type != COLUMN_LINE || column->of == FORM_ANY
                                       : registry_column_has_terms(column);
}

static void builder_item(builder_t *builder, const registry_table_t *table,
                         const registry_item_t *item, size_t place)
{
    for (size_t i = 0; i < table->count; i++) {
        const registry_cell_t *cell = &item->cells[i];
        if (!column_is_read(&table->columns[i])) {
            continue;
        }
        if (registry_column_has_terms(&table->columns[i])) {
            builder_terms(builder, cell->in.terms, cell->count, place);
            continue;
        }
        for (size_t k = 0; k < cell->count; k++) {
            builder_texts(builder, &cell->in.texts[k], place, i == 0);
        }
    }
}

/* Gives the place behind the last one. */
static size_t builder_catalogs(builder_t *builder, const registry_programme_t *programme)
{
    size_t place = programme->service_count;
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        const registry_catalog_t *catalog = registry_catalog(programme, kind);
        for (size_t i = 0; i < catalog->count && !builder->failed; i++) {
            builder_item(builder, &registry_tables[kind], &catalog->items[i], place + i);
        }
        place += catalog->count;
    }
    return place;
}

/* What qsort() sorts. */
typedef struct {
    span_t word;
    uint32_t term;
} sorted_t;

static int compare_sorted(const void *a, const void *b)
{
    return span_compare(((const sorted_t *)a)->word, ((const sorted_t *)b)->word);
}

static bool builder_sort(builder_t *builder, span_t *terms, uint32_t *first)
{
    size_t count = builder_term_count(builder);
    sorted_t *sorted = calloc(count, sizeof *sorted);
    if (sorted == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = (sorted_t){builder_term(builder, i)->word, i};
    }
    qsort(sorted, count, sizeof *sorted, compare_sorted);
    for (uint32_t i = 0; i < count; i++) {
        term_t *term = builder_term(builder, sorted[i].term);
        term->rank = i;
        terms[i] = term->word;
        first[i + 1] = first[i] + term->count;
    }
    free(sorted);
    return true;
}

/* The entries, which are by place, spread over their terms. */
static void builder_spread(builder_t *builder, const uint32_t *first, uint32_t *postings)
{
    size_t entries = builder->entries.len / sizeof(entry_t);
    for (size_t i = 0; i < builder_term_count(builder); i++) {
        builder_term(builder, i)->count = 0;
    }
    for (size_t i = 0; i < entries; i++) {
        const entry_t *entry = builder_entry(builder, i);
        term_t *term = builder_term(builder, entry->term);
        postings[first[term->rank] + term->count++] = entry->posting;
    }
}

static const registry_search_t *builder_finish(builder_t *builder, size_t services, size_t places)
{
    registry_search_t *search = arena_alloc(builder->arena, sizeof *search);
    size_t count = builder_term_count(builder);
    if (builder->failed || search == NULL) {
        return NULL;
    }
    search->service_count = services;
    search->place_count = places;
    if (count == 0) {
        return search;
    }
    span_t *terms = arena_array(builder->arena, count, sizeof *terms);
    uint32_t *first = arena_array(builder->arena, count + 1, sizeof *first);
    uint32_t *postings =
        arena_array(builder->arena, builder->entries.len / sizeof(entry_t), sizeof *postings);
    if (terms == NULL || first == NULL || postings == NULL ||
        !builder_sort(builder, terms, first)) {
        return NULL;
    }
    builder_spread(builder, first, postings);
    search->terms = terms;
    search->first = first;
    search->term_count = count;
    search->postings = postings;
    return search;
}

const registry_search_t *registry_search_new(arena_t *arena, const registry_programme_t *programme)
{
    builder_t builder = {.arena = arena, .failed = programme->service_count > UINT32_MAX / 2};
    for (size_t i = 0; i < programme->service_count && !builder.failed; i++) {
        builder_service(&builder, &programme->services[i], i);
    }
    size_t places = builder_catalogs(&builder, programme);
    const registry_search_t *search = builder_finish(&builder, programme->service_count, places);
    buf_free(&builder.folded);
    buf_free(&builder.terms);
    buf_free(&builder.entries);
    free(builder.slots);
    return search;
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The first term that does not sort before `word`, or with `after` the first that neither does nor
 * begins with it. */
static size_t term_bound(const registry_search_t *search, span_t word, bool after)
{
    size_t low = 0, high = search->term_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        span_t term = search->terms[middle];
        if (span_compare(term, word) < 0 || (after && span_starts(term, word))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Counts the word number `number` of the query in all places of the range that it and the words
 * before hit. */
static void count_hits(const registry_search_t *search, span_t word, uint8_t number,
                       registry_range_t range, hit_t *hits)
{
    size_t from = term_bound(search, word, false), to = term_bound(search, word, true);
    if (from == to) {
        return;
    }
    uint32_t whole_until =
        span_equal(search->terms[from], word) ? search->first[from + 1] : search->first[from];
    for (uint32_t i = search->first[from]; i < search->first[to]; i++) {
        size_t at = search->postings[i] / 2;
        if (at < range.first || at >= range.end) {
            continue;
        }
        hit_t *hit = &hits[at - range.first];
        bool in_name = search->postings[i] % 2 != 0;
        uint8_t rank = hit_rank(in_name, i < whole_until);
        hit_note(hit, number, rank);
    }
}

uint8_t registry_hits_words(span_t folded, span_t words[static QUERY_WORDS])
{
    uint8_t count = 0;
    span_t word = SPAN_NONE;
    while (count < QUERY_WORDS && folded.len > 0 && span_cut(&folded, ' ', &word)) {
        bool repeated = false;
        for (uint8_t i = 0; i < count; i++) {
            repeated = repeated || span_equal(words[i], word);
        }
        if (!repeated) {
            words[count++] = word;
        }
    }
    return count;
}

/* Writes the places that all words hit, by their sum and then as they stand. */
static size_t sort_hits(const hit_t *hits, size_t count, uint8_t words, size_t *places, size_t max)
{
    size_t next[3 * QUERY_WORDS + 2] = {0};
    for (size_t i = 0; i < count; i++) {
        if (hits[i].words == words) {
            next[hits[i].sum + 1]++;
        }
    }
    for (size_t sum = 1; sum < sizeof next / sizeof next[0]; sum++) {
        next[sum] += next[sum - 1];
    }
    size_t found = next[sizeof next / sizeof next[0] - 1];
    for (size_t i = 0; i < count; i++) {
        if (hits[i].words == words) {
            size_t place = next[hits[i].sum]++;
            if (place < max) {
                places[place] = i;
            }
        }
    }
    return found;
}

size_t registry_hits_terms(const registry_search_t *search)
{
    return search->term_count;
}

span_t registry_hits_term(const registry_search_t *search, size_t term, const uint32_t **postings,
                          size_t *count)
{
    *postings = search->postings + search->first[term];
    *count = search->first[term + 1] - search->first[term];
    return search->terms[term];
}

size_t registry_search_range(const registry_search_t *search, span_t query, registry_range_t range,
                             size_t *places, size_t max)
{
    buf_t folded = {0};
    span_t words[QUERY_WORDS];
    size_t found = 0;
    query.len = query.len < QUERY_BYTES ? query.len : QUERY_BYTES;
    range.end = range.end < search->place_count ? range.end : search->place_count;
    size_t size = range.first < range.end ? range.end - range.first : 0;
    text_fold(&folded, query);
    uint8_t count = folded.failed ? 0 : registry_hits_words(buf_span(&folded), words);
    hit_t *hits = count > 0 && size > 0 ? calloc(size, sizeof *hits) : NULL;
    if (hits != NULL) {
        for (uint8_t i = 0; i < count; i++) {
            count_hits(search, words[i], i, range, hits);
        }
        found = sort_hits(hits, size, count, places, max);
    }
    for (size_t i = 0; i < found && i < max; i++) {
        places[i] += range.first;
    }
    if (folded.failed || (count > 0 && size > 0 && hits == NULL)) {
        found = SIZE_MAX;
    }
    free(hits);
    buf_free(&folded);
    return found;
}

size_t registry_search(const registry_search_t *search, span_t query, size_t *places, size_t max)
{
    registry_range_t services = {0, search->service_count};
    return registry_search_range(search, query, services, places, max);
}
