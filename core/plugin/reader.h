/* Reading script values by a schema: which keys a table has, which of them it must have, and how
 * each is read. Inside the plugin room only. */
#ifndef OKIENKO_PLUGIN_READER_H
#define OKIENKO_PLUGIN_READER_H

#include "plugin/load.h"

/* Reads the value of `key` into `into`; says what is wrong with it. */
typedef void (*read_t)(load_t *load, const script_value_t *value, const char *key, void *into);

typedef struct {
    const char *key;
    bool required;
    read_t read;   /* NULL: known here, read by somebody else */
    size_t offset; /* into the structure that is filled */
} reader_key_t;

typedef struct {
    const char *title; /* what the table is, for messages: a plugin's word, not translated */
    const reader_key_t *keys;
    size_t count;
    size_t items; /* values without a key that may stand in it */
} schema_t;

#define SCHEMA(name, title_, items_, ...)                                                          \
    static const reader_key_t name##_keys[] = {__VA_ARGS__};                                       \
    static const schema_t name = {title_, name##_keys, sizeof(name##_keys) / sizeof(reader_key_t), \
                                  items_}

/* Reads a table by a schema. False when it is no table at all. */
bool plugin_read_table(load_t *load, const script_value_t *value, const char *key,
                       const schema_t *schema, void *into);

/* The value of a key, or NULL. */
const script_value_t *plugin_read_field(const script_value_t *table, const char *key);

/* What a value is, for messages. */
fault_say_t plugin_read_found(const script_value_t *value);

/* Says that `key` should be `wanted`, or what a missing name could have been. */
void plugin_read_wrong(load_t *load, const script_value_t *value, const char *key, noun_t wanted);

/* True for a list: a table of items without keys, at least `least`, at most LOAD_LIST_MAX. */
bool plugin_read_is_list(load_t *load, const script_value_t *value, const char *key, size_t least);

/* The table that a word was called with, checked to be the only argument; NULL with a fault. */
const script_value_t *plugin_read_word(load_t *load, const script_value_t *value, word_t word);

/* ---- single values --------------------------------------------------------------------------- */

void plugin_read_line(load_t *load, const script_value_t *value, const char *key, void *span);
void plugin_read_texts(load_t *load, const script_value_t *value, const char *key, void *texts);
/* The same with what stands in braces left as it is. */
void plugin_read_raw_texts(load_t *load, const script_value_t *value, const char *key,
                           texts_t *texts);
void plugin_read_basis(load_t *load, const script_value_t *value, const char *key, void *basis);
void plugin_read_id(load_t *load, const script_value_t *value, const char *key, void *span);
void plugin_read_fact_id(load_t *load, const script_value_t *value, const char *key, void *span);
void plugin_read_date(load_t *load, const script_value_t *value, const char *key, void *date);

/* An int from 1 to 100 000. */
void plugin_read_count(load_t *load, const script_value_t *value, const char *key, void *integer);

/* True with a number between `least` and `most` (in its own unit), else a fault. */
bool plugin_read_integer(load_t *load, const script_value_t *value, const char *key, int64_t least,
                         int64_t most, int64_t *number);
bool plugin_read_thousandths(load_t *load, const script_value_t *value, const char *key,
                             int64_t least, int64_t most, int64_t *number);
bool plugin_read_money(load_t *load, const script_value_t *value, const char *key, int64_t *grosze);

/* Says so when `to` is before `from`. */
void plugin_read_from_to(load_t *load, int line, date_t from, date_t to);

/* A number as thousandths without a word about it;
 * false when it has finer parts or is too large. */
bool plugin_thousandths(const script_value_t *value, int64_t *number);

/* The place of a text among `names`, or -1 with a fault. */
int plugin_read_choice(load_t *load, const script_value_t *value, const char *key,
                       const char *const *names, size_t count);

void plugin_read_sensitivity(load_t *load, const script_value_t *value, const char *key,
                             void *into);

/* The place of a declared fact, or -1 with a fault. */
int plugin_read_fact(load_t *load, const script_value_t *value, const char *key);

/* "there is no such id" among those of `where`, each `stride` bytes apart. */
void plugin_read_unknown_id(load_t *load, const script_value_t *value, const char *key,
                            const span_t *ids, size_t count, size_t stride, const char *where);

/* The nearest of the ids, `stride` bytes apart; a copy that ends with a zero byte, or NULL. */
const char *plugin_nearest_id(load_t *load, span_t word, const span_t *ids, size_t count,
                              size_t stride);

/* A registry_text_t: texts that may mention the parameters of the service and the programme, which
 * must have been read (mentions.c). */
void plugin_mentions_read(load_t *load, const script_value_t *value, const char *key, void *into);
/* In texts that may not: says so, and makes "{{" one brace. */
void plugin_mentions_refuse(load_t *load, const script_value_t *value, const char *key,
                            texts_t *texts);

