/* People: who is who, who speaks for whom, and who works on whose case. */
#include "base/pesel.h"
#include "ipus/statements.h"
#include "ipus/states.h"

/* ---- who is who ------------------------------------------------------------------------------ */

static bool refuse_field(ipus_work_t *work, ipus_refusal_code_t code, int field)
{
    return ipus_work_refuse(work, code, field,
                            span_of(ipus_kind(work->row.kind)->fields[field].name), SPAN_NONE,
                            SPAN_NONE);
}

static bool is_given(const ipus_work_t *work, int field)
{
    return work->command->given.at[field].is != IPUS_NONE;
}

static void note_year(ipus_row_t *person, date_t birth)
{
    int year = 0, month = 0, day = 0;
    date_split(birth, &year, &month, &day);
    ipus_set(person, PERSON_BIRTH_YEAR, year);
}

/* The bounds that the programme gives to a birth date hold for everybody's, also where it follows
 * from a number. */
static bool birth_within(ipus_work_t *work, date_t birth, int field)
{
    const registry_programme_t *programme = work->command->programme;
    for (size_t i = 0; i < programme->fact_count; i++) {
        const registry_fact_t *fact = programme->facts[i];
        if (fact->derive == DERIVE_PESEL_BIRTH_DATE &&
            (birth.days < fact->min || birth.days > fact->max)) {
            return ipus_work_refuse(work, IPUS_BIRTH_DATE_OUTSIDE, field,
                                    ipus_work_date(work, (date_t){(int32_t)fact->min}),
                                    ipus_work_date(work, (date_t){(int32_t)fact->max}), SPAN_NONE);
        }
    }
    return true;
}

/* What a PESEL tells is not asked again, and may not be contradicted. */
static bool agree_with_pesel(ipus_work_t *work, span_t pesel)
{
    uint64_t number = 0;
    date_t birth = DATE_NONE;
    bool woman = false;
    if (pesel.len != PESEL_LEN || !span_number(pesel, PESEL_MAX, &number) ||
        pesel_read((int64_t)number, &birth, &woman) != PESEL_FINE ||
        date_before(work->command->today, birth)) {
        return refuse_field(work, IPUS_PESEL_WRONG, PERSON_PESEL);
    }
    span_t born = ipus_work_date(work, birth);
    int64_t sex = woman ? 0 : 1;
    if (is_given(work, PERSON_BIRTH_DATE) &&
        !span_equal(ipus_text(&work->row, PERSON_BIRTH_DATE), born)) {
        return refuse_field(work, IPUS_PESEL_DISAGREES, PERSON_BIRTH_DATE);
    }
    if (is_given(work, PERSON_SEX) && ipus_number(&work->row, PERSON_SEX) != sex) {
        return refuse_field(work, IPUS_PESEL_DISAGREES, PERSON_SEX);
    }
    ipus_set_text(&work->row, PERSON_BIRTH_DATE, born);
    ipus_set(&work->row, PERSON_SEX, sex);
    note_year(&work->row, birth);
    return ipus_work_fine(work, born.at != NULL ? IPUS_FINE : IPUS_BROKEN) &&
           birth_within(work, birth, PERSON_PESEL);
}

static bool born_before_today(ipus_work_t *work)
{
    date_t birth = DATE_NONE;
    if (!ipus_has(&work->row, PERSON_BIRTH_DATE)) {
        ipus_clear(&work->row, PERSON_BIRTH_YEAR);
    }
    if (!is_given(work, PERSON_BIRTH_DATE)) {
        return true;
    }
    if (!date_parse(ipus_text(&work->row, PERSON_BIRTH_DATE), &birth) ||
        date_before(work->command->today, birth)) {
        return refuse_field(work, IPUS_BIRTH_DATE_WRONG, PERSON_BIRTH_DATE);
    }
    note_year(&work->row, birth);
    return birth_within(work, birth, PERSON_BIRTH_DATE);
}

static bool is_only_one(ipus_work_t *work, int field)
{
    ipus_record_t *record = work->record;
    int64_t id = 0;
    if (!is_given(work, field)) {
        return true;
    }
    ipus_code_t code = record->person(record->context, field, ipus_text(&work->row, field), &id);
    if (code == IPUS_ABSENT || (code == IPUS_FINE && id == work->row.id)) {
        return true;
    }
    return ipus_work_fine(work, code) &&
           ipus_work_refuse(work, IPUS_PERSON_EXISTS, field, ipus_work_number(work, id), SPAN_NONE,
                            SPAN_NONE);
}

