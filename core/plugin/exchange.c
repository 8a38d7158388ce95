/* Tables of the catalogue as files: taken out, put in. */
#include "plugin/catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 1024

typedef enum { WHY_READ, WHY_WRITE } why_t;

static const char *const whys[][LANG_COUNT] = {
    [WHY_READ] = {"%s: nie można odczytać (%s)", "%s: cannot be read (%s)",
                  "%s: не вдається прочитати (%s)"},
    [WHY_WRITE] = {"%s: nie można zapisać (%s)", "%s: cannot be written (%s)",
                   "%s: не вдається записати (%s)"},
};

static bool refuse(buf_t *why, why_t sentence, lang_t lang, span_t path, const char *reason)
{
    const char *format = whys[sentence][lang];
    span_t args[] = {path, span_of(reason)};
    size_t next = 0;
    for (; *format != '\0'; format++) {
        if (format[0] == '%' && next < 2) {
            buf_add(why, args[next++]);
            format++;
        } else {
            buf_byte(why, *format);
        }
    }
    return false;
}

void plugin_table_path(buf_t *path, const char *programme_id, registry_kind_t kind)
{
    buf_print(path, "%s/" FILES_CATALOGUE "/%s.csv", programme_id, registry_tables[kind].name);
}

static const char *reason_of(const file_t *file)
{
    static const char *const reasons[] = {[FILE_IS_LINK] = "symbolic link",
                                          [FILE_IS_ODD] = "no regular file",
                                          [FILE_TOO_LARGE] = "over 4 MB",
                                          [FILE_UNSTEADY] = "it keeps changing"};
    return file->state == FILE_REFUSED ? file->reason : reasons[file->state];
}

bool plugin_table_read(const char *plugins_folder, const char *programme_id, registry_kind_t kind,
                       buf_t *text, buf_t *why, lang_t lang)
{
    arena_t *scratch = arena_new(4096);
    files_t files;
    span_t id = span_of(programme_id);
    if (scratch == NULL) {
        return false;
    }
    plugin_files_read(&files, scratch, plugins_folder, plugin_files_id(id, '-') ? id : SPAN("?"));
    const file_t *file = &files.tables[kind];
    bool fine = !files.no_memory;
    if (fine && file->state == FILE_READ) {
        buf_add(text, file->text);
    } else if (fine && file->state == FILE_ABSENT) {
        plugin_catalog_headings(text, kind);
    } else if (fine) {
        fine = refuse(why, WHY_READ, lang, file->path, reason_of(file));
    }
    arena_free(scratch);
    return fine && !text->failed;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static bool write_all(int fd, span_t text)
{
    while (text.len > 0) {
        ssize_t done = write(fd, text.at, text.len);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        text = span_from(text, done > 0 ? (size_t)done : 0);
    }
    return true;
}

/* The catalogue's folder, made where it is not there; -1 with errno. Nothing is followed. */
static int open_catalogue(const char *plugins_folder, const char *programme_id)
{
    char path[PATH_BYTES];
    int len = snprintf(path, sizeof(path), "%s/%s", plugins_folder, programme_id);
    if (len < 0 || (size_t)len >= sizeof(path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    int own = open(path, flags);
    if (own < 0) {
        return -1;
    }
    int fd = -1;
    if (mkdirat(own, FILES_CATALOGUE, 0777) == 0 || errno == EEXIST) {
        fd = openat(own, FILES_CATALOGUE, flags);
    }
    int error = errno;
    close(own);
    errno = error;
    return fd;
}

/* On the disk before it has the name, so that not even a power cut leaves half of it. */
static bool replace_file(int folder, const char *name, span_t text)
{
    char temporary[96];
    snprintf(temporary, sizeof(temporary), ".%s.%ld", name, (long)getpid());
    int fd = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) {
        return false;
    }
    bool fine = write_all(fd, text) && fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && fine) {
        fine = false;
        error = errno;
    }
    if (fine && (renameat(folder, temporary, folder, name) != 0 || fsync(folder) != 0)) {
        fine = false;
        error = errno;
    }
    if (!fine) {
        unlinkat(folder, temporary, 0);
        errno = error;
    }
    return fine;
}

bool plugin_table_write(const char *plugins_folder, const char *programme_id, registry_kind_t kind,
                        span_t text, buf_t *why, lang_t lang)
{
    char name[64];
    snprintf(name, sizeof(name), "%s.csv", registry_tables[kind].name);
    int folder = open_catalogue(plugins_folder, programme_id);
    bool fine = folder >= 0 && replace_file(folder, name, text);
    int error = errno;
    if (folder >= 0) {
        close(folder);
    }
    if (!fine) {
        buf_t path = {0};
        plugin_table_path(&path, programme_id, kind);
        const char *reason = strerrordesc_np(error);
        refuse(why, WHY_WRITE, lang, buf_span(&path), reason != NULL ? reason : "?");
        buf_free(&path);
    }
    return fine;
}
