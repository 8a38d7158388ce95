/* The folder of a record: its lock, and what has to be on the disk before something else is. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *store_files_path(const char *folder, const char *name)
{
    buf_t path = {0};
    buf_add(&path, span_of(folder));
    buf_byte(&path, '/');
    buf_add(&path, span_of(name));
    if (buf_zero_terminated(&path) == NULL) {
        buf_free(&path);
        return NULL;
    }
    return path.at;
}

bool store_files_sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return synced;
}

static bool make(const char *folder)
{
    return mkdir(folder, 0700) == 0 || errno == EEXIST;
}

bool store_files_make_folder(const char *folder, bool polish, buf_t *why)
{
    buf_t parent = {0};
    const char *slash = strrchr(folder, '/');
    if (slash != NULL && slash != folder) {
        buf_add(&parent, (span_t){folder, (size_t)(slash - folder)});
    }
    bool made =
        make(folder) || (parent.len > 0 && buf_zero_terminated(&parent) != NULL &&
                         make(parent.at) && make(folder) && store_files_sync_folder(parent.at));
    if (!made) {
        buf_print(why, polish ? "Nie da się założyć folderu %s: %s." : "Cannot make %s: %s.",
                  folder, strerror(errno));
    }
    buf_free(&parent);
    return made;
}

int store_files_lock(const char *folder, bool polish, buf_t *why)
{
    char *path = store_files_path(folder, STORE_LOCK);
    int fd = path == NULL ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        buf_print(why, polish ? "Nie da się otworzyć %s: %s." : "Cannot open %s: %s.",
                  path == NULL ? STORE_LOCK : path, strerror(errno));
    } else if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        buf_print(why,
                  polish ? "Rejestr w %s jest zajęty: działa z nim inny serwer."
                         : "The record in %s is in use by another server.",
                  folder);
        close(fd);
        fd = -1;
    }
    free(path);
    return fd;
}

bool store_files_log_has_record(const char *folder, bool polish, buf_t *why)
{
    char *file = store_files_path(folder, STORE_FILE), *log = store_files_path(folder, STORE_LOG);
    struct stat status;
    bool fine = file != NULL && log != NULL;
    if (!fine) {
        buf_add(why, polish ? SPAN("Zabrakło pamięci.") : SPAN("There is no memory left."));
    } else if (access(file, F_OK) != 0 && stat(log, &status) == 0 && status.st_size > 0) {
        buf_print(why,
                  polish
                      ? "W %s jest dziennik zapisów %s, a nie ma rejestru %s, do którego należy: "
                        "są w nim zapisy, które potwierdzono. Połóż obok rejestr, z którego go "
                        "zabrano, albo przywróć kopię: okienko restore (dziennik zostanie "
                        "zachowany)."
                      : "In %s there is the log %s and not the record %s that it belongs to: it "
                        "holds writings that were acknowledged. Put the record back beside it, "
                        "or a copy: okienko restore (the log will be kept).",
                  folder, STORE_LOG, STORE_FILE);
        fine = false;
    }
    free(file);
    free(log);
    return fine;
}

/* ---- putting a copy in the record's place ---------------------------------------------------- */

/* A name for what is there that nothing has, "record-1700000000"; the same when asked again after
 * the moving was cut off, for the record itself is moved last. */
static bool name_aside(const char *folder, const struct stat *status, buf_t *name)
{
    for (int64_t at = status->st_ctime;; at++) {
        buf_clear(name);
        buf_print(name, "%s/record-%lld.db", folder, (long long)at);
        if (buf_zero_terminated(name) == NULL) {
            return false;
        }
        if (access(name->at, F_OK) != 0) {
            return errno == ENOENT;
        }
    }
}

/* Moves what is there aside, with its log. */
static bool move_aside(const char *folder, buf_t *kept)
{
    static const char *const ends[] = {"-wal", "-shm", ""};
    char *file = store_files_path(folder, STORE_FILE);
    buf_t from = {0}, to = {0}, name = {0};
    struct stat status = {0};
    bool is_there = file != NULL && stat(file, &status) == 0;
    bool fine = is_there || (file != NULL && errno == ENOENT);
    fine = fine && name_aside(folder, &status, &name);
    for (size_t i = 0; i < sizeof ends / sizeof *ends && fine; i++) {
        buf_clear(&from);
        buf_clear(&to);
        buf_print(&from, "%s%s", file, ends[i]);
        buf_print(&to, "%s%s", name.at, ends[i]);
        fine = buf_zero_terminated(&from) != NULL && buf_zero_terminated(&to) != NULL &&
               (rename(from.at, to.at) == 0 || errno == ENOENT);
    }
    if (is_there) {
        buf_add(kept, buf_span(&name));
    }
    buf_free(&from);
    buf_free(&to);
    buf_free(&name);
    free(file);
    return fine;
}

/* `restored.db` is whole and checked: from its name on, the restoring only goes forward. */
bool store_files_finish_restore(const char *folder, buf_t *kept, bool polish, buf_t *why)
{
    char *restored = store_files_path(folder, "restored.db"),
         *file = store_files_path(folder, STORE_FILE);
    bool fine = restored != NULL && file != NULL;
    if (fine && access(restored, F_OK) == 0) {
        fine = move_aside(folder, kept) && store_files_sync_folder(folder) &&
               rename(restored, file) == 0 && store_files_sync_folder(folder);
    }
    if (!fine) {
        buf_print(why,
                  polish ? "Nie da się dokończyć przywracania rejestru w %s: %s."
                         : "Cannot finish restoring the record in %s: %s.",
                  folder, strerror(errno));
    }
    free(restored);
    free(file);
    return fine;
}
