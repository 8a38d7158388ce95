#include "fault_vfs.h"

#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR 512
#define FILES 4

/* ---- what is on the disk for sure, and what is on its way --------------------------------------
 */

typedef struct {
    sqlite3_int64 at;
    size_t len; /* 0: cut to `at` bytes */
    unsigned char *bytes;
} write_t;

typedef struct {
    char path[512];
    unsigned char *synced;
    size_t size;
    write_t *pending;
    size_t pending_count;
    bool is_there;
} image_t;

static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    pthread_mutex_t guard;
    fault_t fault;
    int number, count;
    bool for_ever;
    char watched[256];
    uint64_t seed;
    image_t images[FILES];
    void (*on_write)(void);
} disk = {.guard = PTHREAD_MUTEX_INITIALIZER};

static uint64_t next(uint64_t below)
{
    disk.seed = disk.seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (disk.seed >> 33) % below;
}

static image_t *image_of(const char *path, bool make)
{
    if (disk.watched[0] == '\0' || path == NULL ||
        strncmp(path, disk.watched, strlen(disk.watched)) != 0 || strstr(path, "-shm") != NULL) {
        return NULL;
    }
    for (int i = 0; i < FILES; i++) {
        if (strcmp(disk.images[i].path, path) == 0) {
            return &disk.images[i];
        }
    }
    for (int i = 0; i < FILES && make; i++) {
        if (disk.images[i].path[0] == '\0') {
            snprintf(disk.images[i].path, sizeof disk.images[i].path, "%s", path);
            return &disk.images[i];
        }
    }
    return NULL;
}

static void apply(image_t *image, const write_t *it, size_t from, size_t len)
{
    size_t end = (size_t)it->at + from + len;
    if (it->len == 0) {
        image->size = (size_t)it->at < image->size ? (size_t)it->at : image->size;
        return;
    }
    if (end > image->size) {
        image->synced = realloc(image->synced, end);
        assert(image->synced != NULL);
        memset(image->synced + image->size, 0, end - image->size);
        image->size = end;
    }
    memcpy(image->synced + (size_t)it->at + from, it->bytes + from, len);
}

static void settle(image_t *image)
{
    for (size_t i = 0; i < image->pending_count; i++) {
        apply(image, &image->pending[i], 0, image->pending[i].len);
        free(image->pending[i].bytes);
    }
    free(image->pending);
    image->pending = NULL;
    image->pending_count = 0;
}

static void add_pending(image_t *image, sqlite3_int64 at, const void *bytes, size_t len)
{
    image->pending = realloc(image->pending, (image->pending_count + 1) * sizeof *image->pending);
    assert(image->pending != NULL);
    write_t *added = &image->pending[image->pending_count++];
    *added = (write_t){at, len, len > 0 ? malloc(len) : NULL};
    if (len > 0) {
        memcpy(added->bytes, bytes, len);
    }
}

/* Any part of what was not synced may have reached the disk, in any order. */
static void lose_some(image_t *image)
{
    for (size_t i = image->pending_count; i > 1; i--) {
        size_t other = (size_t)next(i);
        write_t swapped = image->pending[i - 1];
        image->pending[i - 1] = image->pending[other];
        image->pending[other] = swapped;
    }
    uint64_t keeps = next(4); /* none, some, most, all */
    for (size_t i = 0; i < image->pending_count; i++) {
        const write_t *it = &image->pending[i];
        if (next(3) >= keeps) {
            continue;
        }
        for (size_t from = 0; from < it->len || from == 0; from += SECTOR) {
            size_t len = it->len - from < SECTOR ? it->len - from : SECTOR;
            if (keeps == 3 || next(8) != 0) {
                apply(image, it, from, len);
            }
        }
    }
}

void fault_vfs_cut(const char *folder)
{
    pthread_mutex_lock(&disk.guard);
    for (int i = 0; i < FILES; i++) {
        const image_t *image = &disk.images[i];
        if (image->path[0] == '\0' || !image->is_there) {
            continue;
        }
        image_t cut = *image;
        cut.synced = malloc(image->size + 1);
        cut.pending = calloc(image->pending_count + 1, sizeof *cut.pending);
        assert(cut.synced != NULL && cut.pending != NULL);
        memcpy(cut.synced, image->synced == NULL ? (const unsigned char *)"" : image->synced,
               image->size);
        memcpy(cut.pending, image->pending_count > 0 ? image->pending : cut.pending,
               image->pending_count * sizeof *cut.pending);
        lose_some(&cut);
        char path[800];
        snprintf(path, sizeof path, "%s%s", folder, strrchr(image->path, '/'));
        FILE *file = fopen(path, "wb");
        assert(file != NULL);
        fwrite(cut.synced, 1, cut.size, file);
        fclose(file);
        free(cut.synced);
        free(cut.pending);
    }
    pthread_mutex_unlock(&disk.guard);
}

void fault_vfs_watch(const char *folder, uint64_t seed)
{
    fault_vfs_end();
    snprintf(disk.watched, sizeof disk.watched, "%s", folder);
    disk.seed = seed;
}

void fault_vfs_on_write(void (*on_write)(void))
{
    disk.on_write = on_write;
}

