/* Pools without end, where the engine has none yet. */
#include "ipus/pools.h"

bool pools_take(ipus_work_t *work, const ipus_row_t *granted)
{
    return work != NULL && granted != NULL;
}

bool pools_give_back(ipus_work_t *work, const ipus_row_t *granted)
{
    return work != NULL && granted != NULL;
}

bool pools_pass_on(ipus_work_t *work, const ipus_row_t *from, const ipus_row_t *to)
{
    return work != NULL && from != NULL && to != NULL;
}

bool limits_of_grant(ipus_work_t *work, const ipus_row_t *granted)
{
    return work != NULL && granted != NULL;
}
