#include "base/pesel.h"
#include "rules/rules.h"

rules_value_t rules_pesel(int64_t number, date_t *birth, bool *woman)
{
    static const rules_value_t values[] = {[PESEL_FINE] = RULES_VALUE_FINE,
                                           [PESEL_CHECKSUM] = RULES_VALUE_CHECKSUM,
                                           [PESEL_BAD_DATE] = RULES_VALUE_BAD_DATE};
    if (number < 0) {
        return RULES_VALUE_TOO_SMALL;
    }
    return number > PESEL_MAX ? RULES_VALUE_TOO_LARGE : values[pesel_read(number, birth, woman)];
}
