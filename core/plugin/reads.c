/* Which facts a free function may read, from its text: a decision says which facts a check stands
 * on, and a form asks for them, before the function has ever run. */
#include "plugin/reader.h"

void plugin_reads_note(load_t *load, const script_value_t *value, const file_t *file)
{
    if (value->kind == SCRIPT_FUNCTION && value->function >= 0) {
        size_t need = (size_t)value->function + 1;
        if (need > load->function_count) {
            const file_t **more = plugin_load_new(load, need * 2, sizeof(const file_t *));
            if (more == NULL) {
                return;
            }
            if (load->function_count > 0) {
                memcpy(more, load->function_files, load->function_count * sizeof(const file_t *));
            }
            load->function_files = more;
            load->function_count = need * 2;
        }
        if (load->function_files[value->function] == NULL) {
            load->function_files[value->function] = file;
        }
    }
    for (size_t i = 0; i < value->item_count; i++) {
        plugin_reads_note(load, &value->items[i], file);
    }
    for (size_t i = 0; i < value->field_count; i++) {
        plugin_reads_note(load, &value->fields[i].value, file);
    }
}

/* ---- a very small reader of Lua's words --------------------------------------------------------
 */

typedef struct {
    span_t rest;
    int line;
} scan_t;

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void step(scan_t *scan)
{
    scan->line += scan->rest.at[0] == '\n';
    scan->rest = span_from(scan->rest, 1);
}

/* "[[" or "[=[": how many bytes open it, or 0. */
static size_t long_bracket(span_t text, size_t *equals)
{
    size_t i = 1;
    while (i < text.len && text.at[i] == '=') {
        i++;
    }
    *equals = i - 1;
    return text.len > i && text.at[0] == '[' && text.at[i] == '[' ? i + 1 : 0;
}

static void skip_long(scan_t *scan, size_t equals)
{
    while (scan->rest.len > 0) {
        if (scan->rest.at[0] == ']') {
            size_t i = 1;
            while (i < scan->rest.len && scan->rest.at[i] == '=') {
                i++;
            }
            if (i == equals + 1 && i < scan->rest.len && scan->rest.at[i] == ']') {
                scan->rest = span_from(scan->rest, i + 1);
                return;
            }
        }
        step(scan);
    }
}

static void skip_comment(scan_t *scan)
{
    size_t equals;
    scan->rest = span_from(scan->rest, 2);
    size_t open = long_bracket(scan->rest, &equals);
    if (open > 0) {
        scan->rest = span_from(scan->rest, open);
        skip_long(scan, equals);
        return;
    }
    while (scan->rest.len > 0 && scan->rest.at[0] != '\n') {
        step(scan);
    }
}

static span_t take_quoted(scan_t *scan)
{
    char quote = scan->rest.at[0];
    step(scan);
    span_t text = {scan->rest.at, 0};
    while (scan->rest.len > 0 && scan->rest.at[0] != quote && scan->rest.at[0] != '\n') {
        if (scan->rest.at[0] == '\\' && scan->rest.len > 1) {
            step(scan);
        }
        step(scan);
    }
    text.len = (size_t)(scan->rest.at - text.at);
    if (scan->rest.len > 0) {
        step(scan);
    }
    return text;
}

/* The next word or quoted text. False at the end. */
static bool next_word(scan_t *scan, span_t *word, bool *quoted)
{
    size_t equals;
    while (scan->rest.len > 0) {
        char c = scan->rest.at[0];
        if (c == '-' && scan->rest.len > 1 && scan->rest.at[1] == '-') {
            skip_comment(scan);
        } else if (c == '"' || c == '\'') {
            *word = take_quoted(scan);
            *quoted = true;
            return true;
        } else if (c == '[' && long_bracket(scan->rest, &equals) > 0) {
            scan->rest = span_from(scan->rest, long_bracket(scan->rest, &equals));
            skip_long(scan, equals);
        } else if (is_word_byte(c)) {
            *word = (span_t){scan->rest.at, 0};
            while (word->len < scan->rest.len && is_word_byte(scan->rest.at[word->len])) {
                word->len++;
            }
            scan->rest = span_from(scan->rest, word->len);
            *quoted = false;
            return true;
        } else {
            step(scan);
        }
    }
    return false;
}

static int opens(span_t word)
{
    static const char *const openers[] = {"function", "do", "if", "repeat"};
    for (size_t i = 0; i < sizeof(openers) / sizeof(openers[0]); i++) {
        if (span_equal(word, span_of(openers[i]))) {
            return 1;
        }
    }
    return span_equal(word, SPAN("end")) || span_equal(word, SPAN("until")) ? -1 : 0;
}

static void mark_word(const load_t *load, span_t word, bool *marked)
{
    for (size_t i = 0; i < load->programme->fact_count; i++) {
        if (span_equal(load->programme->facts[i]->id, word)) {
            marked[i] = true;
        }
    }
}

void plugin_reads_mark(load_t *load, int function, bool *marked)
{
    if (function < 0 || (size_t)function >= load->function_count ||
        load->function_files[function] == NULL) {
        return;
    }
    int first = script_function_line(load->script, function);
    scan_t scan = {load->function_files[function]->text, 1};
    span_t word;
    bool quoted, above = true, inside = false;
    int depth = 0;
    while (next_word(&scan, &word, &quoted)) {
        int change = quoted ? 0 : opens(word);
        if (!quoted && depth == 0 && span_equal(word, SPAN("return"))) {
            above = false;
        }
        if (!inside && !quoted && change > 0 && scan.line == first &&
            span_equal(word, SPAN("function"))) {
            inside = true;
            if (!above) {
                depth = 0;
            }
        }
        depth += change;
        if (above || inside) {
            mark_word(load, word, marked);
        }
        inside = inside && (above || depth > 0);
    }
}
