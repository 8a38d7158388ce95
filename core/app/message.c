#include "app/message.h"

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

lang_t message_lang(void)
{
    return lang_of_locale(environment) == LANG_PL ? LANG_PL : LANG_EN;
}

/* In the language of message_lang(). */
static const char *format_of(message_t message)
{
    return formats[message][message_lang() == LANG_PL ? 0 : 1];
}

void message_print(FILE *file, message_t message, ...)
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

void message_why(const buf_t *why)
{
    if (why->len == 0) {
        message_print(stderr, MESSAGE_NO_MEMORY);
    } else {
        fprintf(stderr, "%.*s\n", (int)why->len, why->at);
    }
}
