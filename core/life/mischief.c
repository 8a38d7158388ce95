/* What nobody should do, done at random: any step of any row in any state, by anybody, with values
 * of all sorts. What of it is legal is done; the rest has to be refused. */
#include "life/inside.h"

/* Where most is at stake, often; and the others. */
static const ipus_kind_t kinds[] = {
    IPUS_ORDER,       IPUS_ORDER,     IPUS_ORDER,     IPUS_GRANTED,    IPUS_GRANTED,
    IPUS_PLAN,        IPUS_PLAN,      IPUS_WAITING,   IPUS_WAITING,    IPUS_DELIVERY,
    IPUS_CHARGE,      IPUS_PAYMENT,   IPUS_PAYMENT,   IPUS_DECISION,   IPUS_DECISION,
    IPUS_CARD,        IPUS_GROUP,     IPUS_ITEM,      IPUS_CORRECTION, IPUS_CONTACT,
    IPUS_CLOSING,     IPUS_SURVEY,    IPUS_MEETING,   IPUS_DIAGNOSIS,  IPUS_APPLICATION,
    IPUS_APPLICATION, IPUS_STATEMENT, IPUS_RELATION,  IPUS_ASSIGNMENT, IPUS_PERSON,
    IPUS_NOTE,        IPUS_OFFER,     IPUS_AGREEMENT, IPUS_REFERRAL,   IPUS_INTAKE};

/* One of those that there are; now and then of those to come. */
static int64_t any_id(life_t *life, ipus_kind_t kind)
{
    int64_t last = life->figures.last[kind];
    return life_draw_between(life, last > 400 && life_chance(life, 80) ? last - 400 : 1, last + 1);
}

static int64_t any_number(life_t *life, const ipus_field_t *field)
{
    switch (field->type) {
    case IPUS_REF:
        return any_id(life, field->of);
    case IPUS_DATE:
        return life->today.days + life_draw_between(life, -40, life_chance(life, 30) ? 200 : 0);
    case IPUS_UNITS:
        return life_draw_between(life, -1, 12) * (life_chance(life, 80) ? 1000 : 333);
    case IPUS_MONEY:
        return life_draw_between(life, -2000, 4000);
    case IPUS_CHOICE:
    case IPUS_STATE:
        return life_draw_between(life, 0, 5);
    case IPUS_FLAG:
        return (int64_t)life_draw(life, 2);
    default:
        return life_draw_between(life, 0, 20);
    }
}

static span_t any_text(life_t *life, const ipus_field_t *field)
{
    const registry_programme_t *programme = life->programme;
    switch (field->type) {
    case IPUS_SERVICE:
    case IPUS_SERVICES:
        return life_chance(life, 90)
                   ? programme->services[life_draw(life, programme->service_count)].id
                   : SPAN("nothing-of-the-kind");
    case IPUS_FACT:
        return programme->facts[life_draw(life, programme->fact_count)]->id;
    case IPUS_JSON:
        return SPAN("true");
    case IPUS_PROVIDER_TYPE:
        return programme->providers.count > 0 ? programme->providers.at[0].id : SPAN("none");
    default:
        return life_chance(life, 95) ? life_sentence(life) : SPAN(" ");
    }
}

static void give_any(life_t *life, ipus_command_t *command)
{
    const ipus_kind_spec_t *spec = ipus_kind(command->kind);
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        bool needed = false, takes = ipus_step_takes(command->kind, command->step, i, &needed);
        if (!life_chance(life, needed ? 97 : takes ? 50 : 1)) {
            continue;
        }
        if (life_chance(life, 2)) {
            command->null |= 1u << i;
        } else if (ipus_is_text(field->type)) {
            ipus_set_text(&command->given, i, any_text(life, field));
        } else {
            ipus_set(&command->given, i, any_number(life, field));
        }
    }
}

static ipus_actor_t anybody(life_t *life)
{
    ipus_actor_t actor = {.account = life_draw_between(life, 0, life->figures.last[IPUS_ACCOUNT]),
                          .may_override = life_chance(life, 30)};
    if (life_chance(life, 15)) {
        actor.scope = IPUS_OWN;
        actor.provider = any_id(life, IPUS_PROVIDER);
    } else if (life_chance(life, 10)) {
        actor.scope = IPUS_ON_CASE;
    }
    return actor;
}

static const ipus_step_t *any_step(life_t *life, ipus_kind_t kind)
{
    size_t count = 0;
    const ipus_step_t *steps = ipus_steps(kind, &count);
    const ipus_step_t *step = &steps[life_draw(life, count)];
    return step->by_host ? NULL : step;
}

void life_mischief(life_t *life)
{
    const ipus_kind_t kind = kinds[life_draw(life, sizeof kinds / sizeof *kinds)];
    const ipus_step_t *step = any_step(life, kind);
    if (step == NULL || life->failed) {
        return;
    }
    ipus_verdict_t verdict = {.facts = life_draw_between(life, 0, 12),
                              .yes = life_chance(life, 60),
                              .quantity = life_draw_between(life, 0, 4) * 1000,
                              .price = life_draw_between(life, -1, 1) * 2500,
                              .fee = life_draw_between(life, 0, 2) * 500,
                              .rules = SPAN("0000000000000000"),
                              .facts_json = SPAN("{}"),
                              .trace_json = SPAN("{}"),
                              .score = life_draw_between(life, 0, 3)};
    ipus_command_t command = {.kind = kind,
                              .step = step,
                              .given = {.kind = kind},
                              .actor = anybody(life),
                              .why = life_chance(life, 20) ? SPAN("Wpis pokazowy.") : SPAN_NONE,
                              .today = life->today,
                              .now = (int64_t)life->today.days * 86400000,
                              .programme = life->programme,
                              .verdict = step->decides ? &verdict : NULL};
    command.id = ipus_step_makes(step) != life_chance(life, 2) ? 0 : any_id(life, kind);
    command.version = life_chance(life, 10) ? life_draw_between(life, 1, 4) : 0;
    give_any(life, &command);
    bool done = life->port->run(life->port->context, &command, &life->answer);
    life->figures.mischief++;
    if (done) {
        int64_t id = life->answer.row.id;
        life->figures.last[kind] = id > life->figures.last[kind] ? id : life->figures.last[kind];
    } else if (life->answer.refused) {
        life->figures.mischief_refused++;
        life->figures.refusals[life->answer.refusal.code]++;
    } else {
        life->failed = true;
    }
}
