/* Beginnings: files that pass the check as they are, with comments in one language. The texts stand
 * in etc/templates: `--[pl] …` is a comment kept for that language, `@name@` is filled in. */
#include "plugin/embedded.h"
#include "plugin/generation.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MAX_BYTES 1024
#define PROGRAMME_YEARS 3

typedef struct {
    const char *name;
    char value[160];
} blank_t;

typedef struct {
    const char *folder;
    lang_t lang;
    blank_t blanks[24];
    size_t count;
    buf_t *written, *why;
} making_new_t;

typedef struct {
    const char *template;
    char path[200]; /* under the plugins folder */
    bool may_exist; /* then it is left as it is */
} new_file_t;

/* ---- sentences ---------------------------------------------------------------------------------
 */

typedef enum {
    WHY_BAD_ID,
    WHY_EXISTS,
    WHY_CANNOT,
    WHY_FAULTY,
    WHY_NO_PROGRAMME,
    WHY_NO_FACT,
    WHY_RESERVED
} why_t;

static const char *const whys[][LANG_COUNT] = {
    [WHY_BAD_ID] =
        {"„%s” nie może być nazwą: małe litery a-z, cyfry i „-”, na początku litera",
         "\"%s\" cannot be a name: lower-case letters a-z, digits and \"-\", a letter first",
         "«%s» не може бути назвою: малі літери a-z, цифри та «-», спершу літера"},
    [WHY_RESERVED] = {"„%s” nie może być id programu: tak zaczynają się adresy serwera",
                      "\"%s\" cannot be a programme's id: addresses of the server begin so",
                      "«%s» не може бути id програми: так починаються адреси сервера"},
    [WHY_EXISTS] = {"%s już jest i nie zostanie nadpisane",
                    "%s is already there and is not overwritten",
                    "%s вже є і не буде перезаписане"},
    [WHY_CANNOT] = {"nie można zapisać: %s", "cannot be written: %s", "не вдається записати: %s"},
    [WHY_FAULTY] = {"najpierw trzeba poprawić program: %s",
                    "the programme has to be mended first: %s",
                    "спершу треба виправити програму: %s"},
    [WHY_NO_PROGRAMME] = {"nie ma programu %s; zaczyna go: okienko new programme",
                          "there is no programme %s; one is begun by: okienko new programme",
                          "немає програми %s; її починає: okienko new programme"},
    [WHY_NO_FACT] = {"w %s nie ma faktu, o który można by zapytać",
                     "there is no fact in %s that could be asked",
                     "у %s немає факту, про який можна було б запитати"},
};

static bool refuse(making_new_t *making, why_t why, const char *what)
{
    const char *format = whys[why][making->lang];
    const char *hole = strstr(format, "%s");
    buf_add(making->why, (span_t){format, (size_t)(hole - format)});
    buf_add(making->why, span_of(what));
    buf_add(making->why, span_of(hole + 2));
    return false;
}

/* ---- filling in --------------------------------------------------------------------------------
 */

static void blank(making_new_t *making, const char *name, span_t value)
{
    assert(making->count < sizeof(making->blanks) / sizeof(making->blanks[0]));
    blank_t *more = &making->blanks[making->count++];
    more->name = name;
    snprintf(more->value, sizeof(more->value), "%.*s", SPAN_ARGS(value));
}

static void fill_line(const making_new_t *making, span_t line, buf_t *out)
{
    while (line.len > 0) {
        size_t used = 0;
        for (size_t i = 0; i < making->count && line.at[0] == '@'; i++) {
            span_t name = span_of(making->blanks[i].name);
            if (line.len > name.len + 1 && line.at[name.len + 1] == '@' &&
                span_equal((span_t){line.at + 1, name.len}, name)) {
                buf_add(out, span_of(making->blanks[i].value));
                used = name.len + 2;
            }
        }
        if (used == 0) {
            buf_byte(out, line.at[0]);
            used = 1;
        }
        line = span_from(line, used);
    }
    buf_byte(out, '\n');
}

