/* When a programme's rules are others than before: the record notes it, and keeps their texts. */
#include "desk/inside.h"

#include "base/log.h"

#include <stdlib.h>

#define FILES_CHUNK ((size_t)128 * 1024)

typedef struct {
    store_work_t work;
    desk_t *desk;
    const char *folder; /* of the plugins */
    int64_t now;
    bool is_new; /* else only its texts are not kept yet */
    bool kept;
    span_t version;
} rules_work_t;

static ipus_code_t keep(ipus_record_t *record, const rules_work_t *rules, arena_t *arena,
                        const plugin_texts_t *read)
{
    store_text_t *texts = arena_array(arena, read->count, sizeof *texts);
    if (texts == NULL) {
        return IPUS_BROKEN;
    }
    for (size_t i = 0; i < read->count; i++) {
        texts[i] = (store_text_t){read->at[i].kind, read->at[i].name, read->at[i].text};
    }
    const store_generation_t generation = {.version = rules->version,
                                           .program = OKIENKO_VERSION,
                                           .contract = RULES_CONTRACT,
                                           .texts = texts,
                                           .text_count = read->count};
    int64_t number = 0;
    return store_generation_keep(record, &generation, rules->now, &number);
}

static bool run_rules(store_work_t *work, ipus_record_t *record)
{
    rules_work_t *rules = (rules_work_t *)work;
    plugin_texts_t read;
    arena_t *arena = arena_new(FILES_CHUNK);
    rules->kept = arena != NULL &&
                  plugin_texts_read(rules->folder, rules->desk->id, rules->version, arena, &read);
    ipus_code_t code = rules->kept ? keep(record, rules, arena, &read) : IPUS_FINE;
    arena_free(arena);
    if (code == IPUS_FINE && rules->is_new) {
        code = store_note_rules(record, rules->version, rules->now);
    }
    return code == IPUS_FINE;
}

/* What could not be noted is noted with the next. */
static void on_rules(store_work_t *work, store_result_t result)
{
    rules_work_t *rules = (rules_work_t *)work;
    desk_t *desk = rules->desk;
    bool kept = result == STORE_DONE && rules->kept;
    if (!kept && span_equal(rules->version, desk->rules)) {
        desk->rules_kept = false;
    }
    if (!kept) {
        log_line(LOG_WARNING, "%.*s: the texts of the rules %.*s are not kept yet",
                 SPAN_ARGS(desk->id), SPAN_ARGS(rules->version));
    }
    free(rules);
}

void desk_note_rules(desk_t *desk)
{
    const plugin_slot_t *slot = plugin_host_slot(desk->set->host, desk->id);
    if (desk->store == NULL || slot == NULL || slot->serving == NULL) {
        return;
    }
    span_t version = plugin_programme(slot->serving)->version;
    bool is_new = !span_equal(version, desk->rules);
    if (!is_new && desk->rules_kept) {
        return;
    }
    char *copy = span_copy(version);
    rules_work_t *rules = copy == NULL ? NULL : calloc(1, sizeof *rules + version.len);
    if (rules == NULL) {
        free(copy);
        return;
    }
    free((char *)desk->rules.at);
    desk->rules = (span_t){copy, version.len};
    desk->rules_kept = true;
    char *kept = (char *)(rules + 1);
    memcpy(kept, version.at, version.len);
    *rules = (rules_work_t){.work = {.run = run_rules, .done = on_rules},
                            .desk = desk,
                            .folder = plugin_host_folder(desk->set->host),
                            .now = desk->set->clock->wall(desk->set->clock),
                            .is_new = is_new,
                            .version = {kept, version.len}};
    store_write(desk->store, &rules->work);
}
