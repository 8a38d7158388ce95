/* What the program says on a terminal, in Polish or English by the locale. */
#ifndef OKIENKO_APP_MESSAGE_H
#define OKIENKO_APP_MESSAGE_H

#include "base/buf.h"
#include "base/lang.h"

#include <stdio.h>

/* id, Polish, English; arguments in the same order. */
#define APP_MESSAGES(X)                                                                            \
    X(USAGE, "Użycie: okienko %s", "Usage: okienko %s")                                            \
    X(SEE_HELP, "Pomoc: okienko %s --help", "Help: okienko %s --help")                             \
    X(UNKNOWN_COMMAND, "Nie ma polecenia „%s”.", "There is no command \"%s\".")                    \
    X(MEANT, "Czy chodzi o „%s”?", "Did you mean \"%s\"?")                                         \
    X(UNKNOWN_OPTION, "Nie ma opcji „%s”.", "There is no option \"%s\".")                          \
    X(OPTION_VALUE, "Opcja %s wymaga wartości: %s.", "The option %s needs a value: %s.")           \
    X(OPTION_TWICE, "Opcję %s można podać tylko raz.", "The option %s may be given once.")         \
    X(OPTION_BARE, "Opcja %s nie przyjmuje wartości.", "The option %s takes no value.")            \
    X(ARGUMENT, "Nie wiadomo, co oznacza „%s”.", "There is no use for \"%s\".")                    \
    X(ARGUMENT_MISSING, "Brakuje argumentu: %s.", "An argument is missing: %s.")                   \
    X(NO_MEMORY, "Zabrakło pamięci.", "Out of memory.")                                            \
    X(NO_PROGRAMME, "W folderze %s nie ma programu „%s”.",                                         \
      "There is no programme \"%2$s\" in %1$s.")                                                   \
    X(NO_PROGRAMMES, "W folderze %s nie ma żadnego programu.", "There is no programme in %s.")     \
    X(FOLDER, "Nie można odczytać folderu %s: %s.", "The folder %s cannot be read: %s.")           \
    X(FOLDER_MADE, "Nie można założyć folderu %s: %s.", "The folder %s cannot be made: %s.")       \
    X(FOLDER_WRITTEN, "Nie można pisać w folderze %s: %s.",                                        \
      "The folder %s cannot be written to: %s.")                                                   \
    X(FILE, "Nie można odczytać pliku %s: %s.", "The file %s cannot be read: %s.")                 \
    X(CHECK_FINE, "%s: bez błędów, usług: %zu, testów: %zu.",                                      \
      "%s: no faults, services: %zu, tests: %zu.")                                                 \
    X(CHECK_FAULTS, "%s: błędów: %zu.", "%s: faults: %zu.")                                        \
    X(TEST_FINE, "%s: testy przeszły: %zu, nie przeszły: 0.", "%s: tests passed: %zu, failed: 0.") \
    X(TEST_FAULTS, "%s: testy przeszły: %zu, nie przeszły: %zu, błędów: %zu.",                     \
      "%s: tests passed: %zu, failed: %zu, faults: %zu.")                                          \
    X(WROTE, "Powstały pliki:", "Written:")                                                        \
    X(NEW_NEXT, "Dalej: okienko check --plugins %s", "Next: okienko check --plugins %s")           \
    X(TABLE_NAME, "Nie wiadomo, którą tabelą jest „%s”; tabele: %s.",                              \
      "There is no telling which table \"%s\" is; tables: %s.")                                    \
    X(TABLE_AS, "Nazwę tabeli można podać przez --as.", "--as names the table.")                   \
    X(TABLE_FAULTS, "Błędów: %zu. Nic nie zapisano.", "Faults: %zu. Nothing was written.")         \
    X(TABLE_SUM, "Dodanych: %zu, zmienionych: %zu, usuniętych: %zu, bez zmian: %zu.",              \
      "Added: %zu, changed: %zu, removed: %zu, unchanged: %zu.")                                   \
    X(TABLE_PREVIEW, "To podgląd: nic nie zapisano.", "This is a preview: nothing was written.")   \
    X(TABLE_WRITTEN, "Zapisano %s.", "Written: %s.")                                               \
    X(CONFIG, "%s:%d: %s", "%s:%d: %s")                                                            \
    X(BAD_FACT, "„%s” nie jest faktem: pisze się FAKT=WARTOŚĆ.",                                   \
      "\"%s\" is no fact: write FACT=VALUE.")

typedef enum {
#define APP_MESSAGE_ID(id, pl, en) MESSAGE_##id,
    APP_MESSAGES(APP_MESSAGE_ID)
#undef APP_MESSAGE_ID
        MESSAGE_COUNT
} message_t;

/* From the locale, once; Polish, or English for every other language. */
lang_t message_lang(void);

/* Why a file or folder could not be used, by its errno; part of a sentence, in that language. */
const char *message_reason(int error);

/* Prints the message and a line feed. */
void message_print(FILE *file, message_t message, ...);

/* Prints on standard error what a room said of its refusal; that memory ran out when it said
 * nothing. */
void message_why(const buf_t *why);

#endif
