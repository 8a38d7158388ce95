/* Small programmes built by hand, for the tests of the rooms that read them. Everything lives in
 * one arena that build_end() gives back. */
#ifndef OKIENKO_TESTS_REGISTRY_BUILD_H
#define OKIENKO_TESTS_REGISTRY_BUILD_H

#include "registry/registry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* SPAN() for initialisers that must be constant. */
#define TEXT(literal)                                                                              \
    {                                                                                              \
        (literal), sizeof(literal) - 1                                                             \
    }

static arena_t *build_arena;

static inline void *build_copy(const void *bytes, size_t size)
{
    if (build_arena == NULL) {
        build_arena = arena_new(1 << 16);
    }
    void *copy = arena_alloc(build_arena, size > 0 ? size : 1);
    assert_non_null(copy);
    return size > 0 ? memcpy(copy, bytes, size) : copy;
}

static inline int build_end(void **state)
{
    (void)state;
    arena_free(build_arena);
    build_arena = NULL;
    return 0;
}

static inline date_t day(const char *text)
{
    date_t date = DATE_NONE;
    assert_true(date_parse(span_of(text), &date));
    return date;
}

static inline texts_t polish(const char *text)
{
    return (texts_t){{span_of(text)}};
}

/* ---- parameters ------------------------------------------------------------------------------ */

static inline registry_row_t row_of(const char *from, const char *to, registry_value_type_t type,
                                    int64_t number)
{
    return (registry_row_t){.from = day(from),
                            .to = to != NULL ? day(to) : DATE_NEVER,
                            .value = {.type = type, .number = number},
                            .checked = DATE_NONE};
}

static inline const registry_parameter_t *build_parameter(const char *id,
                                                          const registry_row_t *rows, size_t count)
{
    registry_parameter_t parameter = {span_of(id), build_copy(rows, count * sizeof *rows), count};
    return build_copy(&parameter, sizeof parameter);
}

#define PARAMETER(id, ...)                                                                         \
    build_parameter(id, (const registry_row_t[]){__VA_ARGS__},                                     \
                    sizeof((const registry_row_t[]){__VA_ARGS__}) / sizeof(registry_row_t))

/* One row for all days. */
static inline const registry_parameter_t *always(registry_value_type_t type, int64_t number)
{
    return PARAMETER("always", row_of("1800-01-01", NULL, type, number));
}

/* ---- conditions ------------------------------------------------------------------------------ */

static inline const registry_node_t *build_node(registry_node_t node)
{
    return build_copy(&node, sizeof node);
}

static inline const registry_node_t *
build_group(registry_node_kind_t kind, const registry_node_t *const *children, size_t count)
{
    return build_node((registry_node_t){.kind = kind,
                                        .children = build_copy(children, count * sizeof *children),
                                        .child_count = count,
                                        .function = -1,
                                        .check = -1});
}

#define NODES(...)                                                                                 \
    (const registry_node_t *const[])                                                               \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }
#define GROUP(kind, ...)                                                                           \
    build_group(kind, NODES(__VA_ARGS__), sizeof(NODES(__VA_ARGS__)) / sizeof(void *))
#define ALL(...) GROUP(NODE_ALL, __VA_ARGS__)
#define ANY(...) GROUP(NODE_ANY, __VA_ARGS__)
#define NONE(...) GROUP(NODE_NONE, __VA_ARGS__)

static inline const registry_node_t *leaf(registry_node_kind_t kind, int fact, int64_t low)
{
    return build_node((registry_node_t){
        .kind = kind, .fact = fact, .low = {.number = low}, .function = -1, .check = -1});
}

static inline const registry_node_t *leaf_by(registry_node_kind_t kind, int fact,
                                             const registry_parameter_t *low)
{
    return build_node((registry_node_t){
        .kind = kind, .fact = fact, .low = {.parameter = low}, .function = -1, .check = -1});
}

static inline const registry_node_t *between(int fact, int64_t low, int64_t high)
{
    return build_node((registry_node_t){.kind = NODE_BETWEEN,
                                        .fact = fact,
                                        .low = {.number = low},
                                        .high = {.number = high},
                                        .function = -1,
                                        .check = -1});
}

static inline const registry_node_t *is(int fact)
{
    return leaf(NODE_IS, fact, 0);
}

static inline const registry_node_t *by_function(int function)
{
    return build_node((registry_node_t){.kind = NODE_FUNCTION, .function = function, .check = -1});
}

static inline const registry_node_t *check(int place, const registry_node_t *condition)
{
    return build_node((registry_node_t){.kind = NODE_CHECK,
                                        .children = build_copy(&condition, sizeof condition),
                                        .child_count = 1,
                                        .function = -1,
                                        .check = place});
}

#endif
