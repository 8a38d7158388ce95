#include "record.h"
#include "kept.h"
#include "postings.h"

#include <stdlib.h>

typedef struct {
    kept_row_t **at; /* by id - 1 */
    size_t count, cap;
    int64_t least[IPUS_FIELDS_MAX], most[IPUS_FIELDS_MAX]; /* ever written, to bound ranges */
} table_t;

typedef struct {
    char name[64]; /* of a service or a series */
    int64_t from, to;
    int64_t taken, over;
} counter_t;

typedef struct {
    counter_t *at;
    size_t count, cap;
} counters_t;

typedef enum { UNDO_ROW, UNDO_POOL, UNDO_SERIES } undo_sort_t;

typedef struct {
    undo_sort_t sort;
    ipus_kind_t kind;
    size_t place;
    kept_row_t *before; /* of a row; NULL: it was added */
    counter_t counter;
} undo_t;

struct memory {
    ipus_record_t port;
    table_t tables[IPUS_KIND_COUNT];
    postings_t postings;
    counters_t pools, series;
    undo_t *undo;
    size_t undo_count, undo_begun, undo_cap;
    ipus_entry_t *journal;
    size_t journal_count, journal_cap, journal_begun;
    uint64_t codes;
    size_t calls, break_at;
};

static bool breaks(memory_t *memory)
{
    memory->calls++;
    return memory->break_at > 0 && memory->calls >= memory->break_at;
}

/* ---- the index ------------------------------------------------------------------------------- */

static bool is_indexed(ipus_kind_t kind, int field)
{
    const ipus_field_t *spec = &ipus_kind(kind)->fields[field];
    return spec->owner || (spec->flags & IPUS_LISTED) != 0 ||
           (kind == IPUS_PERSON && (field == PERSON_PESEL || field == PERSON_DOCUMENT));
}

static uint64_t key_of(ipus_kind_t kind, int field, uint64_t value)
{
    uint64_t key = value ^ ((uint64_t)kind << 56) ^ ((uint64_t)field << 48);
    key = (key ^ key >> 33) * UINT64_C(0xff51afd7ed558ccd);
    key = (key ^ key >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    key ^= key >> 33;
    return key != 0 ? key : 1;
}

static uint64_t key_of_kept(ipus_kind_t kind, int field, const kept_value_t *value)
{
    if (value->is == IPUS_NONE) {
        return key_of(kind, field, (uint64_t)IPUS_NULL);
    }
    return key_of(kind, field,
                  ipus_is_text(ipus_kind(kind)->fields[field].type)
                      ? span_hash((span_t){value->as.text, value->len})
                      : (uint64_t)value->as.number);
}

static void bound(table_t *table, int field, const kept_value_t *value)
{
    if (value->is == IPUS_KNOWN) {
        int64_t number = value->as.number;
        table->least[field] = number < table->least[field] ? number : table->least[field];
        table->most[field] = number > table->most[field] ? number : table->most[field];
    }
}

/* From one form of a row to another; NULL is none. */
static void reindex(memory_t *memory, ipus_kind_t kind, int64_t id, const kept_row_t *from,
                    const kept_row_t *to)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    for (int i = 0; i < spec->count; i++) {
        if (!is_indexed(kind, i)) {
            continue;
        }
        uint64_t old = from != NULL ? key_of_kept(kind, i, &from->at[i]) : 0;
        uint64_t new = to != NULL ? key_of_kept(kind, i, &to->at[i]) : 0;
        if (old == new) {
            continue;
        }
        if (old != 0) {
            postings_remove(&memory->postings, old, id);
        }
        if (new != 0) {
            postings_add(&memory->postings, new, id);
            if (!ipus_is_text(spec->fields[i].type)) {
                bound(&memory->tables[kind], i, &to->at[i]);
            }
        }
    }
}

/* ---- transactions ---------------------------------------------------------------------------- */

