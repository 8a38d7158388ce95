/* Reading folders, for whoever watches them. Inside the loop room only. */
#ifndef OKIENKO_LOOP_INSIDE_H
#define OKIENKO_LOOP_INSIDE_H

#include "loop/loop.h"

#include <dirent.h>
#include <uv.h>

typedef struct {
    const char *name; /* until the next entry */
    bool is_folder;
    /* Of a folder which one it is; of anything else also when it last changed, and its size. */
    uint64_t signature;
} loop_entry_t;

/* A descriptor, or -1 with errno set. Links are followed at a path that people chose themselves. */
int loop_folder_open(const char *path, bool follow);

/* The next entry but "." and ".."; false at the end. */
bool loop_folder_next(DIR *folder, loop_entry_t *entry);

/* One number for all that is in a folder, or with `deep` in the tree below it; 0 when it cannot be
 * read. Any thread. */
uint64_t loop_folder_sign(const char *path, bool deep);

#endif
