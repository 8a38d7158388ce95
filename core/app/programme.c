#include "app/commands.h"
#include "app/message.h"
#include "plugin/plugin.h"

#include <errno.h>

bool commands_has_programme(const char *folder, const char *programme)
{
    arena_t *arena = arena_new(4096);
    size_t count = 0;
    const char *const *names = arena == NULL ? NULL : plugin_find(folder, arena, &count);
    bool found = false;
    if (arena == NULL) {
        message_print(stderr, MESSAGE_NO_MEMORY);
    } else if (names == NULL) {
        message_print(stderr, MESSAGE_FOLDER, folder, message_reason(errno));
    }
    for (size_t i = 0; i < count && names != NULL; i++) {
        found = found || strcmp(names[i], programme) == 0;
    }
    if (names != NULL && !found) {
        message_print(stderr, MESSAGE_NO_PROGRAMME, folder, programme);
    }
    arena_free(arena);
    return found;
}
