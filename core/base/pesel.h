/* PESEL: the number of a person in Poland's register of residents. Eleven digits: year, month with
 * its century, day, a serial number whose last digit tells the sex, a check digit. */
#ifndef OKIENKO_BASE_PESEL_H
#define OKIENKO_BASE_PESEL_H

#include "base/date.h"

#define PESEL_LEN 11
#define PESEL_MAX INT64_C(99999999999)

typedef enum { PESEL_FINE, PESEL_CHECKSUM, PESEL_BAD_DATE } pesel_t;

/* Of a number from 0 to PESEL_MAX; `*birth` and `*woman` are set when it is fine. */
pesel_t pesel_read(int64_t number, date_t *birth, bool *woman);

#endif