void fault_vfs_end(void)
{
    disk.on_write = NULL;
    disk.watched[0] = '\0';
    for (int i = 0; i < FILES; i++) {
        settle(&disk.images[i]);
        free(disk.images[i].synced);
        disk.images[i] = (image_t){0};
    }
}

/* ---- failing --------------------------------------------------------------------------------- */

void fault_vfs_arm(fault_t fault, int number, bool for_ever)
{
    pthread_mutex_lock(&disk.guard);
    disk.fault = fault;
    disk.number = number;
    disk.for_ever = for_ever;
    disk.count = 0;
    pthread_mutex_unlock(&disk.guard);
}

int fault_vfs_disarm(void)
{
    pthread_mutex_lock(&disk.guard);
    disk.fault = FAULT_NONE;
    int count = disk.count;
    pthread_mutex_unlock(&disk.guard);
    return count;
}

/* Under the guard. */
static bool fails(bool is_write, fault_t sort)
{
    bool counts =
        is_write ? disk.fault == FAULT_EIO || disk.fault == FAULT_FULL || disk.fault == FAULT_SHORT
                 : disk.fault == sort;
    if (!counts) {
        return false;
    }
    disk.count++;
    return disk.count == disk.number || (disk.for_ever && disk.count > disk.number);
}

/* ---- files -------------------------------------------------------------------------------------
 */

typedef struct {
    sqlite3_file base;
    const char *path;
    sqlite3_file *real;
} file_t;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((file_t *)file)->real;
}

static void before_write(void)
{
    if (disk.on_write != NULL) {
        disk.on_write();
    }
}

static int vfs_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
    before_write();
    pthread_mutex_lock(&disk.guard);
    bool fail = fails(true, FAULT_EIO);
    fault_t fault = disk.fault;
    size_t written = !fail ? (size_t)len : fault == FAULT_SHORT ? (size_t)len / 2 : 0;
    image_t *image = image_of(((file_t *)file)->path, true);
    if (image != NULL && written > 0) {
        add_pending(image, at, bytes, written);
    }
    pthread_mutex_unlock(&disk.guard);
    int code = written == 0
                   ? SQLITE_OK
                   : real_of(file)->pMethods->xWrite(real_of(file), bytes, (int)written, at);
    return !fail ? code : fault == FAULT_EIO ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}

static int vfs_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    before_write();
    pthread_mutex_lock(&disk.guard);
    bool fail = fails(true, FAULT_EIO);
    image_t *image = image_of(((file_t *)file)->path, true);
    if (image != NULL && !fail) {
        add_pending(image, size, NULL, 0);
    }
    pthread_mutex_unlock(&disk.guard);
    return fail ? SQLITE_IOERR_TRUNCATE : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/* The real disk need not wait. */
static int vfs_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    before_write();
    pthread_mutex_lock(&disk.guard);
    bool fail = fails(false, FAULT_SYNC);
    image_t *image = image_of(((file_t *)file)->path, true);
    if (image != NULL && !fail) {
        settle(image);
    }
    pthread_mutex_unlock(&disk.guard);
    return fail ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int vfs_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int vfs_read(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), bytes, len, at);
}

static int vfs_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int vfs_lock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xLock(real_of(file), lock);
}

static int vfs_unlock(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}

static int vfs_reserved(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int vfs_control(sqlite3_file *file, int op, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int vfs_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int vfs_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int vfs_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **map)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, extend, map);
}

static int vfs_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, count, flags);
}

static void vfs_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int vfs_shm_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = vfs_close,
    .xRead = vfs_read,
    .xWrite = vfs_write,
    .xTruncate = vfs_truncate,
    .xSync = vfs_sync,
    .xFileSize = vfs_size,
    .xLock = vfs_lock,
    .xUnlock = vfs_unlock,
    .xCheckReservedLock = vfs_reserved,
    .xFileControl = vfs_control,
    .xSectorSize = vfs_sector,
    .xDeviceCharacteristics = vfs_traits,
    .xShmMap = vfs_shm_map,
    .xShmLock = vfs_shm_lock,
    .xShmBarrier = vfs_shm_barrier,
    .xShmUnmap = vfs_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    (void)vfs;
    file_t *ours = (file_t *)file;
    *ours = (file_t){.path = name, .real = (sqlite3_file *)(ours + 1)};
    pthread_mutex_lock(&disk.guard);
    bool fail = fails(false, FAULT_OPEN);
    image_t *image = image_of(name, true);
    if (image != NULL && !fail) {
        image->is_there = true;
    }
    pthread_mutex_unlock(&disk.guard);
    int code = fail ? SQLITE_CANTOPEN : disk.real->xOpen(disk.real, name, ours->real, flags, out);
    ours->base.pMethods = code == SQLITE_OK ? &methods : NULL;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
    (void)vfs;
    pthread_mutex_lock(&disk.guard);
    image_t *image = image_of(name, false);
    if (image != NULL) {
        settle(image);
        image->size = 0;
        image->is_there = false;
    }
    pthread_mutex_unlock(&disk.guard);
    return disk.real->xDelete(disk.real, name, sync);
}

void fault_vfs_install(void)
{
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "fault";
    disk.vfs.szOsFile = disk.real->szOsFile + (int)sizeof(file_t);
    disk.vfs.xOpen = vfs_open;
    disk.vfs.xDelete = vfs_delete;
    sqlite3_vfs_register(&disk.vfs, 1);
}
