/* Preloaded before the program: a disk below OKIENKO_FAULT_FOLDER that does what the first letter
 * of the file OKIENKO_FAULT_CONTROL says at the moment:
 *
 *   -  works            f  full: ENOSPC            i  EIO when writing       s  EIO when syncing
 *   r  read-only: EROFS h  writes half, then on    t  writes half, then ENOSPC
 *   l  a sync takes so many ms as the number after the letter says
 *
 * To OKIENKO_FAULT_LOG it tells what was changed, so that a power cut at any moment can be made of
 * it: what was not synced by then may be there or not. What is mapped into memory is not told. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES 4096
#define CONTROL 64

enum { MADE, WRITTEN, CUT, SYNCED, SYNCED_FOLDER, REMOVED, RENAMED, LINKED };

/* One change; then its name's bytes and the data. */
typedef struct {
    uint64_t at; /* CLOCK_MONOTONIC, ns */
    uint32_t what, name;
    uint64_t offset; /* of a sync: how many changes had been told when it began */
    uint64_t len;    /* of the data; of CUT the new length is in `offset` */
} change_t;

static const char *folder;
static const volatile char *control = "-";
static int log_file = -1;
static char *files[FILES]; /* paths below the folder, by descriptor */
static atomic_uint_fast64_t told;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local bool torn;

static int (*real_open)(const char *path, int flags, ...);
static int (*real_close)(int fd);
static ssize_t (*real_pwrite)(int fd, const void *data, size_t len, off_t offset);
static ssize_t (*real_write)(int fd, const void *data, size_t len);
static int (*real_fsync)(int fd);
static int (*real_fdatasync)(int fd);
static int (*real_ftruncate)(int fd, off_t len);
static int (*real_unlink)(const char *path);
static int (*real_rename)(const char *from, const char *to);
static int (*real_link)(const char *from, const char *to);

