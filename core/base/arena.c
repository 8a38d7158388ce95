#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

typedef struct chunk {
    struct chunk *older;
    size_t used;
    size_t size;
    alignas(max_align_t) char at[];
} chunk_t;

struct arena {
    chunk_t *newest;
    size_t chunk;
    size_t bytes;
};

static chunk_t *chunk_new(arena_t *arena, size_t least)
{
    size_t size = least > arena->chunk ? least : arena->chunk;
    if (size > SIZE_MAX - sizeof(chunk_t)) {
        return NULL;
    }
    chunk_t *chunk = malloc(sizeof *chunk + size);
    if (chunk != NULL) {
        *chunk = (chunk_t){.older = arena->newest, .size = size};
        arena->newest = chunk;
        arena->bytes += sizeof *chunk + size;
    }
    return chunk;
}

arena_t *arena_new(size_t chunk)
{
    arena_t *arena = calloc(1, sizeof *arena);
    if (arena != NULL) {
        arena->chunk = chunk;
    }
    return arena;
}

void arena_free(arena_t *arena)
{
    if (arena == NULL) {
        return;
    }
    while (arena->newest != NULL) {
        chunk_t *older = arena->newest->older;
        free(arena->newest);
        arena->newest = older;
    }
    free(arena);
}

void arena_reset(arena_t *arena)
{
    while (arena->newest != NULL && arena->newest->older != NULL) {
        chunk_t *older = arena->newest->older;
        arena->bytes -= sizeof(chunk_t) + arena->newest->size;
        free(arena->newest);
        arena->newest = older;
    }
    if (arena->newest != NULL) {
        arena->newest->used = 0;
    }
}

void *arena_alloc(arena_t *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align) {
        return NULL;
    }
    size = (size + align - 1) / align * align;
    chunk_t *chunk = arena->newest;
    if (chunk == NULL || chunk->size - chunk->used < size) {
        chunk = chunk_new(arena, size);
        if (chunk == NULL) {
            return NULL;
        }
    }
    void *given = chunk->at + chunk->used;
    chunk->used += size;
    return memset(given, 0, size);
}

void *arena_array(arena_t *arena, size_t count, size_t size)
{
    if (count == 0 || size > SIZE_MAX / count) {
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

span_t arena_copy(arena_t *arena, span_t bytes)
{
    if (bytes.len == SIZE_MAX) {
        return SPAN_NONE;
    }
    char *copy = arena_alloc(arena, bytes.len + 1);
    if (copy == NULL) {
        return SPAN_NONE;
    }
    if (bytes.len > 0) {
        memcpy(copy, bytes.at, bytes.len);
    }
    return (span_t){copy, bytes.len};
}

size_t arena_bytes(const arena_t *arena)
{
    return arena->bytes;
}
