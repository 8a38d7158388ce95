#include "app/commands.h"
#include "app/message.h"
#include "plugin/plugin.h"

#include <errno.h>

bool app_commands_has_programme(const char *folder, const char *programme)
{
    arena_t *arena = arena_new(4096);
    size_t count = 0;
    const char *const *names = arena == NULL ? NULL : plugin_find(folder, arena, &count);
    bool found = false;
    if (arena == NULL) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    } else if (names == NULL) {
        app_message_print(stderr, MESSAGE_FOLDER, folder, app_message_reason(errno));
    }
    for (size_t i = 0; i < count && names != NULL; i++) {
        found = found || strcmp(names[i], programme) == 0;
    }
    if (names != NULL && !found) {
        app_message_print(stderr, MESSAGE_NO_PROGRAMME, folder, programme);
    }
    arena_free(arena);
    return found;
}
