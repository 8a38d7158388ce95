#include "http/router.h"

#include "base/log.h"

#include <stdlib.h>

typedef struct node {
    span_t segment; /* of the pattern, in the router's copy */
    struct node *literals;
    struct node *parameter;
    struct node *next; /* among the literals of its parent */
    const http_route_t *routes[HTTP_METHOD_COUNT];
} node_t;

struct http_router {
    node_t root;
    http_route_t *routes;
    size_t count;
};

static const char *const names[HTTP_METHOD_COUNT] = {"GET",   "HEAD",   "POST",   "PUT",
                                                     "PATCH", "DELETE", "OPTIONS"};

const char *http_method_name(http_method_t method)
{
    return names[method];
}

/* Cuts the next segment off a path that begins with "/"; false at its end. One slash at the end
 * counts for nothing. */
static bool next_segment(span_t *path, span_t *segment)
{
    if (path->len < 2) {
        return false;
    }
    span_t rest = span_from(*path, 1);
    const char *slash = memchr(rest.at, '/', rest.len);
    size_t len = slash == NULL ? rest.len : (size_t)(slash - rest.at);
    *segment = (span_t){rest.at, len};
    *path = span_from(rest, len);
    return true;
}

static node_t *grow(node_t **place, span_t segment)
{
    node_t *node = calloc(1, sizeof *node);
    if (node != NULL) {
        node->segment = segment;
        node->next = *place;
        *place = node;
    }
    return node;
}

static node_t *child_for(node_t *parent, span_t segment)
{
    if (segment.len > 0 && segment.at[0] == '{') {
        return parent->parameter != NULL ? parent->parameter : grow(&parent->parameter, segment);
    }
    for (node_t *child = parent->literals; child != NULL; child = child->next) {
        if (span_equal(child->segment, segment)) {
            return child;
        }
    }
    return grow(&parent->literals, segment);
}

/* A table of routes that contradicts itself is the programmer's mistake,
 * found at the first start. */
static void demand(bool sound, const char *pattern)
{
    if (!sound) {
        log_line(LOG_ERROR, "unsound route: %s", pattern);
        abort();
    }
}

static bool plant(http_router_t *router, const http_route_t *route)
{
    node_t *node = &router->root;
    span_t path = span_of(route->pattern), segment;
    size_t parameters = 0;
    demand(path.len > 0 && path.at[0] == '/', route->pattern);
    while (next_segment(&path, &segment)) {
        parameters += segment.len > 0 && segment.at[0] == '{';
        node = child_for(node, segment);
        if (node == NULL) {
            return false;
        }
    }
    demand(parameters <= HTTP_PARAMETERS_MAX && node->routes[route->method] == NULL,
           route->pattern);
    node->routes[route->method] = route;
    return true;
}

http_router_t *http_router_new(const http_route_t *routes, size_t count)
{
    http_router_t *router = calloc(1, sizeof *router);
    if (router == NULL) {
        return NULL;
    }
    router->routes = calloc(count + 1, sizeof *routes);
    if (router->routes == NULL) {
        http_router_free(router);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        http_route_t *route = &router->routes[i];
        *route = routes[i];
        route->pattern = strdup(routes[i].pattern);
        router->count = i + 1;
        if (route->pattern == NULL || !plant(router, route)) {
            http_router_free(router);
            return NULL;
        }
    }
    return router;
}

static void fell(node_t *node)
{
    while (node != NULL) {
        node_t *next = node->next;
        fell(node->literals);
        fell(node->parameter);
        free(node);
        node = next;
    }
}

void http_router_free(http_router_t *router)
{
    if (router == NULL) {
        return;
    }
    fell(router->root.literals);
    fell(router->root.parameter);
    for (size_t i = 0; i < router->count; i++) {
        free((char *)router->routes[i].pattern);
    }
    free(router->routes);
    free(router);
}

/* How much of it a parameter may have. */
static size_t plain_length(span_t segment)
{
    size_t len = 0;
    while (len < segment.len &&
           ((segment.at[len] >= 'a' && segment.at[len] <= 'z') ||
            (segment.at[len] >= '0' && segment.at[len] <= '9') || segment.at[len] == '-')) {
        len++;
    }
    return len;
}

static bool is_plain(span_t segment)
{
    return plain_length(segment) == segment.len;
}

/* The same, and capitals and blanks. */
static bool is_spelled(span_t segment)
{
    span_t rest = segment;
    while (rest.len > 0) {
        size_t len = plain_length(rest);
        bool capital = len < rest.len && rest.at[len] >= 'A' && rest.at[len] <= 'Z';
        bool blank = span_starts(span_from(rest, len), SPAN("%20"));
        if (len < rest.len && !capital && !blank) {
            return false;
        }
        rest = span_from(rest, len + (blank ? 3 : capital));
    }
    return segment.len > 0;
}

static void note_methods(const node_t *node, http_match_t *match)
{
    for (unsigned method = 0; method < HTTP_METHOD_COUNT; method++) {
        if (node->routes[method] != NULL) {
            unsigned bits = 1u << method | (method == HTTP_GET ? 1u << HTTP_HEAD : 0);
            match->methods |= bits | 1u << HTTP_OPTIONS;
            match->public_methods |= node->routes[method]->flags & HTTP_PUBLIC ? bits : 0;
        }
    }
}

static const http_route_t *route_at(const node_t *node, http_method_t method)
{
    const http_route_t *route = node->routes[method];
    return route == NULL && method == HTTP_HEAD ? node->routes[HTTP_GET] : route;
}

static bool may_be_spelled(const http_route_t *route, const http_match_t *match, size_t parameters)
{
    bool may = route != NULL && (route->flags & HTTP_SPELLED) != 0;
    for (size_t i = 0; i < parameters && !may; i++) {
        if (!is_plain(match->parameters[i])) {
            return false;
        }
    }
    return true;
}

static bool find(const node_t *node, http_method_t method, span_t path, size_t parameters,
                 http_match_t *match)
{
    span_t segment;
    if (!next_segment(&path, &segment)) {
        const http_route_t *route = route_at(node, method);
        if (!may_be_spelled(route, match, parameters)) {
            return false;
        }
        note_methods(node, match);
        match->route = route;
        return route != NULL;
    }
    for (const node_t *child = node->literals; child != NULL; child = child->next) {
        if (span_equal(child->segment, segment) && find(child, method, path, parameters, match)) {
            return true;
        }
    }
    if (node->parameter == NULL || !is_spelled(segment)) {
        return false;
    }
    match->parameters[parameters] = segment;
    return find(node->parameter, method, path, parameters + 1, match);
}

http_finding_t http_router_find(const http_router_t *router, http_method_t method, span_t path,
                                http_match_t *match)
{
    *match = (http_match_t){0};
    if (find(&router->root, method, path, 0, match)) {
        return HTTP_FOUND;
    }
    return match->methods != 0 ? HTTP_OTHER_METHOD : HTTP_NOWHERE;
}
