/* What a call keeps while it lives. */
#include "office/inside.h"

span_t office_keep(office_call_t *call, span_t text)
{
    span_t kept = arena_copy(call->arena, text);
    call->no_memory = call->no_memory || kept.at == NULL;
    return kept;
}

void *office_own(office_call_t *call, size_t size)
{
    call->own = arena_alloc(call->arena, size);
    if (call->own == NULL) {
        office_refuse(call, OFFICE_PROBLEM_NO_MEMORY);
    } else {
        memset(call->own, 0, size);
    }
    return call->own;
}

span_t office_peer(office_call_t *call)
{
    if (call->peer[0] == '\0') {
        http_peer(call->exchange, call->peer);
    }
    return span_of(call->peer);
}

bool office_id(span_t text, int64_t *id)
{
    uint64_t number = 0;
    if (!span_number(text, INT64_MAX, &number) || number == 0) {
        return false;
    }
    *id = (int64_t)number;
    return true;
}
