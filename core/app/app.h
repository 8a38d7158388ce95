/* The program: subcommands, their options and help, configuration, and the wiring of the rooms. No
 * rule of the domain lives here. */
#ifndef OKIENKO_APP_APP_H
#define OKIENKO_APP_APP_H

#include "base/buf.h"
#include "base/lang.h"

/* What a subcommand leaves with. */
enum { APP_FINE = 0, APP_FAULTS = 1, APP_USAGE = 2 };

/* Runs `okienko argv[1] …` and returns its exit code. */
int app_main(int argc, char **argv);

#endif
