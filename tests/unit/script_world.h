/* What the tests of the sandbox share: a state with a few words, facts to read, short ways to load
 * and call. */
#ifndef OKIENKO_TESTS_SCRIPT_WORLD_H
#define OKIENKO_TESTS_SCRIPT_WORLD_H

#include "script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

typedef enum {
    WORD_SERVICE,
    WORD_CHECK,
    WORD_ALL,
    WORD_ANY,
    WORD_IS,
    WORD_EQUALS,
    WORD_COUNT
} word_t;

static const char *const world_words[WORD_COUNT] = {"service", "check", "all",
                                                    "any",     "is",    "equals"};

typedef struct {
    script_state_t *script;
    arena_t *arena;
    script_fault_t fault;
    int64_t age;
} world_t;

/* Counts decide, so that a slow machine gives the same faults; the clock has a test of its own. */
static inline world_t world_new(void)
{
    script_limits_t limits = script_limits_default;
    limits.load_ns = limits.call_ns = UINT64_C(600000000000);
    world_t world = {.script = script_new(&limits, world_words, WORD_COUNT),
                     .arena = arena_new(16 * 1024),
                     .age = 75};
    assert_non_null(world.script);
    assert_non_null(world.arena);
    return world;
}

static inline void world_free(world_t *world)
{
    script_free(world->script);
    arena_free(world->arena);
}

static inline const script_value_t *world_try(world_t *world, const char *source)
{
    return script_load(world->script, "test.lua", span_of(source), world->arena, &world->fault);
}

static inline const script_value_t *world_load(world_t *world, const char *source)
{
    const script_value_t *value = world_try(world, source);
    if (value == NULL) {
        fail_msg("%s\nline %d: %s", source, world->fault.line, world->fault.message);
    }
    return value;
}

static inline void world_seal(world_t *world)
{
    if (!script_seal(world->script, &world->fault)) {
        fail_msg("not sealed, line %d: %s", world->fault.line, world->fault.message);
    }
}

/* age, name (a text), price (money), share (a float), gone (not given); others do not exist. */
static inline script_read_t world_read(void *context, span_t name, script_value_t *value)
{
    const world_t *world = context;
    if (span_equal(name, SPAN("gone"))) {
        return SCRIPT_NOT_GIVEN;
    }
    if (span_equal(name, SPAN("age"))) {
        *value = (script_value_t){.kind = SCRIPT_INTEGER, .integer = world->age};
    } else if (span_equal(name, SPAN("name"))) {
        *value = (script_value_t){.kind = SCRIPT_TEXT, .text = SPAN("Łucja")};
    } else if (span_equal(name, SPAN("price"))) {
        *value = (script_value_t){.kind = SCRIPT_MONEY, .integer = 2500};
    } else if (span_equal(name, SPAN("share"))) {
        *value = (script_value_t){.kind = SCRIPT_FLOAT, .number = 12.5};
    } else {
        return SCRIPT_NO_SUCH;
    }
    return SCRIPT_GIVEN;
}

static inline bool world_call(world_t *world, int function, script_value_t *result)
{
    script_view_t view = {"fact", world_read, world};
    return script_call(world->script, function, &view, 1, result, &world->fault);
}

static inline const script_value_t *world_field(const script_value_t *table, const char *name)
{
    if (table->kind == SCRIPT_WORD && table->item_count > 0) {
        table = &table->items[0];
    }
    for (size_t i = 0; i < table->field_count; i++) {
        if (span_equal(table->fields[i].name, span_of(name))) {
            return &table->fields[i].value;
        }
    }
    fail_msg("no field %s", name);
    return NULL;
}

/* All of a value as text, so that two can be compared byte by byte. */
static inline void world_print(buf_t *buf, const script_value_t *value)
{
    buf_print(buf, "%d@%d", (int)value->kind, value->line);
    if (value->kind == SCRIPT_TEXT || value->kind == SCRIPT_MISSING ||
        value->kind == SCRIPT_OTHER) {
        buf_print(buf, "'%.*s'", SPAN_ARGS(value->text));
    } else if (value->kind != SCRIPT_TABLE) {
        buf_print(buf, "=%d,%d,%d,%lld,%.17g", value->word, value->boolean, value->function,
                  (long long)value->integer, value->number);
    }
    for (size_t i = 0; i < value->item_count; i++) {
        buf_byte(buf, i == 0 ? '[' : ',');
        world_print(buf, &value->items[i]);
    }
    for (size_t i = 0; i < value->field_count; i++) {
        buf_print(buf, "{%.*s:%d:%d ", SPAN_ARGS(value->fields[i].name), value->fields[i].odd,
                  value->fields[i].line);
        world_print(buf, &value->fields[i].value);
        buf_byte(buf, '}');
    }
}

#endif
