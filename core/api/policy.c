/* What a fee policy says on a day, the day itself, and whether a service is free and available. */
#include "api/inside.h"

static const registry_row_t *operand_row(const registry_operand_t *operand, date_t on)
{
    return operand->parameter == NULL ? NULL : registry_row_on(operand->parameter, on);
}

void api_part_percent(json_writer_t *writer, const registry_operand_t *operand, date_t on)
{
    int64_t number = 0;
    if (registry_operand_on(operand, on, &number)) {
        json_thousandths(writer, number);
    } else {
        json_null(writer);
    }
}

static void row_members(json_writer_t *writer, const registry_operand_t *operand, date_t on)
{
    const registry_row_t *row = operand_row(operand, on);
    if (operand->parameter == NULL) {
        return;
    }
    json_name(writer, "parameter");
    json_text(writer, operand->parameter->id);
    if (row != NULL) {
        json_name(writer, "from");
        json_date(writer, row->from);
        json_name(writer, "to");
        json_date(writer, row->to);
        api_part_span(writer, "value_basis", row->basis.text);
        json_name(writer, "value_example");
        json_bool(writer, row->basis.example);
    }
}

static void percent_text(buf_t *buf, int64_t thousandths, lang_t lang)
{
    size_t start = buf->len;
    json_add_thousandths(buf, thousandths);
    for (size_t i = start; i < buf->len && lang != LANG_EN; i++) {
        if (buf->at[i] == '.') {
            buf->at[i] = ',';
        }
    }
    buf_add(buf, lang == LANG_EN ? SPAN("%") : SPAN("\u00a0%"));
}

static void policy_text(json_writer_t *writer, const registry_fee_t *fee, date_t on, lang_t lang)
{
    static const api_text_t texts[] = {
        [FEE_SHARE] = API_TEXT_FEE_SHARE,       [FEE_FLAT] = API_TEXT_FEE_FLAT_UNIT,
        [FEE_STEPS] = API_TEXT_FEE_STEPS,       [FEE_FREE] = API_TEXT_FEE_FREE,
        [FEE_FUNCTION] = API_TEXT_FEE_FUNCTION,
    };
    api_text_t text =
        fee->kind == FEE_FLAT && fee->per == PER_VISIT ? API_TEXT_FEE_FLAT_VISIT : texts[fee->kind];
    buf_t value = {0}, sentence = {0};
    int64_t number = 0;
    if (fee->kind == FEE_SHARE && registry_operand_on(&fee->percent, on, &number)) {
        percent_text(&value, number, lang);
    } else if (fee->kind == FEE_FLAT && fee->amount.parameter == NULL) {
        money_text(&value, fee->amount.number, lang);
    } else if (fee->kind == FEE_FLAT && operand_row(&fee->amount, on) != NULL) {
        money_text(&value, operand_row(&fee->amount, on)->value.number, lang);
    }
    span_t arguments[API_ARGUMENTS_MAX] = {buf_span(&value), SPAN_NONE, SPAN_NONE};
    api_text(&sentence, text, lang, arguments);
    json_name(writer, "text");
    json_text(writer, buf_span(&sentence));
    buf_free(&value);
    buf_free(&sentence);
}

void api_part_fee(json_writer_t *writer, const registry_programme_t *programme,
                  const registry_fee_t *fee, date_t on, lang_t lang)
{
    static const char *const kinds[] = {"share", "flat", "steps", "free", "function"};
    if (fee == NULL) {
        json_null(writer);
        return;
    }
    json_object(writer);
    json_name(writer, "kind");
    json_text(writer, span_of(kinds[fee->kind]));
    policy_text(writer, fee, on, lang);
    if (fee->kind == FEE_SHARE) {
        json_name(writer, "share_percent");
        api_part_percent(writer, &fee->percent, on);
        row_members(writer, &fee->percent, on);
    } else if (fee->kind == FEE_FLAT) {
        const registry_row_t *row = operand_row(&fee->amount, on);
        json_name(writer, "amount");
        if (fee->amount.parameter == NULL || row != NULL) {
            json_money(writer, row != NULL ? row->value.number : fee->amount.number, lang);
        } else {
            json_null(writer);
        }
        json_name(writer, "per");
        json_text(writer, fee->per == PER_VISIT ? SPAN("visit") : SPAN("unit"));
        row_members(writer, &fee->amount, on);
    } else if (fee->kind == FEE_STEPS) {
        json_name(writer, "by");
        json_text(writer, programme->facts[fee->by]->id);
        const registry_row_t *row = fee->steps == NULL ? NULL : registry_row_on(fee->steps, on);
        json_name(writer, "steps");
        if (row != NULL) {
            api_part_value(writer, &row->value, NULL, lang);
        } else {
            json_null(writer);
        }
    }
    api_part_basis(writer, &fee->basis);
    json_object_end(writer);
}

bool api_is_free(const api_call_t *call, const registry_service_t *service)
{
    const registry_fee_t *fee = service->fee;
    int64_t number = -1;
    if (fee == NULL || fee->kind == FEE_FREE) {
        return true;
    }
    if (fee->kind == FEE_SHARE) {
        return registry_operand_on(&fee->percent, call->on, &number) && number == 0;
    }
    if (fee->kind == FEE_FLAT) {
        return registry_operand_on(&fee->amount, call->on, &number) && number == 0;
    }
    return false;
}

bool api_is_available(const api_call_t *call, const registry_service_t *service, bool in_force)
{
    if (!in_force) {
        return false;
    }
    registry_left_t left = api_left(call, service);
    return (!left.has_pool || left.left > 0) &&
           !date_is_none(registry_earliest(call->programme, service, call->on));
}

static void sentence(json_writer_t *writer, const char *name, api_text_t text, lang_t lang,
                     const span_t *arguments)
{
    buf_t buf = {0};
    api_text(&buf, text, lang, arguments);
    json_name(writer, name);
    json_text(writer, buf_span(&buf));
    buf_free(&buf);
}

void api_part_day(json_writer_t *writer, const api_call_t *call)
{
    json_name(writer, "on");
    json_date(writer, call->on);
    json_name(writer, "in_force");
    json_bool(writer, call->in_force);
    if (!call->in_force) {
        char on[DATE_TEXT_LEN + 1], from[DATE_TEXT_LEN + 1], to[DATE_TEXT_LEN + 1];
        date_text(call->on, on);
        date_text(call->programme->from, from);
        date_text(call->programme->to, to);
        span_t arguments[API_ARGUMENTS_MAX] = {span_of(on), span_of(from), span_of(to)};
        sentence(writer, "in_force_text", API_TEXT_NOT_IN_FORCE, call->lang, arguments);
    }
    if (call->demo_day) {
        json_name(writer, "demo_day");
        json_bool(writer, true);
    }
}

void api_part_service_day(json_writer_t *writer, const api_call_t *call,
                          const registry_service_t *service, bool in_force)
{
    if (in_force || !call->in_force) {
        api_part_day(writer, call);
        return;
    }
    json_name(writer, "on");
    json_date(writer, call->on);
    json_name(writer, "in_force");
    json_bool(writer, false);
    char on[DATE_TEXT_LEN + 1], from[DATE_TEXT_LEN + 1];
    date_text(call->on, on);
    date_text(service->from, from);
    span_t arguments[API_ARGUMENTS_MAX] = {span_of(on), span_of(from), SPAN_NONE};
    sentence(writer, "in_force_text", API_TEXT_SERVICE_NOT_YET, call->lang, arguments);
    if (call->demo_day) {
        json_name(writer, "demo_day");
        json_bool(writer, true);
    }
}
