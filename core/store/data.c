/* The folder of data: the records in it, whose key seals them, who holds one. */
#include "store/inside.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

bool store_exists(const char *folder)
{
    char *file = store_files_path(folder, STORE_FILE);
    bool exists = file != NULL && access(file, F_OK) == 0;
    free(file);
    return exists;
}

bool store_is_held(const char *folder)
{
    char *file = store_files_path(folder, STORE_LOCK);
    int fd = file == NULL ? -1 : open(file, O_RDWR | O_CLOEXEC);
    bool held = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (fd >= 0) {
        close(fd);
    }
    free(file);
    return held;
}

/* A record, or the log that one left. */
static bool has_any(const char *folder)
{
    char *log = store_files_path(folder, STORE_LOG);
    bool has = store_exists(folder) || log == NULL || access(log, F_OK) == 0;
    free(log);
    return has;
}

/* -1 when it cannot be told. */
static int count_records(const char *data)
{
    DIR *folder = opendir(data);
    const struct dirent *entry = NULL;
    int count = folder == NULL ? -1 : 0;
    while (count >= 0 && (entry = readdir(folder)) != NULL) {
        char *record = store_files_path(data, entry->d_name);
        if (record == NULL) {
            count = -1;
        } else if (entry->d_name[0] != '.' && has_any(record)) {
            count++;
        }
        free(record);
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return count;
}

vault_t *store_key(const char *data, bool make, bool polish, buf_t *why)
{
    char *file = store_files_path(data, STORE_KEY);
    bool missing = file != NULL && access(file, F_OK) != 0 && errno == ENOENT;
    vault_t *vault = NULL;
    if (missing && (!make || count_records(data) != 0)) {
        buf_print(why,
                  polish ? "Brakuje klucza serwera %s. Włóż tu jego kopię: bez niego tego, co "
                           "rejestr wie o osobach, nie da się odczytać."
                         : "The server's key %s is missing. Put its copy here: without it what the "
                           "record holds of people cannot be read.",
                  file);
    } else if (file != NULL) {
        vault = vault_open(file, make, polish, why);
    }
    free(file);
    return vault;
}
