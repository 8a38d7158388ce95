/* Strict JSON in (I-JSON, RFC 7493, and the limits of docs/decisions.md) and safe JSON out.
 *
 * Reading: one scan refuses whatever cJSON would let through, then cJSON builds the tree in an
 * arena of the reader, so that a tree is never freed node by node. Look members up with
 * json_member(), which heeds case; a cJSON tree stays inside json and the rooms that read requests.
 *
 * Any character that is no surrogate and not U+0000 passes; what people will see is held to
 * text_is_plain() by the room that takes it. */
#ifndef OKIENKO_JSON_JSON_H
#define OKIENKO_JSON_JSON_H

#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"

#include <cjson/cJSON.h>

#define JSON_DEPTH_MAX 32
#define JSON_KEYS_MAX 1000 /* members in the whole text */
/* Values in the whole text, those of members too: a node of the tree takes 64 bytes, an item like
 * "1," only two, so that without this a text of 1 MB would make a tree of 32 MB. */
#define JSON_VALUES_MAX 10000

/* Why a text was refused: each with a sentence in three languages in json_fault_text(). */
typedef enum {
    JSON_OK,
    JSON_EMPTY,
    JSON_SYNTAX,
    JSON_NOT_UTF8,
    JSON_TOO_DEEP,
    JSON_TOO_MANY_KEYS,
    JSON_TOO_MANY_VALUES,
    JSON_DUPLICATE_KEY,
    JSON_BAD_ESCAPE,   /* an unknown one */
    JSON_NO_CHARACTER, /* \u0000, a lone surrogate */
    JSON_CONTROL,      /* a raw control character in a string */
    JSON_NUMBER,       /* not finite, over 63 bytes, or written as an integer past 2^53-1 */
    JSON_TRAILING,     /* something behind the value */
    JSON_NO_MEMORY,
} json_code_t;

typedef struct {
    json_code_t code;
    size_t offset;   /* byte of the text, from 0 */
    unsigned line;   /* from 1 */
    unsigned column; /* in bytes, from 1 */
} json_fault_t;

/* Reads many texts one after the other, reusing its memory. One thread at a time. */
typedef struct json_reader json_reader_t;

json_reader_t *json_reader_new(void); /* NULL without memory */
void json_reader_free(json_reader_t *reader);

/* The tree, valid until the next read or free of this reader, with `fault->code` JSON_OK; or NULL
 * with the first fault of the text. A repeated member name is found when its object ends. The tree
 * takes at most the length of the text and 64 bytes for each of JSON_VALUES_MAX values. */
const cJSON *json_read(json_reader_t *reader, span_t text, json_fault_t *fault);

/* The same for a text of our own making, an answer of the API: no bounds and no memory kept; the
 * tree is the caller's, to be freed with cJSON_Delete(). NULL when it is no JSON. */
cJSON *json_read_own(span_t text);

/* Whether the fault is no fault of JSON's grammar but something that we refuse: a number too large,
 * a repeated name, a bound passed. */
bool json_fault_is_legal(json_code_t code);

/* One plain sentence about a fault, without position; static. */
span_t json_fault_text(json_code_t code, lang_t lang);

/* The member of that exact name, or NULL; also NULL when `object` is no object. */
const cJSON *json_member(const cJSON *object, const char *name);

/* The text of a string node; .at NULL when it is no string. */
span_t json_string(const cJSON *node);

/* True when the node is a number that is whole and within ±(2^53-1), however it is written: 1.0 and
 * 1e2 are whole too. */
bool json_integer(const cJSON *node, int64_t *number);

/* Appends the text as a JSON string with its quotes. Ill-formed UTF-8 becomes U+FFFD; "<", ">",
 * "&", U+2028 and U+2029 are escaped too, so that the result may stand in HTML. */
void json_add_text(buf_t *buf, span_t text);

/* Objects and arrays written in order, with the commas. The writer holds no memory of its own. */
typedef struct {
    buf_t *buf;
    bool comma; /* a comma is due before the next item */
} json_writer_t;

void json_object(json_writer_t *writer);     /* { */
void json_object_end(json_writer_t *writer); /* } */
void json_array(json_writer_t *writer);
void json_array_end(json_writer_t *writer);
void json_name(json_writer_t *writer,
               const char *name); /* the member's name; its value comes next */
void json_text(json_writer_t *writer, span_t text);
void json_int(json_writer_t *writer, int64_t number); /* digit by digit; readers want ±(2^53-1) */
void json_bool(json_writer_t *writer, bool value);
void json_null(json_writer_t *writer);
/* Bytes that already are one JSON value. */
void json_raw(json_writer_t *writer, span_t json);

/* ---- values of the domain -------------------------------------------------------------------- */

void json_date(json_writer_t *writer, date_t date); /* null for none and for never */
/* {"grosze":2500,"text":"25,00 zł"} */
void json_money(json_writer_t *writer, int64_t grosze, lang_t lang);
void json_thousandths(json_writer_t *writer, int64_t thousandths); /* a number: 1.5 */

/* A number in thousandths; false when it is none, `*exact` false when it has more decimals. */
bool json_thousandths_of(const cJSON *node, int64_t *thousandths, bool *exact);
/* A whole number of grosze, or a text "12.50" in złoty. */
bool json_money_of(const cJSON *node, int64_t *grosze);

/* Writes a tree that was read, as it was read; at most JSON_DEPTH_MAX deep. */
void json_tree(json_writer_t *writer, const cJSON *node);

/* Whether a Content-Type says JSON in UTF-8. */
bool json_is_type(span_t content_type);

#endif
