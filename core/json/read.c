#include "json/json.h"
#include "json/scan.h"

#include <pthread.h>
#include <stdlib.h>

/* One body's tree fits, a node being 64 bytes. */
#define TREE_CHUNK ((size_t)16 * 1024)
#define INTEGER_MAX 9007199254740991.0 /* 2^53-1 */

struct json_reader {
    arena_t *arena; /* the tree, and the names that had escapes */
    json_key_t keys[JSON_KEYS_MAX];
};

/* cJSON knows one pair of hooks for the whole process and no context: the thread's reader is found
 * here while it parses. Outside of that the hooks are malloc and free, for whoever else in the
 * process uses cJSON. */
static _Thread_local arena_t *parsing;
static pthread_once_t hooked = PTHREAD_ONCE_INIT;

static void *hook_malloc(size_t size)
{
    return parsing != NULL ? arena_alloc(parsing, size) : malloc(size);
}

static void hook_free(void *memory)
{
    if (parsing == NULL) {
        free(memory);
    }
}

static void set_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = hook_malloc, .free_fn = hook_free};
    cJSON_InitHooks(&hooks);
}

json_reader_t *json_reader_new(void)
{
    pthread_once(&hooked, set_hooks);
    json_reader_t *reader = malloc(sizeof *reader);
    if (reader == NULL) {
        return NULL;
    }
    reader->arena = arena_new(TREE_CHUNK);
    /* An arena keeps its first chunk for good: take it now, before a huge text does. */
    if (reader->arena == NULL || arena_alloc(reader->arena, 1) == NULL) {
        json_reader_free(reader);
        return NULL;
    }
    return reader;
}

void json_reader_free(json_reader_t *reader)
{
    if (reader != NULL) {
        arena_free(reader->arena);
        free(reader);
    }
}

static void set_fault(json_fault_t *fault, span_t text, json_code_t code, size_t offset)
{
    *fault = (json_fault_t){.code = code, .offset = offset, .line = 1};
    size_t begins = 0;
    const char *newline;
    while (begins < offset && (newline = memchr(text.at + begins, '\n', offset - begins)) != NULL) {
        begins = (size_t)(newline - text.at) + 1;
        fault->line++;
    }
    fault->column = (unsigned)(offset - begins) + 1;
}

const cJSON *json_read(json_reader_t *reader, span_t text, json_fault_t *fault)
{
    size_t offset = 0;
    arena_reset(reader->arena);
    json_code_t code = json_scan(text, reader->keys, reader->arena, &offset);
    if (code != JSON_OK) {
        set_fault(fault, text, code, offset);
        return NULL;
    }
    parsing = reader->arena;
    const cJSON *root = cJSON_ParseWithLengthOpts(text.at, text.len, NULL, false);
    parsing = NULL;
    /* The scan let the text through, so nothing but memory can be missing. */
    set_fault(fault, text, root != NULL ? JSON_OK : JSON_NO_MEMORY, 0);
    return root;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

span_t json_string(const cJSON *node)
{
    return cJSON_IsString(node) ? span_of(node->valuestring) : SPAN_NONE;
}

bool json_integer(const cJSON *node, int64_t *number)
{
    if (!cJSON_IsNumber(node)) {
        return false;
    }
    double value = node->valuedouble;
    /* The range first: a conversion of what does not fit is undefined. */
    if (!(value >= -INTEGER_MAX && value <= INTEGER_MAX) || (double)(int64_t)value != value) {
        return false;
    }
    *number = (int64_t)value;
    return true;
}

cJSON *json_read_own(span_t text)
{
    return cJSON_ParseWithLength(text.at, text.len);
}
