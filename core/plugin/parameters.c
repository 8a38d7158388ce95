/* Dated parameters: rows by date, each with its value and its basis. */
#include "plugin/reader.h"

#include <stdio.h>

#define POOL_MAX INT64_C(100000000)
#define AHEAD_MAX 366

noun_t plugin_value_noun(registry_value_type_t type)
{
    static const noun_t by_type[] = {NOUN_BOOLEAN, NOUN_INTEGER, NOUN_DECIMAL, NOUN_MONEY,
                                     NOUN_DATE,    NOUN_TEXT,    NOUN_LIMITS,  NOUN_STEPS};
    return by_type[type];
}

/* ---- values ------------------------------------------------------------------------------------
 */

/* A name with a meaning of the host's: what its value must be. */
typedef struct {
    const char *name;
    registry_value_type_t type;
    int64_t least, most; /* of VALUE_INTEGER */
    bool per;            /* its rows say for how long a value is */
} role_t;

static const role_t service_roles[] = {
    {"price", VALUE_MONEY, 0, 0, false},
    {"pool", VALUE_INTEGER, 0, POOL_MAX, true},
    {"limits", VALUE_LIMITS, 0, 0, false},
    {"order_ahead", VALUE_INTEGER, 0, AHEAD_MAX, false},
};

static const role_t term_roles[] = {
#define X(name, text, type, least, most) {text, type, least, most, false},
    REGISTRY_TERMS(X)
#undef X
};

#define COUNT_OF(roles) (sizeof(roles) / sizeof((roles)[0]))

/* NULL for a name without such a meaning. */
static const role_t *role_of(span_t name, const role_t *roles, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (span_equal(name, span_of(roles[i].name))) {
            return &roles[i];
        }
    }
    return NULL;
}

/* A parameter without a meaning of the host's: the value says its type itself. */
static bool free_value(load_t *load, const script_value_t *value, const char *key,
                       registry_value_t *into)
{
    date_t date;
    switch (value->kind) {
    case SCRIPT_BOOLEAN:
        *into = (registry_value_t){.type = VALUE_BOOLEAN, .number = value->boolean};
        return true;
    case SCRIPT_INTEGER:
        into->type = VALUE_INTEGER;
        return plugin_read_integer(load, value, key, -INT64_C(1000000000), INT64_C(1000000000),
                                   &into->number);
    case SCRIPT_FLOAT:
        into->type = VALUE_DECIMAL;
        return plugin_read_thousandths(load, value, key, -INT64_C(1000000000000),
                                       INT64_C(1000000000000), &into->number);
    case SCRIPT_MONEY:
        into->type = VALUE_MONEY;
        return plugin_read_money(load, value, key, &into->number);
    case SCRIPT_TEXT:
        if (date_parse(value->text, &date)) {
            *into = (registry_value_t){.type = VALUE_DATE, .number = date.days};
            return true;
        }
        into->type = VALUE_TEXT;
        plugin_read_line(load, value, key, &into->text);
        return into->text.at != NULL;
    case SCRIPT_TABLE:
        into->type = VALUE_STEPS;
        into->steps = plugin_steps_read(load, value, &into->count);
        return into->steps != NULL;
    default:
        plugin_read_wrong(load, value, key, NOUN_NUMBER);
        return false;
    }
}

static bool role_value(load_t *load, const script_value_t *value, const char *key,
                       const role_t *role, registry_value_t *into)
{
    into->type = role->type;
    switch (role->type) {
    case VALUE_MONEY:
        return plugin_read_money(load, value, key, &into->number);
    case VALUE_INTEGER:
        return plugin_read_integer(load, value, key, role->least, role->most, &into->number);
    case VALUE_BOOLEAN:
        into->number = value->kind == SCRIPT_BOOLEAN && value->boolean;
        if (value->kind != SCRIPT_BOOLEAN) {
            plugin_read_wrong(load, value, key, NOUN_BOOLEAN);
        }
        return value->kind == SCRIPT_BOOLEAN;
    default:
        into->limits = plugin_limits_read(load, value, &into->count);
        return into->limits != NULL;
    }
}

