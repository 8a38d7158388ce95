#include "app/message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>

static const char *const formats[MESSAGE_COUNT][2] = {
#define APP_MESSAGE_TEXT(id, pl, en) {pl, en},
    APP_MESSAGES(APP_MESSAGE_TEXT)
#undef APP_MESSAGE_TEXT
};

static const char *environment(const char *name)
{
    return getenv(name);
}

lang_t app_message_lang(void)
{
    return lang_of_locale(environment) == LANG_PL ? LANG_PL : LANG_EN;
}

/* The system speaks English, or the language of whatever locale is installed. */
const char *app_message_reason(int error)
{
    static const struct {
        int error;
        const char *texts[2];
    } reasons[] = {
        {ENOENT, {"nie ma takiego pliku ani folderu", "there is no such file or folder"}},
        {ENOTDIR, {"to nie jest folder", "it is no folder"}},
        {EISDIR, {"to jest folder", "it is a folder"}},
        {EACCES, {"brak uprawnień", "permission is missing"}},
        {EPERM, {"brak uprawnień", "permission is missing"}},
        {EROFS, {"dysk jest tylko do odczytu", "the disk is read-only"}},
        {ENOSPC, {"na dysku nie ma miejsca", "no space is left on the disk"}},
        {ENAMETOOLONG, {"nazwa jest za długa", "the name is too long"}},
        {ELOOP, {"dowiązania prowadzą w kółko", "links go round in a circle"}},
        {EMFILE, {"za wiele otwartych plików", "too many files are open"}},
        {ENOMEM, {"brakuje pamięci", "memory is short"}},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (reasons[i].error == error) {
            return reasons[i].texts[app_message_lang() == LANG_PL ? 0 : 1];
        }
    }
    return strerror(error);
}

/* In the language of app_message_lang(). */
static const char *format_of(message_t message)
{
    return formats[message][app_message_lang() == LANG_PL ? 0 : 1];
}

void app_message_print(FILE *file, message_t message, ...)
{
    va_list args;
    va_start(args, message);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    vfprintf(file, format_of(message), args);
#pragma GCC diagnostic pop
    va_end(args);
    fputc('\n', file);
}

void app_message_add(buf_t *buf, message_t message, ...)
{
    va_list args;
    va_start(args, message);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    buf_vprint(buf, format_of(message), args);
#pragma GCC diagnostic pop
    va_end(args);
}

void app_message_why(const buf_t *why)
{
    if (why->len == 0) {
        app_message_print(stderr, MESSAGE_NO_MEMORY);
    } else {
        fprintf(stderr, "%.*s\n", (int)why->len, why->at);
    }
}
