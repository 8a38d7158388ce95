/* Money is a whole number of grosze, never a float. */
#ifndef OKIENKO_BASE_MONEY_H
#define OKIENKO_BASE_MONEY_H

#include "base/buf.h"
#include "base/lang.h"

/* The largest amount that any price, fee or sum may have: a hundred million zloty. It keeps every
 * product below within 64 bits. */
#define MONEY_MAX INT64_C(10000000000)

typedef enum { MONEY_TO_GROSZ, MONEY_TO_ZLOTY } money_rounding_t;

/* "25.00", "25" or "0.37": digits, and two after a point. No sign, no comma. */
bool money_parse(span_t text, int64_t *grosze);

/* "25,00 zł" in Polish and Ukrainian, "25.00 zł" in English, with no-break spaces (U+00A0), and in
 * threes from 10 000 on. */
void money_text(buf_t *buf, int64_t grosze, lang_t lang);

/* price × quantity × share, rounded half up once, at the end. `quantity` is in thousandths of a
 * unit (1500 is one and a half), `share` in hundredths of a per cent (2000 is 20 %). All not
 * negative; false when the result would pass MONEY_MAX. */
bool money_part(int64_t grosze, int64_t quantity, int64_t share, money_rounding_t to,
                int64_t *result);

/* The same with the share as rules know it, in thousandths of a per cent point (20000 is 20 %). */
bool money_percent(int64_t grosze, int64_t quantity, int64_t percent, money_rounding_t to,
                   int64_t *result);

#endif