/* ---- rows --------------------------------------------------------------------------------------
 */

SCHEMA(row_schema, "{ from, value, basis }", 0,
       {"from", true, plugin_read_date, offsetof(registry_row_t, from)},
       {"to", false, plugin_read_date, offsetof(registry_row_t, to)}, {"value", true, NULL, 0},
       {"per", false, NULL, 0}, {"of", false, NULL, 0},
       {"basis", true, plugin_read_basis, offsetof(registry_row_t, basis)},
       {"checked", false, plugin_read_date, offsetof(registry_row_t, checked)});

static void read_pool_per(load_t *load, const script_value_t *row, registry_row_t *into)
{
    static const char *const names[] = {"day", "week", "month", "quarter", "year", "programme"};
    const script_value_t *per = plugin_read_field(row, "per");
    if (per == NULL) {
        FAULT(load, row->line, MISSING_KEY, say_word("per"), say_word("pool"),
              say_word("day, week, month, quarter, year, programme"));
        return;
    }
    int place = plugin_read_choice(load, per, "per", names, 6);
    into->per = place < 0 ? PER_YEAR : (registry_per_t)(PER_DAY + place);
}

static void read_pool_of(load_t *load, const script_value_t *row, registry_row_t *into)
{
    static const char *const names[] = {"units", "persons"};
    const script_value_t *of = plugin_read_field(row, "of");
    int place = of == NULL ? 0 : plugin_read_choice(load, of, "of", names, 2);
    into->of = place == 1 ? POOL_OF_PERSONS : POOL_OF_UNITS;
}

/* Keys that only a pool's row may have. */
static void read_pool_keys(load_t *load, const script_value_t *row, const role_t *role,
                           registry_row_t *into)
{
    static const char *const keys[] = {"per", "of"};
    if (role != NULL && role->per) {
        read_pool_per(load, row, into);
        read_pool_of(load, row, into);
        return;
    }
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const script_value_t *value = plugin_read_field(row, keys[i]);
        if (value != NULL) {
            FAULT(load, value->line, LIMIT_KEY, say_word(keys[i]),
                  say_word("{ from, value, basis }"));
        }
    }
}

static bool read_row(load_t *load, const script_value_t *row, const char *key, const role_t *role,
                     registry_row_t *into)
{
    *into = (registry_row_t){.from = DATE_NONE, .to = DATE_NEVER, .checked = DATE_NONE};
    into->line = row->line;
    if (!plugin_read_table(load, row, "{ from, value, basis }", &row_schema, into)) {
        return false;
    }
    const script_value_t *value = plugin_read_field(row, "value");
    bool fine = value != NULL && (role == NULL ? free_value(load, value, key, &into->value)
                                               : role_value(load, value, key, role, &into->value));
    read_pool_keys(load, row, role, into);
    if (!date_is_none(into->from) && date_before(into->to, into->from)) {
        char from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
        date_text(into->from, from);
        date_text(into->to, to);
        FAULT(load, row->line, DATES_ORDER, say_word(to), say_word(from));
    }
    return fine && !date_is_none(into->from);
}

/* The row `next` against the one before it, which ends where it begins. */
static void join_rows(load_t *load, registry_row_t *before, const registry_row_t *next)
{
    char a[DATE_TEXT_LEN + 1], b[DATE_TEXT_LEN + 1];
    date_text(next->from, a);
    date_text(before->from, b);
    if (date_equal(next->from, before->from)) {
        FAULT(load, next->line, ROWS_SAME_DAY, say_word(a));
    } else if (date_before(next->from, before->from)) {
        FAULT(load, next->line, ROWS_ORDER, say_word(a), say_word(b));
    } else if (date_equal(before->to, DATE_NEVER)) {
        before->to = date_add(next->from, -1);
    } else if (!date_before(before->to, next->from)) {
        date_text(before->to, b);
        FAULT(load, next->line, ROWS_OVERLAP, say_word(b), say_word(a));
    }
}

