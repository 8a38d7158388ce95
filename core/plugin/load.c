/* Making a generation: read the files, check them all, seal the functions, run the tests. */
#include "plugin/catalog.h"
#include "plugin/generation.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define ARENA_CHUNK ((size_t)128 * 1024)
#define KEPT_CHUNK ((size_t)16 * 1024) /* of which half is empty on average, in each of many */
#define SCRIPT_BYTES ((size_t)32 * 1024 * 1024)

typedef struct {
    load_t load;
    plugin_generation_t *generation;
    entry_t *entries;
    size_t entry_count;
    const script_value_t *base; /* what programme.lua returned */
    uint64_t common;            /* hash of what every service stands on */
    bool base_sound;
} making_t;

/* ---- chunks ------------------------------------------------------------------------------------
 */

static const script_value_t *run_file(load_t *load, script_state_t *state, const file_t *file,
                                      const char *word, bool required)
{
    if (!plugin_load_say_file(load, file, word, required) || plugin_load_is_late(load)) {
        return NULL;
    }
    script_fault_t fault = {0};
    const script_value_t *value =
        script_load(state, file->path.at, file->text, load->scratch, &fault);
    if (value == NULL) {
        plugin_load_script_fault(load, &fault);
        return NULL;
    }
    plugin_load_missing_names(load, state);
    plugin_load_repeated_keys(load, state);
    plugin_reads_note(load, value, file);
    return value;
}

/* Services may always read `shared.name`, also where there is no shared.lua. */
static void define_shared(making_t *making, const script_value_t *value)
{
    load_t *load = &making->load;
    script_fault_t fault;
    if (value == NULL || value->kind != SCRIPT_WORD) {
        span_t nothing = SPAN("return conditions {}");
        load->no_memory = load->no_memory || script_load(load->script, "shared.lua", nothing,
                                                         load->scratch, &fault) == NULL;
    }
    load->no_memory = !script_define(load->script, "shared") || load->no_memory;
}

static void read_base(making_t *making)
{
    load_t *load = &making->load;
    files_t *files = &load->files;
    const script_value_t *act = run_file(load, load->script, &files->act, "act { … }", true);
    if (act != NULL) {
        plugin_act_read(load, act);
    }
    making->base = run_file(load, load->script, &files->base, "programme { … }", true);
    if (making->base != NULL) {
        plugin_programme_read(load, making->base);
    }
    const script_value_t *facts = run_file(load, load->script, &files->facts, "facts { … }", true);
    if (facts != NULL) {
        plugin_facts_read(load, facts);
    }
    load->file = &files->base;
    if (making->base != NULL) {
        plugin_programme_read_rules(load, making->base);
    }
    const script_value_t *shared =
        run_file(load, load->script, &files->shared, "conditions { … }", false);
    define_shared(making, shared);
    if (shared != NULL) {
        plugin_shared_read(load, shared);
    }
    making->base_sound = load->faults.raised == 0 && !load->no_memory;
}

/* ---- hashes -------------------------------------------------------------------------------------
 */

static span_t keep_hash(load_t *load, uint64_t hash)
{
    char text[17];
    snprintf(text, sizeof(text), "%016llx", (unsigned long long)hash);
    return plugin_load_keep(load, (span_t){text, 16});
}

/* Of what every service stands on. */
static uint64_t common_hash(const files_t *files)
{
    uint64_t parts[] = {span_hash(files->base.text), span_hash(files->facts.text),
                        span_hash(files->shared.text), span_hash(files->act.text)};
    return span_hash((span_t){(const char *)parts, sizeof(parts)});
}

/* Of a service's own text and of all it stands on. */
static span_t version_of(making_t *making, const file_t *file)
{
    uint64_t parts[] = {span_hash(file->text), making->common};
    return keep_hash(&making->load, span_hash((span_t){(const char *)parts, sizeof(parts)}));
}

/* ---- services ----------------------------------------------------------------------------------
 */

static void read_service(making_t *making, entry_t *entry)
{
    load_t *load = &making->load;
    size_t raised = load->faults.raised;
    const script_value_t *value = run_file(load, load->script, entry->file, "service { … }", true);
    if (value != NULL) {
        entry->service = plugin_load_new(load, 1, sizeof(*entry->service));
        if (entry->service != NULL) {
            plugin_service_read(load, entry->file, value, entry->service);
            entry->number_line = plugin_service_number_line(value);
            entry->service->version = version_of(making, entry->file);
            entry->service->file =
                plugin_load_keep(load, span_from(entry->file->path, load->files.programme.len + 1));
        }
    }
    entry->faulty = load->faults.raised != raised || entry->service == NULL;
}

