/* The record's kinds of rows, described by one table: ipus/kinds.def. The store makes its
 * statements of it, the API its readers, writers and descriptions, the engine its checks. */
#ifndef OKIENKO_IPUS_KINDS_H
#define OKIENKO_IPUS_KINDS_H

#include "base/arena.h"
#include "base/date.h"

typedef enum {
#define KIND(id, ...) IPUS_##id,
#define FIELD(...)
#define END(...)
#include "ipus/kinds.def"
#undef KIND
#undef FIELD
#undef END
    IPUS_KIND_COUNT
} ipus_kind_t;

/* The places of fields: PERSON_PESEL, …; <KIND>_FIELD_COUNT. */
#define KIND(...) enum {
#define FIELD(kind, id, ...) kind##_##id,
#define END(kind)                                                                                  \
    kind##_FIELD_COUNT                                                                             \
    }                                                                                              \
    ;
#include "ipus/kinds.def"
#undef KIND
#undef FIELD
#undef END

#define IPUS_FIELDS_MAX 32

typedef enum {
    IPUS_TEXT,          /* one line */
    IPUS_LINES,         /* many */
    IPUS_JSON,          /* a JSON value, as text */
    IPUS_SERVICE,       /* id of a service of the programme */
    IPUS_SERVICES,      /* ids with spaces between */
    IPUS_FACT,          /* id of a fact */
    IPUS_PROVIDER_TYPE, /* id of one of the programme's kinds of providers */
    IPUS_NUMBER,
    IPUS_UNITS,  /* thousandths */
    IPUS_MONEY,  /* grosze */
    IPUS_DATE,   /* days, as date_t */
    IPUS_TIME,   /* UTC ms */
    IPUS_FLAG,   /* 0, 1 */
    IPUS_CHOICE, /* place in `choices` */
    IPUS_STATE,  /* the same; changed by steps alone */
    IPUS_REF,    /* id of a row of kind `of` */
} ipus_type_t;

enum {
    IPUS_NEEDED = 1,        /* N */
    IPUS_GIVEN = 2,         /* G */
    IPUS_CHANGES = 4,       /* C */
    IPUS_SEALED = 8,        /* S */
    IPUS_CONFIDENTIAL = 16, /* X */
    IPUS_FOR_PROVIDER = 32, /* P */
    IPUS_LISTED = 64,       /* L */
    IPUS_HAPPENED = 128,    /* H */
    IPUS_UNIQUE = 256,      /* U */
};

typedef struct {
    const char *name;
    ipus_type_t type;
    unsigned flags;
    size_t max;          /* characters of a text */
    const char *choices; /* "woman,man" */
    ipus_kind_t of;      /* of a REF */
    bool owner;          /* this REF's person, provider or account owns what is sealed */
} ipus_field_t;

typedef struct {
    const char *name, *plural;
    const ipus_field_t *fields;
    int count;
    int state;   /* the field that is the state, or -1 */
    int owner;   /* the field of the owner; -1: the row owns itself, where anything is sealed */
    bool sealed; /* some field is */
} ipus_kind_spec_t;

const ipus_kind_spec_t *ipus_kind(ipus_kind_t kind);
bool ipus_kind_named(span_t plural, ipus_kind_t *kind);
/* The place of a field, or -1. */
int ipus_field(ipus_kind_t kind, span_t name);

/* The n-th of "a,b,c"; SPAN_NONE past the last. The place of a name, or -1. */
span_t ipus_choice(const char *choices, int64_t place);
int ipus_choice_place(const char *choices, span_t name);

/* ---- rows ------------------------------------------------------------------------------------ */

/* The texts of integers and of text types are never mixed: `number` for NUMBER and all below it in
 * ipus_type_t, `text` for those above. */
typedef enum {
    IPUS_NONE,   /* null */
    IPUS_KNOWN,  /* here */
    IPUS_LOCKED, /* there is one, sealed, and it was not opened */
} ipus_presence_t;

typedef struct {
    ipus_presence_t is;
    int64_t number;
    span_t text; /* in the arena of whoever read it */
} ipus_value_t;

typedef struct {
    ipus_kind_t kind;
    int64_t id;      /* 0 before it is added */
    int64_t version; /* 1, 2, … */
    int64_t made_at, changed_at;
    int64_t made_by, changed_by; /* accounts; 0: the server itself, or not known */
    bool damaged;                /* something sealed did not open, and came LOCKED */
    ipus_value_t at[IPUS_FIELDS_MAX];
} ipus_row_t;

static inline bool ipus_is_text(ipus_type_t type)
{
    return type <= IPUS_PROVIDER_TYPE;
}

static inline bool ipus_has(const ipus_row_t *row, int field)
{
    return row->at[field].is != IPUS_NONE;
}
/* 0 when there is none. */
static inline int64_t ipus_number(const ipus_row_t *row, int field)
{
    return row->at[field].is == IPUS_KNOWN ? row->at[field].number : 0;
}
/* DATE_NONE when there is none. */
static inline date_t ipus_date(const ipus_row_t *row, int field)
{
    return row->at[field].is == IPUS_KNOWN ? (date_t){(int32_t)row->at[field].number} : DATE_NONE;
}
static inline span_t ipus_text(const ipus_row_t *row, int field)
{
    return row->at[field].is == IPUS_KNOWN ? row->at[field].text : SPAN_NONE;
}
static inline void ipus_set(ipus_row_t *row, int field, int64_t number)
{
    row->at[field] = (ipus_value_t){IPUS_KNOWN, number, SPAN_NONE};
}
static inline void ipus_set_date(ipus_row_t *row, int field, date_t date)
{
    row->at[field] =
        (ipus_value_t){date_is_none(date) ? IPUS_NONE : IPUS_KNOWN, date.days, SPAN_NONE};
}
static inline void ipus_set_text(ipus_row_t *row, int field, span_t text)
{
    row->at[field] = (ipus_value_t){text.at == NULL ? IPUS_NONE : IPUS_KNOWN, 0, text};
}
static inline void ipus_clear(ipus_row_t *row, int field)
{
    row->at[field] = (ipus_value_t){IPUS_NONE, 0, SPAN_NONE};
}

#endif
