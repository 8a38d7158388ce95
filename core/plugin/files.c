#include "plugin/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ATTEMPTS 3
#define ID_MAX FILES_ID_MAX

bool plugin_files_id(span_t id, char joint)
{
    if (id.len == 0 || id.len > ID_MAX || id.at[0] < 'a' || id.at[0] > 'z') {
        return false;
    }
    for (size_t i = 0; i < id.len; i++) {
        char c = id.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == joint)) {
            return false;
        }
    }
    return true;
}

bool plugin_files_reserved(span_t id)
{
    static const char *const words[] = {"v1", "hsds", "assets", "healthz", "readyz", "metrics"};
    lang_t lang = LANG_PL;
    bool reserved = lang_of_code(id, &lang);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        reserved = reserved || span_equal(id, span_of(words[i]));
    }
    return reserved;
}

static uint64_t mix(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ at[i]) * UINT64_C(1099511628211);
    }
    return hash;
}

static void mix_file(uint64_t *hash, const file_t *file)
{
    unsigned char state = (unsigned char)file->state;
    uint64_t len = file->text.len;
    *hash = mix(*hash, file->path.at, file->path.len);
    *hash = mix(*hash, &state, 1);
    *hash = mix(*hash, &len, sizeof(len));
    *hash = mix(*hash, file->text.at, file->text.len);
}

/* ---- one file ----------------------------------------------------------------------------------
 */

static ssize_t read_whole(int fd, char *into, size_t size)
{
    size_t have = 0;
    while (have < size) {
        ssize_t got = pread(fd, into + have, size - have, (off_t)have);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        have += (size_t)got;
    }
    return (ssize_t)have;
}

