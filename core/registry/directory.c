/* The search over many programmes: one inverted index whose documents are versions of services,
 * those of a programme with numbers that follow one another. A programme that is put in again takes
 * new numbers behind all others, so that postings only grow at their ends and shrink by one run;
 * when most numbers are of nobody, all are given out anew. */
#include "base/buf.h"
#include "base/text.h"
#include "registry/hits.h"
#include "registry/search.h"

#include <stdlib.h>

#define NUMBERS_MAX (UINT32_MAX / 4)

typedef struct {
    char *word; /* folded; zero-terminated */
    size_t len;
    uint32_t *postings; /* document × 2, + 1 where the word stands in the name; by document */
    uint32_t count, cap;
} term_t;

typedef struct {
    span_t id;
    const registry_programme_t *programme;
    const registry_search_t *search;
    uint32_t first, count; /* documents */
    bool
        *always; /* by place: the only version of its id, in force from the programme's first day */
} member_t;

struct registry_directory {
    member_t *members; /* by id */
    size_t member_count, member_cap;
    term_t **terms; /* by word */
    size_t term_count, term_cap;
    uint32_t end;  /* the first document number nobody had */
    uint32_t live; /* documents */
    hit_t *hits;   /* by document, for the search under way */
    uint32_t hit_cap;
};

registry_directory_t *registry_directory_new(void)
{
    return calloc(1, sizeof(registry_directory_t));
}

static void term_free(term_t *term)
{
    free(term->word);
    free(term->postings);
    free(term);
}

static void member_free(const member_t *member)
{
    free((char *)member->id.at);
    free(member->always);
}

void registry_directory_free(registry_directory_t *directory)
{
    if (directory == NULL) {
        return;
    }
    for (size_t i = 0; i < directory->term_count; i++) {
        term_free(directory->terms[i]);
    }
    for (size_t i = 0; i < directory->member_count; i++) {
        member_free(&directory->members[i]);
    }
    free(directory->terms);
    free(directory->members);
    free(directory->hits);
    free(directory);
}

/* Room for one more; false without memory. */
static bool grow(void *array, size_t *cap, size_t count, size_t size)
{
    void **place = array;
    size_t larger = *cap == 0 ? 16 : *cap * 2;
    void *grown = count < *cap ? *place : realloc(*place, larger * size);
    if (grown == NULL) {
        return false;
    }
    *cap = count < *cap ? *cap : larger;
    *place = grown;
    return true;
}

/* ---- terms -------------------------------------------------------------------------------------
 */

/* The first term from `low` on that does not sort before `word`, or with `after` the first that
 * neither does nor begins with it. */
