/* Copies, and putting one back. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool refuse(buf_t *why, bool polish, const char *file, const char *reason)
{
    if (why->len == 0) {
        buf_print(why, polish ? "Nie da się zapisać %s: %s." : "Cannot write %s: %s.", file,
                  reason);
    }
    return false;
}

static bool sync_file(const char *file)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return synced;
}

/* Without what was deleted, in one file; `to` must not be there. */
static bool copy(const char *from, const char *to, bool polish, buf_t *why)
{
    db_t *db = store_db_open(from, DB_COPY, NULL, NULL, polish, why);
    if (db == NULL) {
        return false;
    }
    /* Its permissions are those of the record. */
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd);
    }
    sqlite3_stmt *statement = store_db_fixed(db, "VACUUM INTO ?1");
    bool fine = fd >= 0 && statement != NULL;
    if (fine) {
        store_db_bind_text(statement, 1, span_of(to));
        fine = store_db_do(db, statement) == IPUS_FINE;
    }
    if (!fine) {
        refuse(why, polish, to, fd < 0 ? strerror(errno) : store_db_reason(db, polish));
    }
    store_db_close(db);
    return fine;
}

static bool check(const char *file, int64_t *entries, bool polish, buf_t *why)
{
    db_t *db = store_db_open(file, DB_COPY, NULL, NULL, polish, why);
    bool sound = db != NULL && store_schema_check(db, file, polish, why);
    int64_t application = 0;
    sound = sound && store_db_number(db, "PRAGMA application_id", &application) == IPUS_FINE;
    if (sound && application == 0) {
        sound = false;
        buf_print(why,
                  polish ? "Plik %s nie jest rejestrem Okienka." : "%s is not a record of Okienko.",
                  file);
    }
    if (sound && store_db_number(db, "SELECT count(*) FROM journal", entries) != IPUS_FINE) {
        sound = false;
        buf_print(why, polish ? "Nie da się odczytać %s: %s." : "Cannot read %s: %s.", file,
                  store_db_reason(db, polish));
    }
    store_db_close(db);
    return sound;
}

/* Whether an audit of it says that all holds. */
static bool is_sound(const char *file, const vault_t *vault, bool polish, buf_t *why)
{
    store_audit_t audit = {0};
    buf_t faults = {0};
    if (!store_audit_file(file, vault, &audit, polish, why)) {
        return false;
    }
    store_audit_say(&audit, polish, &faults);
    if (!store_audit_holds(&audit)) {
        buf_print(why, polish ? "Kopia nie jest cała: %.*s." : "The copy is not whole: %.*s.",
                  SPAN_ARGS(buf_span(&faults)));
    }
    buf_free(&faults);
    return store_audit_holds(&audit);
}

static char *with_end(const char *file, const char *end)
{
    buf_t path = {0};
    buf_print(&path, "%s%s", file, end);
    if (buf_zero_terminated(&path) == NULL) {
        buf_free(&path);
        return NULL;
    }
    return path.at;
}

static bool sync_folder_of(const char *file)
{
    const char *slash = strrchr(file, '/');
    char *folder = slash == NULL   ? strdup(".")
                   : slash == file ? strdup("/")
                                   : span_copy((span_t){file, (size_t)(slash - file)});
    bool synced = folder != NULL && store_files_sync_folder(folder);
    free(folder);
    return synced;
}

static bool refuse_over(buf_t *why, bool polish, const char *file)
{
    buf_print(why,
              polish ? "Plik %s już jest, a kopia niczego nie nadpisuje."
                     : "The file %s is there already, and a copy overwrites nothing.",
              file);
    return false;
}

static bool put_in_place(const char *part, const char *file, bool polish, buf_t *why)
{
    bool put = renameat2(AT_FDCWD, part, AT_FDCWD, file, RENAME_NOREPLACE) == 0;
    if (!put && errno == EINVAL) { /* a file system that cannot tell */
        put = access(file, F_OK) != 0 && rename(part, file) == 0;
    }
    if (!put && (errno == EEXIST || access(file, F_OK) == 0)) {
        return refuse_over(why, polish, file);
    }
    return (put && sync_folder_of(file)) || refuse(why, polish, file, strerror(errno));
}

/* `sound` NULL: SQLite's own check is enough, of a record of whatever version. */
static bool copy_to(const char *record, const char *file, const char *part,
                    bool (*sound)(const char *part, const void *of, buf_t *why), const void *of,
                    store_copy_t *made, bool polish, buf_t *why)
{
    struct stat status;
    if (access(file, F_OK) == 0) {
        return refuse_over(why, polish, file);
    }
    bool fine = copy(record, part, polish, why) && check(part, &made->entries, polish, why) &&
                (sound == NULL || sound(part, of, why));
    if (fine && (!sync_file(part) || stat(part, &status) != 0)) {
        fine = refuse(why, polish, file, strerror(errno));
    }
    fine = fine && put_in_place(part, file, polish, why);
    if (fine) {
        made->bytes = status.st_size;
    } else {
        unlink(part);
    }
    return fine;
}

typedef struct {
    const vault_t *vault;
    bool polish;
} sounding_t;

