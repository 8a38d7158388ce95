/* The files that decide, for whoever keeps them. They are read again when they are wanted: of
 * thousands of programmes few have a record, and a copy of all files in memory would serve nobody
 * else. Whether they still are those of a version is told by the hash that names it. */
#include "plugin/files.h"

#include <stdio.h>

static void add(plugin_texts_t *texts, const file_t *file, const char *kind, span_t programme)
{
    if (file->state != FILE_READ) {
        return;
    }
    bool own = span_starts(file->path, programme) && file->path.len > programme.len &&
               file->path.at[programme.len] == '/';
    texts->at[texts->count++] =
        (plugin_text_t){.kind = kind,
                        .name = own ? span_from(file->path, programme.len + 1) : file->path,
                        .text = file->text};
}

/* Rules read no table of the catalogue, and nobody is decided by a test. */
static void add_all(plugin_texts_t *texts, const files_t *files)
{
    add(texts, &files->act, "act", files->programme);
    add(texts, &files->base, "programme", files->programme);
    add(texts, &files->facts, "facts", files->programme);
    add(texts, &files->shared, "shared", files->programme);
    for (size_t i = 0; i < files->service_count; i++) {
        if (!files->services[i].spec) {
            add(texts, &files->services[i], "service", files->programme);
        }
    }
}

bool plugin_texts_read(const char *folder, span_t programme, span_t version, arena_t *arena,
                       plugin_texts_t *texts)
{
    files_t files;
    char now[17];
    *texts = (plugin_texts_t){0};
    plugin_files_read(&files, arena, folder, programme);
    snprintf(now, sizeof now, "%016llx", (unsigned long long)files.hash);
    if (files.no_memory || !span_equal(version, span_of(now))) {
        return false;
    }
    texts->at = arena_array(arena, 4 + files.service_count, sizeof *texts->at);
    if (texts->at != NULL) {
        add_all(texts, &files);
    }
    return texts->at != NULL;
}
