#include "json/chars.h"
#include "json/json.h"

/* How a character below 0x80 is written: 0 as it is, 'u' as \u00XX, else a backslash and this. */
/* clang-format off */
static const char escapes[128] = {
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'b', 't', 'n', 'u', 'f', 'r', 'u', 'u',
    'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u', 'u',
    ['"'] = '"', ['\\'] = '\\', ['<'] = 'u', ['>'] = 'u', ['&'] = 'u',
};
/* clang-format on */

static void add_escape(buf_t *buf, uint8_t c)
{
    static const char hex[] = "0123456789abcdef";
    char letter = escapes[c];
    if (letter == 'u') {
        const char unit[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        buf_add(buf, (span_t){unit, sizeof unit});
    } else {
        const char pair[] = {'\\', letter};
        buf_add(buf, (span_t){pair, sizeof pair});
    }
}

/* A character that is not ASCII, `len` bytes long. U+2028 and U+2029 end a line in older
 * JavaScript. */
static void add_wide(buf_t *buf, const uint8_t *at, size_t len)
{
    if (len == 3 && at[0] == 0xe2 && at[1] == 0x80 && (at[2] & 0xfe) == 0xa8) {
        buf_add(buf, at[2] == 0xa8 ? SPAN("\\u2028") : SPAN("\\u2029"));
    } else {
        buf_add(buf, (span_t){(const char *)at, len});
    }
}

void json_add_text(buf_t *buf, span_t text)
{
    const uint8_t *at = (const uint8_t *)text.at, *end = text.len > 0 ? at + text.len : at;
    buf_byte(buf, '"');
    while (at < end) {
        const uint8_t *plain = at;
        while (at < end && *at < 0x80 && escapes[*at] == 0) {
            at++;
        }
        buf_add(buf, (span_t){(const char *)plain, (size_t)(at - plain)});
        if (at == end) {
            break;
        }
        if (*at < 0x80) {
            add_escape(buf, *at++);
            continue;
        }
        bool well = true;
        size_t len = utf8_sequence(at, end, &well);
        if (well) {
            add_wide(buf, at, len);
        } else {
            buf_literal(buf, "\xef\xbf\xbd"); /* U+FFFD */
        }
        at += len;
    }
    buf_byte(buf, '"');
}

/* Appends `"name":` */
static void add_name(buf_t *buf, const char *name)
{
    json_add_text(buf, span_of(name));
    buf_byte(buf, ':');
}

/* Before an item: the comma, if one is due; another will be due behind it. */
static void begin_item(json_writer_t *writer)
{
    if (writer->comma) {
        buf_byte(writer->buf, ',');
    }
    writer->comma = true;
}

static void open_items(json_writer_t *writer, char bracket)
{
    begin_item(writer);
    buf_byte(writer->buf, bracket);
    writer->comma = false;
}

static void close_items(json_writer_t *writer, char bracket)
{
    buf_byte(writer->buf, bracket);
    writer->comma = true;
}

void json_object(json_writer_t *writer)
{
    open_items(writer, '{');
}

void json_object_end(json_writer_t *writer)
{
    close_items(writer, '}');
}

void json_array(json_writer_t *writer)
{
    open_items(writer, '[');
}

void json_array_end(json_writer_t *writer)
{
    close_items(writer, ']');
}

void json_name(json_writer_t *writer, const char *name)
{
    begin_item(writer);
    add_name(writer->buf, name);
    writer->comma = false;
}

void json_text(json_writer_t *writer, span_t text)
{
    begin_item(writer);
    json_add_text(writer->buf, text);
}

void json_int(json_writer_t *writer, int64_t number)
{
    begin_item(writer);
    buf_int(writer->buf, number);
}

void json_bool(json_writer_t *writer, bool value)
{
    begin_item(writer);
    buf_add(writer->buf, value ? SPAN("true") : SPAN("false"));
}

void json_null(json_writer_t *writer)
{
    begin_item(writer);
    buf_literal(writer->buf, "null");
}

void json_raw(json_writer_t *writer, span_t json)
{
    begin_item(writer);
    buf_add(writer->buf, json);
}
