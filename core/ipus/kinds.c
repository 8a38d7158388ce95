#include "ipus/kinds.h"

/* The short flags of kinds.def. */
enum {
    N = IPUS_NEEDED,
    G = IPUS_GIVEN,
    C = IPUS_CHANGES,
    S = IPUS_SEALED,
    X = IPUS_CONFIDENTIAL,
    P = IPUS_FOR_PROVIDER,
    L = IPUS_LISTED,
    H = IPUS_HAPPENED,
    U = IPUS_UNIQUE,
};

/* What stands in the last place of a field: length, choices, of which kind, whether the owner. */
#define PLAIN 0, NULL, IPUS_KIND_COUNT, false
#define MAX(characters) (characters), NULL, IPUS_KIND_COUNT, false
#define CHOICES(list) 0, (list), IPUS_KIND_COUNT, false
#define OF(kind) 0, NULL, IPUS_##kind, false
#define OWNER(kind) 0, NULL, IPUS_##kind, true

#define KIND(id, ...) static const ipus_field_t fields_of_##id[] = {
#define FIELD(kind, id, column, kind_of, bits, rest) {#column, IPUS_##kind_of, (bits), rest},
#define END(id)                                                                                    \
    }                                                                                              \
    ;                                                                                              \
    _Static_assert(id##_FIELD_COUNT <= IPUS_FIELDS_MAX, "too many fields");
#include "ipus/kinds.def"
#undef KIND
#undef FIELD
#undef END

static ipus_kind_spec_t specs[] = {
#define KIND(id, one, many) {#one, #many, fields_of_##id, id##_FIELD_COUNT, -1, -1, false},
#define FIELD(...)
#define END(...)
#include "ipus/kinds.def"
#undef KIND
#undef FIELD
#undef END
};

/* What follows from the fields is worked out once, before main: the table is only read later. */
__attribute__((constructor)) static void work_out(void)
{
    for (int kind = 0; kind < IPUS_KIND_COUNT; kind++) {
        ipus_kind_spec_t *spec = &specs[kind];
        for (int i = 0; i < spec->count; i++) {
            spec->state = spec->fields[i].type == IPUS_STATE ? i : spec->state;
            spec->owner = spec->fields[i].owner ? i : spec->owner;
            spec->sealed = spec->sealed || (spec->fields[i].flags & IPUS_SEALED) != 0;
        }
    }
}

const ipus_kind_spec_t *ipus_kind(ipus_kind_t kind)
{
    return &specs[kind];
}

bool ipus_kind_named(span_t plural, ipus_kind_t *kind)
{
    for (int i = 0; i < IPUS_KIND_COUNT; i++) {
        if (span_equal(plural, span_of(specs[i].plural))) {
            *kind = (ipus_kind_t)i;
            return true;
        }
    }
    return false;
}

int ipus_field(ipus_kind_t kind, span_t name)
{
    for (int i = 0; i < specs[kind].count; i++) {
        if (span_equal(name, span_of(specs[kind].fields[i].name))) {
            return i;
        }
    }
    return -1;
}

span_t ipus_choice(const char *choices, int64_t place)
{
    span_t rest = span_of(choices), part = SPAN_NONE;
    for (int64_t i = 0; span_cut(&rest, ',', &part); i++) {
        if (i == place) {
            return part;
        }
    }
    return SPAN_NONE;
}

int ipus_choice_place(const char *choices, span_t name)
{
    span_t rest = span_of(choices), part = SPAN_NONE;
    for (int i = 0; span_cut(&rest, ',', &part); i++) {
        if (span_equal(part, name)) {
            return i;
        }
    }
    return -1;
}
