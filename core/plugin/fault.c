/* Renders faults in the three languages and keeps them in order. */
#include "plugin/fault.h"

#include "base/money.h"
#include "base/text.h"

#include <stdlib.h>

#define ARGUMENT_BYTES_MAX 320

typedef struct {
    const char *name;
    const char *formats[LANG_COUNT];
} message_t;

static const message_t messages[FAULT_COUNT] = {
#define X(code, name, pl, en, uk) [FAULT_##code] = {name, {pl, en, uk}},
#include "plugin/faults.def"
#undef X
};

static const char *const nouns[NOUN_COUNT][LANG_COUNT] = {
#define X(noun, pl, en, uk) [NOUN_##noun] = {pl, en, uk},
#include "plugin/nouns.def"
#undef X
};

static const char *const hints[LANG_COUNT] = {
    " – może chodziło o „%s”?",
    " – was \"%s\" meant?",
    " – може, малося на увазі «%s»?",
};

const char *plugin_fault_format(fault_code_t code, lang_t lang)
{
    return messages[code].formats[lang];
}

const char *plugin_fault_name(fault_code_t code)
{
    return messages[code].name;
}

/* Masks and cuts at a character's beginning. */
static void add_text(buf_t *buf, span_t text)
{
    bool cut = text.len > ARGUMENT_BYTES_MAX;
    size_t len = cut ? ARGUMENT_BYTES_MAX : text.len;
    while (cut && len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80) {
        len--;
    }
    text_mask(buf, (span_t){text.at, len}, len);
    if (cut) {
        buf_literal(buf, "…");
    }
}

static void add_argument(buf_t *buf, const fault_say_t *arg, lang_t lang)
{
    switch (arg->kind) {
    case SAY_TEXT:
        add_text(buf, arg->text);
        break;
    case SAY_QUOTED:
        buf_byte(buf, '"');
        add_text(buf, arg->text);
        buf_byte(buf, '"');
        break;
    case SAY_NUMBER:
        buf_int(buf, arg->number);
        break;
    case SAY_NOUN:
        buf_add(buf, span_of(nouns[arg->noun][lang]));
        break;
    case SAY_MONEY:
        money_text(buf, arg->number, lang);
        break;
    }
}

static void render(buf_t *buf, const char *format, lang_t lang, const fault_say_t *args,
                   size_t count)
{
    size_t next = 0;
    for (const char *at = format; *at != '\0'; at++) {
        if (at[0] == '%' && at[1] == 's') {
            if (next < count) {
                add_argument(buf, &args[next], lang);
            }
            next++;
            at++;
        } else {
            buf_byte(buf, *at);
        }
    }
}

static span_t rendered(faults_t *faults, buf_t *buf, fault_code_t code, const char *nearest,
                       lang_t lang, const fault_say_t *args, size_t count)
{
    buf_clear(buf);
    render(buf, messages[code].formats[lang], lang, args, count);
    if (nearest != NULL) {
        fault_say_t hint = say_word(nearest);
        render(buf, hints[lang], lang, &hint, 1);
    }
    span_t copy = buf->failed ? SPAN_NONE : arena_copy(faults->arena, buf_span(buf));
    faults->no_memory = faults->no_memory || copy.at == NULL;
    return copy;
}

static bool said_before(const faults_t *faults, const plugin_fault_t *fault)
{
    for (size_t i = 0; i < faults->count; i++) {
        const plugin_fault_t *other = &faults->at[i];
        if (other->line == fault->line && other->code == fault->code &&
            span_equal(other->file, fault->file) &&
            span_equal(other->text.in[LANG_EN], fault->text.in[LANG_EN])) {
            return true;
        }
    }
    return false;
}

void plugin_faults_add(faults_t *faults, span_t file, int line, fault_code_t code,
                       const char *nearest, const fault_say_t *args, size_t count)
{
    faults->raised++;
    if (faults->at == NULL) {
        faults->at = arena_array(faults->arena, FAULTS_MAX + 1, sizeof(*faults->at));
        faults->no_memory = faults->no_memory || faults->at == NULL;
    }
    if (faults->at == NULL || faults->count == FAULTS_MAX) {
        faults->dropped++;
        return;
    }
    buf_t buf = {0};
    plugin_fault_t fault = {.code = messages[code].name, .file = file, .line = line};
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        fault.text.in[lang] = rendered(faults, &buf, code, nearest, lang, args, count);
    }
    buf_free(&buf);
    if (!said_before(faults, &fault)) {
        fault.file = arena_copy(faults->arena, file);
        faults->no_memory = faults->no_memory || fault.file.at == NULL;
        faults->at[faults->count++] = fault;
    }
}

static int by_place(const void *a, const void *b)
{
    const plugin_fault_t *left = a;
    const plugin_fault_t *right = b;
    int order = span_compare(left->file, right->file);
    if (order == 0) {
        order = (left->line > right->line) - (left->line < right->line);
    }
    return order != 0 ? order : span_compare(left->text.in[LANG_EN], right->text.in[LANG_EN]);
}

void plugin_faults_finish(faults_t *faults, span_t file)
{
    if (faults->count > 1) {
        qsort(faults->at, faults->count, sizeof(*faults->at), by_place);
    }
    if (faults->dropped == 0 || faults->at == NULL) {
        return;
    }
    buf_t buf = {0};
    fault_say_t left_out = say_number((int64_t)faults->dropped);
    plugin_fault_t *last = &faults->at[faults->count++];
    *last = (plugin_fault_t){.code = messages[FAULT_TOO_MANY_FAULTS].name,
                             .file = arena_copy(faults->arena, file)};
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        last->text.in[lang] =
            rendered(faults, &buf, FAULT_TOO_MANY_FAULTS, NULL, lang, &left_out, 1);
    }
    buf_free(&buf);
}

void plugin_fault_print(buf_t *buf, const plugin_fault_t *fault, lang_t lang)
{
    buf_add(buf, fault->file);
    if (fault->line > 0) {
        buf_print(buf, ":%d", fault->line);
    }
    buf_literal(buf, ": ");
    buf_add(buf, texts_in(&fault->text, lang));
    buf_byte(buf, '\n');
}
