#include "base/money.h"

bool money_parse(span_t text, int64_t *grosze)
{
    span_t whole = SPAN_NONE;
    uint64_t zloty = 0, rest = 0;
    span_t fraction = text;
    if (!span_cut(&fraction, '.', &whole) || !span_number(whole, MONEY_MAX / 100, &zloty)) {
        return false;
    }
    if (fraction.at != NULL && (fraction.len != 2 || !span_number(fraction, 99, &rest))) {
        return false;
    }
    *grosze = (int64_t)(zloty * 100 + rest);
    return *grosze <= MONEY_MAX;
}

void money_text(buf_t *buf, int64_t grosze, lang_t lang)
{
    int64_t rest = grosze < 0 ? -(grosze % 100) : grosze % 100;
    if (grosze < 0) {
        buf_byte(buf, '-');
    }
    buf_int(buf, grosze < 0 ? -(grosze / 100) : grosze / 100);
    buf_byte(buf, lang == LANG_EN ? '.' : ',');
    buf_byte(buf, (char)('0' + rest / 10));
    buf_byte(buf, (char)('0' + rest % 10));
    buf_literal(buf, "\u00a0zł");
}

bool money_percent(int64_t grosze, int64_t quantity, int64_t percent, money_rounding_t to,
                   int64_t *result)
{
    /* Thousandths of a unit times thousandths of a hundredth. */
    const int64_t whole = INT64_C(1000) * 100000;
    int64_t step = to == MONEY_TO_ZLOTY ? 100 : 1;
    int64_t product = 0, doubled = 0;
    if (grosze < 0 || quantity < 0 || percent < 0 ||
        __builtin_mul_overflow(grosze, quantity, &product) ||
        __builtin_mul_overflow(product, percent, &product) ||
        __builtin_mul_overflow(product, INT64_C(2), &doubled) ||
        __builtin_add_overflow(doubled, whole * step, &doubled)) {
        return false;
    }
    *result = doubled / (2 * whole * step) * step;
    return *result <= MONEY_MAX;
}

bool money_part(int64_t grosze, int64_t quantity, int64_t share, money_rounding_t to,
                int64_t *result)
{
    return share <= INT64_MAX / 10 && money_percent(grosze, quantity, share * 10, to, result);
}
