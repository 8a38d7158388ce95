/* How somebody's request stands, for whoever has its code and no account. */
#include "desk/inside.h"

size_t desk_code(span_t written, char *code, size_t max)
{
    size_t len = 0;
    for (size_t i = 0; i < written.len && len < max; i++) {
        char letter = written.at[i];
        if (letter != ' ' && letter != '-') {
            code[len++] = letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A') : letter;
        }
    }
    return len;
}

static bool keep_row(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

/* Its id is 0 when there is none. */
static ipus_code_t find_by(ipus_record_t *record, ipus_kind_t kind, int field, span_t code,
                           ipus_row_t *row)
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_text(&query, field, code);
    query.limit = 1;
    row->id = 0;
    return record->find(record->context, &query, keep_row, row);
}

ipus_code_t desk_case(ipus_record_t *record, span_t code, desk_case_t *found)
{
    ipus_row_t intake, application;
    ipus_code_t result = find_by(record, IPUS_INTAKE, INTAKE_CODE, code, &intake);
    *found = (desk_case_t){DATE_NONE, -1, -1};
    application.id = 0;
    if (result != IPUS_FINE) {
        return result;
    }
    if (intake.id == 0) {
        result = find_by(record, IPUS_APPLICATION, APPLICATION_CODE, code, &application);
    } else {
        found->received_on = ipus_date(&intake, INTAKE_RECEIVED_ON);
        found->intake = (int)ipus_number(&intake, INTAKE_STATE);
        if (ipus_has(&intake, INTAKE_APPLICATION)) {
            result = record->get(record->context, IPUS_APPLICATION,
                                 ipus_number(&intake, INTAKE_APPLICATION), false, &application);
        }
    }
    if (result != IPUS_FINE) {
        return result;
    }
    if (application.id != 0) {
        found->application = (int)ipus_number(&application, APPLICATION_STATE);
        found->received_on =
            intake.id == 0 ? ipus_date(&application, APPLICATION_RECEIVED_ON) : found->received_on;
    }
    return intake.id == 0 && application.id == 0 ? IPUS_ABSENT : IPUS_FINE;
}
