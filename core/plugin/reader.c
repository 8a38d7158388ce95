#include "plugin/reader.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

#define TEXT_BYTES_MAX 8192
#define NEAREST_MAX 320

const char *const plugin_word_names[WORD_COUNT] = {
#define X(word, name) [WORD_##word] = (name),
    WORD_LIST(X)
#undef X
};

/* ---- memory and faults -------------------------------------------------------------------------
 */

void *plugin_load_new(load_t *load, size_t count, size_t size)
{
    if (count == 0) {
        return NULL;
    }
    void *made = arena_array(load->arena, count, size);
    load->no_memory = load->no_memory || made == NULL;
    return made;
}

span_t plugin_load_keep(load_t *load, span_t text)
{
    span_t kept = arena_copy(load->arena, text);
    load->no_memory = load->no_memory || kept.at == NULL;
    return kept;
}

void plugin_load_fault(load_t *load, int line, fault_code_t code, const char *nearest,
                       const fault_say_t *args, size_t count)
{
    plugin_faults_add(&load->faults, load->file->path, line, code, nearest, args, count);
}

bool plugin_load_is_late(load_t *load)
{
    clock_port_t *clock = clock_system();
    if (!load->late && clock->monotonic(clock) > load->deadline) {
        load->late = true;
        FAULT(load, 0, SCRIPT_TIME, say_word("10 s"));
    }
    return load->late;
}

/* ---- nearest names -----------------------------------------------------------------------------
 */

const char *plugin_nearest_id(load_t *load, span_t word, const span_t *ids, size_t count,
                              size_t stride)
{
    const char *names[NEAREST_MAX];
    size_t used = 0;
    for (size_t i = 0; i < count && used < NEAREST_MAX; i++) {
        const span_t *id = (const span_t *)(const void *)((const char *)ids + i * stride);
        if (id->at != NULL) {
            names[used] = arena_copy(load->scratch, *id).at;
            used += names[used] != NULL;
        }
    }
    return text_nearest(word, names, used);
}

void plugin_read_unknown_id(load_t *load, const script_value_t *value, const char *key,
                            const span_t *ids, size_t count, size_t stride, const char *where)
{
    const char *nearest =
        count == 0 ? NULL : plugin_nearest_id(load, value->text, ids, count, stride);
    buf_t all = {0};
    buf_print(&all, "%s", where);
    for (size_t i = 0; i < count; i++) {
        const span_t *id = (const span_t *)(const void *)((const char *)ids + i * stride);
        buf_print(&all, "%s%.*s", i == 0 ? ": " : ", ", SPAN_ARGS(*id));
    }
    FAULT_NEAR(load, value->line, UNKNOWN_TERM, nearest, say(value->text), say_word(key),
               say(buf_span(&all)));
    buf_free(&all);
}

/* A name that is no word, or a field that shared.lua lacks. */
static const char *nearest_name(load_t *load, span_t name)
{
    span_t shared = SPAN("shared.");
    if (span_starts(name, shared) && load->shared != NULL) {
        return plugin_nearest_id(load, span_from(name, shared.len), &load->shared->fields[0].name,
                                 load->shared->field_count, sizeof(script_field_t));
    }
    return text_nearest(name, plugin_word_names, WORD_COUNT);
}

static void say_missing_name(load_t *load, const script_value_t *value)
{
    FAULT_NEAR(load, value->line, UNKNOWN_NAME, nearest_name(load, value->text), say(value->text));
}

fault_say_t plugin_read_found(const script_value_t *value)
{
    switch (value->kind) {
    case SCRIPT_NIL:
        return say_noun(NOUN_NOTHING);
    case SCRIPT_BOOLEAN:
        return say_word(value->boolean ? "true" : "false");
    case SCRIPT_INTEGER:
        return say_number(value->integer);
    case SCRIPT_FLOAT:
        return say_noun(NOUN_NUMBER);
    case SCRIPT_TEXT:
        return say_quoted(value->text);
    case SCRIPT_MONEY:
        return say_money(value->integer);
    case SCRIPT_TABLE:
        return say_noun(NOUN_TABLE);
    case SCRIPT_WORD:
        return say_word(
            value->word >= 0 && value->word < WORD_COUNT ? plugin_word_names[value->word] : "?");
    case SCRIPT_FUNCTION:
        return say_noun(NOUN_FUNCTION);
    case SCRIPT_MISSING:
    case SCRIPT_OTHER:
        break;
    }
    return say_noun(NOUN_OTHER);
}

