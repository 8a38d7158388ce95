/* What the sandbox says, in an author's words. */
#include "plugin/reader.h"

void load_script_fault(load_t *load, const script_fault_t *fault)
{
    static const fault_code_t codes[] = {
        [SCRIPT_FINE] = FAULT_SCRIPT_ERROR,     [SCRIPT_SYNTAX] = FAULT_SYNTAX,
        [SCRIPT_ERROR] = FAULT_SCRIPT_ERROR,    [SCRIPT_BINARY] = FAULT_FILE_NOT_TEXT,
        [SCRIPT_TIME] = FAULT_SCRIPT_TIME,      [SCRIPT_MEMORY] = FAULT_SCRIPT_MEMORY,
        [SCRIPT_KEEPS_STATE] = FAULT_KEEPS_STATE, [SCRIPT_UNKNOWN] = FAULT_SCRIPT_ERROR,
        [SCRIPT_RESULT] = FAULT_SCRIPT_RESULT,
    };
    fault_say_t words = say_word(fault->message);
    load_fault(load, fault->line, codes[fault->code], NULL, &words, 1);
}
