/* Deciding a step of the record: the verdict is worked out of what the record has, on the store's
 * thread and then on the loop; the step is written only if that still stands (see verdict.h). */
#include "office/inside.h"

enum { TRIES_MAX = 3 };

/* A decision on its way. */
typedef struct {
    verdict_question_t question; /* what is decided of */
    ipus_verdict_t verdict;      /* for the step */
    unsigned tries;
} deciding_t;

/* The call's, made when it is first needed; NULL, and refused, without memory. */
static deciding_t *deciding_of(office_call_t *call)
{
    return call->own != NULL ? call->own : office_own(call, sizeof(deciding_t));
}

/* ---- gathering, on the store's thread -------------------------------------------------------- */

static bool run_gather(office_call_t *call, ipus_record_t *record)
{
    deciding_t *deciding = call->own;
    verdict_subject_t subject;
    ipus_code_t code = verdict_subject(record, &call->step->command, &subject);
    if (code == IPUS_FINE) {
        code = verdict_gather(record, call->programme, &subject, call->arena, &deciding->question);
    }
    return code == IPUS_ABSENT ? office_absent(call) : code == IPUS_FINE;
}

/* ---- deciding, on the loop ------------------------------------------------------------------- */

/* With what is still to be asked, in the language of whoever asks. */
static office_next_t refuse_missing(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    const deciding_t *deciding = call->own;
    buf_t questions = {0};
    bool told = teller->missing(teller->context, call->generation, deciding->question.of.on,
                                verdict, call->lang, &questions);
    office_next_t next = told ? office_refuse_with(call, OFFICE_PROBLEM_FACTS_MISSING, SPAN_NONE,
                                                   "missing", buf_span(&questions))
                              : office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    buf_free(&questions);
    return next;
}

static office_next_t refuse_facts(office_call_t *call)
{
    const office_teller_t *teller = &call->office->teller;
    const deciding_t *deciding = call->own;
    problem_clear(&call->office->problem);
    return teller->mistakes(teller->context, call->generation, &deciding->question, call->lang,
                            &call->office->problem)
               ? office_refuse_mistakes(call, OFFICE_PROBLEM_BAD_BODY)
               : office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
}

/* Not all that the step rests on is known. */
static office_next_t refuse_undecided(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    switch (verdict->state) {
    case VERDICT_OPEN:
        return refuse_missing(call, verdict);
    case VERDICT_NOT_IN_FORCE:
        return office_refuse(call, OFFICE_PROBLEM_NOT_IN_FORCE);
    case VERDICT_BAD_FACTS:
        return refuse_facts(call);
    case VERDICT_FAILED:
        teller->fault(teller->context, call->generation, verdict);
        break;
    default:
        break;
    }
    return office_refuse_for(call, OFFICE_PROBLEM_RULES, 1000);
}

/* The record keeps what is said in Polish. */
static bool keep_verdict(office_call_t *call, const verdict_t *verdict)
{
    const office_teller_t *teller = &call->office->teller;
    deciding_t *deciding = call->own;
    ipus_verdict_t *kept = &deciding->verdict;
    buf_t text = {0};
    verdict_for_step(&deciding->question, verdict, kept);
    verdict_facts_add(&text, &deciding->question);
    kept->facts_json = text.failed ? SPAN_NONE : office_keep(call, buf_span(&text));
    buf_clear(&text);
    bool told = teller->verdict(teller->context, call->generation, deciding->question.of.on,
                                verdict, LANG_PL, &text);
    kept->trace_json = told ? office_keep(call, buf_span(&text)) : SPAN_NONE;
    buf_clear(&text);
    verdict_inputs_add(&text, &deciding->question, verdict);
    kept->inputs = text.failed ? SPAN_NONE : office_keep(call, buf_span(&text));
    buf_free(&text);
    return kept->facts_json.at != NULL && kept->trace_json.at != NULL && kept->inputs.at != NULL;
}

static office_next_t then_gathered(office_call_t *call)
{
    verdict_t verdict;
    deciding_t *deciding = call->own;
    verdict_of(&deciding->question, plugin_functions(call->generation), &verdict);
    if (verdict.state != VERDICT_DECIDED) {
        return refuse_undecided(call, &verdict);
    }
    if (!keep_verdict(call, &verdict)) {
        return office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    }
    call->step->command.verdict = &deciding->verdict;
    return office_write_step(call, office_then_step);
}

/* What was read had moved: it is gathered again, a few times. */
static office_next_t gather_again(office_call_t *call)
{
    deciding_t *deciding = call->own;
    return deciding->tries++ < TRIES_MAX ? office_read(call, run_gather, then_gathered)
                                         : office_refuse_engine(call, &call->step->answer.refusal);
}

office_next_t office_decide(office_call_t *call)
{
    call->again = gather_again;
    return deciding_of(call) == NULL ? OFFICE_REFUSED : gather_again(call);
}

/* ---- what is given in a step, held to its declaration ---------------------------------------- */

bool office_check_fact(office_call_t *call, span_t fact, span_t value)
{
    const office_teller_t *teller = &call->office->teller;
    deciding_t *deciding = deciding_of(call);
    problem_t told = {0};
    if (deciding == NULL) {
        return false;
    }
    verdict_check_stated(&deciding->question, call->programme, call->today, fact, value);
    if (deciding->question.mistake_count > 0 &&
        teller->mistakes(teller->context, call->generation, &deciding->question, call->lang,
                         &told)) {
        office_mistake_in(call, OFFICE_DETAIL_WANT_FACT_VALUE, "value", problem_first_detail(&told),
                          SPAN_NONE);
    }
    problem_free(&told);
    return !office_has_mistakes(call, OFFICE_PROBLEM_BAD_BODY);
}

bool office_check_order(office_call_t *call, span_t facts)
{
    deciding_t *deciding = deciding_of(call);
    if (deciding == NULL) {
        return false;
    }
    verdict_check_ordered(&deciding->question, call->programme, call->today, facts, call->arena);
    if (deciding->question.mistake_count > 0) {
        refuse_facts(call);
        return false;
    }
    return true;
}
