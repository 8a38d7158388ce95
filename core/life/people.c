/* Who comes to the office, and with what. */
#include "life/inside.h"

#include <stdio.h>

#define FITTING 16 /* people that are thought of until one fits a service */

/* ---- registering ----------------------------------------------------------------------------- */

/* What else is asked at registering, whatever it is: mostly the first of what there is to choose.
 */
static void answer_rest(life_t *life, ipus_row_t *given)
{
    const ipus_kind_spec_t *spec = ipus_kind(given->kind);
    for (int i = 0; i < spec->count; i++) {
        const ipus_field_t *field = &spec->fields[i];
        bool asked = (field->flags & IPUS_GIVEN) != 0 && given->at[i].is == IPUS_NONE;
        if (asked && field->type == IPUS_CHOICE && i != PERSON_SEX) {
            int64_t count = 0;
            while (ipus_choice(field->choices, count).at != NULL) {
                count++;
            }
            ipus_set(given, i,
                     life_chance(life, 70) ? 0 : (int64_t)life_draw(life, (uint64_t)count));
        } else if (asked && field->type == IPUS_FLAG) {
            ipus_set(given, i, life_chance(life, 20));
        }
    }
}

static int64_t person_made(life_t *life, const somebody_t *body, int64_t household)
{
    char address[64], phone[32], birth[DATE_TEXT_LEN + 1], document[32];
    ipus_row_t given = {.kind = IPUS_PERSON};
    snprintf(address, sizeof address, "ul. Przykładowa %d", (int)life_draw_between(life, 1, 199));
    snprintf(phone, sizeof phone, "000 000 %03d", (int)life_draw(life, 1000));
    ipus_set_text(&given, PERSON_GIVEN_NAME, body->given);
    ipus_set_text(&given, PERSON_FAMILY_NAME, body->family);
    ipus_set_text(&given, PERSON_ADDRESS, span_of(address));
    if (life_chance(life, 60)) {
        ipus_set_text(&given, PERSON_PHONE, span_of(phone));
    }
    if (body->pesel[0] != '\0') {
        ipus_set_text(&given, PERSON_PESEL, span_of(body->pesel));
    } else {
        date_text(body->birth, birth);
        snprintf(document, sizeof document, "POKAZ %lld",
                 (long long)life->figures.last[IPUS_PERSON] + 1);
        ipus_set_text(&given, PERSON_DOCUMENT, span_of(document));
        ipus_set_text(&given, PERSON_BIRTH_DATE, span_of(birth));
        ipus_set(&given, PERSON_SEX, body->woman ? 0 : 1);
    }
    if (household != 0) {
        ipus_set(&given, PERSON_HOUSEHOLD, household);
    }
    answer_rest(life, &given);
    return life_make(life, &given);
}

bool life_declare(life_t *life, int64_t person, int fact, int64_t number)
{
    ipus_row_t given = {.kind = IPUS_STATEMENT};
    buf_clear(&life->text);
    json_writer_t writer = {&life->text, false};
    verdict_value_add(&writer, life->programme->facts[fact], number);
    ipus_set(&given, STATEMENT_PERSON, person);
    ipus_set_text(&given, STATEMENT_FACT, life->programme->facts[fact]->id);
    ipus_set_text(&given, STATEMENT_VALUE, buf_span(&life->text));
    ipus_set_date(&given, STATEMENT_DECLARED_ON, life->today);
    ipus_set(&given, STATEMENT_PROOF, life_chance(life, 75) ? 0 : 1);
    life->failed = life->failed || life->text.failed;
    return life_make(life, &given) != 0;
}

/* Somebody else of the same household, who mostly comes for company. */
static void family_comes(life_t *life, int64_t household, int64_t person)
{
    ipus_row_t given = {.kind = IPUS_RELATION};
    somebody_t body;
    life_somebody_made(life, &body);
    int64_t other = person_made(life, &body, household);
    if (other != 0 && life_chance(life, 30)) {
        ipus_set(&given, RELATION_PERSON, person);
        ipus_set(&given, RELATION_OTHER, other);
        ipus_set(&given, RELATION_ROLE, life_chance(life, 30) ? 0 : 1);
        (void)life_make(life, &given);
    }
    life->came += other != 0;
}

static int64_t household_made(life_t *life)
{
    ipus_row_t given = {.kind = IPUS_HOUSEHOLD};
    ipus_set_date(&given, HOUSEHOLD_SINCE, life->today);
    return life_make(life, &given);
}

/* ---- with what ------------------------------------------------------------------------------- */

static const registry_service_t *any_service(life_t *life)
{
    const registry_programme_t *programme = life->programme;
    size_t place = (size_t)life_draw(life, programme->service_count);
    return registry_service_on(programme, programme->services[place].id, life->today, NULL);
}

/* Somebody for whom a service might be: what follows from birth alone does not speak against it. */
static void somebody_for(life_t *life, const registry_service_t *service, somebody_t *body,
                         profile_t *profile)
{
    for (int i = 0; i < FITTING; i++) {
        life_somebody_made(life, body);
        life_profile_of(life, body, profile);
        if (service == NULL || life_ask_rules(life, service, profile) != RULES_NO) {
            return;
        }
    }
}

