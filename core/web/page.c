#include "web/page.h"
#include "registry/head.h"

#include "base/text.h"
#include "tell/tell.h"
#include "web/embedded.h"
#include "web/template.h"

#include <string.h>

enum { PAGE_ITEMS = 100 };

static void set_texts(template_view_t *view, lang_t lang)
{
    static const struct {
        const char *name, *in[LANG_COUNT];
    } texts[] = {
#define TEXT(name, pl, en, uk) {name, {pl, en, uk}},
#include "web/texts.def"
#undef TEXT
    };
    web_template_set(view, "lang", span_of(lang_code(lang)));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        web_template_set(view, texts[i].name, span_of(texts[i].in[lang]));
    }
}

/* A text that found no memory fails the page. */
static void fail_without(template_view_t *view, const buf_t *text)
{
    if (text->failed) {
        web_template_fail(view);
    }
}

static void set_date(template_view_t *view, const char *name, date_t date)
{
    char text[DATE_TEXT_LEN + 1];
    date_text(date, text);
    web_template_print(view, name, "%s", text);
}

static void set_price(template_view_t *row, const tell_t *asked, const registry_service_t *service)
{
    const registry_row_t *price = tell_row(asked, service->price);
    if (price == NULL) {
        web_template_set(row, "price", SPAN("–"));
        return;
    }
    buf_t money = {0};
    money_text(&money, price->value.number, asked->lang);
    span_t unit = texts_in(&service->unit->name, asked->lang);
    web_template_print(row, "price", "%.*s / %.*s", SPAN_ARGS(money), SPAN_ARGS(unit));
    web_template_set(row, "price_example", price->basis.example ? SPAN("1") : SPAN(""));
    fail_without(row, &money);
    buf_free(&money);
}

static void set_pool(template_view_t *row, const tell_t *asked, const registry_service_t *service,
                     const registry_left_t *pool)
{
    if (!pool->has_pool || !pool->known) {
        web_template_set(row, "left", SPAN("–"));
        return;
    }
    buf_t left = {0};
    tell_pool(&left, asked, service, pool);
    web_template_print(row, "left", "%.*s", SPAN_ARGS(left));
    web_template_set(row, "left_example", pool->basis.example ? SPAN("1") : SPAN(""));
    buf_free(&left);
}

static void add_service(template_view_t *package, const tell_t *asked,
                        const registry_service_t *service)
{
    template_view_t *row = web_template_item(package, "services");
    tell_left_t left = tell_left(asked, service, true);
    web_template_set(row, "service_id", service->id);
    web_template_set(row, "service", texts_in(&service->name, asked->lang));
    web_template_set(row, "summary",
                     texts_in(registry_text_on(&service->summary, asked->on), asked->lang));
    set_price(row, asked, service);
    set_pool(row, asked, service, &left.pool);
    if (date_is_none(left.earliest)) {
        web_template_set(row, "earliest", SPAN("–"));
    } else {
        set_date(row, "earliest", left.earliest);
    }
}

static void add_packages(template_view_t *view, const tell_t *asked)
{
    const registry_programme_t *programme = asked->programme;
    for (size_t i = 0; i < programme->packages.count; i++) {
        const registry_term_t *term = &programme->packages.at[i];
        template_view_t *package = NULL;
        for (size_t k = 0; k < programme->service_count; k++) {
            const registry_service_t *service = &programme->services[k];
            if (service->package != term || !registry_in_force(programme, service, asked->on)) {
                continue;
            }
            if (package == NULL) {
                package = web_template_item(view, "packages");
                web_template_set(package, "package", texts_in(&term->name, asked->lang));
            }
            add_service(package, asked, service);
        }
    }
}

static void set_day(template_view_t *view, const tell_t *asked, date_t today)
{
    static const char *const demo[LANG_COUNT] = {
        "Pokaz: okres programu minął, więc strona pokazuje dzień %s.",
        "Demonstration: the programme's period is over, so this page shows %s.",
        "Показ: період програми минув, тому сторінка показує день %s."};
    char text[DATE_TEXT_LEN + 1];
    date_text(asked->on, text);
    if (!date_equal(asked->on, today)) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        web_template_print(view, "demo", demo[asked->lang], text);
#pragma GCC diagnostic pop
    } else if (!tell_in_force(asked)) {
        buf_t ended = {0};
        tell_not_in_force(&ended, asked);
        web_template_print(view, "ended", "%.*s", SPAN_ARGS(ended));
        fail_without(view, &ended);
        buf_free(&ended);
    }
}

