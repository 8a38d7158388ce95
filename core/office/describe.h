/* The parts of the office's description. */
#ifndef OKIENKO_OFFICE_DESCRIBE_H
#define OKIENKO_OFFICE_DESCRIBE_H

#include "office/inside.h"

/* Members of a schema, without its braces: a row as it is told, and what a step takes. `also` has
 * more of them, or is NULL. */
void office_describe_row(json_writer_t *writer, ipus_kind_t kind);
void office_describe_step(json_writer_t *writer, ipus_kind_t kind, const ipus_step_t *step,
                          const cJSON *also);
/* Whether a step needs any member, and so a body. */
bool office_step_needs(ipus_kind_t kind, const ipus_step_t *step);
/* The parameters of a list. */
void office_describe_filters(json_writer_t *writer, ipus_kind_t kind);

#endif
