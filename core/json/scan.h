/* The validating pass over a text and the member names it meets; private to json. */
#ifndef OKIENKO_JSON_SCAN_H
#define OKIENKO_JSON_SCAN_H

#include "base/arena.h"
#include "json/json.h"

typedef struct {
    span_t name;   /* without escapes: in the text itself, or in the arena where it had some */
    size_t offset; /* of its opening quote */
} json_key_t;

/* JSON_OK when the whole text is one value that cJSON will read as it stands; else the first fault
 * and its place. Member names are equal or not when their object ends, so a fault inside an object
 * comes before the duplicates in it. `keys` is room for JSON_KEYS_MAX. */
json_code_t json_scan(span_t text, json_key_t *keys, arena_t *names, size_t *offset);

/* The name between its quotes, which has been scanned, without its escapes; .at NULL without
 * memory. */
span_t json_key_plain(arena_t *names, span_t raw);

/* The first key that repeats an earlier one, or NULL. Sorts the keys when they are many. */
const json_key_t *json_keys_repeated(json_key_t *keys, size_t count);

#endif