/* What a resident pays of the value, when the programme's policy is a share of it. */
static void set_fee(template_view_t *view, const tell_t *asked)
{
    static const char *const share[LANG_COUNT] = {
        "Mieszkaniec płaci %s wartości usługi, chyba że jest zwolniony z opłaty.",
        "A resident pays %s of a service's value, unless exempt.",
        "Мешканець платить %s вартості послуги, якщо його не звільнено від оплати."};
    const registry_fee_t *fee = registry_fee_on(asked->programme, NULL, asked->on);
    if (fee == NULL || fee->kind != FEE_SHARE || !tell_fee(fee, asked->on).known) {
        return;
    }
    buf_t percent = {0};
    tell_percent(&percent, tell_fee(fee, asked->on).number, asked->lang);
    const char *text = buf_zero_terminated(&percent);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    web_template_print(view, "share", share[asked->lang], text != NULL ? text : "");
#pragma GCC diagnostic pop
    fail_without(view, &percent);
    buf_free(&percent);
}

static void add_programme(template_view_t *root, const page_context_t *context,
                          const registry_programme_t *programme, lang_t lang)
{
    date_t today = clock_today(context->clock);
    tell_t asked = {programme, context->usage, registry_day(programme, today, context->demo), lang};
    template_view_t *view = web_template_item(root, "programmes");
    web_template_set(view, "id", programme->id);
    web_template_set(view, "name", texts_in(registry_name_on(programme, asked.on), lang));
    web_template_set(view, "centre", texts_in(&programme->centre, lang));
    const registry_head_t *head = registry_head_on(programme, asked.on);
    if (head != NULL) {
        web_template_set(view, "resolution", head->number);
        web_template_set(view, "by", texts_in(&head->by, lang));
        set_date(view, "resolution_date", head->resolved);
    }
    set_date(view, "from", programme->from);
    set_date(view, "to", programme->to);
    set_day(view, &asked, today);
    set_fee(view, &asked);
    add_packages(view, &asked);
}

/* The three requests are about a real service: the first one that has a pool. */
static void add_try(template_view_t *root, const page_context_t *context,
                    const registry_programme_t *programme)
{
    const registry_service_t *service = NULL;
    for (size_t i = 0; i < programme->service_count && service == NULL; i++) {
        service = programme->services[i].pool != NULL ? &programme->services[i] : NULL;
    }
    if (service == NULL) {
        return;
    }
    template_view_t *view = web_template_item(root, "try");
    buf_t folded = {0};
    text_fold(&folded, service->name.in[LANG_PL]);
    span_t rest = buf_span(&folded), word = SPAN_NONE;
    span_cut(&rest, ' ', &word);
    web_template_print(view, "word", "%.*s", SPAN_ARGS(word));
    fail_without(view, &folded);
    buf_free(&folded);
    web_template_set(view, "address", span_of(context->address));
    web_template_set(view, "id", programme->id);
    web_template_set(view, "service_id", service->id);
}

static bool render(buf_t *html, const template_view_t *root, arena_t *arena)
{
    bool fine =
        web_template_render(html, (span_t){embedded_index_html, embedded_index_html_len}, root);
    arena_free(arena);
    return fine;
}

/* The same page in the other languages; `programme` is empty for the first one. */
static void add_languages(template_view_t *root, span_t programme, lang_t lang)
{
    static const char *const names[LANG_COUNT] = {"Polski", "English", "Українська"};
    web_template_print(root, "here", "/%.*s", SPAN_ARGS(programme));
    for (lang_t other = 0; other < LANG_COUNT; other++) {
        if (other != lang) {
            template_view_t *item = web_template_item(root, "languages");
            web_template_set(item, "code", span_of(lang_code(other)));
            web_template_set(item, "language", span_of(names[other]));
            web_template_print(item, "address_in", "/%s%s%.*s", lang_code(other),
                               programme.len > 0 ? "/" : "", SPAN_ARGS(programme));
        }
    }
}

