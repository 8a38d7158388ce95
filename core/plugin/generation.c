#include "plugin/generation.h"

#include <stdlib.h>

plugin_generation_t *plugin_load(const char *plugins_folder, const char *programme_id)
{
    bool unchanged;
    span_t id = span_of(programme_id);
    /* A name that is no id is told as a folder that is not there. */
    return plugin_generation_load(plugins_folder, plugin_files_id(id, '-') ? id : SPAN("?"), 0,
                                  &unchanged);
}

plugin_generation_t *plugin_load_with(const char *plugins_folder, const char *programme_id,
                                      registry_kind_t kind, span_t text)
{
    span_t id = span_of(programme_id);
    return plugin_generation_load_with(plugins_folder, plugin_files_id(id, '-') ? id : SPAN("?"),
                                       kind, text);
}

void plugin_generation_share(plugin_generation_t *generation, shared_t *shared)
{
    const registry_programme_t *programme =
        generation->programme != NULL ? registry_share(shared, generation->programme) : NULL;
    if (programme != NULL) {
        generation->programme = generation->base = programme;
        generation->shared = shared_retain(shared);
        generation->rules_bytes = arena_bytes(generation->rules);
        arena_free(generation->rules);
        generation->rules = NULL;
    }
}

plugin_generation_t *plugin_retain(plugin_generation_t *generation)
{
    if (generation != NULL) {
        generation->references++;
    }
    return generation;
}

void plugin_release(plugin_generation_t *generation)
{
    if (generation == NULL || --generation->references > 0) {
        return;
    }
    if (generation->shared != NULL) {
        registry_unshare(generation->shared, generation->programme);
        shared_release(generation->shared);
    }
    script_free(generation->script);
    arena_free(generation->rules);
    arena_free(generation->arena);
    free(generation);
}

bool plugin_good(const plugin_generation_t *generation)
{
    return generation->fault_count == 0 && generation->programme != NULL;
}

const plugin_fault_t *plugin_faults(const plugin_generation_t *generation, size_t *count)
{
    *count = generation->fault_count;
    return generation->faults;
}

plugin_tests_t plugin_tests(const plugin_generation_t *generation)
{
    return generation->tests;
}

const registry_programme_t *plugin_programme(const plugin_generation_t *generation)
{
    return generation->programme;
}

const registry_search_t *plugin_search(const plugin_generation_t *generation)
{
    return generation->search;
}

const rules_functions_t *plugin_functions(plugin_generation_t *generation)
{
    return &generation->functions;
}

size_t plugin_memory(const plugin_generation_t *generation)
{
    return sizeof(*generation) + arena_bytes(generation->arena) +
           (generation->rules != NULL ? arena_bytes(generation->rules) : generation->rules_bytes) +
           (generation->script != NULL ? script_memory(generation->script) : 0);
}

const char *const *plugin_find(const char *plugins_folder, arena_t *arena, size_t *count)
{
    span_t *names = NULL;
    if (!plugin_files_programmes(arena, plugins_folder, &names, count)) {
        return NULL;
    }
    const char **found = arena_alloc(arena, (*count + 1) * sizeof *found);
    for (size_t i = 0; found != NULL && i < *count; i++) {
        found[i] = arena_copy(arena, names[i]).at;
    }
    return found;
}
