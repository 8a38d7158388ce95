#include "vault/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    const char *file;
    bool polish;
    buf_t *why;
} asked_t;

static bool refuse(const asked_t *asked, const char *polish, const char *english)
{
    buf_print(asked->why, asked->polish ? "Plik klucza %s %s." : "The key file %s %s.", asked->file,
              asked->polish ? polish : english);
    return false;
}

static bool refuse_reading(const asked_t *asked, int error)
{
    switch (error) {
    case ENOENT:
        return refuse(asked, "nie istnieje", "does not exist");
    case ELOOP:
        return refuse(asked, "jest dowiązaniem, a ma być zwykłym plikiem",
                      "is a symbolic link and has to be a plain file");
    case EACCES:
        return refuse(asked, "jest niedostępny: brak uprawnień", "is not readable: no permission");
    default:
        return refuse(asked, "nie daje się odczytać", "cannot be read");
    }
}

static bool check(const asked_t *asked, const struct stat *status)
{
    if (!S_ISREG(status->st_mode)) {
        return refuse(asked, "nie jest zwykłym plikiem", "is no plain file");
    }
    if ((status->st_mode & 077) != 0) {
        return refuse(asked, "jest dostępny dla innych użytkowników: nadaj mu prawa 0600",
                      "is accessible to other users: set its mode to 0600");
    }
    if (status->st_size != VAULT_KEY) {
        return refuse(asked, "nie ma 32 bajtów: to nie jest klucz lub jest uszkodzony",
                      "does not have 32 bytes: it is no key, or damaged");
    }
    return true;
}

static bool read_open(const asked_t *asked, int fd, vault_key_t *key)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return refuse_reading(asked, errno);
    }
    if (!check(asked, &status)) {
        return false;
    }
    size_t have = 0;
    while (have < VAULT_KEY) {
        ssize_t got = read(fd, key->bytes + have, VAULT_KEY - have);
        if (got > 0) {
            have += (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            return refuse_reading(asked, EIO);
        }
    }
    return true;
}

static bool write_whole(int fd, const uint8_t *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, bytes, len);
        if (put < 0 && errno != EINTR) {
            return false;
        }
        if (put > 0) {
            bytes += put;
            len -= (size_t)put;
        }
    }
    return fsync(fd) == 0;
}

/* So that the name of the file outlives a power cut as well. */
static bool sync_folder(const char *file)
{
    char *copy = strdup(file);
    if (copy == NULL) {
        return false;
    }
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return fine;
}

/* Written whole under another name and linked to its own, so that the file is never half there and
 * never replaces another. */
static bool write_beside(const char *file, char *beside)
{
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    vault_key_t key;
    randombytes_buf(key.bytes, VAULT_KEY);
    bool fine = write_whole(fd, key.bytes, VAULT_KEY);
    sodium_memzero(&key, sizeof key);
    fine = close(fd) == 0 && fine;
    /* When somebody else was faster theirs is the key. */
    fine = fine && (link(beside, file) == 0 || errno == EEXIST);
    unlink(beside);
    return fine && sync_folder(file);
}

static bool make_file(const asked_t *asked)
{
    buf_t beside = {0};
    buf_print(&beside, "%s.XXXXXX", asked->file);
    bool fine = buf_zero_terminated(&beside) != NULL && write_beside(asked->file, beside.at);
    buf_free(&beside);
    return fine || refuse(asked, "nie daje się zapisać", "cannot be written");
}

bool vault_keyfile_read(const char *file, bool make, bool polish, vault_key_t *key, buf_t *why)
{
    asked_t asked = {file, polish, why};
    /* Without waiting, in case it is a pipe. */
    int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK;
    int fd = open(file, flags);
    if (fd < 0 && errno == ENOENT && make) {
        if (!make_file(&asked)) {
            return false;
        }
        fd = open(file, flags);
    }
    if (fd < 0) {
        return refuse_reading(&asked, errno);
    }
    bool fine = read_open(&asked, fd, key);
    close(fd);
    return fine;
}