/* Everybody is known by a PESEL or a document, and only once. `was` has the sealed values open. */
static bool identify(ipus_work_t *work, const ipus_row_t *was)
{
    const ipus_row_t *row = &work->row;
    span_t pesel = row->at[PERSON_PESEL].is == IPUS_LOCKED ? ipus_text(was, PERSON_PESEL)
                                                           : ipus_text(row, PERSON_PESEL);
    if (pesel.at == NULL && !ipus_has(row, PERSON_DOCUMENT)) {
        return refuse_field(work, IPUS_PERSON_UNKNOWN, PERSON_PESEL);
    }
    return (pesel.at != NULL ? agree_with_pesel(work, pesel) : born_before_today(work)) &&
           is_only_one(work, PERSON_PESEL) && is_only_one(work, PERSON_DOCUMENT);
}

bool ipus_person_make(ipus_work_t *work)
{
    ipus_set_date(&work->row, PERSON_REGISTERED_ON, work->command->today);
    ipus_set(&work->row, PERSON_FACTS, 0);
    return identify(work, &work->row);
}

/* The row as it is to be, with what is sealed and stays as it was. */
static ipus_row_t opened(const ipus_work_t *work, const ipus_row_t *was)
{
    ipus_row_t row = work->row;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        if (row.at[i].is == IPUS_LOCKED) {
            row.at[i] = was->at[i];
        }
    }
    return row;
}

bool ipus_person_change(ipus_work_t *work)
{
    ipus_record_t *record = work->record;
    ipus_row_t was;
    ipus_set(&work->row, PERSON_FACTS, ipus_number(&work->row, PERSON_FACTS) + 1);
    if (!ipus_work_fine(work,
                        record->get(record->context, IPUS_PERSON, work->row.id, true, &was)) ||
        !identify(work, &was)) {
        return false;
    }
    ipus_row_t row = opened(work, &was);
    return ipus_statements_agree(work, &row);
}

bool ipus_person_is_there(ipus_work_t *work, int field, int64_t id)
{
    ipus_row_t person;
    return ipus_work_load(work, IPUS_PERSON, id, &person) &&
           (ipus_number(&person, PERSON_STATE) == PERSON_IS_ACTIVE ||
            refuse_field(work, IPUS_PERSON_GONE, field));
}

/* ---- who speaks for whom, who works on whose case -------------------------------------------- */

bool ipus_relation_make(ipus_work_t *work)
{
    ipus_work_day(work, RELATION_BEGINS);
    if (ipus_number(&work->row, RELATION_OTHER) == ipus_number(&work->row, RELATION_PERSON)) {
        return refuse_field(work, IPUS_RELATED_TO_SELF, RELATION_OTHER);
    }
    return ipus_work_period(work, RELATION_BEGINS, RELATION_ENDS);
}

bool ipus_account_is_on(ipus_work_t *work, int field)
{
    ipus_row_t account;
    return ipus_work_get(work, field, &account) &&
           (ipus_number(&account, ACCOUNT_STATE) == ACCOUNT_IS_ACTIVE ||
            refuse_field(work, IPUS_ACCOUNT_OFF, field));
}

bool ipus_assignment_make(ipus_work_t *work)
{
    bool on_case = false;
    ipus_set_date(&work->row, ASSIGNMENT_BEGINS, work->command->today);
    if (!ipus_account_is_on(work, ASSIGNMENT_ACCOUNT) ||
        !ipus_work_fine(work,
                        ipus_on_case(work->record, ipus_number(&work->row, ASSIGNMENT_PERSON),
                                     ipus_number(&work->row, ASSIGNMENT_ACCOUNT), &on_case))) {
        return false;
    }
    return !on_case || refuse_field(work, IPUS_ALREADY_ASSIGNED, ASSIGNMENT_ACCOUNT);
}

bool ipus_assignment_may_end(ipus_work_t *work)
{
    return !ipus_has(&work->row, ASSIGNMENT_ENDS) ||
           ipus_work_refuse(work, IPUS_ALREADY_ENDED, -1,
                            ipus_work_date(work, ipus_date(&work->row, ASSIGNMENT_ENDS)), SPAN_NONE,
                            SPAN_NONE);
}

bool ipus_assignment_end(ipus_work_t *work)
{
    ipus_set_date(&work->row, ASSIGNMENT_ENDS, work->command->today);
    return true;
}

bool ipus_assignment_ensure(ipus_work_t *work, int64_t person, int64_t account)
{
    bool on_case = false;
    if (!ipus_work_fine(work, ipus_on_case(work->record, person, account, &on_case)) || on_case) {
        return on_case;
    }
    ipus_row_t row = {.kind = IPUS_ASSIGNMENT};
    ipus_set(&row, ASSIGNMENT_PERSON, person);
    ipus_set(&row, ASSIGNMENT_ACCOUNT, account);
    ipus_set_date(&row, ASSIGNMENT_BEGINS, work->command->today);
    return ipus_work_add(work, &row);
}
