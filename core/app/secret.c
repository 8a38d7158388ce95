#include "app/secret.h"

#include "vault/vault.h"

#include <errno.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

static struct termios before;

/* Whoever breaks off finds the terminal as it was. */
static void give_back(int number)
{
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    raise(number);
}

static bool hide(void)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        return false;
    }
    struct sigaction action = {.sa_handler = give_back, .sa_flags = (int)SA_RESETHAND | SA_NODEFER};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        sigaction(signals[i], &action, NULL);
    }
    struct termios hidden = before;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    return tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
}

bool app_secret_is_typed(void)
{
    return isatty(STDIN_FILENO) != 0;
}

/* Byte by byte: no buffer of the C library keeps a copy. A last line may lack its end. */
static bool read_line(secret_t *secret)
{
    char byte = 0;
    ssize_t got = 0;
    secret->len = 0;
    while ((got = read(STDIN_FILENO, &byte, 1)) == 1 || (got < 0 && errno == EINTR)) {
        if (got == 1 && byte == '\n') {
            break;
        }
        if (got == 1 && secret->len == SECRET_MAX) {
            return false;
        }
        if (got == 1) {
            secret->text[secret->len++] = byte;
        }
    }
    secret->len -= secret->len > 0 && secret->text[secret->len - 1] == '\r';
    return got >= 0 && secret->len > 0;
}

bool app_secret_read(secret_t *secret, message_t question)
{
    bool typed = app_secret_is_typed(), hidden = typed && hide();
    if (typed) {
        app_message_print(stderr, question);
    }
    bool fine = (!typed || hidden) && read_line(secret);
    if (hidden) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    }
    return fine;
}

void app_secret_wipe(secret_t *secret)
{
    vault_wipe(secret, sizeof *secret);
}
