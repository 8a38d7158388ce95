#include "access/access.h"

#include <stdlib.h>

/* "A . O …": a letter and a space a role. */
#define LETTERS (2 * ACCESS_ROLE_COUNT - 1)
#define PERMISSION(name, letters)                                                                  \
    _Static_assert(sizeof(letters) == LETTERS + 1, name " has a letter a role");
#include "access/permissions.def"
#undef PERMISSION

static const struct {
    const char *name, *letters;
} rows[] = {
#define PERMISSION(name, letters) {name, letters},
#include "access/permissions.def"
#undef PERMISSION
};

#define COUNT (sizeof rows / sizeof *rows)
_Static_assert(COUNT <= 8 * sizeof((access_who_t){0}.scopes), "a bit per permission");

static access_permission_t permissions[COUNT];
static const access_permission_t *by_name[COUNT];

static int compare(const void *a, const void *b)
{
    const access_permission_t *const *one = a, *const *other = b;
    return span_compare(span_of((*one)->name), span_of((*other)->name));
}

/* A letter of no meaning allows nothing. */
static access_reach_t reach_of(char letter)
{
    return letter == 'A'   ? ACCESS_ANY
           : letter == 'O' ? ACCESS_OWN
           : letter == 'C' ? ACCESS_ON_CASE
                           : ACCESS_NEVER;
}

/* Read once, before main: later the table is only looked at. */
__attribute__((constructor)) static void work_out(void)
{
    for (size_t i = 0; i < COUNT; i++) {
        permissions[i].name = rows[i].name;
        for (size_t role = 0; role < ACCESS_ROLE_COUNT; role++) {
            permissions[i].reach[role] = reach_of(rows[i].letters[2 * role]);
        }
        by_name[i] = &permissions[i];
    }
    qsort(by_name, COUNT, sizeof(access_permission_t *), compare);
}

const access_permission_t *access_permissions(size_t *count)
{
    *count = COUNT;
    return permissions;
}

const access_permission_t *access_permission(span_t name)
{
    size_t from = 0, to = COUNT;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = span_compare(name, span_of(by_name[middle]->name));
        if (order == 0) {
            return by_name[middle];
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return NULL;
}

const char *access_role_name(access_role_t role)
{
    static const char *const names[ACCESS_ROLE_COUNT] = {
        "kipus", "ous", "director", "provider", "editor", "iod", "admin", "resident",
    };
    return names[role];
}

access_reach_t access_reach(const access_who_t *who, const access_permission_t *permission)
{
    if (permission == NULL) {
        return ACCESS_NEVER;
    }
    size_t bit = (size_t)(permission - permissions);
    bool in_scope = !who->by_program || (who->scopes[bit / 64] >> bit % 64 & 1u) != 0;
    return in_scope ? permission->reach[who->role] : ACCESS_NEVER;
}
