/* A fee policy, and the day, as members. */
#include "api/inside.h"

void api_part_percent(json_writer_t *writer, const registry_operand_t *operand, date_t on)
{
    int64_t number = 0;
    if (registry_operand_on(operand, on, &number)) {
        json_thousandths(writer, number);
    } else {
        json_null(writer);
    }
}

static void row_members(json_writer_t *writer, const tell_fee_t *told)
{
    if (told->parameter == NULL) {
        return;
    }
    json_name(writer, "parameter");
    json_text(writer, told->parameter->id);
    if (told->row != NULL) {
        json_name(writer, "from");
        json_date(writer, told->row->from);
        json_name(writer, "to");
        json_date(writer, told->row->to);
        api_part_span(writer, "value_basis", told->row->basis.text);
        json_name(writer, "value_example");
        json_bool(writer, told->row->basis.example);
    }
}

static void policy_text(json_writer_t *writer, const registry_fee_t *fee, date_t on, lang_t lang)
{
    buf_t sentence = {0};
    tell_fee_text(&sentence, fee, on, lang);
    json_name(writer, "text");
    json_text(writer, buf_span(&sentence));
    buf_free(&sentence);
}

static void policy_members(json_writer_t *writer, const registry_programme_t *programme,
                           const registry_fee_t *fee, const tell_fee_t *told, lang_t lang)
{
    switch (fee->kind) {
    case FEE_SHARE:
        json_name(writer, "share_percent");
        if (told->known) {
            json_thousandths(writer, told->number);
        } else {
            json_null(writer);
        }
        row_members(writer, told);
        break;
    case FEE_FLAT:
        json_name(writer, "amount");
        if (told->known) {
            json_money(writer, told->number, lang);
        } else {
            json_null(writer);
        }
        json_name(writer, "per");
        json_text(writer, fee->per == PER_VISIT ? SPAN("visit") : SPAN("unit"));
        row_members(writer, told);
        break;
    case FEE_STEPS:
        json_name(writer, "by");
        json_text(writer, programme->facts[fee->by]->id);
        json_name(writer, "steps");
        if (told->row != NULL) {
            api_part_value(writer, &told->row->value, NULL, lang);
        } else {
            json_null(writer);
        }
        break;
    case FEE_FREE:
    case FEE_FUNCTION:
        break;
    }
}

void api_part_fee(json_writer_t *writer, const registry_programme_t *programme,
                  const registry_fee_t *fee, date_t on, lang_t lang)
{
    if (fee == NULL) {
        json_null(writer);
        return;
    }
    tell_fee_t told = tell_fee(fee, on);
    json_object(writer);
    json_name(writer, "kind");
    json_text(writer, span_of(told.kind));
    policy_text(writer, fee, on, lang);
    policy_members(writer, programme, fee, &told, lang);
    api_part_basis(writer, &fee->basis);
    json_object_end(writer);
}

void api_not_in_force(const api_call_t *call, buf_t *sentence, const registry_service_t *service)
{
    tell_t asked = api_asked(call);
    buf_clear(sentence);
    if (call->in_force) {
        tell_not_yet(sentence, &asked, service);
    } else {
        tell_not_in_force(sentence, &asked);
        api_text(sentence, API_TEXT_OTHER_DAY, call->lang, NULL);
    }
}

/* The day, and why nothing is in force on it. `service` when it is asked about one. */
static void put_day(json_writer_t *writer, const api_call_t *call, bool in_force,
                    const registry_service_t *service)
{
    json_name(writer, "on");
    json_date(writer, call->on);
    json_name(writer, "in_force");
    json_bool(writer, in_force);
    if (!in_force) {
        buf_t text = {0};
        api_not_in_force(call, &text, service);
        json_name(writer, "in_force_text");
        json_text(writer, buf_span(&text));
        writer->buf->failed = writer->buf->failed || text.failed;
        buf_free(&text);
    }
    if (call->demo_day) {
        json_name(writer, "demo_day");
        json_bool(writer, true);
    }
}

void api_part_day(json_writer_t *writer, const api_call_t *call)
{
    put_day(writer, call, call->in_force, NULL);
}

void api_part_service_day(json_writer_t *writer, const api_call_t *call,
                          const registry_service_t *service, bool in_force)
{
    put_day(writer, call, in_force, service);
}
