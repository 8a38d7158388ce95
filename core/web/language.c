#include "web/language.h"

#define COOKIE "okienko_lang"

static bool chosen_now(span_t query, lang_t *lang)
{
    span_t name = SPAN_NONE, value = SPAN_NONE;
    while (http_query_next(&query, &name, &value)) {
        if (span_equal(name, SPAN("lang")) && lang_of_code(value, lang)) {
            return true;
        }
    }
    return false;
}

static bool chosen_before(span_t cookies, lang_t *lang)
{
    span_t cookie = SPAN_NONE;
    while (span_cut(&cookies, ';', &cookie)) {
        cookie = span_trim(cookie);
        if (span_starts(cookie, SPAN(COOKIE "=")) &&
            lang_of_code(span_from(cookie, sizeof COOKIE), lang)) {
            return true;
        }
    }
    return false;
}

lang_t web_language(const http_exchange_t *exchange, const http_request_t *request, bool *chosen)
{
    lang_t lang = request->lang;
    bool now = chosen_now(request->query, &lang);
    if (!now) {
        chosen_before(http_header(exchange, "cookie"), &lang);
    }
    if (chosen != NULL) {
        *chosen = now;
    }
    return lang;
}

void web_redirect(http_exchange_t *exchange, const http_request_t *request, span_t programme)
{
    bool chosen = false;
    lang_t lang = web_language(exchange, request, &chosen);
    buf_t fields = {0};
    buf_print(&fields, "Location: /%s%s%.*s\r\n", lang_code(lang), programme.len > 0 ? "/" : "",
              SPAN_ARGS(programme));
    if (chosen) {
        buf_print(&fields, "Set-Cookie: " COOKIE "=%s; Path=/; Max-Age=31536000; SameSite=Lax\r\n",
                  lang_code(lang));
    }
    buf_literal(&fields, "Vary: Accept-Language, Cookie\r\nCache-Control: private, no-cache\r\n");
    http_reply(exchange, &(http_reply_t){302, "text/plain; charset=utf-8",
                                         buf_zero_terminated(&fields), SPAN_NONE});
    buf_free(&fields);
}