static void pair_specs(making_t *making)
{
    files_t *files = &making->load.files;
    for (size_t i = 0; i < files->service_count; i++) {
        const file_t *file = &files->services[i];
        bool paired = false;
        for (size_t k = 0; k < making->entry_count && file->spec; k++) {
            entry_t *entry = &making->entries[k];
            assert(making->entries != NULL);
            if (span_equal(entry->file->id, file->id) &&
                date_equal(entry->file->from, file->from)) {
                entry->spec = file;
                paired = true;
            }
        }
        if (file->spec && !paired && file->state != FILE_MISNAMED) {
            char name[160];
            making->load.file = file;
            snprintf(name, sizeof(name), "%.*s.lua",
                     (int)(file->name.len - sizeof(".spec.lua") + 1), file->name.at);
            FAULT(&making->load, 0, SPEC_ALONE, say_word(name));
        }
    }
}

static void list_entries(making_t *making)
{
    load_t *load = &making->load;
    files_t *files = &load->files;
    making->entries =
        arena_array(load->scratch, files->service_count + 1, sizeof(*making->entries));
    load->no_memory = load->no_memory || making->entries == NULL;
    for (size_t i = 0; i < files->service_count && making->entries != NULL; i++) {
        const file_t *file = &files->services[i];
        if (file->state == FILE_MISNAMED) {
            plugin_load_say_file(load, file, "", true);
        } else if (!file->spec) {
            making->entries[making->entry_count++] =
                (entry_t){.file = file, .until = load->programme->to};
        }
    }
    for (size_t i = 0; i < files->stranger_count; i++) {
        plugin_load_say_file(load, &files->strangers[i], "", true);
    }
    load->file = &files->base;
    if (files->too_many) {
        FAULT(load, 0, TOO_MANY_FILES, say_number(2 * FILES_SERVICES_MAX));
    }
    if (making->entry_count == 0 && files->folder.state == FILE_READ) {
        FAULT(load, 0, NO_SERVICES, say_word("services/"));
    }
    pair_specs(making);
}

/* Each version ends where the next one of its id begins. */
static void join_versions(making_t *making)
{
    for (size_t i = 0; i < making->entry_count; i++) {
        entry_t *entry = &making->entries[i];
        for (size_t k = 0; k < making->entry_count && entry->service != NULL; k++) {
            const entry_t *other = &making->entries[k];
            if (k == i || other->service == NULL || !span_equal(other->file->id, entry->file->id)) {
                continue;
            }
            if (date_equal(other->service->from, entry->service->from) && k < i) {
                char from[DATE_TEXT_LEN + 1];
                date_text(entry->service->from, from);
                making->load.file = entry->file;
                FAULT(&making->load, 0, SAME_VERSION, say_word(from), say(other->file->name));
                entry->faulty = true;
            } else if (date_before(entry->service->from, other->service->from) &&
                       !date_before(entry->until, other->service->from)) {
                entry->until = date_add(other->service->from, -1);
            }
        }
    }
}

/* Two services have one number only when they never hold on the same day. */
static void compare_numbers(making_t *making)
{
    for (size_t i = 0; i < making->entry_count; i++) {
        entry_t *entry = &making->entries[i];
        for (size_t k = 0; k < i && entry->service != NULL; k++) {
            const entry_t *other = &making->entries[k];
            if (other->service == NULL || entry->service->number == 0 ||
                other->service->number != entry->service->number ||
                span_equal(other->file->id, entry->file->id) ||
                date_before(entry->until, other->service->from) ||
                date_before(other->until, entry->service->from)) {
                continue;
            }
            making->load.file = entry->file;
            FAULT(&making->load, entry->number_line, SAME_NUMBER,
                  say_number(entry->service->number), say(entry->file->name),
                  say(other->file->name), say_number(other->number_line));
            entry->faulty = true;
            break;
        }
    }
}

/* ---- functions ---------------------------------------------------------------------------------
 */

static const file_t *file_named(making_t *making, span_t path)
{
    files_t *files = &making->load.files;
    for (size_t i = 0; i < files->service_count; i++) {
        if (span_starts(files->services[i].path, path) && !files->services[i].spec) {
            return &files->services[i];
        }
    }
    return span_starts(files->facts.path, path)    ? &files->facts
           : span_starts(files->shared.path, path) ? &files->shared
                                                   : &files->base;
}

