/* Watching a folder of folders. Each entry of the watched folder is a branch of its own: it calms
 * down by itself, and only its own watches are renewed, however many others there are.
 *
 * inotify watches one folder each and follows neither a folder that is deleted and made again nor
 * one that comes later, so the watches of a branch are renewed as a whole each time it has calmed
 * down, before on_change is called: what changed while a folder was not yet watched is then seen by
 * whoever reads the branch in on_change. */
#include "loop/inside.h"

#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 16
#define FOLDERS_MAX 65536
#define POLL_MS 1000
#define PATIENCE 10       /* quiet times that a restless branch is waited for */
#define EVENTS_MAX 10000u /* between two calms; past it the kernel may have dropped some */

typedef struct branch branch_t;

typedef struct watched_folder {
    uv_fs_event_t uv;
    loop_watch_t *watch;
    branch_t *branch;
    struct watched_folder *next;
} watched_folder_t;

struct branch {
    watched_folder_t *folders;
    uint64_t first, last; /* loop time of its changes since it was told; 0: none */
    uint64_t entry;       /* signature of the entry itself: another folder of the same name */
    uint64_t tree;        /* signature of all in it, while it is polled */
    bool is_folder, is_polled, is_seen, is_due;
    char name[]; /* empty: the watched folder itself, without its branches */
};

struct loop_watch {
    loop_t *loop;
    uv_loop_t *uv;
    char *folder;
    uint64_t quiet;
    void (*on_change)(void *context, const char *name);
    void *context;
    uv_timer_t calm, poll;
    branch_t *top;
    branch_t **branches; /* by name */
    size_t count, cap;
    size_t folders; /* watched */
    size_t handles; /* not closed yet, and polls under way; the last to go frees the watch */
    unsigned events;
    bool is_lost; /* anything may have changed */
    bool is_polling, closed;
};

/* ---- ends --------------------------------------------------------------------------------------
 */

static void release_handle(loop_watch_t *watch)
{
    watch->handles--;
    if (!watch->closed || watch->handles > 0) {
        return;
    }
    for (size_t i = 0; i < watch->count; i++) {
        free(watch->branches[i]);
    }
    free(watch->branches);
    free(watch->top);
    free(watch->folder);
    free(watch);
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
        folder->branch = NULL;
        folder->watch->folders--;
        uv_close((uv_handle_t *)&folder->uv, on_folder_closed);
        folder = next;
    }
}

/* ---- branches ----------------------------------------------------------------------------------
 */

static branch_t *branch_new(const char *name)
{
    branch_t *branch = calloc(1, sizeof *branch + strlen(name) + 1);
    if (branch != NULL) {
        memcpy(branch->name, name, strlen(name) + 1);
    }
    return branch;
}

/* The place of a name among the branches, or the one where it belongs. */
static size_t branch_place(const loop_watch_t *watch, const char *name, bool *found)
{
    size_t low = 0, high = watch->count;
    *found = false;
    while (low < high && !*found) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(watch->branches[middle]->name, name);
        *found = order == 0;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
        low = *found ? middle : low;
    }
    return low;
}

static branch_t *branch_find(const loop_watch_t *watch, const char *name)
{
    bool found = false;
    size_t place = branch_place(watch, name, &found);
    return name[0] == '\0' ? watch->top : found ? watch->branches[place] : NULL;
}

static branch_t *branch_add(loop_watch_t *watch, const char *name)
{
    bool found = false;
    size_t place = branch_place(watch, name, &found);
    if (watch->count == watch->cap) {
        size_t cap = watch->cap == 0 ? 16 : watch->cap * 2;
        branch_t **grown = realloc(watch->branches, cap * sizeof(branch_t *));
        if (grown == NULL) {
            return NULL;
        }
        watch->branches = grown;
        watch->cap = cap;
    }
    branch_t *branch = branch_new(name);
    if (branch != NULL) {
        memmove(watch->branches + place + 1, watch->branches + place,
                (watch->count - place) * sizeof(branch_t *));
        watch->branches[place] = branch;
        watch->count++;
    }
    return branch;
}

