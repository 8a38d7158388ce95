/* Finds for every field and item of a value the line of the text on which it stands. Lua tells only
 * where a word is called; so this walks the constructor `return service { … }` token by token
 * beside the value that it built. What was built elsewhere keeps its word's line,
 * or its parent's. */
#include "script/inside.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const script_state_t *state;
    const tokens_t *tokens;
    arena_t *arena;
    bool failed;
} walk_t;

static const token_t *token_in(const tokens_t *tokens, size_t at)
{
    return &tokens->at[at < tokens->count ? at : tokens->count - 1];
}

static const token_t *token_at(const walk_t *walk, size_t at)
{
    return token_in(walk->tokens, at);
}

static bool token_is(const walk_t *walk, size_t at, const char *text)
{
    return script_token_is(token_at(walk, at), text);
}

static bool ends_expression(const token_t *token)
{
    static const char *const ends[] = {",", ";", "}", ")", "]"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        if (script_token_is(token, ends[i])) {
            return true;
        }
    }
    return token->kind == TOKEN_END;
}

/* +1 where a block begins that `end` or `until` closes, -1 there. */
static int block_change(const token_t *token)
{
    static const char *const opens[] = {"function", "if", "do", "repeat"};
    for (size_t i = 0; i < sizeof opens / sizeof opens[0]; i++) {
        if (script_token_is(token, opens[i])) {
            return 1;
        }
    }
    return script_token_is(token, "end") || script_token_is(token, "until") ? -1 : 0;
}

size_t script_skip_expression(const tokens_t *tokens, size_t at)
{
    int depth = 0;
    const token_t *token = token_in(tokens, at);
    while (token->kind != TOKEN_END && (depth > 0 || !ends_expression(token))) {
        depth += block_change(token);
        at = token->match > at ? token->match + 1 : at + 1;
        token = token_in(tokens, at);
    }
    return at;
}

static size_t walk_expression(walk_t *walk, size_t at, script_value_t *value);
static void walk_constructor(walk_t *walk, size_t open, script_value_t *table);

/* The expressions between the brackets at `open`, one an argument. */
static void walk_arguments(walk_t *walk, size_t open, script_value_t *word)
{
    if (!token_is(walk, open, "(")) {
        script_value_t *only = word->item_count > 0 ? &word->items[0] : NULL;
        if (only != NULL) {
            only->line = token_at(walk, open)->line;
        }
        if (only != NULL && only->kind == SCRIPT_TABLE && token_is(walk, open, "{")) {
            walk_constructor(walk, open, only);
        }
        return;
    }
    size_t close = token_at(walk, open)->match, at = open + 1;
    for (size_t i = 0; at < close; i++) {
        size_t end = walk_expression(walk, at, i < word->item_count ? &word->items[i] : NULL);
        at = end + 1;
    }
}

/* The token behind the arguments that begin at `at`, or `at` where there are none. */
static size_t arguments_end(const walk_t *walk, size_t at)
{
    if (token_at(walk, at)->kind == TOKEN_STRING) {
        return at + 1;
    }
    bool bracket = token_is(walk, at, "(") || token_is(walk, at, "{");
    return bracket && token_at(walk, at)->match > at ? token_at(walk, at)->match + 1 : at;
}

static span_t word_name(const walk_t *walk, const script_value_t *value)
{
    return value->kind == SCRIPT_WORD ? span_of(walk->state->words[value->word]) : value->text;
}

static bool is_term(const script_value_t *value)
{
    return value->kind == SCRIPT_WORD || value->kind == SCRIPT_MISSING;
}

static int compare_to_name(const void *name, const void *field)
{
    const script_field_t *other = field;
    return other->odd ? -1 : span_compare(*(const span_t *)name, other->name);
}

/* The field of that name; before placing they are sorted, text keys first. */
static script_field_t *find_field(const script_value_t *table, span_t name)
{
    if (table->field_count == 0) {
        return NULL;
    }
    return bsearch(&name, table->fields, table->field_count, sizeof *table->fields,
                   compare_to_name);
}

/* Item `index` of a list with holes is an odd field. */
static script_field_t *find_odd(const script_value_t *table, span_t number)
{
    for (size_t i = table->field_count; i > 0 && table->fields[i - 1].odd; i--) {
        if (span_equal(table->fields[i - 1].name, number)) {
            return &table->fields[i - 1];
        }
    }
    return NULL;
}

/* The key of an entry of a constructor, and where its value begins. */
typedef struct {
    script_field_t *field;
    script_value_t *item;
    size_t value;
} entry_t;

static void find_item(const script_value_t *table, uint64_t index, entry_t *entry)
{
    if (index >= 1 && index <= table->item_count) {
        entry->item = &table->items[index - 1];
        return;
    }
    char number[24];
    int len = snprintf(number, sizeof number, "%llu", (unsigned long long)index);
    entry->field = find_odd(table, (span_t){number, (size_t)len});
}

static entry_t read_entry(const walk_t *walk, size_t at, const script_value_t *table,
                          uint64_t *items)
{
    entry_t entry = {.value = at};
    const token_t *token = token_at(walk, at);
    if (token->kind == TOKEN_NAME && token_is(walk, at + 1, "=")) {
        entry.field = find_field(table, token->text);
        entry.value = at + 2;
    } else if (token_is(walk, at, "[")) {
        const token_t *key = token_at(walk, at + 1);
        uint64_t number = 0;
        bool single = token->match == at + 2;
        entry.value = token->match + 2;
        if (single && key->kind == TOKEN_STRING && key->text.len >= 2 && key->text.at[0] != '[') {
            entry.field = find_field(table, (span_t){key->text.at + 1, key->text.len - 2});
        } else if (single && span_number(key->text, SCRIPT_VALUES_MAX, &number)) {
            find_item(table, number, &entry);
        }
    } else {
        find_item(table, ++*items, &entry);
    }
    return entry;
}

