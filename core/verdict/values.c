/* Values of facts in their JSON form: as requests give them and as the record keeps them. */
#include "base/pesel.h"
#include "verdict/verdict.h"

static bool read_choice(const registry_fact_t *fact, span_t text, int64_t *place)
{
    for (size_t i = 0; text.at != NULL && i < fact->values.count; i++) {
        if (span_equal(text, fact->values.at[i].id)) {
            *place = (int64_t)i;
            return true;
        }
    }
    return false;
}

static bool read_pesel(span_t text, int64_t *number)
{
    uint64_t digits = 0;
    bool right =
        text.at != NULL && text.len == PESEL_LEN && span_number(text, (uint64_t)PESEL_MAX, &digits);
    *number = (int64_t)digits;
    return right;
}

static bool read_date(span_t text, int64_t *number)
{
    date_t date = DATE_NONE;
    bool right = text.at != NULL && date_parse(text, &date);
    *number = date.days;
    return right;
}

static bool read_node(const registry_fact_t *fact, const cJSON *node, int64_t *number, bool *exact)
{
    switch (fact->type) {
    case FACT_BOOLEAN:
        *number = cJSON_IsTrue(node);
        return cJSON_IsBool(node);
    case FACT_INTEGER:
        return json_integer(node, number);
    case FACT_DECIMAL:
        return json_thousandths_of(node, number, exact);
    case FACT_MONEY:
        return json_money_of(node, number);
    case FACT_DATE:
        return read_date(json_string(node), number);
    case FACT_CHOICE:
        return read_choice(fact, json_string(node), number);
    case FACT_PESEL:
        return read_pesel(json_string(node), number);
    }
    return false;
}

verdict_wrong_t verdict_value_read(const registry_fact_t *fact, const cJSON *node, int64_t *number)
{
    bool exact = true;
    if (!read_node(fact, node, number, &exact)) {
        return VERDICT_TYPE;
    }
    return exact ? VERDICT_FINE : VERDICT_STEP;
}

void verdict_value_add(json_writer_t *writer, const registry_fact_t *fact, int64_t number)
{
    char pesel[] = "00000000000";
    switch (fact->type) {
    case FACT_BOOLEAN:
        json_bool(writer, number != 0);
        break;
    case FACT_DECIMAL:
        json_thousandths(writer, number);
        break;
    case FACT_DATE:
        json_date(writer, (date_t){(int32_t)number});
        break;
    case FACT_CHOICE:
        json_text(writer, fact->values.at[number].id);
        break;
    case FACT_PESEL:
        for (int i = PESEL_LEN - 1; i >= 0; i--, number /= 10) {
            pesel[i] = (char)('0' + number % 10);
        }
        json_text(writer, span_of(pesel));
        break;
    case FACT_INTEGER:
    case FACT_MONEY:
        json_int(writer, number);
        break;
    }
}
