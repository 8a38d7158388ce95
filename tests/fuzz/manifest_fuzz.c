/* A service's file of any bytes within a good programme: never a crash, never a long wait, always a
 * generation. The programme stands in a temporary folder. */
#include "plugin/plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define WAIT_MS 2000

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static char folder[] = "/tmp/okienko-fuzz-XXXXXX";
static char service[64];

static void copy(const char *name)
{
    /* From the tree's root, or from build/tests/fuzz, where ctest runs it. */
    static const char fixtures[] = "tests/plugin/fixtures/plugins";
    const char *root = access(fixtures, R_OK) == 0 ? "" : "../../../";
    char from[256], to[256], text[65536];
    snprintf(from, sizeof(from), "%s%s/%s", root, fixtures, name);
    snprintf(to, sizeof(to), "%s/%s", folder, name);
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    if (in == NULL || out == NULL) {
        perror(name);
        abort();
    }
    fwrite(text, 1, fread(text, 1, sizeof(text), in), out);
    fclose(in);
    fclose(out);
}

static void clear(void)
{
    char path[96];
    static const char *const files[] = {"services/cleaning.lua", "services/cleaning.spec.lua",
                                        "programme.lua", "facts.lua", "shared.lua"};
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        snprintf(path, sizeof(path), "%s/example/%s", folder, files[i]);
        unlink(path);
    }
    snprintf(path, sizeof(path), "%s/act.lua", folder);
    unlink(path);
    snprintf(path, sizeof(path), "%s/example/services", folder);
    rmdir(path);
    snprintf(path, sizeof(path), "%s/example", folder);
    rmdir(path);
    rmdir(folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    char under[64];
    if (mkdtemp(folder) == NULL) {
        abort();
    }
    snprintf(under, sizeof(under), "%s/example", folder);
    mkdir(under, 0755);
    snprintf(under, sizeof(under), "%s/example/services", folder);
    mkdir(under, 0755);
    copy("act.lua");
    copy("example/programme.lua");
    copy("example/facts.lua");
    copy("example/shared.lua");
    copy("example/services/cleaning.lua");
    copy("example/services/cleaning.spec.lua");
    snprintf(service, sizeof(service), "%s/example/services/cleaning.lua", folder);
    atexit(clear);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    FILE *file = fopen(service, "wb");
    if (file == NULL || fwrite(bytes, 1, len, file) != len) {
        abort();
    }
    fclose(file);
    clock_port_t *clock = clock_system();
    uint64_t began = clock->monotonic(clock);
    plugin_generation_t *generation = plugin_load(folder, "example");
    if (generation == NULL || (clock->monotonic(clock) - began) / 1000000 > WAIT_MS) {
        abort();
    }
    plugin_release(generation);
    return 0;
}
