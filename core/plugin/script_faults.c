/* What the sandbox says, in an author's words. */
#include "plugin/reader.h"

/* What stood behind `pln`, when that is what was wrong; else empty. */
static span_t bad_amount(const script_fault_t *fault)
{
    span_t message = {fault->message, strlen(fault->message)}, before = SPAN("pln \"");
    const char *end = strstr(fault->message, "\" is not an amount");
    if (fault->code != SCRIPT_ERROR || end == NULL || !span_starts(message, before)) {
        return SPAN_NONE;
    }
    return (span_t){message.at + before.len, (size_t)(end - message.at) - before.len};
}

void plugin_load_script_fault(load_t *load, const script_fault_t *fault)
{
    static const fault_code_t codes[] = {
        [SCRIPT_FINE] = FAULT_SCRIPT_ERROR,       [SCRIPT_SYNTAX] = FAULT_SYNTAX,
        [SCRIPT_ERROR] = FAULT_SCRIPT_ERROR,      [SCRIPT_BINARY] = FAULT_FILE_NOT_TEXT,
        [SCRIPT_TIME] = FAULT_SCRIPT_TIME,        [SCRIPT_MEMORY] = FAULT_SCRIPT_MEMORY,
        [SCRIPT_KEEPS_STATE] = FAULT_KEEPS_STATE, [SCRIPT_UNKNOWN] = FAULT_SCRIPT_ERROR,
        [SCRIPT_RESULT] = FAULT_SCRIPT_RESULT,
    };
    span_t amount = bad_amount(fault);
    if (amount.len > 0) {
        FAULT(load, fault->line, BAD_AMOUNT, say(amount));
        return;
    }
    /* Lua names a byte beyond ASCII by its number, which tells an author nothing. */
    if (fault->code == SCRIPT_SYNTAX && strstr(fault->message, "near '<\\") != NULL) {
        plugin_load_fault(load, fault->line, FAULT_STRAY_SIGN, NULL, NULL, 0);
        return;
    }
    fault_say_t words = say_word(fault->message);
    plugin_load_fault(load, fault->line, codes[fault->code], NULL, &words, 1);
}

void plugin_load_missing_names(load_t *load, const script_state_t *state)
{
    size_t count = 0;
    const script_missing_t *missing = script_missing(state, &count);
    for (size_t i = 0; i < count; i++) {
        script_value_t value = {
            .kind = SCRIPT_MISSING, .line = missing[i].line, .text = span_of(missing[i].name)};
        plugin_read_wrong(load, &value, "", NOUN_NONE);
    }
}

void plugin_load_repeated_keys(load_t *load, const script_state_t *state)
{
    size_t count = 0;
    const script_repeated_t *repeated = script_repeated(state, &count);
    for (size_t i = 0; i < count; i++) {
        FAULT(load, repeated[i].line, KEY_TWICE, say_word(repeated[i].name),
              say_number(repeated[i].first));
    }
}

bool plugin_load_say_file(load_t *load, const file_t *file, const char *word, bool required)
{
    load->file = file;
    switch (file->state) {
    case FILE_READ:
        if (span_trim(file->text).len == 0) {
            FAULT(load, 0, FILE_EMPTY, say_word(word));
            return false;
        }
        return true;
    case FILE_ABSENT:
        if (required) {
            FAULT(load, 0, FILE_MISSING, say(file->name));
        }
        return false;
    case FILE_IS_LINK:
        FAULT(load, 0, FILE_LINK, say(file->name));
        return false;
    case FILE_IS_ODD:
        FAULT(load, 0, FILE_KIND, say(file->name));
        return false;
    case FILE_TOO_LARGE:
        FAULT(load, 0, FILE_SIZE, say_number((int64_t)file->bytes_max));
        return false;
    case FILE_REFUSED:
        FAULT(load, 0, FILE_UNREADABLE, say_word(file->reason));
        return false;
    case FILE_UNSTEADY:
        FAULT(load, 0, FILE_CHANGING, say(file->name));
        return false;
    case FILE_MISNAMED:
        FAULT(load, 0, FILE_NAME, say(file->name));
        return false;
    case FILE_STRANGER:
        FAULT(load, 0, FILE_UNKNOWN, say(file->name));
        return false;
    }
    return false;
}