static undo_t *undo_next(memory_t *memory)
{
    memory->undo =
        support_grown(memory->undo, memory->undo_count, &memory->undo_cap, sizeof *memory->undo);
    return &memory->undo[memory->undo_count++];
}

void memory_begin(memory_t *memory)
{
    for (size_t i = 0; i < memory->undo_count; i++) {
        free(memory->undo[i].before);
    }
    memory->undo_count = 0;
    memory_commit(memory);
    arena_reset(memory->port.arena);
}

/* What was replaced is let go at the next beginning: an answer may still point into it. */
void memory_commit(memory_t *memory)
{
    memory->undo_begun = memory->undo_count;
    memory->journal_begun = memory->journal_count;
}

static void take_back(memory_t *memory, const undo_t *undo)
{
    if (undo->sort == UNDO_ROW) {
        table_t *table = &memory->tables[undo->kind];
        kept_row_t *now = table->at[undo->place];
        reindex(memory, undo->kind, (int64_t)undo->place + 1, now, undo->before);
        free(now);
        table->at[undo->place] = undo->before;
        table->count -= undo->before == NULL;
    } else {
        counters_t *counters = undo->sort == UNDO_POOL ? &memory->pools : &memory->series;
        counters->at[undo->place] = undo->counter;
    }
}

void memory_rollback(memory_t *memory)
{
    while (memory->undo_count > memory->undo_begun) {
        take_back(memory, &memory->undo[--memory->undo_count]);
    }
    memory->journal_count = memory->journal_begun;
}

memory_mark_t memory_mark(const memory_t *memory)
{
    return (memory_mark_t){memory->undo_count, memory->journal_count};
}

void memory_back(memory_t *memory, memory_mark_t mark)
{
    while (memory->undo_count > mark.undo) {
        take_back(memory, &memory->undo[--memory->undo_count]);
    }
    memory->journal_count = mark.journal;
}

/* ---- the port: rows -------------------------------------------------------------------------- */

static kept_row_t *kept_of(const memory_t *memory, ipus_kind_t kind, int64_t id)
{
    const table_t *table = &memory->tables[kind];
    return id >= 1 && (uint64_t)id <= table->count ? table->at[id - 1] : NULL;
}

static ipus_code_t get(void *context, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row)
{
    memory_t *memory = context;
    const kept_row_t *kept = kept_of(memory, kind, id);
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    if (kept == NULL) {
        return IPUS_ABSENT;
    }
    kept_show(kept, kind, id, open, row);
    return IPUS_FINE;
}

/* Puts a row in its place and remembers what was there. */
static void put(memory_t *memory, ipus_row_t *row, kept_row_t *kept, int64_t now)
{
    table_t *table = &memory->tables[row->kind];
    size_t place = (size_t)row->id - 1;
    kept_row_t *before = place < table->count ? table->at[place] : NULL;
    *undo_next(memory) =
        (undo_t){.sort = UNDO_ROW, .kind = row->kind, .place = place, .before = before};
    kept->version = row->version = before != NULL ? before->version + 1 : 1;
    kept->made_at = row->made_at = before != NULL ? before->made_at : now;
    kept->changed_at = row->changed_at = now;
    kept->made_by = row->made_by = before != NULL ? before->made_by : row->changed_by;
    kept->changed_by = row->changed_by;
    table->at = support_grown(table->at, place, &table->cap, sizeof *table->at);
    table->at[place] = kept;
    table->count += before == NULL;
    reindex(memory, row->kind, row->id, before, kept);
}

static ipus_code_t add(void *context, ipus_row_t *row, int64_t now)
{
    memory_t *memory = context;
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    row->id = (int64_t)memory->tables[row->kind].count + 1;
    put(memory, row, kept_new(row, NULL), now);
    return IPUS_FINE;
}

