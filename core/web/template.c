#include "web/template.h"

#include <stdarg.h>

/* One name of a view: a text, or the items of a list. */
typedef struct entry {
    struct entry *next;
    span_t name;
    span_t text;
    template_view_t *items, *last;
} entry_t;

struct template_view {
    arena_t *arena;
    bool *failed; /* the whole page's: something found no memory */
    const template_view_t *holder;
    template_view_t *next; /* in a list */
    entry_t *entries;
};

template_view_t *web_template_view_new(arena_t *arena)
{
    template_view_t *view = arena_alloc(arena, sizeof *view);
    bool *failed = arena_alloc(arena, sizeof *failed);
    if (view == NULL || failed == NULL) {
        return NULL;
    }
    *failed = false;
    *view = (template_view_t){.arena = arena, .failed = failed};
    return view;
}

static template_view_t *view_in(template_view_t *holder)
{
    template_view_t *view = arena_alloc(holder->arena, sizeof *view);
    if (view != NULL) {
        *view =
            (template_view_t){.arena = holder->arena, .failed = holder->failed, .holder = holder};
    } else {
        *holder->failed = true;
    }
    return view;
}

static entry_t *entry_own(const template_view_t *view, span_t name)
{
    entry_t *entry = view->entries;
    while (entry != NULL && !span_equal(entry->name, name)) {
        entry = entry->next;
    }
    return entry;
}

static const entry_t *entry_find(const template_view_t *view, span_t name)
{
    for (; view != NULL; view = view->holder) {
        const entry_t *entry = entry_own(view, name);
        if (entry != NULL) {
            return entry;
        }
    }
    return NULL;
}

static entry_t *entry_make(template_view_t *view, const char *name)
{
    entry_t *entry = entry_own(view, span_of(name));
    if (entry == NULL) {
        entry = arena_alloc(view->arena, sizeof *entry);
        if (entry != NULL) {
            *entry = (entry_t){.next = view->entries, .name = span_of(name)};
            view->entries = entry;
        } else {
            *view->failed = true;
        }
    }
    return entry;
}

void web_template_set(template_view_t *view, const char *name, span_t text)
{
    entry_t *entry = view != NULL ? entry_make(view, name) : NULL;
    if (entry != NULL) {
        entry->text = text;
    }
}

void web_template_print(template_view_t *view, const char *name, const char *format, ...)
{
    if (view == NULL) {
        return;
    }
    buf_t text = {0};
    va_list args;
    va_start(args, format);
    buf_vprint(&text, format, args);
    va_end(args);
    span_t kept = arena_copy(view->arena, buf_span(&text));
    *view->failed = *view->failed || text.failed || kept.at == NULL;
    web_template_set(view, name, kept);
    buf_free(&text);
}

template_view_t *web_template_item(template_view_t *view, const char *name)
{
    entry_t *list = view != NULL ? entry_make(view, name) : NULL;
    template_view_t *item = list != NULL ? view_in(view) : NULL;
    if (item == NULL) {
        return NULL;
    }
    if (list->last != NULL) {
        list->last->next = item;
    } else {
        list->items = item;
    }
    list->last = item;
    return item;
}

static void add_escaped(buf_t *out, span_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.at[i]) {
        case '&':
            buf_literal(out, "&amp;");
            break;
        case '<':
            buf_literal(out, "&lt;");
            break;
        case '>':
            buf_literal(out, "&gt;");
            break;
        case '"':
            buf_literal(out, "&quot;");
            break;
        case '\'':
            buf_literal(out, "&#39;");
            break;
        default:
            buf_byte(out, text.at[i]);
        }
    }
}

/* One {{tag}}: its kind ('#', '^', '/' or '=' for a plain name), its name, and what stands around
 * it. */
typedef struct {
    span_t before, name, after;
    char kind;
} tag_t;

static bool tag_next(span_t text, tag_t *tag)
{
    const char *open = memmem(text.at, text.len, "{{", 2);
    if (open == NULL) {
        return false;
    }
    span_t rest = span_from(text, (size_t)(open - text.at) + 2);
    const char *close = memmem(rest.at, rest.len, "}}", 2);
    if (close == NULL) {
        return false;
    }
    span_t name = {rest.at, (size_t)(close - rest.at)};
    tag->before = (span_t){text.at, (size_t)(open - text.at)};
    tag->after = span_from(rest, name.len + 2);
    tag->kind = '=';
    if (name.len > 0 && (name.at[0] == '#' || name.at[0] == '^' || name.at[0] == '/')) {
        tag->kind = name.at[0];
        name = span_from(name, 1);
    }
    tag->name = name;
    return true;
}

/* The inside of the section that begins at `text`, and what follows its end. */
static bool section(span_t text, span_t name, span_t *inside, span_t *after)
{
    int depth = 1;
    tag_t tag;
    for (span_t rest = text; tag_next(rest, &tag); rest = tag.after) {
        bool same = span_equal(tag.name, name);
        depth += same && (tag.kind == '#' || tag.kind == '^') ? 1 : 0;
        depth -= same && tag.kind == '/' ? 1 : 0;
        if (depth == 0) {
            *inside = (span_t){text.at, (size_t)(tag.before.at + tag.before.len - text.at)};
            *after = tag.after;
            return true;
        }
    }
    return false;
}

static bool render_section(buf_t *out, char kind, span_t inside, const entry_t *entry,
                           const template_view_t *view)
{
    bool empty = entry == NULL || (entry->text.len == 0 && entry->items == NULL);
    if (kind == '^' || empty) {
        return kind == '^' && empty ? web_template_render(out, inside, view) : true;
    }
    if (entry->items == NULL) {
        return web_template_render(out, inside, view);
    }
    bool fine = true;
    for (const template_view_t *item = entry->items; item != NULL && fine; item = item->next) {
        fine = web_template_render(out, inside, item);
    }
    return fine;
}

bool web_template_render(buf_t *out, span_t text, const template_view_t *view)
{
    tag_t tag;
    while (tag_next(text, &tag)) {
        buf_add(out, tag.before);
        const entry_t *entry = entry_find(view, tag.name);
        text = tag.after;
        if (tag.kind == '=') {
            add_escaped(out, entry != NULL ? entry->text : SPAN(""));
        } else {
            span_t inside = SPAN_NONE;
            if (tag.kind == '/' || !section(tag.after, tag.name, &inside, &text) ||
                !render_section(out, tag.kind, inside, entry, view)) {
                return false;
            }
        }
    }
    buf_add(out, text);
    return !out->failed && !*view->failed;
}

void web_template_fail(template_view_t *view)
{
    if (view != NULL) {
        *view->failed = true;
    }
}
