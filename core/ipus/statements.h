/* What was declared of a person, held to the person's own row. */
#ifndef OKIENKO_IPUS_STATEMENTS_H
#define OKIENKO_IPUS_STATEMENTS_H

#include "ipus/effects.h"

/* Whether nothing that stands declared says otherwise than a person's row, opened and as it is to
 * be, of PESEL, birth date and sex; refused otherwise. */
bool ipus_statements_agree(ipus_work_t *work, const ipus_row_t *person);

#endif
