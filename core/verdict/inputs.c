/* Everything that a verdict stands on, as one text that the record keeps beside it: with it and the
 * texts of the rules it can be worked out again for ever. One form: members in this order, facts in
 * the order in which the programme declares them, no blanks. */
#include "verdict/verdict.h"

static void add_fact(json_writer_t *writer, const verdict_question_t *question, size_t fact)
{
    static const char *const sources[] = {
        [VERDICT_FROM_NOWHERE] = "none",        [VERDICT_FROM_ASKER] = "asker",
        [VERDICT_FROM_STATEMENT] = "statement", [VERDICT_FROM_PERSON] = "person",
        [VERDICT_FROM_ORDER] = "order",         [VERDICT_FROM_DELIVERY] = "delivery",
    };
    const registry_fact_t *of = question->of.programme->facts[fact];
    json_object(writer);
    json_name(writer, "id");
    json_text(writer, of->id);
    json_name(writer, "value");
    verdict_value_add(writer, of, question->of.facts[fact].number);
    json_name(writer, "from");
    json_text(writer, span_of(sources[question->source[fact]]));
    if (question->row[fact] != 0) {
        json_name(writer, "row");
        json_int(writer, question->row[fact]);
    }
    json_object_end(writer);
}

static void add_facts(json_writer_t *writer, const verdict_question_t *question, bool of_order)
{
    json_array(writer);
    for (size_t i = 0; i < question->of.programme->fact_count; i++) {
        if (question->of.programme->facts[i]->of_order == of_order &&
            question->source[i] != VERDICT_FROM_NOWHERE) {
            add_fact(writer, question, i);
        }
    }
    json_array_end(writer);
}

/* By version, what of the record was read. */
static void add_past(json_writer_t *writer, const verdict_question_t *question)
{
    json_object(writer);
    json_name(writer, "person");
    json_int(writer, question->person);
    json_name(writer, "facts");
    json_int(writer, question->facts);
    if (question->row_version != 0) {
        json_name(writer, "order");
        json_int(writer, question->row_version);
    }
    json_object_end(writer);
}

/* An agreed price that holds, or null: then the rules' own of the day. */
static void add_price(json_writer_t *writer, const verdict_question_t *question)
{
    if (question->of.price >= 0) {
        json_int(writer, question->of.price);
    } else {
        json_null(writer);
    }
}

void verdict_inputs_add(buf_t *buf, const verdict_question_t *question, const verdict_t *verdict)
{
    const registry_programme_t *programme = question->of.programme;
    json_writer_t writer = {buf, false};
    json_object(&writer);
    json_name(&writer, "contract");
    json_int(&writer, RULES_CONTRACT);
    json_name(&writer, "program");
    json_text(&writer, SPAN(OKIENKO_VERSION));
    json_name(&writer, "programme");
    json_text(&writer, programme->id);
    json_name(&writer, "programme_version");
    json_text(&writer, programme->version);
    json_name(&writer, "service");
    json_text(&writer, verdict->service->id);
    json_name(&writer, "rules");
    json_text(&writer, verdict->service->version);
    json_name(&writer, "on");
    json_date(&writer, question->of.on);
    json_name(&writer, "past");
    add_past(&writer, question);
    json_name(&writer, "price_held");
    add_price(&writer, question);
    json_name(&writer, "facts");
    add_facts(&writer, question, false);
    json_name(&writer, "order");
    add_facts(&writer, question, true);
    json_object_end(&writer);
}
