#include "http/server.h"

#include "base/text.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int http_unescape_byte(span_t text)
{
    if (text.len < 3) {
        return -1;
    }
    int high = hex_digit(text.at[1]), low = hex_digit(text.at[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool http_unescape(buf_t *buf, span_t text)
{
    size_t start = buf->len;
    if (!buf_reserve(buf, text.len)) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        int byte = text.at[i] == '+' ? ' ' : (uint8_t)text.at[i];
        if (byte == '%') {
            byte = http_unescape_byte(span_from(text, i));
            i += 2;
        }
        if (byte <= 0) {
            buf->len = start;
            return false;
        }
        buf->at[buf->len++] = (char)byte;
    }
    if (buf->len > start && !text_is_utf8(span_from(buf_span(buf), start))) {
        buf->len = start;
        return false;
    }
    return true;
}

bool http_query_next(span_t *query, span_t *name, span_t *value)
{
    span_t pair;
    do {
        if (!span_cut(query, '&', &pair)) {
            return false;
        }
    } while (pair.len == 0);
    *value = SPAN_NONE;
    span_cut(&pair, '=', name);
    *value = pair.at == NULL ? (span_t){name->at + name->len, 0} : pair;
    return true;
}
