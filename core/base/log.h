/* The server's log: lines on standard error, each beginning with systemd's <N> priority. Never a
 * personal datum: every argument that came from outside passes through text_mask() here. */
#ifndef OKIENKO_BASE_LOG_H
#define OKIENKO_BASE_LOG_H

typedef enum { LOG_ERROR = 3, LOG_WARNING = 4, LOG_INFO = 6, LOG_DEBUG = 7 } log_level_t;

/* Any thread. One write(2) a line, so that lines do not mix. */
void log_line(log_level_t level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Lines above this level are dropped; LOG_INFO at the start. Set before threads begin. */
void log_set_level(log_level_t level);

#endif