void plugin_read_wrong(load_t *load, const script_value_t *value, const char *key, noun_t wanted)
{
    if (value->kind == SCRIPT_MISSING) {
        say_missing_name(load, value);
    } else {
        FAULT(load, value->line, WRONG_TYPE, say_word(key), say_noun(wanted),
              plugin_read_found(value));
    }
}

/* ---- tables ------------------------------------------------------------------------------------
 */

const script_value_t *plugin_read_field(const script_value_t *table, const char *key)
{
    for (size_t i = 0; i < table->field_count; i++) {
        if (!table->fields[i].odd && span_equal(table->fields[i].name, span_of(key))) {
            return &table->fields[i].value;
        }
    }
    return NULL;
}

static const reader_key_t *key_of(const schema_t *schema, const script_field_t *field)
{
    for (size_t i = 0; i < schema->count && !field->odd; i++) {
        if (span_equal(field->name, span_of(schema->keys[i].key))) {
            return &schema->keys[i];
        }
    }
    return NULL;
}

/* The key that was probably meant, or NULL. */
static const char *nearest_key(const script_field_t *field, const schema_t *schema)
{
    const char *names[64];
    size_t count = schema->count < 64 ? schema->count : 64;
    for (size_t i = 0; i < count; i++) {
        names[i] = schema->keys[i].key;
    }
    return field->odd ? NULL : text_nearest(field->name, names, count);
}

static void say_unknown_key(load_t *load, const script_field_t *field, const schema_t *schema)
{
    buf_t keys = {0};
    for (size_t i = 0; i < schema->count; i++) {
        buf_print(&keys, "%s%s", i == 0 ? "" : ", ", schema->keys[i].key);
    }
    FAULT_NEAR(load, field->line, UNKNOWN_KEY, nearest_key(field, schema), say(field->name),
               say_word(schema->title), say(buf_span(&keys)));
    buf_free(&keys);
}

/* A key that is there with a slip in its name is not told a second time as missing. */
static bool is_mistyped(const script_value_t *table, const schema_t *schema, const char *key)
{
    for (size_t i = 0; i < table->field_count; i++) {
        const script_field_t *field = &table->fields[i];
        const char *nearest = key_of(schema, field) == NULL ? nearest_key(field, schema) : NULL;
        if (nearest != NULL && strcmp(nearest, key) == 0) {
            return true;
        }
    }
    return false;
}

/* What a key that is missing would have held, for the message. */
static noun_t key_noun(const reader_key_t *key)
{
    return key->read == plugin_read_texts      ? NOUN_TEXTS
           : key->read == plugin_mentions_read ? NOUN_TEXTS
           : key->read == plugin_read_date     ? NOUN_DATE
           : key->read == plugin_read_id       ? NOUN_ID
           : key->read == plugin_read_line     ? NOUN_TEXT
           : key->read == plugin_read_basis    ? NOUN_TEXT
           : key->read == plugin_read_count    ? NOUN_INTEGER
                                               : NOUN_NONE;
}

bool plugin_read_table(load_t *load, const script_value_t *value, const char *key,
                       const schema_t *schema, void *into)
{
    if (value->kind != SCRIPT_TABLE) {
        plugin_read_wrong(load, value, key, NOUN_TABLE);
        return false;
    }
    for (size_t i = schema->items; i < value->item_count; i++) {
        const script_value_t *item = &value->items[i];
        if (item->kind == SCRIPT_MISSING) {
            say_missing_name(load, item);
        } else {
            FAULT(load, item->line, ITEM_WITHOUT_KEY, say_word(schema->title));
        }
    }
    for (size_t i = 0; i < value->field_count; i++) {
        if (key_of(schema, &value->fields[i]) == NULL) {
            say_unknown_key(load, &value->fields[i], schema);
        }
    }
    for (size_t i = 0; i < schema->count; i++) {
        const reader_key_t *wanted = &schema->keys[i];
        const script_value_t *found = plugin_read_field(value, wanted->key);
        if (found == NULL && wanted->required && !is_mistyped(value, schema, wanted->key)) {
            noun_t noun = key_noun(wanted);
            FAULT(load, value->line, MISSING_KEY, say_word(wanted->key), say_word(schema->title),
                  noun == NOUN_NONE ? say_word("…") : say_noun(noun));
        } else if (found != NULL && wanted->read != NULL) {
            wanted->read(load, found, wanted->key, (char *)into + wanted->offset);
        }
    }
    return true;
}