static bool same_moment(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
           a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

static void refuse(file_t *file, int error)
{
    file->state = error == ENOENT || error == ENOTDIR ? FILE_ABSENT
                  : error == ELOOP                    ? FILE_IS_LINK
                  : error == ENXIO                    ? FILE_IS_ODD
                                                      : FILE_REFUSED;
    const char *reason = strerrordesc_np(error);
    file->reason = reason != NULL ? reason : "?";
}

/* One attempt: FILE_UNSTEADY when the file changed meanwhile. `scratch` holds a byte more than the
 * file may. */
static void read_once(file_t *file, arena_t *arena, int fd, char *scratch)
{
    struct stat before, after;
    if (fstat(fd, &before) != 0) {
        refuse(file, errno);
        return;
    }
    if (!S_ISREG(before.st_mode)) {
        file->state = FILE_IS_ODD;
        return;
    }
    if (before.st_size > (off_t)file->bytes_max) {
        file->state = FILE_TOO_LARGE;
        return;
    }
    ssize_t len = read_whole(fd, scratch, file->bytes_max + 1);
    if (len < 0 || fstat(fd, &after) != 0) {
        refuse(file, errno);
        return;
    }
    if ((size_t)len > file->bytes_max) {
        file->state = FILE_TOO_LARGE;
        return;
    }
    file->state = same_moment(&before, &after) && len == after.st_size ? FILE_READ : FILE_UNSTEADY;
    if (file->state == FILE_READ) {
        file->text = arena_copy(arena, (span_t){scratch, (size_t)len});
    }
}

/* An open file that is renamed over meanwhile is still one whole text: the older one. */
static void read_file(file_t *file, arena_t *arena, int folder, char *scratch)
{
    char name[NAME_MAX + 1];
    if (file->name.len >= sizeof(name)) {
        refuse(file, ENAMETOOLONG);
        return;
    }
    memcpy(name, file->name.at, file->name.len);
    name[file->name.len] = '\0';
    file->state = FILE_UNSTEADY;
    for (int i = 0; i < ATTEMPTS && file->state == FILE_UNSTEADY; i++) {
        int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
        if (fd < 0) {
            refuse(file, errno);
            return;
        }
        read_once(file, arena, fd, scratch);
        close(fd);
    }
}

/* ---- folders -----------------------------------------------------------------------------------
 */

static bool ends_with(span_t name, span_t end)
{
    return name.len > end.len && name.at[0] != '.' &&
           span_equal(span_from(name, name.len - end.len), end);
}

static int open_folder(int at, const char *name, bool follow)
{
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
}

static int by_bytes(const void *a, const void *b)
{
    return span_compare(*(const span_t *)a, *(const span_t *)b);
}

/* The names in a folder that `wanted` takes, sorted. Takes `fd` over. */
static span_t *list(arena_t *arena, int fd, bool (*wanted)(int fd, span_t name), size_t max,
                    size_t *count, bool *more)
{
    *count = 0;
    span_t *names = arena_array(arena, max, sizeof(*names));
    DIR *folder = names == NULL ? NULL : fdopendir(fd);
    if (folder == NULL) {
        close(fd);
        return NULL;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (!wanted(dirfd(folder), span_of(entry->d_name))) {
            continue;
        }
        if (*count == max) {
            *more = true;
            break;
        }
        names[*count] = arena_copy(arena, span_of(entry->d_name));
        if (names[*count].at == NULL) {
            closedir(folder);
            return NULL;
        }
        (*count)++;
    }
    closedir(folder);
    qsort(names, *count, sizeof(*names), by_bytes);
    return names;
}

static bool wanted_lua(int fd, span_t name)
{
    (void)fd;
    return ends_with(name, SPAN(".lua"));
}

static bool wanted_table(int fd, span_t name)
{
    (void)fd;
    return ends_with(name, SPAN(".csv"));
}

static bool wanted_programme(int fd, span_t name)
{
    if (!plugin_files_id(name, '-')) {
        return false;
    }
    struct stat about;
    char text[ID_MAX + 1];
    memcpy(text, name.at, name.len);
    text[name.len] = '\0';
    return fstatat(fd, text, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
           (S_ISDIR(about.st_mode) || S_ISLNK(about.st_mode));
}

bool plugin_files_is_programme(const char *folder, span_t id, bool *readable)
{
    int fd = open_folder(AT_FDCWD, folder, true);
    *readable = fd >= 0;
    bool found = fd >= 0 && wanted_programme(fd, id);
    if (fd >= 0) {
        close(fd);
    }
    return found;
}

bool plugin_files_programmes(arena_t *arena, const char *folder, span_t **names, size_t *count)
{
    int fd = open_folder(AT_FDCWD, folder, true);
    if (fd < 0) {
        return false;
    }
    bool more = false;
    *names = list(arena, fd, wanted_programme, FILES_PROGRAMMES_MAX, count, &more);
    return *names != NULL;
}

/* ---- a programme -------------------------------------------------------------------------------
 */

static file_t named(files_t *files, arena_t *arena, span_t folder, span_t name)
{
    char path[3 * (NAME_MAX + 1)];
    int len = snprintf(path, sizeof(path), "%.*s%.*s", SPAN_ARGS(folder), SPAN_ARGS(name));
    file_t file = {.from = DATE_NONE, .state = FILE_ABSENT, .bytes_max = FILES_BYTES_MAX};
    file.path = arena_copy(arena, (span_t){path, (size_t)len});
    if (file.path.at == NULL) {
        files->no_memory = true;
        file.path = file.name = SPAN("?");
        return file;
    }
    file.name = span_from(file.path, file.path.len - name.len);
    return file;
}

/* "taxi.2026-01-01.spec.lua": the id, perhaps a day, perhaps "spec". */
static void understand_name(file_t *file)
{
    span_t rest = {file->name.at, file->name.len - 4};
    span_t spec = SPAN(".spec");
    if (rest.len > spec.len && span_equal(span_from(rest, rest.len - spec.len), spec)) {
        file->spec = true;
        rest.len -= spec.len;
    }
    const char *dot = memchr(rest.at, '.', rest.len);
    if (dot != NULL) {
        size_t len = (size_t)(dot - rest.at);
        if (!date_parse(span_from(rest, len + 1), &file->from)) {
            file->state = FILE_MISNAMED;
        }
        rest.len = len;
    }
    if (!plugin_files_id(rest, '-')) {
        file->state = FILE_MISNAMED;
    }
    file->id = rest;
}

static void read_services(files_t *files, arena_t *arena, int fd, span_t folder, char *scratch)
{
    int copy = dup(fd);
    if (copy < 0) {
        files->no_memory = true;
        return;
    }
    size_t count = 0;
    span_t *names = list(arena, copy, wanted_lua, 2 * FILES_SERVICES_MAX, &count, &files->too_many);
    files->services = arena_array(arena, count == 0 ? 1 : count, sizeof(*files->services));
    if (names == NULL || files->services == NULL) {
        files->no_memory = true;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        file_t *file = &files->services[files->service_count++];
        *file = named(files, arena, folder, names[i]);
        understand_name(file);
        if (file->state != FILE_MISNAMED) {
            read_file(file, arena, fd, scratch);
        }
    }
}

/* Tells the files in a folder that `wanted` takes and that are not known. */
static void read_strangers(files_t *files, arena_t *arena, int fd, span_t folder,
                           bool (*wanted)(int fd, span_t name), const span_t *known,
                           size_t known_count)
{
    int copy = dup(fd);
    size_t count = 0;
    bool more = false;
    span_t *names = copy < 0 ? NULL : list(arena, copy, wanted, FILES_STRANGERS_MAX, &count, &more);
    files->no_memory = files->no_memory || names == NULL;
    for (size_t i = 0; names != NULL && i < count && files->stranger_count < FILES_STRANGERS_MAX;
         i++) {
        bool stranger = true;
        for (size_t k = 0; k < known_count; k++) {
            stranger = stranger && !span_equal(names[i], known[k]);
        }
        if (stranger) {
            file_t *file = &files->strangers[files->stranger_count++];
            *file = named(files, arena, folder, names[i]);
            file->state = FILE_STRANGER;
        }
    }
}

/* ---- the catalogue ----------------------------------------------------------------------------
 */

static span_t catalogue_path(span_t programme, char path[static ID_MAX + 16])
{
    int len = snprintf(path, ID_MAX + 16, "%.*s/" FILES_CATALOGUE "/", SPAN_ARGS(programme));
    return (span_t){path, (size_t)len};
}

static void name_tables(files_t *files, arena_t *arena)
{
    char path[ID_MAX + 16], name[64];
    span_t folder = catalogue_path(files->programme, path);
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS; kind++) {
        snprintf(name, sizeof(name), "%s.csv", registry_tables[kind].name);
        files->tables[kind] = named(files, arena, folder, span_of(name));
        files->tables[kind].bytes_max = FILES_TABLE_BYTES_MAX;
    }
}

static void read_tables(files_t *files, arena_t *arena, int own)
{
    int fd = open_folder(own, FILES_CATALOGUE, false), error = errno;
    if (fd < 0 && error == ENOENT) {
        return;
    }
    span_t known[CATALOG_KINDS];
    char path[ID_MAX + 16];
    char *scratch = malloc(FILES_TABLE_BYTES_MAX + 1); /* only what is read of it costs memory */
    files->no_memory = files->no_memory || scratch == NULL;
    for (registry_kind_t kind = 0; kind < CATALOG_KINDS && scratch != NULL; kind++) {
        known[kind] = files->tables[kind].name;
        if (fd < 0) {
            refuse(&files->tables[kind], error);
            files->tables[kind].state = FILE_REFUSED; /* a link or a file in place of the folder */
        } else {
            read_file(&files->tables[kind], arena, fd, scratch);
        }
    }
    if (fd >= 0 && scratch != NULL) {
        read_strangers(files, arena, fd, catalogue_path(files->programme, path), wanted_table,
                       known, CATALOG_KINDS);
    }
    free(scratch);
    if (fd >= 0) {
        close(fd);
    }
}

static void read_programme(files_t *files, arena_t *arena, int top, int fd, char *scratch)
{
    file_t *const four[] = {&files->act, &files->base, &files->facts, &files->shared};
    for (size_t i = 0; i < 4; i++) {
        read_file(four[i], arena, i == 0 ? top : fd, scratch);
    }
}

static void hash_all(files_t *files)
{
    files->hash = UINT64_C(14695981039346656037);
    const file_t *const five[] = {&files->folder, &files->act, &files->base, &files->facts,
                                  &files->shared};
    for (size_t i = 0; i < 5; i++) {
        mix_file(&files->hash, five[i]);
    }
    for (size_t i = 0; i < files->service_count; i++) {
        mix_file(&files->hash, &files->services[i]);
    }
    for (size_t i = 0; i < files->stranger_count; i++) {
        mix_file(&files->hash, &files->strangers[i]);
    }
    for (size_t i = 0; i < CATALOG_KINDS; i++) {
        mix_file(&files->hash, &files->tables[i]);
    }
}

void plugin_files_put_table(files_t *files, registry_kind_t kind, span_t text)
{
    bool fits = text.len <= FILES_TABLE_BYTES_MAX;
    files->tables[kind].state = fits ? FILE_READ : FILE_TOO_LARGE;
    files->tables[kind].text = fits ? text : SPAN_NONE;
    hash_all(files);
}

/* A link in place of a folder is told from a file there, and from nothing. */
static void refuse_folder(files_t *files, int top, const char *name)
{
    struct stat about;
    int error = errno;
    if (top >= 0 && fstatat(top, name, &about, AT_SYMLINK_NOFOLLOW) == 0) {
        files->folder.state = S_ISLNK(about.st_mode)    ? FILE_IS_LINK
                              : !S_ISDIR(about.st_mode) ? FILE_IS_ODD
                                                        : FILE_REFUSED;
        const char *reason = strerrordesc_np(error);
        files->folder.reason = reason != NULL ? reason : "?";
    }
}

static void read_all(files_t *files, arena_t *arena, const char *folder, span_t own,
                     span_t services, char *scratch)
{
    char name[ID_MAX + 1];
    snprintf(name, sizeof(name), "%.*s", SPAN_ARGS(files->programme));
    int top = open_folder(AT_FDCWD, folder, true);
    int fd = top < 0 ? -1 : open_folder(top, name, false);
    if (fd < 0) {
        refuse_folder(files, top, name);
    } else {
        files->folder.state = FILE_READ;
        read_programme(files, arena, top, fd, scratch);
        span_t known[] = {SPAN("programme.lua"), SPAN("facts.lua"), SPAN("shared.lua")};
        read_strangers(files, arena, fd, own, wanted_lua, known, 3);
        read_tables(files, arena, fd);
        int inner = open_folder(fd, "services", false);
        if (inner >= 0) {
            read_services(files, arena, inner, services, scratch);
            close(inner);
        }
        close(fd);
    }
    if (top >= 0) {
        close(top);
    }
}

void plugin_files_read(files_t *files, arena_t *arena, const char *folder, span_t programme)
{
    char own[ID_MAX + 2], services[ID_MAX + 16];
    *files = (files_t){.programme = programme};
    int own_len = snprintf(own, sizeof(own), "%.*s/", SPAN_ARGS(programme));
    int len = snprintf(services, sizeof(services), "%.*s/services/", SPAN_ARGS(programme));
    span_t in_own = {own, (size_t)own_len};
    files->act = named(files, arena, SPAN(""), SPAN("act.lua"));
    files->base = named(files, arena, in_own, SPAN("programme.lua"));
    files->facts = named(files, arena, in_own, SPAN("facts.lua"));
    files->shared = named(files, arena, in_own, SPAN("shared.lua"));
    name_tables(files, arena);
    files->strangers = arena_array(arena, FILES_STRANGERS_MAX, sizeof(*files->strangers));
    files->folder = (file_t){.path = files->base.path, .state = FILE_ABSENT, .name = programme};
    char *scratch = malloc(FILES_BYTES_MAX + 1);
    files->no_memory = files->no_memory || scratch == NULL || files->strangers == NULL;
    if (!files->no_memory) {
        read_all(files, arena, folder, in_own, (span_t){services, (size_t)len}, scratch);
    }
    free(scratch);
    hash_all(files);
}
