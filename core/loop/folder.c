#include "loop/inside.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 64

int loop_folder_open(const char *path, bool follow)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
}

static uint64_t sign_entry(const char *name, const struct stat *status)
{
    bool is_folder = S_ISDIR(status->st_mode);
    const int64_t facts[] = {(int64_t)status->st_ino, (int64_t)status->st_mode,
                             is_folder ? 0 : (int64_t)status->st_size,
                             is_folder ? 0 : (int64_t)status->st_mtim.tv_sec,
                             is_folder ? 0 : (int64_t)status->st_mtim.tv_nsec};
    return span_hash(span_of(name)) ^ span_hash((span_t){(const char *)facts, sizeof facts});
}

bool loop_folder_next(DIR *folder, loop_entry_t *entry)
{
    struct stat status;
    for (struct dirent *next = readdir(folder); next != NULL; next = readdir(folder)) {
        if (strcmp(next->d_name, ".") == 0 || strcmp(next->d_name, "..") == 0 ||
            fstatat(dirfd(folder), next->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        *entry = (loop_entry_t){.name = next->d_name,
                                .is_folder = S_ISDIR(status.st_mode),
                                .signature = sign_entry(next->d_name, &status)};
        return true;
    }
    return false;
}

/* A sum, since a folder's order of entries means nothing; the depth tells a/b from b/a. Takes the
 * descriptor over. */
static uint64_t sign_folder(int descriptor, bool deep, unsigned depth)
{
    DIR *folder = descriptor < 0 ? NULL : fdopendir(descriptor);
    if (folder == NULL) {
        if (descriptor >= 0) {
            close(descriptor);
        }
        return 0;
    }
    uint64_t sum = 1;
    loop_entry_t entry;
    while (loop_folder_next(folder, &entry)) {
        sum += entry.signature * (UINT64_C(0x9e3779b97f4a7c15) + 2 * depth);
        if (deep && entry.is_folder && depth < DEPTH_MAX) {
            int inner =
                openat(dirfd(folder), entry.name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
            sum += sign_folder(inner, true, depth + 1);
        }
    }
    closedir(folder);
    return sum;
}

uint64_t loop_folder_sign(const char *path, bool deep)
{
    return sign_folder(loop_folder_open(path, !deep), deep, 0);
}