static template_view_t *root_new(arena_t **arena, lang_t lang)
{
    *arena = arena_new(16 * 1024);
    template_view_t *root = *arena != NULL ? web_template_view_new(*arena) : NULL;
    if (root == NULL) {
        arena_free(*arena);
        return NULL;
    }
    set_texts(root, lang);
    return root;
}

bool web_page_programme(buf_t *html, const page_context_t *context,
                        const registry_programme_t *programme, lang_t lang)
{
    arena_t *arena = NULL;
    template_view_t *root = root_new(&arena, lang);
    if (root == NULL) {
        return false;
    }
    add_languages(root, programme->id, lang);
    add_programme(root, context, programme, lang);
    add_try(root, context, programme);
    return render(html, root, arena);
}

bool web_page_nothing(buf_t *html, lang_t lang)
{
    arena_t *arena = NULL;
    template_view_t *root = root_new(&arena, lang);
    if (root == NULL) {
        return false;
    }
    web_template_set(root, "lost", SPAN("1"));
    add_languages(root, SPAN_NONE, lang);
    return render(html, root, arena);
}

/* ---- the list of programmes ------------------------------------------------------------------ */

static void add_to_list(template_view_t *list, const registry_programme_t *programme, lang_t lang)
{
    template_view_t *item = web_template_item(list, "items");
    web_template_set(item, "id", programme->id);
    web_template_set(item, "municipality", programme->municipality);
    web_template_set(item, "name", texts_in(&programme->name, lang));
    web_template_set(item, "centre", texts_in(&programme->centre, lang));
}

/* The query as it may stand in a link. */
static void set_link(template_view_t *list, const char *name, const page_wanted_t *wanted,
                     uint64_t page)
{
    buf_t link = {0};
    for (size_t i = 0; i < wanted->text.len; i++) {
        buf_print(&link, "%%%02X", (unsigned)(unsigned char)wanted->text.at[i]);
    }
    web_template_print(list, name, "/%s?q=%.*s&page=%llu", lang_code(wanted->lang), SPAN_ARGS(link),
                       (unsigned long long)page);
    fail_without(list, &link);
    buf_free(&link);
}

static void add_list(template_view_t *root, const page_context_t *context,
                     const page_wanted_t *wanted)
{
    size_t count = 0, found = 0, first = (size_t)(wanted->page - 1) * PAGE_ITEMS;
    const plugin_slot_t *slots = plugin_host_slots(context->host, &count);
    template_view_t *list = web_template_item(root, "list");
    buf_t folded = {0};
    text_fold(&folded, wanted->text);
    for (size_t i = 0; i < count; i++) {
        if (slots[i].serving != NULL && plugin_slot_has(&slots[i], buf_span(&folded))) {
            if (found >= first && found - first < PAGE_ITEMS) {
                add_to_list(list, plugin_programme(slots[i].serving), wanted->lang);
            }
            found++;
        }
    }
    web_template_set(list, "q", wanted->text);
    web_template_print(list, "found", "%zu", found);
    if (wanted->page > 1) {
        set_link(list, "previous", wanted, wanted->page - 1);
    }
    if (found > first + PAGE_ITEMS) {
        set_link(list, "next", wanted, wanted->page + 1);
    }
    fail_without(list, &folded);
    buf_free(&folded);
}

bool web_page_index(buf_t *html, const page_context_t *context, const page_wanted_t *wanted)
{
    size_t count = 0, serving = 0;
    const plugin_slot_t *slots = plugin_host_slots(context->host, &count), *first = NULL;
    for (size_t i = 0; i < count; i++) {
        first = first == NULL && slots[i].serving != NULL ? &slots[i] : first;
        serving += slots[i].serving != NULL ? 1 : 0;
    }
    if (serving == 1) {
        return web_page_programme(html, context, plugin_programme(first->serving), wanted->lang);
    }
    arena_t *arena = NULL;
    template_view_t *root = root_new(&arena, wanted->lang);
    if (root == NULL) {
        return false;
    }
    add_languages(root, SPAN_NONE, wanted->lang);
    if (serving == 0) {
        web_template_set(root, "nothing", SPAN("1"));
    } else {
        add_list(root, context, wanted);
        add_try(root, context, plugin_programme(first->serving));
    }
    return render(html, root, arena);
}