/* Fields in the order of the text: those of `placed`, then the others as they were. */
static void order_fields(walk_t *walk, script_value_t *table, const size_t *placed, size_t count)
{
    script_field_t *ordered = arena_array(walk->arena, table->field_count, sizeof *ordered);
    if (ordered == NULL) {
        walk->failed = true;
        return;
    }
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (table->fields[placed[i]].line > 0) {
            ordered[at++] = table->fields[placed[i]];
            table->fields[placed[i]].line = -1; /* moved; a key written twice counts once */
        }
    }
    for (size_t i = 0; i < table->field_count; i++) {
        if (table->fields[i].line == 0) {
            ordered[at++] = table->fields[i];
        }
    }
    table->fields = ordered;
}

static void walk_constructor(walk_t *walk, size_t open, script_value_t *table)
{
    size_t close = token_at(walk, open)->match, at = open + 1, count = 0, cap = 0;
    size_t *placed = NULL;
    uint64_t items = 0;
    while (at < close && !walk->failed) {
        entry_t entry = read_entry(walk, at, table, &items);
        script_value_t *value = entry.item;
        if (entry.field != NULL) {
            value = &entry.field->value;
            entry.field->line = token_at(walk, at)->line;
            if (!script_grow(&placed, &cap, count, sizeof *placed)) {
                walk->failed = true;
                break;
            }
            placed[count++] = (size_t)(entry.field - table->fields);
        }
        at = walk_expression(walk, entry.value, value) + 1;
    }
    if (count > 0 && !walk->failed) {
        order_fields(walk, table, placed, count);
    }
    free(placed);
}

/* Walks the expression that begins at `at` beside the value it gave; the token behind it. */
static size_t walk_expression(walk_t *walk, size_t at, script_value_t *value)
{
    const token_t *token = token_at(walk, at);
    size_t next = script_skip_expression(walk->tokens, at);
    bool walked = value != NULL && value->line > 0;
    if (value == NULL || (walked && (value->kind == SCRIPT_TABLE || is_term(value)))) {
        return next; /* of a key written twice only the first place counts */
    }
    int captured = value->line < 0 ? -value->line : 0;
    if (token_is(walk, at, "(") && token->match + 1 == next) {
        walk_expression(walk, at + 1, value);
    } else if (token_is(walk, at, "{") && token->match + 1 == next && value->kind == SCRIPT_TABLE) {
        value->line = token->line;
        walk_constructor(walk, at, value);
    } else if (token->kind == TOKEN_NAME && is_term(value) && arguments_end(walk, at + 1) == next) {
        bool own = span_equal(token->text, word_name(walk, value)) || captured == token->line;
        if (own && next > at + 1) {
            value->line = token->line;
            walk_arguments(walk, at + 1, value);
        }
    } else if (value->kind != SCRIPT_TABLE && !is_term(value)) {
        value->line = token->line;
    }
    return next;
}

/* The only call of the word on the line where it was captured; the end where there are several. */
static size_t find_call(const walk_t *walk, span_t name, int line)
{
    size_t found = walk->tokens->count - 1, low = 0, high = found;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (token_at(walk, middle)->line < line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t count = 0;
    for (; token_at(walk, low)->kind != TOKEN_END && token_at(walk, low)->line == line; low++) {
        const token_t *token = token_at(walk, low);
        if (token->kind == TOKEN_NAME && span_equal(token->text, name) &&
            arguments_end(walk, low + 1) > low + 1) {
            found = low;
            count++;
        }
    }
    return count == 1 ? found : walk->tokens->count - 1;
}

/* Gives a line to everything that has none yet. */
static void inherit(walk_t *walk, script_value_t *value, int line)
{
    if (value->line < 0) {
        value->line = -value->line;
        size_t call = is_term(value) ? find_call(walk, word_name(walk, value), value->line) : 0;
        if (is_term(value) && token_at(walk, call)->kind != TOKEN_END) {
            walk_arguments(walk, call + 1, value);
        }
    } else if (value->line == 0) {
        value->line = line;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        inherit(walk, &value->items[i], value->line);
    }
    for (size_t i = 0; i < value->field_count; i++) {
        script_field_t *field = &value->fields[i];
        inherit(walk, &field->value, field->line > 0 ? field->line : value->line);
        field->line = field->line > 0 ? field->line : field->value.line;
    }
}

/* The `return` of the chunk itself. */
static size_t find_return(const walk_t *walk)
{
    int depth = 0;
    size_t at = 0;
    while (token_at(walk, at)->kind != TOKEN_END && !(depth == 0 && token_is(walk, at, "return"))) {
        depth += block_change(token_at(walk, at));
        at++;
    }
    return at;
}

bool script_lines_set(const script_state_t *state, const tokens_t *tokens, script_value_t *root,
                      arena_t *arena)
{
    walk_t walk = {.state = state, .tokens = tokens, .arena = arena};
    size_t start = find_return(&walk);
    if (token_at(&walk, start)->kind != TOKEN_END) {
        walk_expression(&walk, start + 1, root);
    }
    inherit(&walk, root, token_at(&walk, start)->line);
    return !walk.failed;
}
