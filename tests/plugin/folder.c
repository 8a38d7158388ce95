#include "folder.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *copy_from;
static const folder_t *copy_to;

folder_t folder_empty(void)
{
    folder_t folder;
    const char *temporary = getenv("TMPDIR");
    snprintf(folder.path, sizeof(folder.path), "%s/okienko-plugin-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    assert_non_null(mkdtemp(folder.path));
    return folder;
}

const char *folder_at(const folder_t *folder, const char *under)
{
    static char paths[4][2 * FOLDER_PATH_MAX];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof(paths[0]), "%s/%s", folder->path, under);
    return path;
}

static char *read_path(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = calloc(1, 128 * 1024);
    assert_non_null(text);
    size_t got = fread(text, 1, 128 * 1024 - 1, file);
    fclose(file);
    if (len != NULL) {
        *len = got;
    }
    return text;
}

char *folder_read(const folder_t *folder, const char *under, size_t *len)
{
    return read_path(folder_at(folder, under), len);
}

void folder_write(const folder_t *folder, const char *under, const char *text, size_t len)
{
    FILE *file = fopen(folder_at(folder, under), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static int copy_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about;
    (void)at;
    const char *under = path + strlen(copy_from);
    if (type == FTW_D) {
        return mkdir(folder_at(copy_to, under), 0755) != 0 && *under != '\0';
    }
    size_t len;
    char *text = read_path(path, &len);
    folder_write(copy_to, under, text, len);
    free(text);
    return 0;
}

folder_t folder_copy(const char *from)
{
    folder_t folder = folder_empty();
    copy_from = from;
    copy_to = &folder;
    assert_int_equal(nftw(from, copy_one, 8, FTW_PHYS), 0);
    return folder;
}

static int delete_one(const char *path, const struct stat *about, int type, struct FTW *at)
{
    (void)about;
    (void)at;
    return type == FTW_DP ? rmdir(path) : unlink(path);
}

void folder_delete(const folder_t *folder)
{
    nftw(folder->path, delete_one, 8, FTW_PHYS | FTW_DEPTH);
}

int folder_replace(const folder_t *folder, const char *under, const char *find,
                   const char *replacement)
{
    size_t len;
    char *text = folder_read(folder, under, &len);
    char *found = strstr(text, find);
    if (found == NULL || strstr(found + 1, find) != NULL) {
        free(text);
        return 0;
    }
    int line = 1;
    for (const char *c = text; c < found; c++) {
        line += *c == '\n';
    }
    FILE *file = fopen(folder_at(folder, under), "wb");
    assert_non_null(file);
    fprintf(file, "%.*s%s%s", (int)(found - text), text, replacement, found + strlen(find));
    fclose(file);
    free(text);
    return line;
}

const plugin_fault_t *folder_fault(const plugin_generation_t *generation, const char *code,
                                   int line)
{
    size_t count;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(faults[i].code, code) == 0 && (line == 0 || faults[i].line == line)) {
            return &faults[i];
        }
    }
    return NULL;
}

void folder_print(const plugin_generation_t *generation)
{
    size_t count;
    const plugin_fault_t *faults = plugin_faults(generation, &count);
    buf_t text = {0};
    for (size_t i = 0; i < count; i++) {
        buf_print(&text, "    %s ", faults[i].code);
        plugin_fault_print(&text, &faults[i], LANG_EN);
    }
    fprintf(stderr, "%.*s", (int)text.len, text.len > 0 ? text.at : "");
    buf_free(&text);
}
