#include "base/log.h"

#include "base/text.h"

#include <stdarg.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096

static log_level_t highest = LOG_INFO;

void log_set_level(log_level_t level)
{
    highest = level;
}

void log_line(log_level_t level, const char *format, ...)
{
    if (level > highest) {
        return;
    }
    buf_t text = {0}, line = {0};
    va_list args;
    va_start(args, format);
    buf_vprint(&text, format, args);
    va_end(args);
    buf_print(&line, "<%d>", (int)level);
    text_mask(&line, buf_span(&text), LINE_MAX_BYTES);
    buf_byte(&line, '\n');
    if (!text.failed && !line.failed) {
        /* A log that cannot be written must not stop the server: nothing to do about it. */
        ssize_t written = write(STDERR_FILENO, line.at, line.len);
        (void)written;
    }
    buf_free(&text);
    buf_free(&line);
}