/* "--[pl] text" becomes "-- text" in Polish, and is left out in other languages. */
static void fill(const making_new_t *making, const char *template, buf_t *out)
{
    span_t rest = span_of(template), line;
    char own[8];
    snprintf(own, sizeof(own), "--[%s]", lang_code(making->lang));
    while (span_cut(&rest, '\n', &line)) {
        if (rest.at == NULL && line.len == 0) {
            break;
        }
        span_t text = span_trim(line);
        if (span_starts(text, span_of(own))) {
            buf_add(out, (span_t){line.at, (size_t)(text.at - line.at)});
            buf_literal(out, "--");
            fill_line(making, span_from(text, 6), out);
        } else if (!span_starts(text, SPAN("--["))) {
            fill_line(making, line, out);
        }
    }
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static bool path_of(const making_new_t *making, const char *under, char path[static PATH_MAX_BYTES])
{
    int len = snprintf(path, PATH_MAX_BYTES, "%s/%s", making->folder, under);
    return len > 0 && len < PATH_MAX_BYTES;
}

static bool make_folder(making_new_t *making, const char *under)
{
    char path[PATH_MAX_BYTES];
    if (!path_of(making, under, path)) {
        return refuse(making, WHY_CANNOT, under);
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST || refuse(making, WHY_CANNOT, path);
}

/* The folder of programmes itself may be missing in an empty place. */
static bool make_root(making_new_t *making)
{
    return mkdir(making->folder, 0777) == 0 || errno == EEXIST ||
           refuse(making, WHY_CANNOT, making->folder);
}

static bool write_all(int fd, span_t text)
{
    while (text.len > 0) {
        ssize_t done = write(fd, text.at, text.len);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        text = span_from(text, done > 0 ? (size_t)done : 0);
    }
    return true;
}

static bool write_file(making_new_t *making, const new_file_t *file)
{
    char path[PATH_MAX_BYTES];
    buf_t text = {0};
    if (!path_of(making, file->path, path)) {
        return refuse(making, WHY_CANNOT, file->path);
    }
    fill(making, file->template, &text);
    int fd = text.failed ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool exists = fd < 0 && errno == EEXIST;
    bool fine = fd >= 0 && write_all(fd, buf_span(&text));
    fine = (fd < 0 || close(fd) == 0) && fine;
    buf_free(&text);
    if (exists && file->may_exist) {
        return true;
    }
    if (!fine) {
        return refuse(making, exists ? WHY_EXISTS : WHY_CANNOT, path);
    }
    buf_print(making->written, "%s\n", path);
    return true;
}

/* Nothing is written when one of the files is there already. */
static bool write_files(making_new_t *making, const new_file_t *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char path[PATH_MAX_BYTES];
        struct stat about;
        if (path_of(making, files[i].path, path) && lstat(path, &about) == 0 &&
            !files[i].may_exist) {
            return refuse(making, WHY_EXISTS, path);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!write_file(making, &files[i])) {
            return false;
        }
    }
    return true;
}

/* ---- a service ---------------------------------------------------------------------------------
 */

/* A fact that a first condition can be about: its ways of being yes and no. */
static bool condition_on(making_new_t *making, const registry_fact_t *fact)
{
    char is[160], yes[160], no[160];
    span_t id = fact->id;
    if (fact->type == FACT_BOOLEAN) {
        snprintf(is, sizeof(is), "is \"%.*s\"", SPAN_ARGS(id));
        snprintf(yes, sizeof(yes), "%.*s = true", SPAN_ARGS(id));
        snprintf(no, sizeof(no), "%.*s = false", SPAN_ARGS(id));
    } else if (fact->type == FACT_CHOICE && fact->values.count > 1) {
        span_t first = fact->values.at[0].id, second = fact->values.at[1].id;
        snprintf(is, sizeof(is), "equals(\"%.*s\", \"%.*s\")", SPAN_ARGS(id), SPAN_ARGS(first));
        snprintf(yes, sizeof(yes), "%.*s = \"%.*s\"", SPAN_ARGS(id), SPAN_ARGS(first));
        snprintf(no, sizeof(no), "%.*s = \"%.*s\"", SPAN_ARGS(id), SPAN_ARGS(second));
    } else if (fact->type == FACT_INTEGER && fact->min < fact->max) {
        snprintf(is, sizeof(is), "at_least(\"%.*s\", %lld)", SPAN_ARGS(id), (long long)fact->max);
        snprintf(yes, sizeof(yes), "%.*s = %lld", SPAN_ARGS(id), (long long)fact->max);
        snprintf(no, sizeof(no), "%.*s = %lld", SPAN_ARGS(id), (long long)fact->min);
    } else {
        return false;
    }
    blank(making, "condition", span_of(is));
    blank(making, "yes", span_of(yes));
    blank(making, "no", span_of(no));
    return true;
}

static bool choose_condition(making_new_t *making, const registry_programme_t *programme)
{
    for (size_t i = 0; i < programme->fact_count; i++) {
        const registry_fact_t *fact = programme->facts[i];
        if (fact->asked && !fact->of_order && fact->derive == DERIVE_NONE &&
            condition_on(making, fact)) {
            return true;
        }
    }
    return refuse(making, WHY_NO_FACT, "facts.lua");
}

static bool choose_words(making_new_t *making, const registry_programme_t *programme)
{
    char date[DATE_TEXT_LEN + 1], number[16];
    int last = 0;
    for (size_t i = 0; i < programme->service_count; i++) {
        last = programme->services[i].number > last ? programme->services[i].number : last;
    }
    snprintf(number, sizeof(number), "%d", last + 1);
    date_text(programme->from, date);
    blank(making, "number", span_of(number));
    blank(making, "from", span_of(date));
    blank(making, "package", programme->packages.at[0].id);
    blank(making, "area", programme->areas.at[0].id);
    blank(making, "group", programme->groups.at[0].id);
    blank(making, "place", programme->places.at[0].id);
    blank(making, "provider", programme->providers.at[0].id);
    blank(making, "unit", programme->units[0].id);
    return choose_condition(making, programme);
}

/* "service" in the programme of a generation that was just loaded. */
static bool write_service(making_new_t *making, const plugin_generation_t *generation,
                          span_t programme, span_t service)
{
    new_file_t files[2] = {{.template = embedded_service_lua},
                           {.template = embedded_service_spec_lua}};
    if (generation == NULL || generation->base == NULL) {
        buf_t fault = {0};
        if (generation != NULL && generation->fault_count > 0) {
            plugin_fault_print(&fault, &generation->faults[0], making->lang);
            fault.len--;
        }
        refuse(making, WHY_FAULTY, fault.len > 0 ? buf_zero_terminated(&fault) : "?");
        buf_free(&fault);
        return false;
    }
    char folder[140];
    snprintf(folder, sizeof(folder), "%.*s/services", SPAN_ARGS(programme));
    snprintf(files[0].path, sizeof(files[0].path), "%s/%.*s.lua", folder, SPAN_ARGS(service));
    snprintf(files[1].path, sizeof(files[1].path), "%s/%.*s.spec.lua", folder, SPAN_ARGS(service));
    blank(making, "programme", programme);
    blank(making, "service", service);
    return choose_words(making, generation->base) && make_folder(making, folder) &&
           write_files(making, files, 2);
}

bool plugin_new_service(const char *folder, span_t id, buf_t *written, buf_t *why, lang_t lang)
{
    making_new_t making = {.folder = folder, .lang = lang, .written = written, .why = why};
    span_t service = id, programme;
    span_cut(&service, '/', &programme);
    if (!plugin_files_id(programme, '-') || !plugin_files_id(service, '-')) {
        char copy[160];
        snprintf(copy, sizeof(copy), "%.*s", SPAN_ARGS(id));
        return refuse(&making, WHY_BAD_ID, copy);
    }
    char name[80], path[PATH_MAX_BYTES];
    struct stat about;
    snprintf(name, sizeof(name), "%.*s", SPAN_ARGS(programme));
    if (path_of(&making, name, path) && lstat(path, &about) != 0 && errno == ENOENT) {
        return refuse(&making, WHY_NO_PROGRAMME, name);
    }
    plugin_generation_t *generation = plugin_load(folder, name);
    bool fine = write_service(&making, generation, programme, service);
    plugin_release(generation);
    return fine;
}

/* ---- a programme -------------------------------------------------------------------------------
 */

static void choose_period(making_new_t *making)
{
    int year, month, day;
    char text[24];
    date_split(clock_today(clock_system()), &year, &month, &day);
    snprintf(text, sizeof(text), "%04d", year);
    blank(making, "year", span_of(text));
    snprintf(text, sizeof(text), "%04d-01-01", year);
    blank(making, "from", span_of(text));
    snprintf(text, sizeof(text), "%04d-12-31", year + PROGRAMME_YEARS - 1);
    blank(making, "to", span_of(text));
}

bool plugin_new_programme(const char *folder, span_t id, buf_t *written, buf_t *why, lang_t lang)
{
    making_new_t making = {.folder = folder, .lang = lang, .written = written, .why = why};
    if (!plugin_files_id(id, '-')) {
        char copy[160];
        snprintf(copy, sizeof(copy), "%.*s", SPAN_ARGS(id));
        return refuse(&making, WHY_BAD_ID, copy);
    }
    if (plugin_files_reserved(id)) {
        char copy[160];
        snprintf(copy, sizeof(copy), "%.*s", SPAN_ARGS(id));
        return refuse(&making, WHY_RESERVED, copy);
    }
    new_file_t files[4] = {{embedded_act_lua, "act.lua", true},
                           {embedded_programme_lua, "", false},
                           {embedded_facts_lua, "", false},
                           {embedded_shared_lua, "", false}};
    static const char *const names[] = {"", "programme.lua", "facts.lua", "shared.lua"};
    char own[80];
    snprintf(own, sizeof(own), "%.*s", SPAN_ARGS(id));
    for (size_t i = 1; i < 4; i++) {
        snprintf(files[i].path, sizeof(files[i].path), "%s/%s", own, names[i]);
    }
    blank(&making, "programme", id);
    choose_period(&making);
    if (!make_root(&making) || !make_folder(&making, own) || !write_files(&making, files, 4)) {
        return false;
    }
    char service[120];
    snprintf(service, sizeof(service), "%s/example-service", own);
    return plugin_new_service(folder, span_of(service), written, why, lang);
}
