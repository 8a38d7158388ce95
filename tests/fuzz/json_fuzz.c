/* Whatever json_read() accepts is written again and read again to the same tree; whatever it
 * refuses has a fault within the text. Any bytes at all, written as a text, read back as good
 * UTF-8. */
#include "base/text.h"
#include "json/json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void write_node(json_writer_t *writer, const cJSON *node)
{
    int64_t number = 0;
    if (cJSON_IsObject(node)) {
        json_object(writer);
        for (const cJSON *item = node->child; item != NULL; item = item->next) {
            json_name(writer, item->string);
            write_node(writer, item);
        }
        json_object_end(writer);
    } else if (cJSON_IsArray(node)) {
        json_array(writer);
        for (const cJSON *item = node->child; item != NULL; item = item->next) {
            write_node(writer, item);
        }
        json_array_end(writer);
    } else if (cJSON_IsString(node)) {
        json_text(writer, json_string(node));
    } else if (json_integer(node, &number)) {
        json_int(writer, number);
    } else if (cJSON_IsNumber(node)) {
        buf_t digits = {0};
        buf_print(&digits, "%.17e", node->valuedouble);
        json_raw(writer, buf_span(&digits));
        buf_free(&digits);
    } else if (cJSON_IsBool(node)) {
        json_bool(writer, cJSON_IsTrue(node));
    } else {
        require(cJSON_IsNull(node));
        json_null(writer);
    }
}

static void require_same(const cJSON *a, const cJSON *b)
{
    require(a->type == b->type && a->valuedouble == b->valuedouble);
    require((a->string == NULL) == (b->string == NULL));
    require(a->string == NULL || strcmp(a->string, b->string) == 0);
    require(span_equal(json_string(a), json_string(b)));
    const cJSON *left = a->child, *right = b->child;
    for (; left != NULL && right != NULL; left = left->next, right = right->next) {
        if (cJSON_IsObject(a)) {
            require(json_member(a, left->string) == left);
        }
        require_same(left, right);
    }
    require(left == NULL && right == NULL);
}

static void check_text(json_reader_t *reader, span_t bytes)
{
    buf_t buf = {0};
    json_fault_t fault;
    json_add_text(&buf, bytes);
    const cJSON *root = json_read(reader, buf_span(&buf), &fault);
    bool zero = bytes.len > 0 && memchr(bytes.at, '\0', bytes.len) != NULL;
    require(fault.code == (zero ? JSON_NO_CHARACTER : JSON_OK));
    if (root != NULL) {
        require(text_is_utf8(json_string(root)));
        require(span_equal(json_string(root), bytes) == text_is_utf8(bytes));
    }
    buf_free(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static json_reader_t *first, *second;
    if (first == NULL) {
        first = json_reader_new();
        second = json_reader_new();
    }
    span_t text = {(const char *)data, size};
    json_fault_t fault;
    const cJSON *root = json_read(first, text, &fault);
    if (root == NULL) {
        require(fault.code > JSON_OK && fault.code < JSON_NO_MEMORY && fault.offset <= size);
        require(fault.line >= 1 && fault.column >= 1 && fault.column <= fault.offset + 1);
    } else {
        buf_t buf = {0};
        json_writer_t writer = {.buf = &buf};
        write_node(&writer, root);
        const cJSON *again = json_read(second, buf_span(&buf), &fault);
        require(again != NULL && fault.code == JSON_OK);
        require(text_is_utf8(text));
        require_same(root, again);
        buf_free(&buf);
    }
    check_text(second, text);
    return 0;
}