static ipus_code_t set(void *context, ipus_row_t *row, int64_t now)
{
    memory_t *memory = context;
    const kept_row_t *before = kept_of(memory, row->kind, row->id);
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    support_require(before != NULL, "a row is set that was never added");
    if (before->version != row->version) {
        return IPUS_STALE;
    }
    put(memory, row, kept_new(row, before), now);
    return IPUS_FINE;
}

/* ---- the port: finding ----------------------------------------------------------------------- */

typedef struct {
    int64_t *at;
    size_t count, cap;
} ids_t;

static bool fits(const ipus_query_t *query, const kept_row_t *kept)
{
    for (int i = 0; i < query->equal_count; i++) {
        const kept_value_t *value = &kept->at[query->equals[i].field];
        span_t text = query->equals[i].text;
        bool equal = text.at != NULL ? value->is == IPUS_KNOWN &&
                                           span_equal(text, (span_t){value->as.text, value->len})
                     : query->equals[i].number == IPUS_NULL
                         ? value->is == IPUS_NONE
                         : value->is == IPUS_KNOWN && value->as.number == query->equals[i].number;
        if (!equal) {
            return false;
        }
    }
    if (query->range < 0) {
        return true;
    }
    const kept_value_t *value = &kept->at[query->range];
    return value->is == IPUS_KNOWN && value->as.number >= query->from &&
           value->as.number <= query->to;
}

static void ids_add(ids_t *ids, const posting_t *posting)
{
    while (ids->cap < ids->count + posting->count) {
        ids->at = support_grown(ids->at, ids->cap, &ids->cap, sizeof *ids->at);
    }
    if (posting->count > 0) {
        memcpy(&ids->at[ids->count], posting->ids, posting->count * sizeof *ids->at);
        ids->count += posting->count;
    }
}

