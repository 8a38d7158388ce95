/* Deciding a step of the record: the verdict is worked out of what the record has, on the store's
 * thread and then on the loop; the step is written only if that still stands (see verdict.h). */
#include "office/inside.h"

/* ---- gathering, on the store's thread -------------------------------------------------------- */

static bool run_gather(office_call_t *call, ipus_record_t *record)
{
    verdict_subject_t subject;
    ipus_code_t code = verdict_subject(record, &call->command, &subject);
    if (code == IPUS_FINE) {
        code = verdict_gather(record, call->programme, &subject, call->arena, call->question);
    }
    if (code == IPUS_ABSENT) {
        call->answer.refused = true;
        call->answer.refusal = (ipus_refusal_t){.code = IPUS_NO_SUCH_ROW, .field = -1};
    }
    return code == IPUS_FINE;
}

/* ---- deciding, on the loop ------------------------------------------------------------------- */

/* What is still to be asked, in the language of whoever asks. */
static void tell_missing(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    buf_t questions = {0};
    if (teller->missing(teller->context, call->generation, call->question->of.on, verdict,
                        call->lang, &questions)) {
        office_problem_missing(call, buf_span(&questions));
    } else {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    buf_free(&questions);
}

static void tell_mistakes(office_call_t *call)
{
    const office_teller_t *teller = &call->office->teller;
    problem_clear(&call->office->problem);
    if (teller->mistakes(teller->context, call->generation, call->question, call->lang,
                         &call->office->problem)) {
        office_problem_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
    } else {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
    }
}

/* Whether all that the step rests on is known; answers otherwise. */
static bool is_decided(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    switch (verdict->state) {
    case VERDICT_DECIDED:
        return true;
    case VERDICT_OPEN:
        tell_missing(call, verdict);
        return false;
    case VERDICT_NOT_IN_FORCE:
        office_problem(call, OFFICE_PROBLEM_NOT_IN_FORCE);
        return false;
    case VERDICT_BAD_FACTS:
        tell_mistakes(call);
        return false;
    case VERDICT_FAILED:
        teller->fault(teller->context, call->generation, verdict);
        break;
    case VERDICT_NO_SERVICE:
        break;
    }
    office_problem_wait(call, OFFICE_PROBLEM_RULES, 1000);
    return false;
}

/* The record keeps what is said in Polish. */
static bool keep_verdict(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    buf_t text = {0};
    verdict_for_step(call->question, verdict, &call->verdict);
    verdict_facts_add(&text, call->question);
    call->verdict.facts_json = text.failed ? SPAN_NONE : office_keep(call, buf_span(&text));
    buf_clear(&text);
    bool told = teller->verdict(teller->context, call->generation, call->question->of.on, verdict,
                                LANG_PL, &text);
    call->verdict.trace_json = told ? office_keep(call, buf_span(&text)) : SPAN_NONE;
    buf_free(&text);
    return call->verdict.facts_json.at != NULL && call->verdict.trace_json.at != NULL;
}

static void then_gathered(office_call_t *call, store_result_t result)
{
    verdict_t verdict;
    if (!office_went_well(call, result)) {
        return;
    }
    verdict_of(call->question, plugin_functions(call->generation), &verdict);
    if (!is_decided(call, &verdict)) {
        return;
    }
    if (!keep_verdict(call, &verdict)) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    call->command.verdict = &call->verdict;
    call->run = office_run_step;
    call->then = office_step_done;
    office_write(call);
}

static bool has_question(office_call_t *call)
{
    if (call->question == NULL) {
        call->question = arena_alloc(call->arena, sizeof *call->question);
    }
    return call->question != NULL;
}

void office_decide(office_call_t *call)
{
    if (!has_question(call)) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return;
    }
    call->tries++;
    call->run = run_gather;
    call->then = then_gathered;
    office_read(call);
}

/* ---- what is given in a step, held to its declaration ---------------------------------------- */

void office_check_fact(office_call_t *call, span_t fact, span_t value)
{
    const office_teller_t *teller = &call->office->teller;
    problem_t told = {0};
    if (!has_question(call)) {
        return;
    }
    verdict_check_stated(call->question, call->programme, call->today, fact, value);
    if (call->question->mistake_count > 0 &&
        teller->mistakes(teller->context, call->generation, call->question, call->lang, &told)) {
        office_mistake_in(call, OFFICE_DETAIL_WANT_FACT_VALUE, "value", problem_first_detail(&told),
                          SPAN_NONE);
    }
    problem_free(&told);
}

bool office_check_order(office_call_t *call, span_t facts)
{
    if (!has_question(call)) {
        office_problem(call, OFFICE_PROBLEM_NO_MEMORY);
        return false;
    }
    verdict_check_ordered(call->question, call->programme, call->today, facts, call->arena);
    if (call->question->mistake_count > 0) {
        tell_mistakes(call);
        return false;
    }
    return true;
}
