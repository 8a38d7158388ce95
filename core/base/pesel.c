#include "base/pesel.h"

/* What is added to the month for each century. */
static bool month_of(int coded, int *century, int *month)
{
    static const int centuries[] = {1900, 2000, 2100, 2200, 1800};
    *century = centuries[coded / 20];
    *month = coded % 20;
    return *month >= 1 && *month <= 12;
}

pesel_t pesel_read(int64_t number, date_t *birth, bool *woman)
{
    static const int weights[PESEL_LEN] = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1};
    int digits[PESEL_LEN], sum = 0;
    for (int i = PESEL_LEN - 1; i >= 0; i--) {
        digits[i] = (int)(number % 10);
        number /= 10;
        sum += digits[i] * weights[i];
    }
    if (sum % 10 != 0) {
        return PESEL_CHECKSUM;
    }
    int century = 0, month = 0;
    if (!month_of(digits[2] * 10 + digits[3], &century, &month) ||
        !date_make(century + digits[0] * 10 + digits[1], month, digits[4] * 10 + digits[5],
                   birth)) {
        return PESEL_BAD_DATE;
    }
    *woman = digits[9] % 2 == 0;
    return PESEL_FINE;
}