bool plugin_read_is_list(load_t *load, const script_value_t *value, const char *key, size_t least)
{
    if (value->kind != SCRIPT_TABLE) {
        plugin_read_wrong(load, value, key, NOUN_LIST);
        return false;
    }
    for (size_t i = 0; i < value->field_count; i++) {
        FAULT(load, value->fields[i].line, KEY_IN_LIST, say(value->fields[i].name));
    }
    if (value->field_count == 0 && value->item_count < least) {
        FAULT(load, value->line, LIST_EMPTY, say_word(key));
    }
    if (value->item_count > LOAD_LIST_MAX) {
        FAULT(load, value->line, LIST_LONG, say_word(key), say_number(LOAD_LIST_MAX));
        return false;
    }
    return value->item_count > 0;
}

const script_value_t *plugin_read_word(load_t *load, const script_value_t *value, word_t word)
{
    const char *name = plugin_word_names[word];
    if (value->kind != SCRIPT_WORD || value->word != (int)word) {
        if (value->kind == SCRIPT_MISSING) {
            say_missing_name(load, value);
        } else {
            char wanted[48];
            snprintf(wanted, sizeof(wanted), "%s { … }", name);
            FAULT(load, value->line, RETURN_WORD, say_word(wanted), plugin_read_found(value));
        }
        return NULL;
    }
    if (value->item_count != 1) {
        FAULT(load, value->line, ARGUMENTS, say_word(name), say_number(1),
              say_number((int64_t)value->item_count));
        return NULL;
    }
    if (value->items[0].kind != SCRIPT_TABLE) {
        plugin_read_wrong(load, &value->items[0], name, NOUN_TABLE);
        return NULL;
    }
    return &value->items[0];
}

/* ---- single values -----------------------------------------------------------------------------
 */

static bool plain(load_t *load, const script_value_t *value, const char *key, bool lines)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_TEXT);
        return false;
    }
    if (span_trim(value->text).len == 0 || value->text.len > TEXT_BYTES_MAX ||
        !text_is_plain(value->text, lines)) {
        FAULT(load, value->line, BAD_TEXT, say_word(key));
        return false;
    }
    return true;
}

void plugin_read_line(load_t *load, const script_value_t *value, const char *key, void *span)
{
    if (plain(load, value, key, false)) {
        *(span_t *)span = plugin_load_keep(load, value->text);
    }
}

static void read_paragraph(load_t *load, const script_value_t *value, const char *key, void *span)
{
    if (plain(load, value, key, true)) {
        *(span_t *)span = plugin_load_keep(load, value->text);
    }
}

SCHEMA(texts_schema, "{ pl, en, uk }", 0, {"pl", false, read_paragraph, 0},
       {"en", false, read_paragraph, LANG_EN * sizeof(span_t)},
       {"uk", false, read_paragraph, LANG_UK * sizeof(span_t)});

void plugin_read_raw_texts(load_t *load, const script_value_t *value, const char *key,
                           texts_t *texts)
{
    if (value->kind != SCRIPT_TABLE) {
        plugin_read_wrong(load, value, key, NOUN_TEXTS);
        return;
    }
    plugin_read_table(load, value, key, &texts_schema, texts);
    if (plugin_read_field(value, "pl") == NULL) {
        FAULT(load, value->line, TEXT_WITHOUT_PL, say_word(key));
    }
}

void plugin_read_texts(load_t *load, const script_value_t *value, const char *key, void *texts)
{
    plugin_read_raw_texts(load, value, key, texts);
    plugin_mentions_refuse(load, value, key, texts);
}

void plugin_read_basis(load_t *load, const script_value_t *value, const char *key, void *basis)
{
    registry_basis_t *into = basis;
    span_t written = SPAN_NONE;
    plugin_read_line(load, value, key, &written);
    registry_basis_set(into, written);
}

static void read_name(load_t *load, const script_value_t *value, const char *key, char joint,
                      span_t *into)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_ID);
    } else if (!plugin_files_id(value->text, joint)) {
        char allowed[2] = {joint, '\0'};
        FAULT(load, value->line, BAD_ID, say(value->text), say_word(allowed));
    } else {
        *into = plugin_load_keep(load, value->text);
    }
}

void plugin_read_id(load_t *load, const script_value_t *value, const char *key, void *span)
{
    read_name(load, value, key, '-', span);
}

void plugin_read_fact_id(load_t *load, const script_value_t *value, const char *key, void *span)
{
    read_name(load, value, key, '_', span);
}

void plugin_read_date(load_t *load, const script_value_t *value, const char *key, void *date)
{
    date_t read;
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_DATE);
    } else if (!date_parse(value->text, &read)) {
        FAULT(load, value->line, BAD_DATE, say(value->text));
    } else {
        *(date_t *)date = read;
    }
}