static int compare_ids(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Every value of the range has rows of its own; in the order of ids afterwards. */
static void ids_of_range(const memory_t *memory, const ipus_query_t *query, ids_t *ids)
{
    const table_t *table = &memory->tables[query->kind];
    int64_t from = query->from, to = query->to;
    from = from < table->least[query->range] ? table->least[query->range] : from;
    to = to > table->most[query->range] ? table->most[query->range] : to;
    for (int64_t value = from; value <= to; value++) {
        ids_add(ids,
                postings_of(&memory->postings, key_of(query->kind, query->range, (uint64_t)value)));
    }
    if (ids->count > 0) {
        qsort(ids->at, ids->count, sizeof *ids->at, compare_ids);
    }
}

/* The rows that may fit: by the rarest of the values asked for. */
static void candidates(const memory_t *memory, const ipus_query_t *query, ids_t *ids)
{
    const posting_t *rarest = NULL;
    for (int i = 0; i < query->equal_count; i++) {
        int field = query->equals[i].field;
        support_require(is_indexed(query->kind, field),
                        "a query by a field that lists are not narrowed by");
        span_t text = query->equals[i].text;
        uint64_t value = text.at != NULL ? span_hash(text) : (uint64_t)query->equals[i].number;
        const posting_t *posting =
            postings_of(&memory->postings, key_of(query->kind, field, value));
        rarest = rarest == NULL || posting->count < rarest->count ? posting : rarest;
    }
    support_require(query->range < 0 || is_indexed(query->kind, query->range),
                    "a range of a field that lists are not narrowed by");
    if (rarest != NULL) {
        ids_add(ids, rarest);
    } else if (query->range >= 0) {
        ids_of_range(memory, query, ids);
    } else {
        for (size_t i = 0; i < memory->tables[query->kind].count; i++) {
            ids->at = support_grown(ids->at, ids->count, &ids->cap, sizeof *ids->at);
            ids->at[ids->count++] = (int64_t)i + 1;
        }
    }
}

static ipus_code_t find(void *context, const ipus_query_t *query,
                        bool (*each)(void *of, const ipus_row_t *row), void *of)
{
    memory_t *memory = context;
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    ids_t ids = {0};
    candidates(memory, query, &ids);
    int told = 0;
    for (size_t i = 0; i < ids.count; i++) {
        int64_t id = ids.at[query->descending ? ids.count - 1 - i : i];
        bool beyond =
            query->after == 0 || (query->descending ? id < query->after : id > query->after);
        const kept_row_t *kept = kept_of(memory, query->kind, id);
        if (!beyond || kept == NULL || !fits(query, kept)) {
            continue;
        }
        ipus_row_t row;
        kept_show(kept, query->kind, id, query->open, &row);
        if (!each(of, &row) || ++told == query->limit) {
            break;
        }
    }
    free(ids.at);
    return IPUS_FINE;
}

static bool note_id(void *of, const ipus_row_t *row)
{
    *(int64_t *)of = row->id;
    return false;
}

static ipus_code_t person(void *context, int field, span_t text, int64_t *id)
{
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    ipus_query_text(&query, field, text);
    *id = 0;
    ipus_code_t code = find(context, &query, note_id, id);
    return code == IPUS_FINE && *id == 0 ? IPUS_ABSENT : code;
}

/* ---- the port: counts ------------------------------------------------------------------------ */

static const counter_t *counted(const counters_t *counters, span_t name, int64_t from, int64_t to)
{
    for (size_t i = 0; i < counters->count; i++) {
        const counter_t *counter = &counters->at[i];
        if (span_equal(name, span_of(counter->name)) && counter->from == from &&
            counter->to == to) {
            return counter;
        }
    }
    return NULL;
}

/* To be changed; what it was is remembered. */
static counter_t *counter_of(memory_t *memory, undo_sort_t sort, span_t name, int64_t from,
                             int64_t to)
{
    counters_t *counters = sort == UNDO_POOL ? &memory->pools : &memory->series;
    const counter_t *found = counted(counters, name, from, to);
    size_t place = found != NULL ? (size_t)(found - counters->at) : counters->count;
    if (found == NULL) {
        support_require(name.len < sizeof found->name, "a name is too long");
        counters->at =
            support_grown(counters->at, counters->count, &counters->cap, sizeof *counters->at);
        counters->at[counters->count] = (counter_t){.from = from, .to = to};
        memcpy(counters->at[counters->count++].name, name.at, name.len);
    }
    *undo_next(memory) = (undo_t){.sort = sort, .place = place, .counter = counters->at[place]};
    return &counters->at[place];
}

static ipus_code_t take(void *context, const ipus_pool_t *pool, int64_t units, int64_t over,
                        int64_t cap, int64_t *taken)
{
    memory_t *memory = context;
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    counter_t *counter =
        counter_of(memory, UNDO_POOL, pool->service, pool->from.days, pool->to.days);
    bool fits_in = over != 0 || units <= 0 || counter->taken + units <= cap;
    if (fits_in) {
        counter->taken += units - over;
        counter->over += over;
    }
    *taken = counter->taken;
    return fits_in ? IPUS_FINE : IPUS_USED_UP;
}

static ipus_code_t series(void *context, const char *name, int64_t of, int64_t *number)
{
    memory_t *memory = context;
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    *number = ++counter_of(memory, UNDO_SERIES, span_of(name), of, of)->taken;
    return IPUS_FINE;
}

static void code(void *context, char *text, size_t len)
{
    static const char letters[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    memory_t *memory = context;
    uint64_t bits = key_of(IPUS_PERSON, 0, ++memory->codes);
    for (size_t i = 0; i < len; i++) {
        text[i] = letters[bits >> i % 12 * 5 & 31];
    }
}

static ipus_code_t journal(void *context, const ipus_entry_t *entry)
{
    memory_t *memory = context;
    if (breaks(memory)) {
        return IPUS_BROKEN;
    }
    memory->journal =
        support_grown(memory->journal, memory->journal_count, &memory->journal_cap, sizeof *entry);
    memory->journal[memory->journal_count++] = *entry;
    return IPUS_FINE;
}

/* ---- for the tests --------------------------------------------------------------------------- */

memory_t *memory_new(void)
{
    memory_t *memory = support_must(calloc(1, sizeof *memory));
    memory->port = (ipus_record_t){.context = memory,
                                   .arena = support_must(arena_new(1 << 16)),
                                   .get = get,
                                   .find = find,
                                   .add = add,
                                   .set = set,
                                   .take = take,
                                   .person = person,
                                   .series = series,
                                   .code = code,
                                   .journal = journal};
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        for (int i = 0; i < IPUS_FIELDS_MAX; i++) {
            memory->tables[kind].least[i] = INT64_MAX;
            memory->tables[kind].most[i] = INT64_MIN;
        }
    }
    return memory;
}

void memory_free(memory_t *memory)
{
    memory_begin(memory);
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        for (size_t i = 0; i < memory->tables[kind].count; i++) {
            free(memory->tables[kind].at[i]);
        }
        free(memory->tables[kind].at);
    }
    postings_free(&memory->postings);
    free(memory->pools.at);
    free(memory->series.at);
    free(memory->undo);
    free(memory->journal);
    arena_free(memory->port.arena);
    free(memory);
}

