/* Reading a programme: rows by day, services by version, terms, names of enumerations. */
#include "registry/registry.h"
#include "base/text.h"
#include "registry/head.h"

#include <stdlib.h>

const char *const registry_basis_names[BASIS_COUNT] = {
    [BASIS_NAME] = "name",       [BASIS_SUMMARY] = "summary",
    [BASIS_PACKAGE] = "package", [BASIS_AREAS] = "areas",
    [BASIS_GROUPS] = "groups",   [BASIS_UNIT] = "unit",
    [BASIS_PLACE] = "place",     [BASIS_PROVIDERS] = "providers",
    [BASIS_GOAL] = "goal",       [BASIS_CHALLENGES] = "challenges",
    [BASIS_CHANGE] = "change",   [BASIS_MODES] = "modes",
    [BASIS_CHARGE] = "charge",
};

const registry_row_t *registry_row_on(const registry_parameter_t *parameter, date_t on)
{
    if (parameter == NULL) {
        return NULL;
    }
    /* The last row that begins on or before the day. */
    size_t low = 0, high = parameter->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (date_before(on, parameter->rows[middle].from)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    if (low == 0 || date_before(parameter->rows[low - 1].to, on)) {
        return NULL;
    }
    return &parameter->rows[low - 1];
}

static const registry_parameter_t *find_parameter(registry_parameters_t parameters, span_t id)
{
    for (size_t i = 0; i < parameters.count; i++) {
        if (span_equal(parameters.at[i].id, id)) {
            return &parameters.at[i];
        }
    }
    return NULL;
}

const registry_parameter_t *registry_parameter(const registry_programme_t *programme,
                                               const registry_service_t *service, span_t id)
{
    const registry_parameter_t *own =
        service != NULL ? find_parameter(service->parameters, id) : NULL;
    return own != NULL ? own : find_parameter(programme->parameters, id);
}

const registry_row_t *registry_term_on(const registry_programme_t *programme,
                                       registry_term_name_t name, date_t on)
{
    return registry_row_on(find_parameter(programme->terms, span_of(registry_term_text(name))), on);
}

/* ---- services by id and version -------------------------------------------------------------- */

static int compare_versions(const void *left, const void *right)
{
    const registry_version_t *a = left, *b = right;
    int by_id = span_compare(a->id, b->id);
    return by_id != 0 ? by_id : (a->from.days > b->from.days) - (a->from.days < b->from.days);
}

bool registry_index(arena_t *arena, registry_programme_t *programme)
{
    size_t count = programme->service_count;
    programme->by_id = NULL;
    if (count == 0) {
        return true;
    }
    registry_version_t *versions = arena_array(arena, count, sizeof *versions);
    if (versions == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const registry_service_t *service = &programme->services[i];
        versions[i] = (registry_version_t){service->id, service->from, (uint32_t)i};
    }
    qsort(versions, count, sizeof *versions, compare_versions);
    programme->by_id = versions;
    return true;
}

/* Without the index: a look at each service. */
static const registry_service_t *scan_services(const registry_programme_t *programme, span_t id,
                                               date_t on, bool *known)
{
    const registry_service_t *found = NULL;
    for (size_t i = 0; i < programme->service_count; i++) {
        const registry_service_t *service = &programme->services[i];
        if (!span_equal(service->id, id)) {
            continue;
        }
        *known = true;
        if (!date_before(on, service->from) &&
            (found == NULL || !date_before(service->from, found->from))) {
            found = service;
        }
    }
    return found;
}

const registry_service_t *registry_service_on(const registry_programme_t *programme, span_t id,
                                              date_t on, bool *known)
{
    bool unused = false;
    known = known != NULL ? known : &unused;
    *known = false;
    if (programme->by_id == NULL) {
        return scan_services(programme, id, on, known);
    }
    /* The last version that sorts no later than (id, on). */
    size_t low = 0, high = programme->service_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const registry_version_t *version = &programme->by_id[middle];
        int order = span_compare(version->id, id);
        if (order > 0 || (order == 0 && date_before(on, version->from))) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    const registry_version_t *before = low > 0 ? &programme->by_id[low - 1] : NULL;
    if (before != NULL && span_equal(before->id, id)) {
        *known = true;
        return &programme->services[before->place];
    }
    *known = low < programme->service_count && span_equal(programme->by_id[low].id, id);
    return NULL;
}

bool registry_in_force(const registry_programme_t *programme, const registry_service_t *service,
                       date_t on)
{
    return registry_service_on(programme, service->id, on, NULL) == service;
}

/* ---- terms, facts, units --------------------------------------------------------------------- */

int registry_fact(const registry_programme_t *programme, span_t id)
{
    for (size_t i = 0; i < programme->fact_count; i++) {
        if (span_equal(programme->facts[i]->id, id)) {
            return (int)i;
        }
    }
    return -1;
}

const registry_term_t *registry_term(registry_terms_t terms, span_t id)
{
    for (size_t i = 0; i < terms.count; i++) {
        if (span_equal(terms.at[i].id, id)) {
            return &terms.at[i];
        }
    }
    return NULL;
}

size_t registry_text_place(const registry_text_t *text, date_t on)
{
    size_t place = 0;
    while (place < text->later_count && !date_before(on, text->later[place].from)) {
        place++;
    }
    return place;
}

const texts_t *registry_text_at(const registry_text_t *text, size_t place)
{
    return place == 0 ? &text->text : &text->later[place - 1].text;
}

const texts_t *registry_text_on(const registry_text_t *text, date_t on)
{
    return registry_text_at(text, registry_text_place(text, on));
}

/* Which form goes with a whole number. Polish says "one" of 1 only, Ukrainian of 21 and 31 as well;
 * both say "few" of 2 to 4, 22 to 24… */
static size_t plural(uint64_t number, lang_t lang)
{
    uint64_t ones = number % 10, tens = number % 100 / 10;
    if (lang == LANG_EN) {
        return number == 1 ? 0 : 1;
    }
    if (lang == LANG_UK ? ones == 1 && tens != 1 : number == 1) {
        return 0;
    }
    return ones >= 2 && ones <= 4 && tens != 1 ? 1 : 2;
}

span_t registry_unit_form(const registry_unit_t *unit, int64_t thousandths, lang_t lang)
{
    /* A language without forms speaks Polish, and then by Polish rules. */
    if (unit->forms[0].in[lang].at == NULL) {
        lang = LANG_PL;
    }
    uint64_t number = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    size_t form = number % 1000 != 0 ? 1 : plural(number / 1000, lang);
    span_t word = unit->forms[form].in[lang];
    return word.at != NULL ? word : texts_in(&unit->name, lang);
}

bool registry_is_example(const registry_parameter_t *parameter)
{
    for (size_t i = 0; parameter != NULL && i < parameter->count; i++) {
        if (parameter->rows[i].basis.example) {
            return true;
        }
    }
    return false;
}

static bool is_word(span_t written, span_t word)
{
    buf_t folded = {0};
    text_fold(&folded, written);
    bool same = span_equal(buf_span(&folded), word);
    buf_free(&folded);
    return same;
}

void registry_basis_set(registry_basis_t *basis, span_t written)
{
    /* No document is called so: what is longer need not be folded. */
    bool example = written.len <= 16 &&
                   (is_word(written, SPAN("example")) || is_word(written, SPAN("przyklad")));
    basis->text = example ? SPAN("example") : written;
    basis->example = example;
}

const registry_head_t *registry_head_on(const registry_programme_t *programme, date_t on)
{
    size_t place = 0;
    while (place + 1 < programme->head_count &&
           !date_before(on, programme->heads[place + 1].from)) {
        place++;
    }
    return programme->head_count > 0 ? &programme->heads[place] : NULL;
}

const texts_t *registry_name_on(const registry_programme_t *programme, date_t on)
{
    const registry_head_t *head = registry_head_on(programme, on);
    return head != NULL ? &head->name : &programme->name;
}

const registry_fee_t *registry_fee_on(const registry_programme_t *programme,
                                      const registry_service_t *service, date_t on)
{
    const registry_head_t *head = registry_head_on(programme, on);
    if (service != NULL && service->fee != NULL) {
        return service->fee;
    }
    return head != NULL ? head->fee : programme->fee;
}

#define WORD(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const registry_unit_t people = {.forms = {{{WORD("osoba"), WORD("person"), WORD("особа")}},
                                                 {{WORD("osoby"), WORD("people"), WORD("особи")}},
                                                 {{WORD("osób"), WORD("people"), WORD("осіб")}}}};