void plugin_read_from_to(load_t *load, int line, date_t from, date_t to)
{
    char a[DATE_TEXT_LEN + 1], b[DATE_TEXT_LEN + 1];
    if (!date_is_none(from) && !date_is_none(to) && date_before(to, from)) {
        date_text(from, a);
        date_text(to, b);
        FAULT(load, line, DATES_ORDER, say_word(b), say_word(a));
    }
}

bool plugin_read_integer(load_t *load, const script_value_t *value, const char *key, int64_t least,
                         int64_t most, int64_t *number)
{
    if (value->kind != SCRIPT_INTEGER) {
        plugin_read_wrong(load, value, key, NOUN_INTEGER);
        return false;
    }
    if (value->integer < least || value->integer > most) {
        FAULT(load, value->line, BAD_RANGE, say_word(key), say_number(value->integer),
              say_number(least), say_number(most));
        return false;
    }
    *number = value->integer;
    return true;
}

void plugin_read_count(load_t *load, const script_value_t *value, const char *key, void *integer)
{
    int64_t number;
    if (plugin_read_integer(load, value, key, 1, 100000, &number)) {
        *(int *)integer = (int)number;
    }
}

bool plugin_thousandths(const script_value_t *value, int64_t *number)
{
    if (value->kind == SCRIPT_INTEGER && value->integer >= -INT64_C(1000000000000) &&
        value->integer <= INT64_C(1000000000000)) {
        *number = value->integer * 1000;
        return true;
    }
    if (value->kind != SCRIPT_FLOAT || !(fabs(value->number) < 1e12)) {
        return false;
    }
    double scaled = value->number * 1000;
    if (fabs(scaled - round(scaled)) > 1e-6 * fmax(1, fabs(value->number))) {
        return false;
    }
    *number = (int64_t)llround(scaled);
    return true;
}

bool plugin_read_thousandths(load_t *load, const script_value_t *value, const char *key,
                             int64_t least, int64_t most, int64_t *number)
{
    int64_t read;
    if (!plugin_thousandths(value, &read)) {
        plugin_read_wrong(load, value, key, NOUN_DECIMAL);
        return false;
    }
    if (read < least || read > most) {
        FAULT(load, value->line, BAD_RANGE, say_word(key), plugin_read_found(value),
              say_number(least / 1000), say_number(most / 1000));
        return false;
    }
    *number = read;
    return true;
}

bool plugin_read_money(load_t *load, const script_value_t *value, const char *key, int64_t *grosze)
{
    if (value->kind != SCRIPT_MONEY) {
        plugin_read_wrong(load, value, key, NOUN_MONEY);
        return false;
    }
    if (value->integer < 0 || value->integer > MONEY_MAX) {
        FAULT(load, value->line, BAD_RANGE, say_word(key), say_money(value->integer), say_money(0),
              say_money(MONEY_MAX));
        return false;
    }
    *grosze = value->integer;
    return true;
}

int plugin_read_choice(load_t *load, const script_value_t *value, const char *key,
                       const char *const *names, size_t count)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_CHOICE);
        return -1;
    }
    buf_t all = {0};
    for (size_t i = 0; i < count; i++) {
        if (span_equal(value->text, span_of(names[i]))) {
            buf_free(&all);
            return (int)i;
        }
        buf_print(&all, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    FAULT_NEAR(load, value->line, BAD_CHOICE, text_nearest(value->text, names, count),
               say(value->text), say_word(key), say(buf_span(&all)));
    buf_free(&all);
    return -1;
}

int plugin_read_fact(load_t *load, const script_value_t *value, const char *key)
{
    if (value->kind != SCRIPT_TEXT) {
        plugin_read_wrong(load, value, key, NOUN_FACT);
        return -1;
    }
    const registry_programme_t *programme = load->programme;
    for (size_t i = 0; i < programme->fact_count; i++) {
        if (span_equal(programme->facts[i]->id, value->text)) {
            return (int)i;
        }
    }
    span_t ids[RULES_FACTS_MAX];
    size_t count =
        programme->fact_count < RULES_FACTS_MAX ? programme->fact_count : RULES_FACTS_MAX;
    for (size_t i = 0; i < count; i++) {
        ids[i] = programme->facts[i]->id;
    }
    const char *nearest = plugin_nearest_id(load, value->text, ids, count, sizeof *ids);
    FAULT_NEAR(load, value->line, UNKNOWN_FACT, nearest, say(value->text));
    return -1;
}