ipus_record_t *memory_record(memory_t *memory)
{
    return &memory->port;
}

bool memory_run(memory_t *memory, const ipus_command_t *command, ipus_answer_t *answer)
{
    memory_begin(memory);
    bool kept = ipus_run(command, &memory->port, answer);
    (kept ? memory_commit : memory_rollback)(memory);
    return kept;
}

void memory_break(memory_t *memory, size_t call)
{
    memory->calls = 0;
    memory->break_at = call;
}

bool memory_row(memory_t *memory, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    const kept_row_t *kept = kept_of(memory, kind, id);
    if (kept != NULL) {
        kept_show(kept, kind, id, true, row);
    }
    return kept != NULL;
}

int64_t memory_count(const memory_t *memory, ipus_kind_t kind)
{
    return (int64_t)memory->tables[kind].count;
}

int64_t memory_taken(const memory_t *memory, const ipus_pool_t *pool, int64_t *over)
{
    const counter_t *counter =
        counted(&memory->pools, pool->service, pool->from.days, pool->to.days);
    *over = counter != NULL ? counter->over : 0;
    return counter != NULL ? counter->taken : 0;
}

const ipus_entry_t *memory_journal(const memory_t *memory, size_t *count)
{
    *count = memory->journal_count;
    return memory->journal;
}

static uint64_t hash_counters(uint64_t hash, const counters_t *counters)
{
    uint64_t sum = 0; /* without order, and without those that stand at nothing again */
    for (size_t i = 0; i < counters->count; i++) {
        const counter_t *counter = &counters->at[i];
        uint64_t one = span_hash(span_of(counter->name)) ^ (uint64_t)counter->from << 32;
        one = key_of(IPUS_PERSON, 1, one ^ (uint64_t)counter->to);
        sum += one * (uint64_t)(counter->taken * 3 + counter->over);
    }
    return key_of(IPUS_PERSON, 2, hash ^ sum);
}

uint64_t memory_hash(const memory_t *memory)
{
    uint64_t hash = memory->journal_count;
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        for (size_t id = 0; id < memory->tables[kind].count; id++) {
            const kept_row_t *kept = memory->tables[kind].at[id];
            hash = key_of((ipus_kind_t)kind, 0, hash ^ (uint64_t)kept->version);
            for (int i = 0; i < ipus_kind((ipus_kind_t)kind)->count; i++) {
                hash = key_of((ipus_kind_t)kind, i,
                              hash ^ key_of_kept((ipus_kind_t)kind, i, &kept->at[i]));
            }
        }
    }
    return hash_counters(hash_counters(hash, &memory->pools), &memory->series);
}