static bool sounds(const char *part, const void *of, buf_t *why)
{
    const sounding_t *it = of;
    return is_sound(part, it->vault, it->polish, why);
}

static bool back_up(const char *folder, const char *file, const sounding_t *sounding,
                    store_copy_t *made, bool polish, buf_t *why)
{
    char *record = store_files_path(folder, STORE_FILE), *part = with_end(file, ".part");
    *made = (store_copy_t){0};
    bool fine =
        record != NULL && part != NULL &&
        copy_to(record, file, part, sounding != NULL ? sounds : NULL, sounding, made, polish, why);
    free(record);
    free(part);
    return fine;
}

bool store_backup(const char *folder, const char *file, const vault_t *vault, store_copy_t *made,
                  bool polish, buf_t *why)
{
    const sounding_t sounding = {vault, polish};
    return back_up(folder, file, &sounding, made, polish, why);
}

bool store_backup_plain(const char *folder, const char *file, bool polish, buf_t *why)
{
    store_copy_t made;
    return back_up(folder, file, NULL, &made, polish, why);
}

/* ---- putting back ---------------------------------------------------------------------------- */

/* In the copy the person may stand as if nothing had been. */
static ipus_code_t erase_again(db_t *db, int64_t id)
{
    ipus_record_t *record = store_transaction_record(db);
    ipus_row_t row;
    ipus_code_t code = store_rows_get(db, IPUS_PERSON, id, false, &row);
    if (code != IPUS_FINE) {
        return code == IPUS_ABSENT ? IPUS_FINE : code; /* came after the copy was made */
    }
    int64_t now = db->clock->wall(db->clock);
    const ipus_kind_spec_t *spec = ipus_kind(IPUS_PERSON);
    int erased = ipus_choice_place(spec->fields[spec->state].choices, SPAN("erased"));
    if (ipus_number(&row, spec->state) == erased) {
        return IPUS_FINE;
    }
    ipus_set(&row, spec->state, erased);
    row.changed_by = 0;
    code = store_rows_set(db, &row, now);
    const ipus_entry_t entry = {
        .at = now, .kind = IPUS_PERSON, .id = id, .version = row.version, .step = "erase"};
    code = code == IPUS_FINE ? store_journal_enter(db, &entry) : code;
    return code == IPUS_FINE ? store_erase(record, id) : code;
}

static bool erase_all(db_t *db, const list_t *people)
{
    bool fine = store_transaction_learn(db) == IPUS_FINE && store_db_run(db, "BEGIN IMMEDIATE");
    for (size_t i = 0; i < people->count && fine; i++) {
        fine = erase_again(db, ((const int64_t *)people->at)[i]) == IPUS_FINE;
    }
    return fine && store_transaction_end_of_journal(db) == IPUS_FINE && store_db_run(db, "COMMIT");
}

/* The copy as it will be the record: ours, of today's schema, without those who were erased. */
static bool prepare(const char *folder, const char *file, const vault_t *vault, bool polish,
                    buf_t *why)
{
    const char *slash = strrchr(folder, '/');
    list_t people = {0};
    db_t *db = store_db_open(file, DB_WRITER, vault, clock_system(), polish, why);
    bool fine = db != NULL && store_schema_bring_up(db, NULL, slash == NULL ? folder : slash + 1,
                                                    true, polish, why);
    if (fine && (!store_erase_read(folder, &people) || !erase_all(db, &people))) {
        buf_print(why,
                  polish ? "Nie da się powtórzyć usunięć danych osób: %s."
                         : "Cannot erase again who was erased: %s.",
                  db->fault != 0 ? sqlite3_errstr(db->fault) : strerror(errno));
        fine = false;
    }
    store_list_free(&people);
    store_db_close(db);
    return fine && sync_file(file);
}

/* What a reading of it leaves beside it. */
static void forget_log(const char *part)
{
    static const char *const ends[] = {"-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char *path = part == NULL ? NULL : with_end(part, ends[i]);
        if (path != NULL) {
            unlink(path);
        }
        free(path);
    }
}

bool store_restore(const char *folder, const char *file, const vault_t *vault, buf_t *kept,
                   bool polish, buf_t *why)
{
    int64_t entries = 0;
    if (!check(file, &entries, polish, why) || !store_files_make_folder(folder, polish, why)) {
        return false;
    }
    int lock = store_files_lock(folder, polish, why);
    if (lock < 0) {
        return false;
    }
    char *part = store_files_path(folder, "restored.part"),
         *whole = store_files_path(folder, "restored.db");
    bool fine = part != NULL && whole != NULL;
    fine = fine && copy(file, part, polish, why) && prepare(folder, part, vault, polish, why) &&
           is_sound(part, vault, polish, why);
    forget_log(part);
    if (fine && (rename(part, whole) != 0 || !store_files_sync_folder(folder))) {
        fine = refuse(why, polish, whole, strerror(errno));
    }
    fine = fine && store_files_finish_restore(folder, kept, polish, why);
    if (!fine && part != NULL) {
        unlink(part);
    }
    free(part);
    free(whole);
    close(lock);
    return fine;
}
