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
      "\"%s\" is no fact: write FACT=VALUE.")                                                      \
    X(OPTION_ELSEWHERE, "Opcja %s nie należy do „%s %s”.",                                         \
      "The option %s does not belong to \"%s %s\".")                                               \
    X(NUMBER, "%s: ma tu być numer pozycji w rejestrze.",                                          \
      "%s: the number of an entry in the record is wanted.")                                       \
    X(FIELD_TEXT, "Pole „%s” ma być zwykłym tekstem do %d bajtów.",                                \
      "The field \"%s\" has to be a plain text of at most %d bytes.")                              \
    X(RECORD_NONE, "W folderze %s nie ma rejestru programu „%s”.",                                 \
      "There is no record of the programme \"%2$s\" in %1$s.")                                     \
    X(RECORD_BROKEN, "Rejestru w %s nie da się odczytać albo zapisać; nic nie zmieniono.",         \
      "The record in %s cannot be read or written; nothing was changed.")                          \
    X(RULES_FAULTY, "Reguły w %s/%s mają błędy i nie da się według nich pracować: okienko check.", \
      "The rules in %s/%s have faults and nothing can be done by them: okienko check.")            \
    X(DISK_FULL, "Na dysku nie ma miejsca; nic nie zmieniono.",                                    \
      "No space is left on the disk; nothing was changed.")                                        \
    X(OUTPUT, "Nie da się wypisać wyniku: %s.", "The result cannot be printed: %s.")               \
    X(PASSWORD, "Hasło:", "Password:")                                                             \
    X(PASSWORD_AGAIN, "Jeszcze raz:", "Once more:")                                                \
    X(PASSWORD_DIFFERS, "Hasła są różne.", "The passwords differ.")                                \
    X(PASSWORD_NONE,                                                                               \
      "Na standardowym wejściu ma być hasło: jeden wiersz, od %d znaków do %d "                \
      "bajtów.",                                                                                   \
      "A password is wanted on standard input: one line, %d characters to %d bytes.")              \
    X(PASSWORD_WEAK,                                                                               \
      "Hasło musi mieć co najmniej %d znaków (do %d bajtów) i nie może być "                 \
      "loginem.",                                                                                  \
      "A password needs at least %d characters (at most %d bytes) and must not be "                \
      "the login.")                                                                                \
    X(ROLE, "--role podaje rolę konta: %s.", "--role says the account's role: %s.")                \
    X(NO_ACCOUNT, "Nie ma konta o tym loginie.", "There is no account of that login.")             \
    X(USER_ADDED, "Założono konto „%.*s”.", "Added the account \"%.*s\".")                         \
    X(USER_PASSWORD, "Konto „%.*s” ma nowe hasło; wszędzie trzeba zalogować się od nowa.",         \
      "The account \"%.*s\" has a new password; it has to sign in everywhere anew.")               \
    X(USER_DISABLED, "Konto „%.*s” jest wyłączone.", "The account \"%.*s\" is disabled.")          \
    X(PERSON_WHICH, "Osobę wskazuje ID albo --pesel.", "The person is named by ID or --pesel.")    \
    X(PESEL, "PESEL:", "PESEL:")                                                                   \
    X(PESEL_NONE, "Na standardowym wejściu ma być PESEL: jeden wiersz.",                           \
      "A PESEL is wanted on standard input: one line.")                                            \
    X(NO_PERSON, "Nie ma takiej osoby w rejestrze.", "There is no such person in the record.")     \
    X(ERASE_YES, "Usunięcia danych osoby nie da się cofnąć; potwierdza się je przez --yes.",       \
      "Erasing a person cannot be undone; --yes confirms it.")                                     \
    X(ERASED,                                                                                      \
      "Usunięto dane osoby %lld. Kopie zapasowe sprzed tej chwili nadal je mają, dopóki "       \
      "nie zostaną skasowane.",                                                                    \
      "Erased what was known of person %lld. Backups made before still "                           \
      "have it until they are deleted.")                                                           \
    X(INSTEAD_ADD,                                                                                 \
      "Z rejestrem programu „%1$s” pracuje serwer. Konto zakłada się w nim: POST "           \
      "/v1/%1$s/accounts; pierwsze kodem, który serwer wypisał przy starcie: POST "              \
      "/v1/%1$s/first.",                                                                           \
      "A server works with the record of \"%1$s\". Accounts are made there: POST "                 \
      "/v1/%1$s/accounts; the first one with the code that it printed at its start: POST "         \
      "/v1/%1$s/first.")                                                                           \
    X(INSTEAD_PASSWORD,                                                                            \
      "Z rejestrem programu „%1$s” pracuje serwer. Hasło zmienia się w nim: "                \
      "POST /v1/%1$s/accounts/{id}/password.",                                                     \
      "A server works with the record of \"%1$s\". "                                               \
      "Passwords are set there: POST /v1/%1$s/accounts/{id}/password.")                            \
    X(INSTEAD_DISABLE,                                                                             \
      "Z rejestrem programu „%1$s” pracuje serwer. Konto wyłącza się w nim: "               \
      "POST /v1/%1$s/accounts/{id}/disable.",                                                      \
      "A server works with the record of \"%1$s\". "                                               \
      "Accounts are disabled there: POST /v1/%1$s/accounts/{id}/disable.")                         \
    X(INSTEAD_EXPORT,                                                                              \
      "Z rejestrem programu „%1$s” pracuje serwer, a każdy odczyt osoby zapisuje "            \
      "się w dzienniku: GET /v1/%1$s/persons/{id}/export.",                                        \
      "A server works with the record of "                                                         \
      "\"%1$s\", and every reading of a person is put down in its journal: GET "                   \
      "/v1/%1$s/persons/{id}/export.")                                                             \
    X(INSTEAD_ERASE,                                                                               \
      "Z rejestrem programu „%1$s” pracuje serwer. Osobę usuwa się w nim: POST "             \
      "/v1/%1$s/persons/{id}/erase.",                                                              \
      "A server works with the record of \"%1$s\". A person is "                                   \
      "erased there: POST /v1/%1$s/persons/{id}/erase.")                                           \
    X(BACKUP,                                                                                      \
      "Zapisano %s: %lld KiB, wpisów w dzienniku: %lld. Kopia jest cała i sprawdzona; "          \
      "klucza serwera w niej nie ma.",                                                             \
      "Written: %s, %lld KiB, entries in the journal: %lld. The "                                  \
      "copy is whole and checked; the server's key is not in it.")                                 \
    X(RESTORED, "Rejestr programu „%s” jest teraz kopią z %s.",                                    \
      "The record of \"%s\" is now the copy %s.")                                                  \
    X(RESTORED_ASIDE, "Dotychczasowy zachowano: %s.", "The former one was kept: %s.")              \
    X(RESTORE_HELD,                                                                                \
      "Z rejestrem programu „%s” pracuje serwer; przed przywróceniem kopii trzeba "           \
      "go zatrzymać.",                                                                             \
      "A server works with the record of \"%s\"; stop it before a copy is put "                    \
      "back.")                                                                                     \
    X(AUDIT_HOLDS, "%s: dziennik jest cały, wpisów: %lld, sprawdzonych pozycji: %lld.",            \
      "%s: the journal holds, entries: %lld, rows checked: %lld.")                                 \
    X(AUDIT_FAULTS, "%s: %s.", "%s: %s.")                                                          \
    X(AUDIT_END, "%s: koniec dziennika, do zanotowania gdzie indziej: %s",                         \
      "%s: the journal's end, to be noted elsewhere: %s")                                          \
    X(AUDIT_UNKEYED,                                                                               \
      "%s: bez klucza serwera: kluczy osób, skorowidza nazwisk i podpisu dziennika "              \
      "nie sprawdzono.",                                                                           \
      "%s: without the server's key: keys of people, the index of names and the "                  \
      "journal's signature were not checked.")                                                     \
    X(AUDIT_EXPECT,                                                                                \
      "--expect: ma tu być koniec dziennika, jak go wypisuje audit verify "                       \
      "(NUMER:SKRÓT), i jeden program.",                                                           \
      "--expect: the end of a journal is wanted, as audit verify prints it "                       \
      "(NUMBER:DIGEST), and one programme.")                                                       \
    X(REPORT_NAME, "Nie ma sprawozdania „%s”; są: %s.",                                            \
      "There is no report \"%s\"; there are: %s.")                                                 \
    X(DAY, "%s: ma tu być dzień, RRRR-MM-DD.", "%s: a day is wanted, YYYY-MM-DD.")                 \
    X(PERIOD, "Okres kończy się, zanim się zaczął.", "The period ends before it begins.")          \
    X(EITHER, "Albo %s, albo %s.", "Either %s or %s.")                                             \
    X(INSTEAD_DEMO,                                                                                \
      "Z rejestrem programu „%s” pracuje serwer; zmyślony rok zakłada się, zanim ruszy.",          \
      "A server works with the record of \"%s\"; a made-up year is put in before it starts.")      \
    X(DEMO_NUMBER, "Opcja %s: liczba od 1 do %lld.", "The option %s: a number from 1 to %lld.")    \
    X(DEMO_DATE, "„%s” nie jest dniem; pisze się na przykład 2024-03-01.",                         \
      "\"%s\" is no day; write for example 2024-03-01.")                                           \
    X(DEMO_PERIOD, "Program obowiązuje od %s do %s; zmyślone dni muszą się w tym mieścić.",        \
      "The programme is in force from %s to %s; the made-up days have to lie within.")             \
    X(DEMO_NOT_EMPTY, "Rejestr programu „%s” nie jest pusty; nic w nim nie zmieniono.",            \
      "The record of \"%s\" is not empty; nothing in it was changed.")                             \
    X(DEMO_MADE, "%s: zmyślony rejestr, ostatni dzień %s. Nikt w nim nie istnieje.",               \
      "%s: a made-up record, its last day is %s. Nobody in it exists.")                            \
    X(DEMO_ACCOUNTS, "Konta (login, rola, hasło); haseł nie da się wypisać drugi raz:",            \
      "Accounts (login, role, password); the passwords are not printed again:")

typedef enum {
#define APP_MESSAGE_ID(id, pl, en) MESSAGE_##id,
    APP_MESSAGES(APP_MESSAGE_ID)
#undef APP_MESSAGE_ID
        MESSAGE_COUNT
} message_t;

/* From the locale, once; Polish, or English for every other language. */
lang_t app_message_lang(void);

/* Why a file or folder could not be used, by its errno; part of a sentence, in that language. */
const char *app_message_reason(int error);

/* Prints the message and a line feed. */
void app_message_print(FILE *file, message_t message, ...);
/* The same into a buffer, without the line feed. */
void app_message_add(buf_t *buf, message_t message, ...);

/* Prints on standard error what a room said of its refusal; that memory ran out when it said
 * nothing. */
void app_message_why(const buf_t *why);

#endif
