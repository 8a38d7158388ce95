/* A verdict as the record keeps it. */
#include "verdict/verdict.h"

void verdict_for_step(const verdict_question_t *question, const verdict_t *verdict,
                      ipus_verdict_t *step)
{
    const rules_fee_t *fee = &verdict->decision.fee;
    *step = (ipus_verdict_t){
        .facts = question->facts,
        .row_version = question->row_version,
        .yes = verdict->decision.outcome == RULES_YES,
        .quantity = fee->quantity,
        .price = fee->price,
        .value = fee->value,
        .before_relief = fee->before_relief,
        .fee = fee->amount,
        .rules = verdict->service->version,
        .score = verdict->ranked ? verdict->points : 0,
    };
    if (fee->relief >= 0) {
        step->relief = question->of.programme->reliefs[fee->relief].id;
    }
}

static void add_group(json_writer_t *writer, const verdict_question_t *question, bool of_order)
{
    json_object(writer);
    for (size_t i = 0; i < question->of.programme->fact_count; i++) {
        const registry_fact_t *fact = question->of.programme->facts[i];
        if (fact->of_order == of_order && question->source[i] != VERDICT_FROM_NOWHERE) {
            json_text(writer, fact->id);
            buf_byte(writer->buf, ':');
            writer->comma = false;
            verdict_value_add(writer, fact, question->of.facts[i].number);
        }
    }
    json_object_end(writer);
}

void verdict_facts_add(buf_t *buf, const verdict_question_t *question)
{
    json_writer_t writer = {buf, false};
    json_object(&writer);
    json_name(&writer, "on");
    json_date(&writer, question->of.on);
    json_name(&writer, "facts");
    add_group(&writer, question, false);
    json_name(&writer, "order");
    add_group(&writer, question, true);
    json_object_end(&writer);
}

/* ---- in ids and numbers ---------------------------------------------------------------------- */

static const char *const answers[] = {"no", "yes", "unknown"};

static void add_checks(json_writer_t *writer, const verdict_t *verdict)
{
    verdict_check_t checks[RULES_CHECKS_MAX];
    size_t count = verdict_checks(verdict, checks);
    json_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_object(writer);
        json_name(writer, "id");
        json_text(writer, checks[i].check->id);
        json_name(writer, "answer");
        json_text(writer, span_of(answers[checks[i].answer]));
        json_name(writer, "decisive");
        json_bool(writer, checks[i].decisive);
        json_name(writer, "side");
        json_text(writer, checks[i].against ? SPAN("against") : SPAN("for"));
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void add_parts(json_writer_t *writer, const rules_fee_t *fee)
{
    static const char *const names[] = {"value", "share", "amount", "relief", "rounding"};
    json_array(writer);
    for (size_t i = 0; i < fee->part_count && fee->state == RULES_FEE_KNOWN; i++) {
        const rules_part_t *part = &fee->parts[i];
        json_object(writer);
        json_name(writer, "part");
        json_text(writer, span_of(names[part->kind]));
        if (part->percent >= 0) {
            json_name(writer, "percent");
            json_thousandths(writer, part->percent);
        }
        json_name(writer, "sum");
        json_int(writer, part->sum);
        json_object_end(writer);
    }
    json_array_end(writer);
}

void verdict_trace_add(buf_t *buf, const verdict_t *verdict)
{
    json_writer_t writer = {buf, false};
    json_object(&writer);
    json_name(&writer, "outcome");
    json_text(&writer, span_of(answers[verdict->decision.outcome]));
    json_name(&writer, "checks");
    add_checks(&writer, verdict);
    json_name(&writer, "parts");
    add_parts(&writer, &verdict->decision.fee);
    if (verdict->ranked) {
        json_name(&writer, "points");
        json_int(&writer, verdict->points);
    }
    json_object_end(&writer);
}
