/* Faults: what is told to the author of a rule, in three languages at once. faults.def is all that
 * can be said. Every format takes only "%s", in the same order in each language; a test holds
 * it to that. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_FAULT_H
#define OKIENKO_PLUGIN_FAULT_H

#include "base/arena.h"
#include "plugin/plugin.h"

#define FAULTS_MAX 200
#define FAULT_ARGUMENTS_MAX 4

typedef enum {
#define X(code, name, pl, en, uk) FAULT_##code,
#include "plugin/faults.def"
#undef X
    FAULT_COUNT
} fault_code_t;

typedef enum {
#define X(noun, pl, en, uk) NOUN_##noun,
#include "plugin/nouns.def"
#undef X
    NOUN_COUNT
} noun_t;

/* One "%s" of a format: bytes, a whole number, or a noun in the reader's language. */
typedef struct {
    enum { SAY_TEXT, SAY_QUOTED, SAY_NUMBER, SAY_NOUN, SAY_MONEY } kind;
    span_t text;
    int64_t number;
    noun_t noun;
} fault_say_t;

static inline fault_say_t say(span_t text)
{
    return (fault_say_t){.kind = SAY_TEXT, .text = text};
}
static inline fault_say_t say_word(const char *text)
{
    return (fault_say_t){.kind = SAY_TEXT, .text = span_of(text)};
}
/* Between quotes as Lua has them. */
static inline fault_say_t say_quoted(span_t text)
{
    return (fault_say_t){.kind = SAY_QUOTED, .text = text};
}
static inline fault_say_t say_number(int64_t number)
{
    return (fault_say_t){.kind = SAY_NUMBER, .number = number};
}
static inline fault_say_t say_money(int64_t grosze)
{
    return (fault_say_t){.kind = SAY_MONEY, .number = grosze};
}
static inline fault_say_t say_noun(noun_t noun)
{
    return (fault_say_t){.kind = SAY_NOUN, .noun = noun};
}

typedef struct {
    arena_t *arena;
    plugin_fault_t *at; /* FAULTS_MAX + 1 of them */
    size_t count;
    size_t raised; /* also those said before and those past FAULTS_MAX: grows with every fault */
    size_t dropped;
    bool no_memory;
} faults_t;

/* `nearest` (or NULL) is the name that was probably meant; it is added as a question. */
void plugin_faults_add(faults_t *faults, span_t file, int line, fault_code_t code,
                       const char *nearest, const fault_say_t *args, size_t count);

/* By file and line; adds the number of those left out. `file` is where that is said. */
void plugin_faults_finish(faults_t *faults, span_t file);

/* For tests: the format of a code, and its stable name. */
const char *plugin_fault_format(fault_code_t code, lang_t lang);
const char *plugin_fault_name(fault_code_t code);

#endif