static size_t term_bound(const registry_directory_t *directory, span_t word, bool after, size_t low)
{
    size_t high = directory->term_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        span_t term = {directory->terms[middle]->word, directory->terms[middle]->len};
        if (span_compare(term, word) < 0 || (after && span_starts(term, word))) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool is_word(const registry_directory_t *directory, size_t place, span_t word)
{
    return place < directory->term_count &&
           span_equal((span_t){directory->terms[place]->word, directory->terms[place]->len}, word);
}

static term_t *term_add(registry_directory_t *directory, size_t place, span_t word)
{
    term_t *term = calloc(1, sizeof *term);
    if (term == NULL ||
        !grow(&directory->terms, &directory->term_cap, directory->term_count, sizeof(term_t *))) {
        free(term);
        return NULL;
    }
    term->word = span_copy(word);
    if (term->word == NULL) {
        free(term);
        return NULL;
    }
    term->len = word.len;
    memmove(directory->terms + place + 1, directory->terms + place,
            (directory->term_count - place) * sizeof(term_t *));
    directory->terms[place] = term;
    directory->term_count++;
    return term;
}

static bool term_post(term_t *term, uint32_t posting)
{
    size_t cap = term->cap;
    if (!grow(&term->postings, &cap, term->count, sizeof *term->postings)) {
        return false;
    }
    term->cap = (uint32_t)cap;
    term->postings[term->count++] = posting;
    return true;
}

/* The first posting of a document at or behind `document`. */
static uint32_t posting_of(const term_t *term, uint32_t document)
{
    uint32_t low = 0, high = term->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (term->postings[middle] / 2 < document) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void term_forget(term_t *term, const member_t *member)
{
    uint32_t from = posting_of(term, member->first);
    uint32_t to = posting_of(term, member->first + member->count);
    if (from < to) { /* a word may have no posting at all, and then no array */
        memmove(term->postings + from, term->postings + to,
                (term->count - to) * sizeof *term->postings);
        term->count -= to - from;
    }
}

/* ---- members -----------------------------------------------------------------------------------
 */

static size_t member_place(const registry_directory_t *directory, span_t id, bool *found)
{
    size_t low = 0, high = directory->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (span_compare(directory->members[middle].id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *found = low < directory->member_count && span_equal(directory->members[low].id, id);
    return low;
}

/* Calls `visit` with each word of a member, in order, then with those of its municipality: there
 * without postings. False when a call was. */
typedef bool (*visit_t)(registry_directory_t *directory, const member_t *member, span_t word,
                        size_t *place, const uint32_t *postings, size_t count);

static bool each_word(registry_directory_t *directory, const member_t *member, visit_t visit)
{
    size_t place = 0;
    bool fine = true;
    for (size_t i = 0; i < registry_hits_terms(member->search) && fine; i++) {
        const uint32_t *postings = NULL;
        size_t count = 0;
        span_t word = registry_hits_term(member->search, i, &postings, &count);
        fine = visit(directory, member, word, &place, postings, count);
    }
    buf_t folded = {0};
    text_fold(&folded, member->programme->municipality);
    span_t rest = buf_span(&folded), word = SPAN_NONE;
    fine = fine && !folded.failed;
    while (fine && member->count > 0 && rest.len > 0 && span_cut(&rest, ' ', &word)) {
        place = 0;
        fine = visit(directory, member, word, &place, NULL, 0);
    }
    buf_free(&folded);
    return fine;
}

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static bool post_word(registry_directory_t *directory, const member_t *member, span_t word,
                      size_t *place, const uint32_t *postings, size_t count)
{
    *place = term_bound(directory, word, false, *place);
    term_t *term = is_word(directory, *place, word) ? directory->terms[*place]
                                                    : term_add(directory, *place, word);
    bool fine = term != NULL;
    for (size_t i = 0; i < count && fine && postings[i] / 2 < member->count; i++) {
        fine = term_post(term, member->first * 2 + postings[i]);
    }
    if (postings == NULL && fine) {
        uint32_t begun = posting_of(term, member->first);
        for (uint32_t i = 0; i < member->count && fine; i++) {
            fine = term_post(term, (member->first + i) * 2);
        }
        if (term->count > begun) {
            qsort(term->postings + begun, term->count - begun, sizeof *term->postings, by_number);
        }
    }
    return fine;
}

static bool forget_word(registry_directory_t *directory, const member_t *member, span_t word,
                        size_t *place, const uint32_t *postings, size_t count)
{
    (void)postings;
    (void)count;
    *place = term_bound(directory, word, false, *place);
    if (!is_word(directory, *place, word)) {
        return true;
    }
    term_t *term = directory->terms[*place];
    term_forget(term, member);
    if (term->count == 0) {
        term_free(term);
        directory->term_count--;
        memmove(directory->terms + *place, directory->terms + *place + 1,
                (directory->term_count - *place) * sizeof(term_t *));
    }
    return true;
}

/* New numbers for all, in the old order, so that the postings stay in theirs. */
static bool renumber(registry_directory_t *directory)
{
    uint32_t *anew = calloc((size_t)directory->end + 1, sizeof *anew);
    if (anew == NULL) {
        return false;
    }
    for (size_t i = 0; i < directory->member_count; i++) {
        const member_t *member = &directory->members[i];
        for (uint32_t k = 0; k < member->count; k++) {
            anew[member->first + k] = 1;
        }
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < directory->end; i++) {
        uint32_t taken = anew[i];
        anew[i] = next;
        next += taken;
    }
    for (size_t i = 0; i < directory->term_count; i++) {
        term_t *term = directory->terms[i];
        for (uint32_t k = 0; k < term->count; k++) {
            term->postings[k] = anew[term->postings[k] / 2] * 2 + term->postings[k] % 2;
        }
    }
    for (size_t i = 0; i < directory->member_count; i++) {
        directory->members[i].first = anew[directory->members[i].first];
    }
    directory->end = next;
    free(anew);
    return true;
}

void registry_directory_drop(registry_directory_t *directory, span_t id)
{
    bool found = false;
    size_t place = member_place(directory, id, &found);
    if (!found) {
        return;
    }
    member_t member = directory->members[place];
    each_word(directory, &member, forget_word);
    directory->live -= member.count;
    directory->member_count--;
    memmove(directory->members + place, directory->members + place + 1,
            (directory->member_count - place) * sizeof member);
    member_free(&member);
}

static bool *always_of(const registry_programme_t *programme)
{
    const registry_service_t *services = programme->services;
    bool *always = calloc(programme->service_count + 1, sizeof *always);
    for (size_t i = 0; i < programme->service_count && always != NULL; i++) {
        always[i] = !date_before(programme->from, services[i].from);
        for (size_t k = 0; k < programme->service_count && always[i]; k++) {
            always[i] = k == i || !span_equal(services[k].id, services[i].id);
        }
    }
    return always;
}

bool registry_directory_put(registry_directory_t *directory, span_t id,
                            const registry_programme_t *programme, const registry_search_t *search)
{
    bool found = false;
    registry_directory_drop(directory, id);
    if (directory->end / 2 > directory->live + programme->service_count) {
        renumber(directory);
    }
    member_t member = {.id = {span_copy(id), id.len},
                       .programme = programme,
                       .search = search,
                       .first = directory->end,
                       .count = (uint32_t)programme->service_count,
                       .always = always_of(programme)};
    if (member.id.at == NULL || member.always == NULL ||
        programme->service_count > NUMBERS_MAX - directory->end ||
        !grow(&directory->members, &directory->member_cap, directory->member_count,
              sizeof(member_t))) {
        member_free(&member);
        return false;
    }
    size_t place = member_place(directory, id, &found);
    memmove(directory->members + place + 1, directory->members + place,
            (directory->member_count - place) * sizeof member);
    directory->members[place] = member;
    directory->member_count++;
    directory->end += member.count;
    directory->live += member.count;
    if (!each_word(directory, &member, post_word)) {
        registry_directory_drop(directory, id);
        return false;
    }
    return true;
}

/* ---- asking ------------------------------------------------------------------------------------
 */

/* Counts the word number `number` of the query in all documents that it and the words before hit.
 */
static void count_hits(registry_directory_t *directory, span_t word, uint8_t number)
{
    size_t from = term_bound(directory, word, false, 0);
    size_t to = term_bound(directory, word, true, from);
    for (size_t i = from; i < to; i++) {
        const term_t *term = directory->terms[i];
        bool is_whole = term->len == word.len;
        for (uint32_t k = 0; k < term->count; k++) {
            uint32_t posting = term->postings[k];
            hit_note(&directory->hits[posting / 2], number, hit_rank(posting % 2 != 0, is_whole));
        }
    }
}

static bool clear_hits(registry_directory_t *directory)
{
    if (directory->hit_cap < directory->end) {
        hit_t *hits = realloc(directory->hits, 2 * (size_t)directory->end * sizeof *hits);
        if (hits == NULL) {
            return false;
        }
        directory->hits = hits;
        directory->hit_cap = 2 * directory->end;
    }
    if (directory->end > 0) {
        memset(directory->hits, 0, directory->end * sizeof *directory->hits);
    }
    return true;
}

/* Takes out what does not show, and counts the rest by sum. */
static void count_sums(registry_directory_t *directory, const registry_wanted_t *wanted,
                       uint8_t words, size_t sums[static HIT_SUMS + 1])
{
    for (size_t i = 0; i < directory->member_count; i++) {
        const member_t *member = &directory->members[i];
        for (uint32_t k = 0; k < member->count; k++) {
            hit_t *hit = &directory->hits[member->first + k];
            if (hit->words != words) {
                continue;
            }
            if (!member->always[k] && !wanted->shows(wanted->context, member->programme,
                                                     &member->programme->services[k])) {
                hit->words = UINT8_MAX;
                continue;
            }
            sums[hit->sum + 1]++;
        }
    }
}

static size_t write_found(const registry_directory_t *directory, const registry_wanted_t *wanted,
                          uint8_t words, size_t next[static HIT_SUMS + 1], registry_found_t *found)
{
    size_t written = 0;
    for (size_t i = 0; i < directory->member_count && written < wanted->max; i++) {
        const member_t *member = &directory->members[i];
        for (uint32_t k = 0; k < member->count; k++) {
            const hit_t *hit = &directory->hits[member->first + k];
            if (hit->words != words) {
                continue;
            }
            size_t place = next[hit->sum]++;
            if (place >= wanted->first && place - wanted->first < wanted->max) {
                found[place - wanted->first] =
                    (registry_found_t){member->programme, &member->programme->services[k]};
                written++;
            }
        }
    }
    return written;
}

size_t registry_directory_find(registry_directory_t *directory, const registry_wanted_t *wanted,
                               registry_found_t *found, size_t *count)
{
    buf_t folded = {0};
    span_t words[QUERY_WORDS], query = wanted->query;
    query.len = query.len < QUERY_BYTES ? query.len : QUERY_BYTES;
    text_fold(&folded, query);
    *count = 0;
    if (folded.failed || !clear_hits(directory)) {
        buf_free(&folded);
        return SIZE_MAX;
    }
    bool nothing_asked = query.len > 0 && folded.len == 0;
    uint8_t word_count = registry_hits_words(buf_span(&folded), words);
    for (uint8_t i = 0; i < word_count; i++) {
        count_hits(directory, words[i], i);
    }
    size_t sums[HIT_SUMS + 1] = {0};
    if (!nothing_asked) {
        count_sums(directory, wanted, word_count, sums);
    }
    for (size_t sum = 1; sum <= HIT_SUMS; sum++) {
        sums[sum] += sums[sum - 1];
    }
    size_t total = sums[HIT_SUMS];
    *count = write_found(directory, wanted, word_count, sums, found);
    buf_free(&folded);
    return total;
}
