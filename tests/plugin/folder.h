/* A temporary copy of the fixture programme, for tests that change it. */
#ifndef OKIENKO_TESTS_PLUGIN_FOLDER_H
#define OKIENKO_TESTS_PLUGIN_FOLDER_H

#include "plugin/plugin.h"

#define FOLDER_PATH_MAX 512
#define FIXTURES "tests/plugin/fixtures/plugins"

typedef struct {
    char path[FOLDER_PATH_MAX];
} folder_t;

/* Copies the folder `from`; fails the test when it cannot. */
folder_t folder_copy(const char *from);
folder_t folder_empty(void);
/* Deletes it with all it holds. */
void folder_delete(const folder_t *folder);

/* "path/under", in one of a few static buffers. */
const char *folder_at(const folder_t *folder, const char *under);

/* A file's text, to be freed; and back. `len` may be NULL. */
char *folder_read(const folder_t *folder, const char *under, size_t *len);
void folder_write(const folder_t *folder, const char *under, const char *text, size_t len);

/* Replaces the only place of `find` in a file; gives the line on which it began, 0 when it is not
 * there exactly once. */
int folder_replace(const folder_t *folder, const char *under, const char *find,
                   const char *replacement);

/* The first fault with this code (and line, unless 0); NULL. */
const plugin_fault_t *folder_fault(const plugin_generation_t *generation, const char *code,
                                   int line);
void folder_print(const plugin_generation_t *generation);

#endif
