/* Secrets come by standard input: what stands on a command line every process can read. */
#ifndef OKIENKO_APP_SECRET_H
#define OKIENKO_APP_SECRET_H

#include "app/message.h"

#define SECRET_MAX 256

typedef struct {
    char text[SECRET_MAX];
    size_t len;
} secret_t;

/* Reads one line: at a terminal after a question and without showing what is typed. False when
 * there was none, it was cut off or longer than a secret may be. */
bool app_secret_read(secret_t *secret, message_t question);

/* Whether somebody types it, so that it is worth asking twice. */
bool app_secret_is_typed(void);

static inline span_t secret_span(const secret_t *secret)
{
    return (span_t){secret->text, secret->len};
}

void app_secret_wipe(secret_t *secret);

#endif
