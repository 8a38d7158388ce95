/* Deciding as the office does: what the record knows is gathered and put before the rules. */
#include "life/inside.h"

static bool gather(life_t *life, const verdict_subject_t *subject)
{
    ipus_record_t *record = life->port->record(life->port->context);
    return verdict_gather(record, life->programme, subject, record->arena, &life->question) ==
           IPUS_FINE;
}

bool life_profile_read(life_t *life, int64_t person, date_t on, profile_t *profile)
{
    const verdict_subject_t subject = {.person = person, .on = on, .quantity = -1, .price = -1};
    if (!gather(life, &subject)) {
        return false;
    }
    memset(profile, 0, sizeof *profile);
    profile->on = on;
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        profile->at[i] = life->question.of.facts[i];
    }
    return true;
}

rules_answer_t life_verdict_of(life_t *life, const verdict_subject_t *subject,
                               ipus_verdict_t *verdict)
{
    if (!gather(life, subject)) {
        return RULES_UNKNOWN;
    }
    verdict_of(&life->question, life->options.functions, &life->verdict);
    if (life->verdict.state != VERDICT_DECIDED) {
        return RULES_UNKNOWN;
    }
    buf_clear(&life->facts_json);
    buf_clear(&life->trace_json);
    buf_clear(&life->inputs);
    verdict_facts_add(&life->facts_json, &life->question);
    verdict_trace_add(&life->trace_json, &life->verdict);
    verdict_inputs_add(&life->inputs, &life->question, &life->verdict);
    verdict_for_step(&life->question, &life->verdict, verdict);
    verdict->facts_json = buf_span(&life->facts_json);
    verdict->trace_json = buf_span(&life->trace_json);
    verdict->inputs = buf_span(&life->inputs);
    return life->verdict.decision.outcome;
}

rules_answer_t life_verdict_for(life_t *life, ipus_kind_t kind, int64_t id, const ipus_row_t *given,
                                ipus_verdict_t *verdict)
{
    ipus_record_t *record = life->port->record(life->port->context);
    ipus_command_t command = {.kind = kind,
                              .id = id,
                              .given = {.kind = kind},
                              .today = life->today,
                              .programme = life->programme};
    verdict_subject_t subject;
    if (given != NULL) {
        command.given = *given;
    }
    return verdict_subject(record, &command, &subject) == IPUS_FINE
               ? life_verdict_of(life, &subject, verdict)
               : RULES_UNKNOWN;
}