static void seal(making_t *making)
{
    load_t *load = &making->load;
    script_fault_t fault = {0};
    for (size_t i = 0; i < FAULTS_MAX && !script_seal(load->script, &fault); i++) {
        load->file = file_named(making, span_of(fault.file));
        plugin_load_script_fault(load, &fault);
        bool of_service = false;
        for (size_t k = 0; k < making->entry_count; k++) {
            if (making->entries[k].file == load->file) {
                making->entries[k].faulty = of_service = true;
            }
        }
        making->base_sound = making->base_sound && of_service;
        if (fault.code != SCRIPT_KEEPS_STATE) {
            return; /* memory, time: the next function would fare no better */
        }
    }
}

static void keep_function_files(making_t *making)
{
    load_t *load = &making->load;
    plugin_generation_t *generation = making->generation;
    load->arena = generation->arena;
    span_t *files = plugin_load_new(load, load->function_count, sizeof(*files));
    for (size_t i = 0; i < load->function_count && files != NULL; i++) {
        files[i] = load->function_files[i] == NULL
                       ? SPAN("?")
                       : plugin_load_keep(load, load->function_files[i]->path);
    }
    generation->function_files = files;
    generation->function_count = files == NULL ? 0 : load->function_count;
    load->arena = generation->rules;
    plugin_functions_open(generation);
}

/* ---- the list of services
 * ------------------------------------------------------------------------
 */

static int by_number(const void *a, const void *b)
{
    const registry_service_t *left = a;
    const registry_service_t *right = b;
    if (left->number != right->number) {
        return left->number < right->number ? -1 : 1;
    }
    int order = span_compare(left->id, right->id);
    return order != 0 ? order
                      : (left->from.days > right->from.days) - (left->from.days < right->from.days);
}

static bool id_is_faulty(const making_t *making, span_t id)
{
    for (size_t i = 0; i < making->entry_count; i++) {
        if (making->entries[i].faulty && span_equal(making->entries[i].file->id, id)) {
            return true;
        }
    }
    return false;
}

/* The programme's list of services: a version that is faulty takes all versions of its id along,
 * lest another one answer for days that are not its own. */
static void assemble(making_t *making)
{
    load_t *load = &making->load;
    registry_programme_t *programme = load->programme;
    registry_service_t *list = plugin_load_new(load, making->entry_count, sizeof(*list));
    size_t count = 0;
    for (size_t i = 0; i < making->entry_count && list != NULL; i++) {
        const entry_t *entry = &making->entries[i];
        if (!id_is_faulty(making, entry->file->id)) {
            list[count] = *entry->service;
            count++;
        }
    }
    if (count > 1) {
        qsort(list, count, sizeof(*list), by_number);
    }
    programme->services = list;
    programme->service_count = count;
    load->no_memory = !registry_index(load->arena, programme) || load->no_memory;
}

static void list_left_out(making_t *making)
{
    load_t *load = &making->load;
    plugin_generation_t *generation = making->generation;
    load->arena = generation->arena;
    generation->left_out =
        plugin_load_new(load, making->entry_count, sizeof(*generation->left_out));
    for (size_t i = 0; i < making->entry_count && generation->left_out != NULL; i++) {
        if (making->entries[i].faulty) {
            generation->left_out[generation->left_out_count++] =
                plugin_load_keep(load, making->entries[i].file->id);
        }
    }
    load->arena = generation->rules;
}

/* ---- tests -------------------------------------------------------------------------------------
 */

static void say_spec_missing(load_t *load, const entry_t *entry)
{
    char name[160];
    snprintf(name, sizeof(name), "%.*s.spec.lua", (int)(entry->file->name.len - 4),
             entry->file->name.at);
    load->file = entry->file;
    FAULT(load, 0, SPEC_MISSING, say_word(name));
}

/* Tests have a state of their own, with no words but `tests`, so that nothing of them stays. The
 * other words keep their places. */
static void run_tests(making_t *making)
{
    load_t *load = &making->load;
    script_limits_t limits = script_limits_default;
    limits.memory_bytes = SCRIPT_BYTES;
    script_state_t *state = script_new(&limits, plugin_word_names, WORD_TESTS + 1);
    load->no_memory = load->no_memory || state == NULL;
    for (size_t i = 0; i < making->entry_count && state != NULL; i++) {
        entry_t *entry = &making->entries[i];
        size_t raised = load->faults.raised;
        const script_value_t *value = NULL;
        if (entry->spec == NULL) {
            say_spec_missing(load, entry);
        } else {
            value = run_file(load, state, entry->spec, "tests { … }", true);
        }
        if (value != NULL) {
            plugin_specs_read(load, value, entry, making->base_sound && !entry->faulty,
                              making->generation);
        }
        entry->faulty = entry->faulty || load->faults.raised != raised;
    }
    script_free(state);
}

/* ---- all of it ---------------------------------------------------------------------------------
 */

