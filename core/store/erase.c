/* The file of erasures beside the record: "erased", a person's id a line. A copy that is put back
 * may be older than an erasure; by this file it is done again. */
#include "store/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ERASED "erased"

/* A line that a full disk or a power cut left half would become another person's with what is
 * written behind it. */
static bool cut_half_line(int fd)
{
    char end[32];
    off_t len = lseek(fd, 0, SEEK_END);
    off_t from = len > (off_t)sizeof end ? len - (off_t)sizeof end : 0;
    ssize_t got = len < 0 ? -1 : pread(fd, end, (size_t)(len - from), from);
    ssize_t whole = got;
    while (whole > 0 && end[whole - 1] != '\n') {
        whole--;
    }
    return got == len - from && (whole == got || ftruncate(fd, from + whole) == 0);
}

bool store_erase_note(const char *folder, const list_t *people)
{
    buf_t lines = {0};
    for (size_t i = 0; i < people->count; i++) {
        buf_int(&lines, ((const int64_t *)people->at)[i]);
        buf_byte(&lines, '\n');
    }
    char *path = store_files_path(folder, ERASED);
    int fd = path == NULL || lines.failed
                 ? -1
                 : open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    bool noted = fd >= 0 && cut_half_line(fd) &&
                 write(fd, lines.at, lines.len) == (ssize_t)lines.len && fdatasync(fd) == 0 &&
                 store_files_sync_folder(folder);
    if (fd >= 0) {
        close(fd);
    }
    free(path);
    buf_free(&lines);
    return noted;
}

bool store_erase_read(const char *folder, list_t *people)
{
    char *path = store_files_path(folder, ERASED);
    FILE *file = path == NULL ? NULL : fopen(path, "re");
    bool fine = path != NULL && (file != NULL || errno == ENOENT);
    char line[32];
    while (fine && file != NULL && fgets(line, sizeof line, file) != NULL) {
        uint64_t person = 0;
        size_t len = strcspn(line, "\n");
        /* A line that was cut off is of an erasure that was not acknowledged. */
        if (line[len] == '\n' && span_number((span_t){line, len}, INT64_MAX, &person)) {
            int64_t *added = store_list_add(people, sizeof *added);
            fine = added != NULL;
            if (fine) {
                *added = (int64_t)person;
            }
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    free(path);
    return fine;
}

static bool has(const list_t *people, int64_t person)
{
    for (size_t i = 0; i < people->count; i++) {
        if (((const int64_t *)people->at)[i] == person) {
            return true;
        }
    }
    return false;
}

bool store_erase_reconcile(db_t *db, const char *folder)
{
    list_t noted = {0}, missing = {0};
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT row FROM keys WHERE kind = 'persons' AND sealed IS NULL");
    bool fine = statement != NULL && store_erase_read(folder, &noted);
    while (fine && store_db_step(db, statement) == SQLITE_ROW) {
        int64_t person = sqlite3_column_int64(statement, 0);
        if (!has(&noted, person)) {
            int64_t *added = store_list_add(&missing, sizeof *added);
            fine = added != NULL;
            if (fine) {
                *added = person;
            }
        }
    }
    store_db_done(statement);
    fine = fine && db->fault == 0 && (missing.count == 0 || store_erase_note(folder, &missing));
    store_list_free(&noted);
    store_list_free(&missing);
    return fine;
}