static void *real(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void begin(void)
{
    /* A function's address comes as an object's: POSIX lets it. */
    *(void **)&real_open = real("open64");
    *(void **)&real_close = real("close");
    *(void **)&real_pwrite = real("pwrite64");
    *(void **)&real_write = real("write");
    *(void **)&real_fsync = real("fsync");
    *(void **)&real_fdatasync = real("fdatasync");
    *(void **)&real_ftruncate = real("ftruncate64");
    *(void **)&real_unlink = real("unlink");
    *(void **)&real_rename = real("rename");
    *(void **)&real_link = real("link");
    const char *name = getenv("OKIENKO_FAULT_CONTROL");
    int fd = name == NULL ? -1 : real_open(name, O_RDONLY | O_CLOEXEC);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, CONTROL, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) {
        control = mapped;
    }
    name = getenv("OKIENKO_FAULT_LOG");
    if (name != NULL) {
        log_file = real_open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    folder = getenv("OKIENKO_FAULT_FOLDER");
}

/* ---- telling --------------------------------------------------------------------------------- */

static const char *below(const char *path)
{
    size_t len = folder == NULL ? 0 : strlen(folder);
    if (len == 0 || strncmp(path, folder, len) != 0) {
        return NULL;
    }
    return path[len] == '/' ? path + len + 1 : path[len] == '\0' ? path + len : NULL;
}

static const char *name_of(int fd)
{
    return fd >= 0 && fd < FILES ? files[fd] : NULL;
}

static void tell(uint32_t what, const char *name, uint64_t offset, const void *data, size_t len)
{
    if (log_file < 0) {
        return;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    change_t change = {.at = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec,
                       .what = what,
                       .name = (uint32_t)strlen(name),
                       .offset = offset,
                       .len = len};
    struct iovec parts[] = {
        {&change, sizeof change}, {(void *)name, change.name}, {(void *)data, len}};
    if (writev(log_file, parts, 3) != (ssize_t)(sizeof change + change.name + len)) {
        abort();
    }
    told++;
}

static bool fails(int error)
{
    errno = error;
    return true;
}

/* Whether no byte may be written. */
static bool refuses(void)
{
    switch (control[0]) {
    case 'f':
        return fails(ENOSPC);
    case 'i':
        return fails(EIO);
    case 'r':
        return fails(EROFS);
    case 't':
        torn = !torn;
        return !torn && fails(ENOSPC);
    default:
        return false;
    }
}

static size_t portion(size_t len)
{
    return (control[0] == 'h' || control[0] == 't') && len > 1 ? len / 2 : len;
}

/* ---- opening and closing --------------------------------------------------------------------- */

static int opened(const char *path, int flags, mode_t mode)
{
    const char *name = below(path);
    bool writes = (flags & O_ACCMODE) != O_RDONLY;
    if (name == NULL) {
        return real_open(path, flags, mode);
    }
    struct stat found;
    bool makes = (flags & O_CREAT) != 0 && stat(path, &found) != 0;
    if ((writes && control[0] == 'r' && fails(EROFS)) ||
        (makes && control[0] == 'f' && fails(ENOSPC))) {
        return -1;
    }
    pthread_mutex_lock(&turn);
    int fd = real_open(path, flags, mode);
    if (fd >= 0 && fd < FILES) {
        files[fd] = strdup(name);
        if (makes) {
            tell(MADE, name, 0, NULL, 0);
        } else if ((flags & O_TRUNC) != 0) {
            tell(CUT, name, 0, NULL, 0);
        }
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int mkostemp(char *path, int flags)
{
    static int (*really)(char *path, int flags);
    *(void **)&really = real("mkostemp");
    const char *name = below(path);
    if (name != NULL && (control[0] == 'r' || control[0] == 'f')) {
        errno = control[0] == 'r' ? EROFS : ENOSPC;
        return -1;
    }
    pthread_mutex_lock(&turn);
    int fd = really(path, flags);
    if (fd >= 0 && fd < FILES && name != NULL) {
        files[fd] = strdup(name);
        tell(MADE, name, 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return fd;
}

int close(int fd)
{
    if (name_of(fd) != NULL) {
        free(files[fd]);
        files[fd] = NULL;
    }
    return real_close(fd);
}

/* ---- writing --------------------------------------------------------------------------------- */

static ssize_t wrote(int fd, const void *data, size_t len, off_t offset)
{
    if (refuses()) {
        return -1;
    }
    pthread_mutex_lock(&turn);
    ssize_t done = real_pwrite(fd, data, portion(len), offset);
    if (done > 0) {
        tell(WRITTEN, name_of(fd), (uint64_t)offset, data, (size_t)done);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t offset)
{
    return name_of(fd) == NULL ? real_pwrite(fd, data, len, offset) : wrote(fd, data, len, offset);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off_t offset)
{
    return pwrite(fd, data, len, offset);
}

ssize_t write(int fd, const void *data, size_t len)
{
    struct stat found;
    if (name_of(fd) == NULL) {
        return real_write(fd, data, len);
    }
    bool appends = (fcntl(fd, F_GETFL) & O_APPEND) != 0;
    off_t at = appends && fstat(fd, &found) == 0 ? found.st_size : lseek(fd, 0, SEEK_CUR);
    ssize_t done = wrote(fd, data, len, at);
    if (done > 0) {
        lseek(fd, at + done, SEEK_SET);
    }
    return done;
}

int ftruncate(int fd, off_t len)
{
    if (name_of(fd) == NULL) {
        return real_ftruncate(fd, len);
    }
    if (control[0] == 'i' || control[0] == 'r') {
        errno = control[0] == 'i' ? EIO : EROFS;
        return -1;
    }
    pthread_mutex_lock(&turn);
    int code = real_ftruncate(fd, len);
    if (code == 0) {
        tell(CUT, name_of(fd), (uint64_t)len, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return code;
}

int ftruncate64(int fd, off_t len)
{
    return ftruncate(fd, len);
}

/* ---- syncing --------------------------------------------------------------------------------- */

static int synced(int fd, int (*really)(int fd))
{
    const char *name = name_of(fd);
    struct stat found;
    if (name == NULL) {
        return really(fd);
    }
    uint64_t before = told;
    if (control[0] == 's' && fails(EIO)) {
        return -1;
    }
    if (control[0] == 'l') {
        long ms = strtol((const char *)control + 1, NULL, 10);
        nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
    }
    int code = really(fd);
    if (code == 0) {
        bool is_folder = fstat(fd, &found) == 0 && S_ISDIR(found.st_mode);
        pthread_mutex_lock(&turn);
        tell(is_folder ? SYNCED_FOLDER : SYNCED, name, before, NULL, 0);
        pthread_mutex_unlock(&turn);
    }
    return code;
}

int fsync(int fd)
{
    return synced(fd, real_fsync);
}

int fdatasync(int fd)
{
    return synced(fd, real_fdatasync);
}

/* ---- names ----------------------------------------------------------------------------------- */

int unlink(const char *path)
{
    const char *name = below(path);
    if (name != NULL && control[0] == 'r' && fails(EROFS)) {
        return -1;
    }
    pthread_mutex_lock(&turn);
    int code = real_unlink(path);
    if (code == 0 && name != NULL) {
        tell(REMOVED, name, 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return code;
}

static int named(const char *from, const char *to, uint32_t what,
                 int (*really)(const char *from, const char *to))
{
    const char *name = below(from), *other = below(to);
    if (name != NULL && control[0] == 'r' && fails(EROFS)) {
        return -1;
    }
    pthread_mutex_lock(&turn);
    int code = really(from, to);
    if (code == 0 && name != NULL && other != NULL) {
        tell(what, name, 0, other, strlen(other));
    }
    pthread_mutex_unlock(&turn);
    return code;
}

int rename(const char *from, const char *to)
{
    return named(from, to, RENAMED, real_rename);
}

int link(const char *from, const char *to)
{
    return named(from, to, LINKED, real_link);
}