/* Whole numbers beside decimals become decimals; otherwise all rows have one type. */
static void agree_types(load_t *load, registry_parameter_t *parameter, registry_row_t *rows)
{
    for (size_t i = 1; i < parameter->count; i++) {
        registry_value_t *first = &rows[0].value, *value = &rows[i].value;
        if (first->type == VALUE_INTEGER && value->type == VALUE_DECIMAL) {
            for (size_t k = 0; k < i; k++) {
                rows[k].value.type = VALUE_DECIMAL;
                rows[k].value.number *= 1000;
            }
        } else if (first->type == VALUE_DECIMAL && value->type == VALUE_INTEGER) {
            value->type = VALUE_DECIMAL;
            value->number *= 1000;
        } else if (first->type != value->type) {
            FAULT(load, rows[i].line, ROWS_TYPES, say(parameter->id),
                  say_noun(plugin_value_noun(first->type)),
                  say_noun(plugin_value_noun(value->type)));
        }
    }
}

static void read_rows(load_t *load, const script_value_t *list, const char *key, const role_t *role,
                      registry_parameter_t *parameter)
{
    if (list->kind != SCRIPT_TABLE || (list->item_count == 0 && list->field_count > 0)) {
        plugin_read_wrong(load, list, key, NOUN_ROWS);
        return;
    }
    if (!plugin_read_is_list(load, list, key, 1)) {
        return;
    }
    registry_row_t *rows = plugin_load_new(load, list->item_count, sizeof(*rows));
    if (rows == NULL) {
        return;
    }
    size_t count = 0;
    for (size_t i = 0; i < list->item_count; i++) {
        if (read_row(load, &list->items[i], key, role, &rows[count])) {
            if (count > 0) {
                join_rows(load, &rows[count - 1], &rows[count]);
            }
            count++;
        }
    }
    parameter->rows = rows;
    parameter->count = count;
    agree_types(load, parameter, rows);
}

void plugin_parameters_read(load_t *load, const script_value_t *value, bool of_service,
                            registry_parameters_t *into)
{
    if (value->kind != SCRIPT_TABLE) {
        plugin_read_wrong(load, value, "parameters", NOUN_TABLE);
        return;
    }
    for (size_t i = 0; i < value->item_count; i++) {
        FAULT(load, value->items[i].line, ITEM_WITHOUT_KEY, say_word("parameters"));
    }
    registry_parameter_t *list = plugin_load_new(load, value->field_count, sizeof(*list));
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < value->field_count; i++) {
        const script_field_t *field = &value->fields[i];
        if (field->odd || !plugin_files_id(field->name, '_')) {
            FAULT(load, field->line, BAD_ID, say(field->name), say_word("_"));
        }
        list[i].id = plugin_load_keep(load, field->name);
        if (list[i].id.at != NULL) {
            const role_t *role =
                of_service ? role_of(field->name, service_roles, COUNT_OF(service_roles)) : NULL;
            read_rows(load, &field->value, list[i].id.at, role, &list[i]);
        }
    }
    *into = (registry_parameters_t){list, value->field_count};
}

/* ---- terms of the procedure --------------------------------------------------------------------
 */

#define TERM_KEY(name, text, type, least, most) {text, false, NULL, 0},
SCHEMA(terms_schema, "terms", 0, REGISTRY_TERMS(TERM_KEY));

void plugin_terms_read(load_t *load, const script_value_t *value, const char *key, void *into)
{
    if (!plugin_read_table(load, value, key, &terms_schema, into)) {
        return;
    }
    registry_parameter_t *list = plugin_load_new(load, value->field_count, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; i < value->field_count && list != NULL; i++) {
        const script_field_t *field = &value->fields[i];
        const role_t *role = field->odd ? NULL : role_of(field->name, term_roles, TERM_COUNT);
        if (role != NULL) {
            list[count].id = span_of(role->name);
            read_rows(load, &field->value, role->name, role, &list[count]);
            count++;
        }
    }
    *(registry_parameters_t *)into = (registry_parameters_t){list, count};
}