/* Lists that every file has. */
void plugin_read_notes(load_t *load, const script_value_t *value, const char *key,
                       const registry_note_t **notes, size_t *count);
/* Terms with ids; `fact_values` may begin with a digit and need no basis. */
void plugin_read_terms(load_t *load, const script_value_t *value, const char *key, bool fact_values,
                       registry_terms_t *terms);
/* False, with a fault, when an id of `count` was there before at `ids[0..count)`. */
bool plugin_read_unique(load_t *load, span_t id, int line, const span_t *ids, const int *lines,
                        size_t count);

/* ---- readers of the files -------------------------------------------------------------------- */

/* act.lua and programme.lua up to what facts are needed for; then the rest. */
void plugin_act_read(load_t *load, const script_value_t *value);
void plugin_programme_read(load_t *load, const script_value_t *value);
void plugin_programme_read_rules(load_t *load, const script_value_t *value);

/* The resolutions, each a head of the programme from its day on (heads.c); then their policies of
 * the fee, which need the facts. `value` may be NULL for the second. */
void plugin_heads_read(load_t *load, const script_value_t *value, const char *key, void *into);
void plugin_heads_read_rules(load_t *load, const script_value_t *value);

/* What the programme may spend, and what it counts (budget.c); `into` is the programme. */
void plugin_budget_read(load_t *load, const script_value_t *value, const char *key, void *into);
void plugin_indicators_read(load_t *load, const script_value_t *value, const char *key, void *into);
/* The sheet of the needs diagnosis, when the facts are there (diagnosis.c). */
void plugin_diagnosis_read(load_t *load, const script_value_t *value);

void plugin_facts_read(load_t *load, const script_value_t *value);
/* A literal in the unit of a fact; false with a fault. `bounded`: must lie within its bounds. */
bool plugin_facts_literal(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                          bool bounded, int64_t *number);
noun_t plugin_facts_noun(registry_fact_type_t type);
/* As an author writes it. */
void plugin_facts_print(buf_t *buf, const registry_fact_t *fact, int64_t number);
/* Marks a fact, and those it is worked out from, as far as they are asked for or given. */
void plugin_facts_mark(load_t *load, int fact, bool *marked);

/* `of_service`: four names (price, pool…) have the host's meaning. */
void plugin_parameters_read(load_t *load, const script_value_t *value, bool of_service,
                            registry_parameters_t *into);
/* The terms of the procedure: rows as those of parameters, under known names. */
void plugin_terms_read(load_t *load, const script_value_t *value, const char *key, void *into);
/* Values that are tables (tables.c). */
const registry_limit_t *plugin_limits_read(load_t *load, const script_value_t *value,
                                           size_t *count);
const registry_step_t *plugin_steps_read(load_t *load, const script_value_t *value, size_t *count);
noun_t plugin_value_noun(registry_value_type_t type);

typedef struct {
    registry_check_t *at; /* NULL: checks are only parts */
    size_t count, max;
    int depth;
    bool in_check;
} checks_t;

const registry_node_t *plugin_conditions_read(load_t *load, const script_value_t *value,
                                              checks_t *checks);
/* The facts that a condition may read, as a list in the generation's arena. */
const int *plugin_conditions_facts(load_t *load, const registry_node_t *node, size_t *count);
/* A composed statement is an example when a part of it is: whether a parameter that the condition
 * compares with has a row that is one. */
bool plugin_conditions_example(const load_t *load, const registry_node_t *node);
/* The same facts of a fact alone (or -1), and of a free function (or -1). */
const int *plugin_facts_behind(load_t *load, int fact, int function, size_t *count);
/* Checks shared.lua on its own. */
void plugin_shared_read(load_t *load, const script_value_t *value);
/* One comparison (operands.c): false with a fault. */
bool plugin_operand_read(load_t *load, const script_value_t *value, const registry_fact_t *fact,
                         registry_operand_t *operand);

/* The parameter that a mistyped name may have meant, or NULL. */
const char *plugin_parameter_nearest(load_t *load, span_t name);
/* A `param "name"`; NULL with a fault, or when it is to be looked up later (in_shared). */
const registry_parameter_t *plugin_parameter_read(load_t *load, const script_value_t *value);
void plugin_percent_read(load_t *load, const script_value_t *value, const char *key,
                         registry_operand_t *operand);

const registry_fee_t *plugin_fee_read(load_t *load, const script_value_t *value);
/* True when the fee cannot be worked out without a price. */
bool plugin_fee_needs_price(const load_t *load, const registry_fee_t *fee);
void plugin_reliefs_read(load_t *load, const script_value_t *value);

/* How the waiting list of a service is ordered (waiting.c). */
void plugin_waiting_read(load_t *load, const script_value_t *value, registry_service_t *service);

/* The line of a service's number, 0 without one. */
int plugin_service_number_line(const script_value_t *value);
/* Reads one version of a service into `service`. */
void plugin_service_read(load_t *load, const file_t *file, const script_value_t *value,
                         registry_service_t *service);

#endif
