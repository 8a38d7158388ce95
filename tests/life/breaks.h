/* One thing that goes wrong in the record or in the engine, planted to be found. */
#ifndef OKIENKO_TESTS_LIFE_BREAKS_H
#define OKIENKO_TESTS_LIFE_BREAKS_H

#include "record.h"

/* The names, one by one; NULL past the last. */
const char *breaks_name(size_t place);

/* From the `after`-th time on that it might, that thing goes wrong each time: what a step that is
 * refused in the end did wrong is undone with it. */
void breaks_plant(memory_t *memory, size_t place, int after);
/* Whether it has gone wrong. */
bool breaks_went(void);

#endif
