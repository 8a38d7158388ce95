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

/* In threes from five digits on, as Polish is written: 9999, 10 000. */
static void add_grouped(buf_t *buf, int64_t whole, lang_t lang)
{
    char digits[24];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + whole % 10);
        whole /= 10;
    } while (whole > 0);
    for (size_t i = count; i > 0; i--) {
        buf_byte(buf, digits[i - 1]);
        if (count > 4 && i > 1 && (i - 1) % 3 == 0) {
            buf_add(buf, lang == LANG_EN ? SPAN(",") : SPAN("\u00a0"));
        }
    }
}

void money_text(buf_t *buf, int64_t grosze, lang_t lang)
{
    int64_t rest = grosze < 0 ? -(grosze % 100) : grosze % 100;
    if (grosze < 0) {
        buf_byte(buf, '-');
    }
    add_grouped(buf, grosze < 0 ? -(grosze / 100) : grosze / 100, lang);
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