/* Those that are gone and have been told. */
static void drop_gone(loop_watch_t *watch)
{
    size_t kept = 0;
    for (size_t i = 0; i < watch->count; i++) {
        branch_t *branch = watch->branches[i];
        if (branch->is_seen) {
            watch->branches[kept++] = branch;
        } else {
            close_folders(branch->folders);
            free(branch);
        }
    }
    watch->count = kept;
}

/* ---- changes -----------------------------------------------------------------------------------
 */

static void on_calm(uv_timer_t *timer);

static void note_change(loop_watch_t *watch, branch_t *branch)
{
    uv_update_time(watch->uv);
    branch->last = uv_now(watch->uv);
    branch->first = branch->first == 0 ? branch->last : branch->first;
    if (!uv_is_active((uv_handle_t *)&watch->calm)) {
        uv_timer_start(&watch->calm, on_calm, watch->quiet, 0);
    }
}

static void on_event(uv_fs_event_t *uv, const char *name, int events, int status)
{
    (void)events;
    (void)status;
    watched_folder_t *folder = uv->data;
    loop_watch_t *watch = folder->watch;
    if (watch->closed || folder->branch == NULL) {
        return;
    }
    watch->events++;
    note_change(watch, folder->branch);
    branch_t *entry =
        folder->branch == watch->top && name != NULL ? branch_find(watch, name) : NULL;
    if (entry != NULL) {
        note_change(watch, entry);
    }
}

/* ---- watches -----------------------------------------------------------------------------------
 */

static bool watch_folder(loop_watch_t *watch, branch_t *branch, const char *path)
{
    watched_folder_t *folder = watch->folders < FOLDERS_MAX ? calloc(1, sizeof *folder) : NULL;
    if (folder == NULL) {
        return false;
    }
    if (uv_fs_event_init(watch->uv, &folder->uv) != 0) {
        free(folder);
        return false;
    }
    *folder = (watched_folder_t){.uv = folder->uv, .watch = watch, .branch = branch};
    folder->uv.data = folder;
    watch->handles++;
    if (uv_fs_event_start(&folder->uv, on_event, path, 0) != 0) {
        uv_close((uv_handle_t *)&folder->uv, on_folder_closed);
        return false;
    }
    watch->folders++;
    folder->next = branch->folders;
    branch->folders = folder;
    return true;
}

static bool path_of(const loop_watch_t *watch, const branch_t *branch, buf_t *path)
{
    buf_add(path, span_of(watch->folder));
    if (branch != watch->top) {
        buf_byte(path, '/');
        buf_add(path, span_of(branch->name));
    }
    return buf_zero_terminated(path) != NULL;
}

/* Watches a folder and those in it; what cannot be watched makes the branch one to poll. */
static void watch_tree(loop_watch_t *watch, branch_t *branch, buf_t *path, unsigned depth)
{
    const char *text = buf_zero_terminated(path);
    int descriptor = text == NULL || depth > DEPTH_MAX ? -1 : loop_folder_open(text, false);
    if (descriptor < 0) {
        bool is_other = text != NULL && depth <= DEPTH_MAX &&
                        (errno == ENOENT || errno == ENOTDIR || errno == ELOOP);
        branch->is_polled = branch->is_polled || !is_other;
        return;
    }
    /* Watched before it is read: what comes in between is an event, not a loss. */
    branch->is_polled = !watch_folder(watch, branch, text) || branch->is_polled;
    DIR *folder = fdopendir(descriptor);
    if (folder == NULL) {
        close(descriptor);
        branch->is_polled = true;
        return;
    }
    loop_entry_t entry;
    while (loop_folder_next(folder, &entry)) {
        if (entry.is_folder) {
            size_t parent = path->len;
            buf_byte(path, '/');
            buf_add(path, span_of(entry.name));
            watch_tree(watch, branch, path, depth + 1);
            path->len = parent;
        }
    }
    closedir(folder);
}

static void on_poll(uv_timer_t *timer);

/* Watches a branch as it is now; where it cannot, polls it. The old watches go last, so that
 * nothing is missed between. */
