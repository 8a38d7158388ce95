/* Routes as a tree of path segments. A literal segment goes before a parameter; where it leads
 * nowhere the parameter is tried. */
#ifndef OKIENKO_HTTP_ROUTER_H
#define OKIENKO_HTTP_ROUTER_H

#include "http/http.h"

typedef struct http_router http_router_t;

typedef enum { HTTP_FOUND, HTTP_OTHER_METHOD, HTTP_NOWHERE } http_finding_t;

typedef struct {
    const http_route_t *route; /* with HTTP_FOUND */
    span_t parameters[HTTP_PARAMETERS_MAX];
    unsigned methods;        /* routed on this path, 1 << method, HEAD with GET, and OPTIONS */
    unsigned public_methods; /* of these the ones marked HTTP_PUBLIC */
} http_match_t;

/* The routes are copied, with their patterns. Two of the same method and shape are a mistake of the
 * programmer: assertion. NULL without memory. */
http_router_t *http_router_new(const http_route_t *routes, size_t count);
void http_router_free(http_router_t *router);

http_finding_t http_router_find(const http_router_t *router, http_method_t method, span_t path,
                                http_match_t *match);

/* "GET", … */
const char *http_method_name(http_method_t method);

#endif
