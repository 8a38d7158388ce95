/* What the office does with a record apart from any request: subcommands do the same. Inside a
 * transaction, on the thread that has it. */
#ifndef OKIENKO_OFFICE_RECORD_H
#define OKIENKO_OFFICE_RECORD_H

#include "base/buf.h"
#include "ipus/ipus.h"
#include "store/store.h"

typedef struct {
    span_t programme;
    int64_t person;
    int64_t now; /* UTC ms */
    lang_t lang;
} office_export_t;

/* Appends all that is held of a person, what is confidential too, as one JSON object: the person,
 * the rows that are about them by kind, the journal of them. That it was read the caller notes.
 * IPUS_ABSENT when there is no such person; `json` may have failed. */
ipus_code_t office_export(ipus_record_t *record, const office_export_t *export, buf_t *json);

/* All reports in one, by this name. */
#define OFFICE_REPORT_WHOLE "programme"

typedef struct {
    const store_report_t *report; /* NULL: all in one */
    const registry_programme_t *programme;
    date_t from, to; /* both days in it */
    lang_t lang;
    bool is_table; /* CSV as a spreadsheet wants it; else JSON */
} office_report_t;

/* Appends a report; `out` may have failed. */
ipus_code_t office_report(ipus_record_t *record, const office_report_t *asked, buf_t *out);

/* Appends which reports there are, as JSON. */
void office_report_list(lang_t lang, buf_t *out);

/* The period where nothing is asked for: the whole programme as far as it has come. */
void office_report_period(const registry_programme_t *programme, date_t today, date_t *from,
                          date_t *to);

#endif
