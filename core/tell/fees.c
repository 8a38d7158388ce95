/* What a fee policy says on a day. */
#include "tell/tell.h"
#include "tell/texts.h"

void tell_number(buf_t *buf, int64_t thousandths, lang_t lang)
{
    size_t start = buf->len;
    buf_thousandths(buf, thousandths);
    for (size_t i = start; i < buf->len && lang != LANG_EN; i++) {
        if (buf->at[i] == '.') {
            buf->at[i] = ',';
        }
    }
}

void tell_percent(buf_t *buf, int64_t thousandths, lang_t lang)
{
    tell_number(buf, thousandths, lang);
    buf_add(buf, lang == LANG_EN ? SPAN("%") : SPAN("\u00a0%"));
}

static void read_operand(tell_fee_t *told, const registry_operand_t *operand, date_t on)
{
    told->parameter = operand->parameter;
    told->row = operand->parameter != NULL ? registry_row_on(operand->parameter, on) : NULL;
    told->known = registry_operand_on(operand, on, &told->number);
}

tell_fee_t tell_fee(const registry_fee_t *fee, date_t on)
{
    static const char *const kinds[] = {"share", "flat", "steps", "free", "function"};
    tell_fee_t told = {.kind = kinds[fee->kind]};
    if (fee->kind == FEE_SHARE) {
        read_operand(&told, &fee->percent, on);
    } else if (fee->kind == FEE_FLAT) {
        read_operand(&told, &fee->amount, on);
    } else if (fee->kind == FEE_STEPS) {
        told.row = fee->steps != NULL ? registry_row_on(fee->steps, on) : NULL;
    }
    return told;
}

void tell_fee_text(buf_t *buf, const registry_fee_t *fee, date_t on, lang_t lang)
{
    static const tell_text_t texts[] = {
        [FEE_SHARE] = TELL_TEXT_FEE_SHARE,       [FEE_FLAT] = TELL_TEXT_FEE_FLAT_UNIT,
        [FEE_STEPS] = TELL_TEXT_FEE_STEPS,       [FEE_FREE] = TELL_TEXT_FEE_FREE,
        [FEE_FUNCTION] = TELL_TEXT_FEE_FUNCTION,
    };
    bool of_visit = fee->kind == FEE_FLAT && fee->per == PER_VISIT;
    tell_fee_t told = tell_fee(fee, on);
    buf_t value = {0};
    if (told.known && fee->kind == FEE_SHARE) {
        tell_percent(&value, told.number, lang);
    } else if (told.known) {
        money_text(&value, told.number, lang);
    }
    const span_t arguments[TELL_ARGUMENTS] = {buf_span(&value), SPAN_NONE, SPAN_NONE};
    tell_text(buf, of_visit ? TELL_TEXT_FEE_FLAT_VISIT : texts[fee->kind], lang, arguments);
    buf->failed = buf->failed || value.failed;
    buf_free(&value);
}

bool tell_free(const tell_t *tell, const registry_service_t *service)
{
    const registry_fee_t *fee = registry_fee_on(tell->programme, service, tell->on);
    if (fee == NULL || fee->kind == FEE_FREE) {
        return true;
    }
    tell_fee_t told = tell_fee(fee, tell->on);
    return told.known && told.number == 0;
}