static void renew(loop_watch_t *watch, branch_t *branch)
{
    watched_folder_t *old = branch->folders;
    buf_t path = {0};
    branch->folders = NULL;
    branch->is_polled = !path_of(watch, branch, &path);
    if (branch == watch->top && !branch->is_polled) {
        branch->is_polled = !watch_folder(watch, branch, path.at);
    } else if (branch->is_folder && !branch->is_polled) {
        watch_tree(watch, branch, &path, 0);
        buf_zero_terminated(&path);
    }
    if (branch->is_polled) {
        branch->tree = path.failed ? 0 : loop_folder_sign(path.at, branch != watch->top);
        if (!uv_is_active((uv_handle_t *)&watch->poll)) {
            uv_timer_start(&watch->poll, on_poll, POLL_MS, POLL_MS);
        }
    }
    buf_free(&path);
    close_folders(old);
}

/* ---- the watched folder itself -----------------------------------------------------------------
 */

static void see_entry(loop_watch_t *watch, const loop_entry_t *entry)
{
    branch_t *branch = branch_find(watch, entry->name);
    bool is_new = branch == NULL;
    branch = is_new ? branch_add(watch, entry->name) : branch;
    if (branch == NULL) {
        watch->is_lost = true;
        return;
    }
    branch->is_due = branch->is_due || is_new || branch->entry != entry->signature;
    branch->entry = entry->signature;
    branch->is_folder = entry->is_folder;
    branch->is_seen = true;
}

/* What is new there, what is another one now, and what is gone, is due. */
static void list_top(loop_watch_t *watch)
{
    int descriptor = loop_folder_open(watch->folder, true);
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    for (size_t i = 0; i < watch->count; i++) {
        watch->branches[i]->is_seen = false;
    }
    loop_entry_t entry;
    while (folder != NULL && loop_folder_next(folder, &entry)) {
        see_entry(watch, &entry);
    }
    if (folder != NULL) {
        closedir(folder);
    } else if (descriptor >= 0) {
        close(descriptor);
    }
    for (size_t i = 0; i < watch->count; i++) {
        watch->branches[i]->is_due = watch->branches[i]->is_due || !watch->branches[i]->is_seen;
    }
}

/* ---- calm --------------------------------------------------------------------------------------
 */

/* Whether a branch has been quiet for long enough, or restless for too long; otherwise how long it
 * is to be waited for. */
static bool is_calm(const loop_watch_t *watch, const branch_t *branch, uint64_t *wait)
{
    if (branch->first == 0) {
        return false;
    }
    uint64_t now = uv_now(watch->uv);
    uint64_t quiet = branch->last + watch->quiet;
    uint64_t latest = branch->first + PATIENCE * watch->quiet;
    uint64_t due = quiet < latest ? quiet : latest;
    if (now < due && due - now < *wait) {
        *wait = due - now;
    }
    return now >= due;
}

static void settle(loop_watch_t *watch, branch_t *branch)
{
    branch->first = 0;
    renew(watch, branch);
}

/* Calls on_change for what is due; it may close the watch. */
static void tell(loop_watch_t *watch)
{
    bool is_lost = watch->is_lost;
    watch->is_lost = false;
    if (is_lost) {
        watch->on_change(watch->context, NULL);
    }
    for (size_t i = 0; i < watch->count && !watch->closed; i++) {
        bool is_due = watch->branches[i]->is_due;
        watch->branches[i]->is_due = false;
        if (is_due && !is_lost) {
            watch->on_change(watch->context, watch->branches[i]->name);
        }
    }
}

static void on_calm(uv_timer_t *timer)
{
    loop_watch_t *watch = timer->data;
    uint64_t wait = UINT64_MAX;
    watch->is_lost = watch->is_lost || watch->events > EVENTS_MAX;
    watch->events = 0;
    if (is_calm(watch, watch->top, &wait) || watch->is_lost) {
        settle(watch, watch->top);
        list_top(watch);
    }
    for (size_t i = 0; i < watch->count; i++) {
        branch_t *branch = watch->branches[i];
        branch->is_due = is_calm(watch, branch, &wait) || branch->is_due || watch->is_lost;
        if (branch->is_due) {
            settle(watch, branch);
        }
    }
    if (wait != UINT64_MAX) {
        uv_timer_start(&watch->calm, on_calm, wait, 0);
    }
    tell(watch);
    if (!watch->closed) {
        drop_gone(watch);
    }
}

/* ---- polling -----------------------------------------------------------------------------------
 */

/* One look, on a pool thread, at all branches that cannot be watched. */
typedef struct {
    loop_watch_t *watch;
    buf_t paths;  /* each with a zero byte */
    buf_t names;  /* the same */
    buf_t trees;  /* of uint64_t */
    size_t count; /* of branches */
} look_t;