span_t registry_pool_form(const registry_unit_t *unit, registry_pool_of_t of, int64_t number,
                          lang_t lang)
{
    return registry_unit_form(of == POOL_OF_PERSONS ? &people : unit, number * 1000, lang);
}

bool registry_operand_on(const registry_operand_t *operand, date_t on, int64_t *number)
{
    if (operand->parameter == NULL) {
        *number = operand->number;
        return true;
    }
    const registry_row_t *row = registry_row_on(operand->parameter, on);
    if (row != NULL) {
        *number = row->value.type == VALUE_INTEGER ? row->value.number * 1000 : row->value.number;
    }
    return row != NULL;
}

/* ---- names ----------------------------------------------------------------------------------- */

const char *registry_per_name(registry_per_t per)
{
    static const char *const names[] = {"",      "visit",   "day",  "week",
                                        "month", "quarter", "year", "programme"};
    return names[per];
}

const char *registry_whose_name(registry_whose_t whose)
{
    static const char *const names[] = {"person", "household", "case"};
    return names[whose];
}

const char *registry_pool_of_name(registry_pool_of_t of)
{
    static const char *const names[] = {"units", "persons"};
    return names[of];
}

const char *registry_term_text(registry_term_name_t name)
{
    static const char *const texts[] = {
#define X(name, text, type, least, most) [TERM_##name] = (text),
        REGISTRY_TERMS(X)
#undef X
    };
    return texts[name];
}

const char *registry_counts_name(registry_counts_t counts)
{
    static const char *const names[] = {"new-persons", "new-services", "providers", "volunteers",
                                        "persons",     "units",        "services"};
    return names[counts];
}

const char *registry_holds_name(registry_holds_t holds)
{
    static const char *const names[] = {"fact", "text", "services"};
    return names[holds];
}

const char *registry_change_name(registry_change_t change)
{
    static const char *const names[] = {NULL, "new", "more"};
    return names[change];
}

const char *registry_charge_name(registry_charge_t charge)
{
    static const char *const names[] = {NULL, "case", "party"};
    return names[charge];
}

const char *registry_fact_type_name(registry_fact_type_t type)
{
    static const char *const names[] = {"boolean", "integer", "decimal", "money",
                                        "date",    "choice",  "pesel"};
    return names[type];
}

const char *registry_sensitivity_name(registry_sensitivity_t sensitivity)
{
    static const char *const names[] = {"ordinary", "personal", "special", "criminal"};
    return names[sensitivity];
}