static void say_folder(load_t *load)
{
    file_state_t state = load->files.folder.state;
    if (state != FILE_READ) {
        plugin_load_say_file(load, &load->files.folder, "", true);
    }
}

static void make(making_t *making)
{
    load_t *load = &making->load;
    plugin_generation_t *generation = making->generation;
    say_folder(load);
    making->common = common_hash(&load->files);
    if (load->files.folder.state != FILE_READ) {
        return;
    }
    read_base(making);
    list_entries(making);
    for (size_t i = 0; i < making->entry_count; i++) {
        read_service(making, &making->entries[i]);
    }
    if (making->base_sound) {
        plugin_catalogs_read(load); /* its words are the programme's */
    }
    if (load->no_memory || load->faults.no_memory) {
        return; /* what was read has holes: nothing stands on it */
    }
    join_versions(making);
    compare_numbers(making);
    seal(making);
    keep_function_files(making);
    load->programme->version = keep_hash(load, load->files.hash);
    assemble(making);
    run_tests(making);
    assemble(making);
    list_left_out(making);
    generation->base = making->base_sound ? load->programme : NULL;
    if (making->base_sound && load->programme->service_count > 0) {
        generation->programme = load->programme;
        generation->search = registry_search_new(generation->arena, load->programme);
        load->no_memory = load->no_memory || generation->search == NULL;
    }
}

static bool prepare(making_t *making)
{
    load_t *load = &making->load;
    script_limits_t limits = script_limits_default;
    limits.memory_bytes = SCRIPT_BYTES;
    load->arena = making->generation->rules;
    load->deadline = clock_system()->monotonic(clock_system()) + LOAD_NS_MAX;
    load->faults.arena = making->generation->arena;
    load->programme = arena_alloc(load->arena, sizeof(*load->programme));
    load->script = script_new(&limits, plugin_word_names, WORD_COUNT);
    making->generation->script = load->script;
    if (load->programme == NULL || load->script == NULL) {
        return false;
    }
    load->programme->from = load->programme->to = DATE_NONE;
    return true;
}

static plugin_generation_t *generation_new(void)
{
    plugin_generation_t *generation = calloc(1, sizeof(*generation));
    if (generation == NULL) {
        return NULL;
    }
    generation->references = 1;
    generation->arena = arena_new(KEPT_CHUNK);
    generation->rules = arena_new(KEPT_CHUNK);
    if (generation->arena == NULL || generation->rules == NULL) {
        plugin_release(generation);
        return NULL;
    }
    return generation;
}

static plugin_generation_t *load_files(making_t *making)
{
    load_t *load = &making->load;
    making->generation = generation_new();
    if (making->generation == NULL) {
        return NULL;
    }
    if (!prepare(making)) {
        plugin_release(making->generation);
        return NULL;
    }
    make(making);
    plugin_faults_finish(&load->faults, load->files.base.path);
    if (load->no_memory || load->faults.no_memory) {
        plugin_release(making->generation);
        return NULL;
    }
    if (load->function_count == 0) { /* nothing will be called */
        script_free(load->script);
        making->generation->script = load->script = NULL;
    }
    making->generation->hash = load->files.hash;
    making->generation->faults = load->faults.at;
    making->generation->fault_count = load->faults.count;
    return making->generation;
}

/* A table of the catalogue that is to be read instead of the file. */
typedef struct {
    registry_kind_t kind;
    span_t text;
} put_t;

static plugin_generation_t *load_folder(const char *folder, span_t programme, const put_t *put,
                                        uint64_t known, bool *unchanged)
{
    *unchanged = false;
    making_t making = {0};
    arena_t *scratch = arena_new(ARENA_CHUNK);
    plugin_generation_t *generation = NULL;
    if (scratch != NULL) {
        making.load.scratch = scratch;
        plugin_files_read(&making.load.files, scratch, folder, programme);
        if (put != NULL) {
            plugin_files_put_table(&making.load.files, put->kind, put->text);
        }
        *unchanged = known != 0 && making.load.files.hash == known;
        generation = *unchanged || making.load.files.no_memory ? NULL : load_files(&making);
    }
    arena_free(scratch);
    return generation;
}

plugin_generation_t *plugin_generation_load(const char *folder, span_t programme, uint64_t known,
                                            bool *unchanged)
{
    return load_folder(folder, programme, NULL, known, unchanged);
}

plugin_generation_t *plugin_generation_load_with(const char *folder, span_t programme,
                                                 registry_kind_t kind, span_t text)
{
    bool unchanged;
    put_t put = {kind, text};
    return load_folder(folder, programme, &put, 0, &unchanged);
}