static void look_free(look_t *look)
{
    buf_free(&look->paths);
    buf_free(&look->names);
    buf_free(&look->trees);
    free(look);
}

static void look_work(void *context)
{
    look_t *look = context;
    const char *path = look->paths.at, *name = look->names.at;
    for (size_t i = 0; i < look->count; i++) {
        uint64_t tree = loop_folder_sign(path, name[0] != '\0');
        buf_add(&look->trees, (span_t){(const char *)&tree, sizeof tree});
        path += strlen(path) + 1;
        name += strlen(name) + 1;
    }
}

static void look_done(void *context)
{
    look_t *look = context;
    loop_watch_t *watch = look->watch;
    const char *name = look->names.at;
    watch->is_polling = false;
    for (size_t i = 0; i < look->count && !watch->closed && !look->trees.failed; i++) {
        uint64_t tree = 0;
        memcpy(&tree, look->trees.at + i * sizeof tree, sizeof tree);
        branch_t *branch = branch_find(watch, name);
        if (branch != NULL && branch->is_polled && branch->tree != tree && branch->first == 0) {
            note_change(watch, branch);
        }
        name += strlen(name) + 1;
    }
    look_free(look);
    release_handle(watch);
}

static void look_add(look_t *look, const branch_t *branch)
{
    if (branch->is_polled && path_of(look->watch, branch, &look->paths)) {
        buf_byte(&look->paths, '\0');
        buf_add(&look->names, span_of(branch->name));
        buf_byte(&look->names, '\0');
        look->count++;
    }
}

static void on_poll(uv_timer_t *timer)
{
    loop_watch_t *watch = timer->data;
    look_t *look = watch->is_polling ? NULL : calloc(1, sizeof *look);
    if (look == NULL) {
        return;
    }
    look->watch = watch;
    look_add(look, watch->top);
    for (size_t i = 0; i < watch->count; i++) {
        look_add(look, watch->branches[i]);
    }
    bool fine = look->count > 0 && !look->paths.failed && !look->names.failed;
    watch->is_polling = fine && loop_job(watch->loop, look_work, look_done, look);
    if (watch->is_polling) {
        watch->handles++;
        return;
    }
    if (look->count == 0) {
        uv_timer_stop(&watch->poll);
    }
    look_free(look);
}

/* ---- the watch ---------------------------------------------------------------------------------
 */

static void open_timer(loop_watch_t *watch, uv_timer_t *timer)
{
    uv_timer_init(watch->uv, timer);
    timer->data = watch;
    watch->handles++;
}

loop_watch_t *loop_watch_open(loop_t *loop, const char *folder, uint64_t quiet,
                              void (*on_change)(void *context, const char *name), void *context)
{
    int readable = loop_folder_open(folder, true);
    if (readable < 0) {
        return NULL;
    }
    close(readable);
    loop_watch_t *watch = calloc(1, sizeof *watch);
    char *copy = strdup(folder);
    branch_t *top = branch_new("");
    if (watch == NULL || copy == NULL || top == NULL) {
        free(watch);
        free(copy);
        free(top);
        return NULL;
    }
    *watch = (loop_watch_t){.loop = loop,
                            .uv = loop_uv(loop),
                            .folder = copy,
                            .quiet = quiet,
                            .on_change = on_change,
                            .context = context,
                            .top = top};
    open_timer(watch, &watch->calm);
    open_timer(watch, &watch->poll);
    renew(watch, top);
    list_top(watch);
    for (size_t i = 0; i < watch->count; i++) {
        watch->branches[i]->is_due = false;
        renew(watch, watch->branches[i]);
    }
    return watch;
}

void loop_watch_close(loop_watch_t *watch)
{
    if (watch == NULL) {
        return;
    }
    watch->closed = true;
    close_folders(watch->top->folders);
    watch->top->folders = NULL;
    for (size_t i = 0; i < watch->count; i++) {
        close_folders(watch->branches[i]->folders);
        watch->branches[i]->folders = NULL;
    }
    uv_close((uv_handle_t *)&watch->calm, on_timer_closed);
    uv_close((uv_handle_t *)&watch->poll, on_timer_closed);
}
