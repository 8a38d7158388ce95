/* The options of a subcommand: one table gives the parser and the help. */
#ifndef OKIENKO_APP_OPTIONS_H
#define OKIENKO_APP_OPTIONS_H

#include "app/app.h"

#include <stddef.h>

#define OPTIONS_VALUES_MAX 16

typedef struct {
    const char *name;    /* "--listen" */
    const char *value;   /* "HOST:PORT"; NULL for a bare option */
    bool many;           /* may be given several times */
    const char *help[2]; /* Polish, English */
} option_t;

typedef struct options options_t;

typedef struct {
    const char *name;      /* "serve" */
    const char *arguments; /* "[PROGRAMME…]" */
    const char *about[2];  /* one sentence, Polish, English */
    const option_t *options;
    size_t option_count;
    size_t arguments_min, arguments_max;
    int (*run)(const options_t *options);
} command_t;

/* What was given on the command line; everything points into argv. */
struct options {
    const command_t *command;
    const char *values[16][OPTIONS_VALUES_MAX]; /* by place in command->options */
    size_t counts[16];
    const char *arguments[64];
    size_t argument_count;
};

/* Reads argv[2…]. APP_FINE, or APP_USAGE after saying what is wrong on standard error. `*help` is
 * set when --help was asked for. */
int app_options_read(options_t *options, const command_t *command, int argc, char **argv,
                     bool *help);

/* The last value given for an option, or `otherwise`. */
const char *app_options_value(const options_t *options, const char *name, const char *otherwise);
bool app_options_given(const options_t *options, const char *name);

/* All values of an option. */
const char *const *app_options_values(const options_t *options, const char *name, size_t *count);

/* For a command that begins with a verb: whether it has as many arguments as the verb takes, and
 * none of the options that are not the verb's. False after saying what is wrong. */
bool app_options_fit(const options_t *options, size_t least, size_t most,
                     const char *const *not_its, size_t count);
/* APP_USAGE, after saying that there is no use for a word. */
int app_options_refuse(const options_t *options, const char *word);

void app_options_help(const command_t *command);

#endif
