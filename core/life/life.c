#include "life/inside.h"

#include <stdlib.h>

#define TRIES 4
#define DAY_MS INT64_C(86400000)
#define SIX_IN_THE_MORNING INT64_C(21600000) /* UTC; so that it is the same day in Warsaw */
#define STEP_MS 1500

life_t *life_new(const life_options_t *options)
{
    life_t *life = calloc(1, sizeof *life);
    if (life == NULL) {
        return NULL;
    }
    life->options = *options;
    life->programme = options->programme;
    life->random = options->seed;
    life->today = options->from;
    life->diary = calloc((size_t)options->days + 1, sizeof *life->diary);
    if (life->diary == NULL) {
        life_free(life);
        return NULL;
    }
    return life;
}

void life_free(life_t *life)
{
    for (int32_t i = 0; life != NULL && life->diary != NULL && i < life->options.days; i++) {
        free(life->diary[i].at);
    }
    if (life != NULL) {
        free(life->diary);
        buf_free(&life->text);
        buf_free(&life->facts_json);
        buf_free(&life->trace_json);
        buf_free(&life->inputs);
        free(life);
    }
}

date_t life_today(const life_t *life)
{
    return life->today;
}

const life_figures_t *life_figures(const life_t *life)
{
    return &life->figures;
}

/* ---- the diary ------------------------------------------------------------------------------- */

static void enter(life_t *life, const event_t *event, date_t day)
{
    int64_t place = (int64_t)day.days - life->options.from.days;
    if (place >= life->options.days) {
        return;
    }
    events_t *events = &life->diary[place < life->day ? life->day : place];
    if (events->count == events->cap) {
        size_t cap = events->cap > 0 ? events->cap * 2 : 16;
        event_t *at = realloc(events->at, cap * sizeof *at);
        if (at == NULL) {
            life->failed = true;
            return;
        }
        events->at = at;
        events->cap = cap;
    }
    events->at[events->count++] = *event;
}

static date_t weekday_from(date_t day)
{
    int weekday = date_weekday(day);
    return weekday > 4 ? date_add(day, 7 - weekday) : day;
}

void life_soon(life_t *life, event_run_t run, int64_t id, int least, int most)
{
    date_t day = date_add(life->today, (int32_t)life_draw_between(life, least, most));
    life_on_day(life, run, id, weekday_from(day));
}

void life_on_day(life_t *life, event_run_t run, int64_t id, date_t day)
{
    enter(life, &(event_t){run, id, 0}, day);
}

void life_again(life_t *life, const event_t *event, int days)
{
    if (event->tries < TRIES) {
        enter(life, &(event_t){event->run, event->id, event->tries + 1},
              weekday_from(date_add(life->today, days)));
    }
}

/* ---- who ------------------------------------------------------------------------------------- */

void life_as_role(life_t *life, int role)
{
    life->actor = (ipus_actor_t){.account = life->accounts[role],
                                 .may_override = role == ROLE_DIRECTOR || role == ROLE_ORGANISER};
}

void life_as_coordinator(life_t *life, int64_t account)
{
    life->actor = (ipus_actor_t){
        .account = account != 0 ? account : life->coordinators[life_draw(life, COORDINATORS)]};
}

void life_as_performer(life_t *life, int64_t provider)
{
    for (size_t i = 0; i < life->performer_count; i++) {
        if (life->performers[i].id == provider) {
            life->actor = (ipus_actor_t){
                .account = life->performers[i].account, .provider = provider, .scope = IPUS_OWN};
            return;
        }
    }
    life_as_role(life, ROLE_ORGANISER);
}

/* ---- doing ----------------------------------------------------------------------------------- */

static const char *const sentences[] = {
    "Wpis pokazowy: rozmowa o potrzebach i o tym, co już pomaga.",
    "Wpis pokazowy: potrzebna pomoc w codziennych sprawach, kilka razy w miesiącu.",
    "Wpis pokazowy: ustalono, kto i kiedy przyjdzie; termin odpowiada.",
    "Wpis pokazowy: usługa wykonana, bez uwag.",
    "Wpis pokazowy: zmiana na prośbę osoby korzystającej.",
    "Wpis pokazowy: sprawa wyjaśniona telefonicznie.",
};

span_t life_sentence(life_t *life)
{
    return span_of(sentences[life_draw(life, sizeof sentences / sizeof *sentences)]);
}

/* What a step asks for and nobody has made up yet. */
static void fill_texts(life_t *life, ipus_command_t *command)
{
    const ipus_kind_spec_t *spec = ipus_kind(command->kind);
    for (int i = 0; i < spec->count; i++) {
        bool needed = false;
        bool words = spec->fields[i].type == IPUS_TEXT || spec->fields[i].type == IPUS_LINES;
        if (words && command->given.at[i].is == IPUS_NONE &&
            ipus_step_takes(command->kind, command->step, i, &needed) && needed) {
            span_t text = life_sentence(life);
            ipus_set_text(&command->given, i,
                          text.len <= spec->fields[i].max ? text : SPAN("Wpis pokazowy"));
        }
    }
}

static ipus_command_t command_of(const life_t *life)
{
    return (ipus_command_t){.actor = life->actor,
                            .why = life->why != NULL ? span_of(life->why) : SPAN_NONE,
                            .today = life->today,
                            .now = life->today.days * DAY_MS + SIX_IN_THE_MORNING +
                                   (life->figures.steps + life->figures.refused) % 20000 * STEP_MS,
                            .programme = life->programme};
}

