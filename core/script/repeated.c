/* Keys that are written twice in one table. Lua takes the last one and says nothing, so that a row
 * that was pasted in silently replaces another; this looks at the text, at every table of it. */
#include "script/inside.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
    script_state_t *state;
    const tokens_t *tokens;
    const token_t **keys; /* of the table that is looked at */
    size_t count, cap;
} look_t;

static bool is(const look_t *look, size_t at, const char *text)
{
    return at < look->tokens->count && script_token_is(&look->tokens->at[at], text);
}

/* The name of a key: a name, or a short text in brackets without its quotes. */
static span_t key_name(const token_t *token)
{
    return token->kind == TOKEN_STRING ? (span_t){token->text.at + 1, token->text.len - 2}
                                       : token->text;
}

/* The token that is the key of the entry at `at`; NULL where it has none that can be read. */
static const token_t *entry_key(const look_t *look, size_t at)
{
    const token_t *token = &look->tokens->at[at];
    if (token->kind == TOKEN_NAME && is(look, at + 1, "=")) {
        return token;
    }
    if (is(look, at, "[") && token->match == at + 2 && is(look, at + 3, "=")) {
        token++;
        bool quoted = token->text.len >= 2 && token->text.at[0] != '[';
        return token->kind == TOKEN_STRING && quoted ? token : NULL;
    }
    return NULL;
}

/* By name, then in the order of the text. */
static int by_name(const void *a, const void *b)
{
    const token_t *left = *(const token_t *const *)a, *right = *(const token_t *const *)b;
    int order = span_compare(key_name(left), key_name(right));
    return order != 0 ? order : (left > right) - (left < right);
}

static void say(look_t *look, const token_t *first, const token_t *again)
{
    script_state_t *state = look->state;
    if (state->repeated_count == SCRIPT_MISSING_MAX) {
        return;
    }
    span_t name = key_name(again);
    script_repeated_t *repeated = &state->repeated[state->repeated_count++];
    repeated->line = again->line;
    repeated->first = first->line;
    size_t room = sizeof repeated->name - 1;
    size_t len = name.len < room ? name.len : room;
    snprintf(repeated->name, sizeof repeated->name, "%.*s", (int)len, name.at);
}

static bool look_at_table(look_t *look, size_t open)
{
    size_t close = look->tokens->at[open].match, at = open + 1;
    look->count = 0;
    while (at < close) {
        const token_t *key = entry_key(look, at);
        if (key != NULL) {
            if (!script_grow(&look->keys, &look->cap, look->count, sizeof(const token_t *))) {
                return false;
            }
            look->keys[look->count++] = key;
        }
        at = script_skip_expression(look->tokens, at) + 1;
    }
    if (look->count > 1) {
        qsort(look->keys, look->count, sizeof(const token_t *), by_name);
    }
    size_t first = 0;
    for (size_t i = 1; i < look->count; i++) {
        if (span_equal(key_name(look->keys[i]), key_name(look->keys[first]))) {
            say(look, look->keys[first], look->keys[i]);
        } else {
            first = i;
        }
    }
    return true;
}

bool script_find_repeated(script_state_t *state, const tokens_t *tokens)
{
    look_t look = {.state = state, .tokens = tokens};
    bool fine = true;
    for (size_t i = 0; i < tokens->count && fine; i++) {
        if (script_token_is(&tokens->at[i], "{") && tokens->at[i].match > i) {
            fine = look_at_table(&look, i);
        }
    }
    free(look.keys);
    return fine;
}
