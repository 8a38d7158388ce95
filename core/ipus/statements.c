/* What was declared: each day has at most one statement of a fact, and who somebody is stands in
 * one way alone, whoever says it. */
#include "ipus/statements.h"
#include "base/pesel.h"
#include "ipus/states.h"

/* ---- who somebody is, by each source --------------------------------------------------------- */

/* What one source says; what it does not say is empty. */
typedef struct {
    uint64_t pesel; /* 0: not said */
    date_t birth;
    int sex; /* 0 woman, 1 man, 2 neither, -1 not said */
} claims_t;

static void claim_pesel(claims_t *claims, span_t text)
{
    bool woman = false;
    if (text.len == PESEL_LEN && span_number(text, PESEL_MAX, &claims->pesel) &&
        pesel_read((int64_t)claims->pesel, &claims->birth, &woman) == PESEL_FINE) {
        claims->sex = woman ? 0 : 1;
    }
}

static claims_t claims_of_person(const ipus_row_t *person)
{
    claims_t claims = {.birth = DATE_NONE, .sex = -1};
    if (ipus_has(person, PERSON_PESEL)) {
        claim_pesel(&claims, ipus_text(person, PERSON_PESEL));
        return claims;
    }
    (void)date_parse(ipus_text(person, PERSON_BIRTH_DATE), &claims.birth);
    if (ipus_has(person, PERSON_SEX)) {
        claims.sex = (int)ipus_number(person, PERSON_SEX);
    }
    return claims;
}

/* Dates, choices and a PESEL stand in the record as plain strings in quotes. */
static span_t inside_quotes(span_t json)
{
    bool quoted = json.len >= 2 && json.at[0] == '"' && json.at[json.len - 1] == '"';
    return quoted ? (span_t){json.at + 1, json.len - 2} : SPAN_NONE;
}

static int sex_of_choice(const registry_fact_t *fact, span_t id)
{
    for (int i = 0; i < 2; i++) {
        if (span_equal(fact->values.at[fact->derive_values[i]].id, id)) {
            return i;
        }
    }
    return 2;
}

static claims_t claims_of_statement(const ipus_work_t *work, const ipus_row_t *statement)
{
    const registry_programme_t *programme = work->command->programme;
    claims_t claims = {.birth = DATE_NONE, .sex = -1};
    int place = registry_fact(programme, ipus_text(statement, STATEMENT_FACT));
    span_t value = inside_quotes(ipus_text(statement, STATEMENT_VALUE));
    const registry_fact_t *fact = place < 0 ? NULL : programme->facts[place];
    if (fact == NULL || value.at == NULL) {
        return claims;
    }
    if (fact->type == FACT_PESEL) {
        claim_pesel(&claims, value);
    } else if (fact->derive == DERIVE_PESEL_BIRTH_DATE) {
        (void)date_parse(value, &claims.birth);
    } else if (fact->derive == DERIVE_PESEL_SEX && fact->type == FACT_CHOICE) {
        claims.sex = sex_of_choice(fact, value);
    }
    return claims;
}

/* The field of a person on which two sources disagree, or -1. */
static int disagree(const claims_t *a, const claims_t *b)
{
    if (a->pesel != 0 && b->pesel != 0 && a->pesel != b->pesel) {
        return PERSON_PESEL;
    }
    if (!date_is_none(a->birth) && !date_is_none(b->birth) && !date_equal(a->birth, b->birth)) {
        return PERSON_BIRTH_DATE;
    }
    return a->sex >= 0 && b->sex >= 0 && a->sex != b->sex ? PERSON_SEX : -1;
}

/* A row at work and what it claims, against every statement that stands. */
typedef struct {
    ipus_work_t *work;
    claims_t claims;
    bool fine;
} against_t;

static bool is_compatible(void *of, const ipus_row_t *row)
{
    against_t *against = of;
    ipus_work_t *work = against->work;
    bool statement = work->row.kind == IPUS_STATEMENT;
    if (statement &&
        span_equal(ipus_text(row, STATEMENT_FACT), ipus_text(&work->row, STATEMENT_FACT))) {
        return true; /* gives way to the new one */
    }
    claims_t claims = claims_of_statement(work, row);
    int field = disagree(&claims, &against->claims);
    if (field >= 0) {
        against->fine = ipus_work_contradicts(work, statement ? STATEMENT_VALUE : field, row);
    }
    return field < 0;
}