/* What the rules ask of a person for a service: mostly what leads to it, now and then anything, now
 * and then some of it is left open. */
static void declare_for(life_t *life, int64_t person, const registry_service_t *service,
                        profile_t *profile)
{
    filling_t filling = {.person = true,
                         .order = true,
                         .wants_yes = life_chance(life, 82),
                         .pays = life_chance(life, 65)};
    (void)life_fill(life, service, profile, &filling);
    size_t left_out =
        life_chance(life, 10) && filling.count > 0 ? life_draw(life, filling.count) : SIZE_MAX;
    for (size_t i = 0; i < filling.count && !life->failed; i++) {
        int fact = filling.facts[i];
        bool of_order = life->programme->facts[fact]->of_order;
        if (i != left_out && !of_order) {
            (void)life_declare(life, person, fact, profile->at[fact].number);
        }
        profile->at[fact].known = profile->at[fact].known && i != left_out && !of_order;
    }
}

/* Counted without a name. */
static void asks_only(life_t *life)
{
    ipus_row_t given = {.kind = IPUS_REFERRAL};
    bool referred = life_chance(life, 35);
    life_as_coordinator(life, 0);
    ipus_set(&given, REFERRAL_ABOUT, referred ? 1 : 0);
    ipus_set_date(&given, REFERRAL_ON, life->today);
    if (referred) {
        ipus_set_text(&given, REFERRAL_PASSED_TO, SPAN("inna jednostka (wpis pokazowy)"));
        ipus_set(&given, REFERRAL_CONSENT, 1);
    }
    (void)life_make(life, &given);
}

/* Left at the public form; what becomes of it is decided later. */
static void intake_ends(life_t *life, const event_t *event)
{
    ipus_row_t given = {.kind = IPUS_INTAKE};
    life_as_role(life, ROLE_ORGANISER);
    int64_t application = life->figures.last[IPUS_APPLICATION];
    if (application == 0 || life_chance(life, 30)) {
        (void)life_plainly(life, IPUS_INTAKE, event->id, "reject");
        return;
    }
    ipus_set(&given, INTAKE_APPLICATION, application);
    (void)life_step(life, IPUS_INTAKE, "take", event->id, &given);
}

static void intake_left(life_t *life)
{
    ipus_row_t given = {.kind = IPUS_INTAKE};
    const registry_service_t *service = any_service(life);
    somebody_t body;
    life_somebody_named(life, life_chance(life, 60), &body);
    life->actor = (ipus_actor_t){.account = 0};
    if (service != NULL) {
        ipus_set_text(&given, INTAKE_SERVICES, service->id);
    }
    ipus_set_text(&given, INTAKE_NAME, body.family);
    ipus_set_text(&given, INTAKE_REACH, SPAN("000 000 000"));
    int64_t id = life_make(life, &given);
    if (id != 0) {
        life_soon(life, intake_ends, id, 1, 4);
    }
}

/* Things change, and with them what was decided of. */
static void changes_mind(life_t *life, const event_t *event)
{
    profile_t profile;
    life_as_coordinator(life, 0);
    if (!life_profile_read(life, event->id, life->today, &profile)) {
        return;
    }
    for (size_t i = 0; i < life->programme->fact_count; i++) {
        const registry_fact_t *fact = life->programme->facts[i];
        bool choice = fact->type == FACT_BOOLEAN || fact->type == FACT_CHOICE;
        if (profile.at[i].known && choice && fact->derive == DERIVE_NONE && life_chance(life, 25)) {
            size_t values = fact->type == FACT_BOOLEAN ? 2 : fact->values.count;
            (void)life_declare(life, event->id, (int)i, (int64_t)life_draw(life, values));
            return;
        }
    }
}

static void comes_to_apply(life_t *life)
{
    const registry_service_t *service = any_service(life), *second = any_service(life);
    somebody_t body;
    profile_t profile;
    somebody_for(life, service, &body, &profile);
    if (life_chance(life, 3)) {
        body.pesel[0] = '\0';
        life_profile_of(life, &body, &profile);
    }
    life_as_coordinator(life, 0);
    int64_t household = life_chance(life, 30) ? household_made(life) : 0;
    int64_t person = person_made(life, &body, household);
    life->came++;
    if (person == 0 || service == NULL) {
        return;
    }
    if (household != 0) {
        family_comes(life, household, person);
    }
    declare_for(life, person, service, &profile);
    buf_t services = {0};
    buf_add(&services, service->id);
    if (second != NULL && !span_equal(second->id, service->id) && life_chance(life, 35)) {
        declare_for(life, person, second, &profile);
        buf_byte(&services, ' ');
        buf_add(&services, second->id);
    }
    if (life_chance(life, 75)) {
        life_application_made(life, person, buf_span(&services));
    }
    life->failed = life->failed || services.failed;
    buf_free(&services);
    if (life_chance(life, 12)) {
        life_soon(life, changes_mind, person, 20, 200);
    }
}

void life_person_comes(life_t *life, const event_t *event)
{
    (void)event;
    if (life_chance(life, 18)) {
        asks_only(life);
    }
    if (life_chance(life, 6)) {
        intake_left(life);
    }
    comes_to_apply(life);
}
