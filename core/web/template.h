/* Templates: HTML with {{name}} (always escaped), {{#name}}…{{/name}} (for each of a list, or when
 * a text is not empty) and {{^name}}…{{/name}} (when there is nothing). A name that a list's item
 * lacks is looked for in what holds the list. */
#ifndef OKIENKO_WEB_TEMPLATE_H
#define OKIENKO_WEB_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"

typedef struct template_view template_view_t;

/* An empty view in `arena`, which must outlive it. NULL without memory. */
template_view_t *web_template_view_new(arena_t *arena);

/* Names must be literals; texts must outlive the view. A NULL view (no memory) takes anything. What
 * finds no memory makes the page fail as a whole: a page with holes is none. */
void web_template_set(template_view_t *view, const char *name, span_t text);

/* A formatted text, kept in the arena. */
void web_template_print(template_view_t *view, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* One more item of the list `name`. NULL without memory. */
template_view_t *web_template_item(template_view_t *view, const char *name);

/* A text for the view could not be made. */
void web_template_fail(template_view_t *view);

/* False when the template is not well-formed or memory ran out. */
bool web_template_render(buf_t *out, span_t text, const template_view_t *view);

#endif
