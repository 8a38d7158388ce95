/* Opening and freeing. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* SQLite's own files take the permissions of the first. */
static bool make_private(const char *file, bool polish, buf_t *why)
{
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        buf_print(why, polish ? "Nie da się założyć %s: %s." : "Cannot make %s: %s.", file,
                  strerror(errno));
        return false;
    }
    close(fd);
    return true;
}

static bool open_folder(store_t *store, bool polish, buf_t *why)
{
    buf_t kept = {0};
    bool fine = store_files_make_folder(store->folder, polish, why) &&
                (store->lock = store_files_lock(store->folder, polish, why)) >= 0 &&
                store_files_finish_restore(store->folder, &kept, polish, why) &&
                store_files_log_has_record(store->folder, polish, why) &&
                make_private(store->file, polish, why);
    buf_free(&kept);
    return fine;
}

static bool open_writer(store_t *store, bool polish, buf_t *why)
{
    if (!store->in_memory && !open_folder(store, polish, why)) {
        return false;
    }
    store->writer = store_db_open(store->file, DB_WRITER, store->options.vault,
                                  store->options.clock, polish, why);
    if (store->writer == NULL || !store_schema_check(store->writer, store->file, polish, why) ||
        !store_schema_bring_up(store->writer, store->in_memory ? NULL : store->folder,
                               store->programme, true, polish, why)) {
        return false;
    }
    if (store_transaction_learn(store->writer) != IPUS_FINE) {
        buf_print(why, polish ? "Nie da się odczytać rejestru %s: %s." : "Cannot read %s: %s.",
                  store->file, store_db_reason(store->writer, polish));
        return false;
    }
    if (!store->in_memory && (!store_erase_reconcile(store->writer, store->folder) ||
                              !store_files_sync_folder(store->folder))) {
        buf_print(why, polish ? "Nie da się zapisać w %s: %s." : "Cannot write in %s: %s.",
                  store->folder, strerror(errno));
        return false;
    }
    store_transactions_checkpoint(store, true);
    return true;
}

static bool open_reader(store_t *store, bool polish, buf_t *why)
{
    db_t *db = store_db_open(store->file, DB_READER, store->options.vault, store->options.clock,
                             polish, why);
    store->readers[0] = db;
    return db != NULL && store_schema_check(db, store->file, polish, why) &&
           store_schema_bring_up(db, NULL, store->programme, false, polish, why);
}

store_t *store_open(loop_t *loop, const store_options_t *options, bool polish, buf_t *why)
{
    store_t *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return NULL;
    }
    store->options = *options;
    store->loop = loop;
    store->lock = -1;
    store->in_memory = strcmp(options->folder, ":memory:") == 0;
    store->folder = strdup(options->folder);
    store->programme = strdup(options->programme);
    store->file =
        store->in_memory ? strdup(":memory:") : store_files_path(options->folder, STORE_FILE);
    pthread_mutex_init(&store->turn, NULL);
    pthread_mutex_init(&store->guard, NULL);
    pthread_cond_init(&store->wake, NULL);
    pthread_cond_init(&store->reader_back, NULL);
    bool fine =
        store->folder != NULL && store->programme != NULL && store->file != NULL &&
        (options->read_only ? open_reader(store, polish, why) : open_writer(store, polish, why));
    if (!fine || (loop != NULL && !store_writer_start(store))) {
        if (why->len == 0) {
            buf_add(why, polish ? SPAN("Zabrakło pamięci.") : SPAN("There is no memory left."));
        }
        store_free(store);
        return NULL;
    }
    return store;
}

void store_free(store_t *store)
{
    for (size_t i = 0; i < STORE_READERS; i++) {
        store_db_close(store->readers[i]);
    }
    store_db_close(store->writer);
    store_list_free(&store->moved);
    free(store->telling);
    while (store->done_moved != NULL) {
        told_t *next = store->done_moved->next;
        free(store->done_moved);
        store->done_moved = next;
    }
    pthread_mutex_destroy(&store->turn);
    pthread_mutex_destroy(&store->guard);
    pthread_cond_destroy(&store->wake);
    pthread_cond_destroy(&store->reader_back);
    if (store->lock >= 0) {
        close(store->lock);
    }
    free(store->folder);
    free(store->file);
    free(store->programme);
    free(store);
}