static ipus_query_t standing_of(int64_t person)
{
    ipus_query_t query = IPUS_QUERY(IPUS_STATEMENT);
    ipus_query_equal(&query, STATEMENT_PERSON, person);
    ipus_query_equal(&query, STATEMENT_STATE, STATEMENT_IS_STANDING);
    query.open = true;
    return query;
}

static bool agrees_with_statements(ipus_work_t *work, int64_t person, const claims_t *claims)
{
    ipus_query_t query = standing_of(person);
    against_t against = {work, *claims, true};
    return ipus_work_find(work, &query, is_compatible, &against) && against.fine;
}

bool ipus_statements_agree(ipus_work_t *work, const ipus_row_t *person)
{
    claims_t claims = claims_of_person(person);
    return agrees_with_statements(work, person->id, &claims);
}

/* The person's own row, and what was stated of the others of these facts. */
static bool agrees(ipus_work_t *work, const ipus_row_t *person)
{
    claims_t claims = claims_of_statement(work, &work->row), own = claims_of_person(person);
    if (claims.pesel == 0 && date_is_none(claims.birth) && claims.sex < 0) {
        return true;
    }
    if (disagree(&claims, &own) >= 0) {
        return ipus_work_contradicts(work, STATEMENT_VALUE, person);
    }
    return agrees_with_statements(work, person->id, &claims);
}

/* ---- days ------------------------------------------------------------------------------------ */

static date_t last_day(const ipus_row_t *statement)
{
    return ipus_has(statement, STATEMENT_ENDS) ? ipus_date(statement, STATEMENT_ENDS) : DATE_NEVER;
}

/* What was said of the days behind the new statement goes on saying so. */
static bool add_rest(ipus_work_t *work, const ipus_row_t *old, date_t from)
{
    ipus_row_t rest = {.kind = IPUS_STATEMENT};
    for (int i = 0; i < STATEMENT_FIELD_COUNT; i++) {
        rest.at[i] = old->at[i];
    }
    ipus_set_date(&rest, STATEMENT_BEGINS, from);
    return ipus_work_add(work, &rest);
}

/* Every day that the new statement names is its own; of the old ones stays what is before and what
 * is behind it. An old one of which nothing stays is replaced, its days as they were. */
static bool give_way(ipus_work_t *work, const ipus_row_t *row)
{
    date_t from = ipus_date(&work->row, STATEMENT_BEGINS), to = last_day(&work->row);
    date_t begins = ipus_date(row, STATEMENT_BEGINS), ends = last_day(row);
    if (!span_equal(ipus_text(row, STATEMENT_FACT), ipus_text(&work->row, STATEMENT_FACT)) ||
        date_before(ends, from) || date_before(to, begins)) {
        return true;
    }
    ipus_row_t old = *row;
    bool before = date_before(begins, from), behind = date_before(to, ends);
    if (before) {
        ipus_set_date(&old, STATEMENT_ENDS, date_add(from, -1));
    } else if (behind) {
        ipus_set_date(&old, STATEMENT_BEGINS, date_add(to, 1));
    } else {
        ipus_set(&old, STATEMENT_STATE, STATEMENT_IS_REPLACED);
    }
    return ipus_work_set(work, &old, "replace") &&
           (!before || !behind || add_rest(work, row, date_add(to, 1)));
}

/* ---- steps ----------------------------------------------------------------------------------- */

/* Whatever was decided of the facts as they were is stale from now on. */
static bool facts_moved(ipus_work_t *work)
{
    ipus_row_t person;
    if (!ipus_work_get(work, STATEMENT_PERSON, &person)) {
        return false;
    }
    ipus_set(&person, PERSON_FACTS, ipus_number(&person, PERSON_FACTS) + 1);
    return ipus_work_set(work, &person, "declare");
}

bool ipus_statement_make(ipus_work_t *work)
{
    ipus_record_t *record = work->record;
    int64_t id = ipus_number(&work->row, STATEMENT_PERSON);
    ipus_query_t standing = standing_of(id);
    ipus_row_t person;
    if (!ipus_has(&work->row, STATEMENT_BEGINS)) {
        ipus_set_date(&work->row, STATEMENT_BEGINS, ipus_date(&work->row, STATEMENT_DECLARED_ON));
    }
    return ipus_work_period(work, STATEMENT_BEGINS, STATEMENT_ENDS) &&
           ipus_work_fine(work, record->get(record->context, IPUS_PERSON, id, true, &person)) &&
           agrees(work, &person) && ipus_work_each(work, &standing, give_way) && facts_moved(work);
}

bool ipus_statement_withdraw(ipus_work_t *work)
{
    return facts_moved(work);
}
