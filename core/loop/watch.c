/* Watching a tree of folders. inotify watches one folder each and follows neither a folder that is
 * deleted and made again nor one that comes later, so the set of watches is renewed as a whole each
 * time things have calmed down, before on_change is called: what changed while a folder was not yet
 * watched is then seen by whoever reads the tree in on_change. */
#include "loop/loop.h"

#include "base/buf.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#define DEPTH_MAX 16
#define FOLDERS_MAX 4096
#define POLL_MS 1000
#define PATIENCE 10 /* quiet times that a restless tree is waited for */

typedef struct watched_folder {
    uv_fs_event_t uv;
    loop_watch_t *watch;
    struct watched_folder *next;
} watched_folder_t;

struct loop_watch {
    uv_loop_t *loop;
    char *folder;
    uint64_t quiet;
    uint64_t first_change; /* loop time; 0 when nothing has changed */
    uint64_t signature;    /* of the tree, while it is polled */
    void (*on_change)(void *context);
    void *context;
    uv_timer_t calm;
    uv_timer_t poll;
    watched_folder_t *folders;
    size_t handles; /* not closed yet; the last to close frees the watch */
    bool closed;
};

/* One walk over the tree: adds watches, and a signature of all it saw. */
typedef struct {
    loop_watch_t *watch;
    buf_t path;
    size_t count;
    uint64_t signature;
    bool all_watched;
} walk_t;

static void release_handle(loop_watch_t *watch)
{
    watch->handles--;
    if (watch->closed && watch->handles == 0) {
        free(watch->folder);
        free(watch);
    }
}

static void on_folder_closed(uv_handle_t *handle)
{
    watched_folder_t *folder = handle->data;
    loop_watch_t *watch = folder->watch;
    free(folder);
    release_handle(watch);
}

static void on_timer_closed(uv_handle_t *handle)
{
    release_handle(handle->data);
}

static void close_folders(watched_folder_t *folder)
{
    while (folder != NULL) {
        watched_folder_t *next = folder->next;
        uv_close((uv_handle_t *)&folder->uv, on_folder_closed);
        folder = next;
    }
}

static void on_calm(uv_timer_t *timer);

static void note_change(loop_watch_t *watch)
{
    uv_update_time(watch->loop);
    uint64_t now = uv_now(watch->loop);
    if (watch->first_change == 0) {
        watch->first_change = now;
    }
    uint64_t latest = watch->first_change + PATIENCE * watch->quiet;
    uint64_t left = latest > now ? latest - now : 0;
    uv_timer_start(&watch->calm, on_calm, left < watch->quiet ? left : watch->quiet, 0);
}

static void on_event(uv_fs_event_t *uv, const char *name, int events, int status)
{
    (void)name;
    (void)events;
    (void)status;
    watched_folder_t *folder = uv->data;
    if (!folder->watch->closed) {
        note_change(folder->watch);
    }
}

static bool watch_folder(loop_watch_t *watch, const char *path)
{
    watched_folder_t *folder = calloc(1, sizeof *folder);
    if (folder == NULL) {
        return false;
    }
    if (uv_fs_event_init(watch->loop, &folder->uv) != 0) {
        free(folder);
        return false;
    }
    folder->uv.data = folder;
    folder->watch = watch;
    watch->handles++;
    if (uv_fs_event_start(&folder->uv, on_event, path, 0) != 0) {
        uv_close((uv_handle_t *)&folder->uv, on_folder_closed);
        return false;
    }
    folder->next = watch->folders;
    watch->folders = folder;
    return true;
}

static void sign(walk_t *walk, span_t name, const struct stat *status)
{
    const int64_t facts[] = {(int64_t)status->st_ino, (int64_t)status->st_size,
                             (int64_t)status->st_mtim.tv_sec, (int64_t)status->st_mtim.tv_nsec,
                             (int64_t)status->st_mode};
    uint64_t entry = span_hash(name) ^ span_hash((span_t){(const char *)facts, sizeof facts});
    /* A sum, since a folder's order of entries means nothing. */
    walk->signature += entry * UINT64_C(0x9e3779b97f4a7c15);
}

static void walk_folder(walk_t *walk, unsigned depth);

static void walk_entry(walk_t *walk, int folder, const char *name, unsigned depth)
{
    struct stat status;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
        fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return;
    }
    size_t parent = walk->path.len;
    buf_byte(&walk->path, '/');
    buf_add(&walk->path, span_of(name));
    sign(walk, buf_span(&walk->path), &status);
    if (S_ISDIR(status.st_mode)) {
        walk_folder(walk, depth + 1);
    }
    walk->path.len = parent;
}

static void walk_folder(walk_t *walk, unsigned depth)
{
    const char *path = buf_zero_terminated(&walk->path);
    if (path == NULL || depth > DEPTH_MAX || walk->count >= FOLDERS_MAX) {
        walk->all_watched = false;
        return;
    }
    /* Watched before it is read: what comes in between is an event, not a loss. */
    walk->count++;
    walk->all_watched = watch_folder(walk->watch, path) && walk->all_watched;
    int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0);
    int descriptor = open(path, flags);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        walk->all_watched = false;
        return;
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        walk_entry(walk, descriptor, entry->d_name, depth);
    }
    closedir(folder);
}

static void on_poll(uv_timer_t *timer);

/* Watches the tree as it is now; where it cannot, polls it. The old watches go last, so that
 * nothing is missed between. */
static void renew(loop_watch_t *watch)
{
    watched_folder_t *old = watch->folders;
    watch->folders = NULL;
    walk_t walk = {.watch = watch, .all_watched = true};
    buf_add(&walk.path, span_of(watch->folder));
    walk_folder(&walk, 0);
    buf_free(&walk.path);
    close_folders(old);
    watch->signature = walk.signature;
    if (walk.all_watched) {
        uv_timer_stop(&watch->poll);
    } else {
        uv_timer_start(&watch->poll, on_poll, POLL_MS, POLL_MS);
    }
}

static void on_poll(uv_timer_t *timer)
{
    loop_watch_t *watch = timer->data;
    uint64_t before = watch->signature;
    renew(watch);
    if (watch->signature != before) {
        note_change(watch);
    }
}

static void on_calm(uv_timer_t *timer)
{
    loop_watch_t *watch = timer->data;
    watch->first_change = 0;
    renew(watch);
    watch->on_change(watch->context);
}

static void open_timer(loop_watch_t *watch, uv_timer_t *timer)
{
    uv_timer_init(watch->loop, timer);
    timer->data = watch;
    watch->handles++;
}

loop_watch_t *loop_watch_open(loop_t *loop, const char *folder, uint64_t quiet,
                              void (*on_change)(void *context), void *context)
{
    int readable = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (readable < 0) {
        return NULL;
    }
    close(readable);
    loop_watch_t *watch = calloc(1, sizeof *watch);
    char *copy = strdup(folder);
    if (watch == NULL || copy == NULL) {
        free(watch);
        free(copy);
        return NULL;
    }
    watch->loop = loop_uv(loop);
    watch->folder = copy;
    watch->quiet = quiet;
    watch->on_change = on_change;
    watch->context = context;
    open_timer(watch, &watch->calm);
    open_timer(watch, &watch->poll);
    renew(watch);
    return watch;
}

void loop_watch_close(loop_watch_t *watch)
{
    if (watch == NULL) {
        return;
    }
    watch->closed = true;
    close_folders(watch->folders);
    watch->folders = NULL;
    uv_close((uv_handle_t *)&watch->calm, on_timer_closed);
    uv_close((uv_handle_t *)&watch->poll, on_timer_closed);
}