static void count(life_t *life, ipus_kind_t kind, bool done)
{
    life_figures_t *figures = &life->figures;
    *(done ? &figures->steps : &figures->refused) += 1;
    if (!done && life->answer.refused) {
        figures->refusals[life->answer.refusal.code]++;
    } else if (!done) {
        life->failed = true;
    } else if (life->answer.row.id > figures->last[kind]) {
        figures->last[kind] = life->answer.row.id;
    }
}

bool life_step_decided(life_t *life, ipus_kind_t kind, const char *name, int64_t id,
                       const ipus_row_t *given, const ipus_verdict_t *verdict)
{
    ipus_command_t command = command_of(life);
    if (life->failed) {
        return false;
    }
    command.kind = kind;
    command.step = ipus_step_named(kind, span_of(name));
    command.id = id;
    command.given = given != NULL ? *given : (ipus_row_t){.kind = kind};
    command.verdict = verdict;
    fill_texts(life, &command);
    bool done = life->port->run(life->port->context, &command, &life->answer);
    count(life, kind, done);
    if (life->options.mischief > 0 && life_chance(life, life->options.mischief)) {
        const ipus_answer_t answer = life->answer;
        life_mischief(life);
        life->answer = answer; /* but for texts, which nobody looks at */
    }
    return done;
}

bool life_step(life_t *life, ipus_kind_t kind, const char *name, int64_t id,
               const ipus_row_t *given)
{
    return life_step_decided(life, kind, name, id, given, NULL);
}

int64_t life_make(life_t *life, ipus_row_t *given)
{
    return life_step(life, given->kind, "make", 0, given) ? life->answer.row.id : 0;
}

bool life_plainly(life_t *life, ipus_kind_t kind, int64_t id, const char *name)
{
    return life_step(life, kind, name, id, NULL);
}

bool life_with_reason(life_t *life, ipus_kind_t kind, int64_t id, const char *name, int field)
{
    ipus_row_t given = {.kind = kind};
    ipus_set_text(&given, field, life_sentence(life));
    return life_step(life, kind, name, id, &given);
}

/* ---- looking --------------------------------------------------------------------------------- */

static ipus_record_t *record(life_t *life)
{
    return life->port->record(life->port->context);
}

static bool fine(life_t *life, ipus_code_t code)
{
    life->failed = life->failed || code == IPUS_BROKEN;
    return code == IPUS_FINE && !life->failed;
}

bool life_row_of(life_t *life, ipus_kind_t kind, int64_t id, ipus_row_t *row)
{
    ipus_record_t *of = record(life);
    return fine(life, of->get(of->context, kind, id, false, row));
}

bool life_rows_of(life_t *life, const ipus_query_t *query,
                  bool (*each)(void *of, const ipus_row_t *row), void *of)
{
    ipus_record_t *from = record(life);
    return fine(life, from->find(from->context, query, each, of));
}

static bool keep(void *of, const ipus_row_t *row)
{
    *(ipus_row_t *)of = *row;
    return false;
}

bool life_one_of(life_t *life, ipus_kind_t kind, int field, int64_t value, int64_t state, bool last,
                 ipus_row_t *row)
{
    ipus_query_t query = IPUS_QUERY(kind);
    ipus_query_equal(&query, field, value);
    if (state >= 0) {
        ipus_query_equal(&query, ipus_kind(kind)->state, state);
    }
    query.descending = last;
    query.limit = 1;
    row->id = 0;
    return life_rows_of(life, &query, keep, row) && row->id != 0;
}

int64_t life_term_of(const life_t *life, registry_term_name_t name, int64_t otherwise)
{
    const registry_row_t *row = registry_term_on(life->programme, name, life->today);
    return row != NULL ? row->value.number : otherwise;
}

/* ---- day by day ------------------------------------------------------------------------------ */

bool life_begin(life_t *life, const life_port_t *port)
{
    life->port = port;
    life_office_made(life);
    return !life->failed;
}

/* Nobody comes at the weekend; so as many on each other day as are left for it. */
static void people_come(life_t *life)
{
    int64_t days = (int64_t)(life->options.days - life->day) * 5 / 7 + 1;
    int64_t left = life->options.persons - life->came;
    int64_t today = left / days + ((int64_t)life_draw(life, (uint64_t)days) < left % days);
    if (date_weekday(life->today) > 4) {
        return;
    }
    for (int64_t i = 0; i < today && !life->failed; i++) {
        life_person_comes(life, &(event_t){0});
    }
}

static void daily_work(life_t *life)
{
    bool done = false;
    life->actor = (ipus_actor_t){.host = true};
    while (!done && !life->failed) {
        ipus_command_t command = command_of(life);
        bool did = life->port->daily(life->port->context, &command, &done, &life->answer);
        life->failed = life->failed || !did;
        life->figures.daily += did && !done;
    }
}

bool life_day(life_t *life, const life_port_t *port, bool *over)
{
    life->port = port;
    daily_work(life);
    life_answer_offers(life);
    people_come(life);
    events_t *events = &life->diary[life->day];
    for (size_t i = 0; i < events->count && !life->failed; i++) {
        const event_t event = events->at[i];
        event.run(life, &event);
    }
    free(events->at);
    *events = (events_t){0};
    life->day++;
    life->today = date_add(life->today, 1);
    *over = life->day >= life->options.days;
    return !life->failed;
}
