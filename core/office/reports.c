/* Asking for reports. */
#include "office/inside.h"
#include "office/record.h"

static office_next_t on_reports(office_call_t *call)
{
    if (!office_take_no_query(call)) {
        return OFFICE_REFUSED;
    }
    office_report_list(call->lang, &call->out);
    return OFFICE_DONE;
}

/* (call->own is the office_report_t.) */
static bool run_report(office_call_t *call, ipus_record_t *record)
{
    return office_report(record, call->own, &call->out) == IPUS_FINE;
}

static office_next_t then_report(office_call_t *call)
{
    const office_report_t *asked = call->own;
    if (asked->is_table) {
        char from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
        date_text(asked->from, from);
        date_text(asked->to, to);
        call->type = "text/csv; charset=utf-8";
        buf_print(&call->fields,
                  "Content-Disposition: attachment; filename=\"%.*s-%s-%s-%s.csv\"\r\n",
                  SPAN_ARGS(desk_programme(call->desk)),
                  asked->report != NULL ? asked->report->name : OFFICE_REPORT_WHOLE, from, to);
    }
    return OFFICE_DONE;
}

static void take_period(office_call_t *call, office_report_t *asked, const office_parameter_t *from,
                        const office_parameter_t *to)
{
    office_report_period(call->programme, call->today, &asked->from, &asked->to);
    asked->from = from->value.at != NULL ? office_query_date(call, from) : asked->from;
    asked->to = to->value.at != NULL ? office_query_date(call, to) : asked->to;
    if (office_mistakes(call) == 0 && date_before(asked->to, asked->from)) {
        office_mistake(call, OFFICE_DETAIL_PERIOD_REVERSED, SPAN("to"), SPAN_NONE, SPAN_NONE);
    }
}

static office_next_t on_report(office_call_t *call)
{
    office_parameter_t query[] = {{"from", SPAN_NONE}, {"to", SPAN_NONE}, {"format", SPAN_NONE}};
    span_t name = call->request->parameters[1];
    office_report_t *asked = office_own(call, sizeof *asked);
    if (asked == NULL) {
        return OFFICE_REFUSED;
    }
    *asked = (office_report_t){
        .report = store_report_named(name), .programme = call->programme, .lang = call->lang};
    if (asked->report == NULL && !span_equal(name, SPAN(OFFICE_REPORT_WHOLE))) {
        return office_refuse(call, OFFICE_PROBLEM_UNKNOWN_REPORT);
    }
    office_take_query(call, query, sizeof query / sizeof *query);
    take_period(call, asked, &query[0], &query[1]);
    span_t format = query[2].value;
    asked->is_table = span_equal(format, SPAN("csv"));
    if (format.at != NULL && !asked->is_table && !span_equal(format, SPAN("json"))) {
        office_mistake(call, OFFICE_DETAIL_WANT_CHOICE, SPAN("format"), SPAN("json, csv"),
                       SPAN_NONE);
    }
    return office_has_mistakes(call, OFFICE_PROBLEM_BAD_QUERY)
               ? OFFICE_REFUSED
               : office_read(call, run_report, then_report);
}

static const office_door_t doors[] = {
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/reports",
     .permission = "report.read",
     .handler = on_reports,
     .kind = IPUS_KIND_COUNT,
     .summary = "The reports there are, and what each column of them counts."},
    {.method = HTTP_GET,
     .pattern = "/v1/{programme}/reports/{name}",
     .permission = "report.read",
     .handler = on_report,
     .kind = IPUS_KIND_COUNT,
     .flags = OFFICE_TABLE,
     .summary = "A report over a period: from, to, format json or csv."},
};

office_doors_t office_doors_of_reports(void)
{
    return (office_doors_t){doors, sizeof doors / sizeof *doors};
}
