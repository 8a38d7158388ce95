/* Dates, money and thousandths as JSON has them everywhere, and trees written out again. */
#include "base/money.h"
#include "json/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void json_date(json_writer_t *writer, date_t date)
{
    if (date_is_none(date) || date_equal(date, DATE_NEVER)) {
        json_null(writer);
        return;
    }
    char text[DATE_TEXT_LEN + 3];
    text[0] = '"';
    date_text(date, text + 1);
    text[DATE_TEXT_LEN + 1] = '"';
    json_raw(writer, (span_t){text, DATE_TEXT_LEN + 2});
}

void json_money(json_writer_t *writer, int64_t grosze, lang_t lang)
{
    buf_t *buf = writer->buf;
    json_raw(writer, SPAN("{\"grosze\":"));
    buf_int(buf, grosze);
    buf_literal(buf, ",\"text\":\"");
    money_text(buf, grosze, lang);
    buf_literal(buf, "\"}");
}

void json_thousandths(json_writer_t *writer, int64_t thousandths)
{
    json_raw(writer, SPAN(""));
    buf_thousandths(writer->buf, thousandths);
}

bool json_thousandths_of(const cJSON *node, int64_t *thousandths, bool *exact)
{
    if (!cJSON_IsNumber(node)) {
        return false;
    }
    double scaled = node->valuedouble * 1000;
    *exact = fabs(scaled) < 9e15;
    *thousandths = *exact ? llround(scaled) : 0;
    /* Dividing a whole number below 2^53 rounds to what reading the decimal would have given. */
    *exact = *exact && (double)*thousandths / 1000 == node->valuedouble;
    return true;
}

bool json_money_of(const cJSON *node, int64_t *grosze)
{
    span_t text = json_string(node);
    return text.at != NULL ? money_parse(text, grosze) : json_integer(node, grosze);
}

bool json_is_type(span_t content_type)
{
    span_t type = SPAN_NONE, part = SPAN_NONE;
    if (!span_cut(&content_type, ';', &type) ||
        !span_equal_nocase(span_trim(type), SPAN("application/json"))) {
        return false;
    }
    while (span_cut(&content_type, ';', &part)) {
        part = span_trim(part);
        if (part.len > 8 && span_equal_nocase((span_t){part.at, 8}, SPAN("charset=")) &&
            !span_equal_nocase(span_from(part, 8), SPAN("utf-8")) &&
            !span_equal_nocase(span_from(part, 8), SPAN("\"utf-8\""))) {
            return false;
        }
    }
    return true;
}

static void put_number(json_writer_t *writer, const cJSON *node)
{
    int64_t whole = 0;
    char text[40];
    if (json_integer(node, &whole)) {
        json_int(writer, whole);
        return;
    }
    /* The fewest digits that read back as the same number. */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, node->valuedouble);
        if (strtod(text, NULL) == node->valuedouble) {
            break;
        }
    }
    json_raw(writer, span_of(text));
}

void json_tree(json_writer_t *writer, const cJSON *node)
{
    if (cJSON_IsObject(node) || cJSON_IsArray(node)) {
        bool is_object = cJSON_IsObject(node);
        (is_object ? json_object : json_array)(writer);
        for (const cJSON *child = node->child; child != NULL; child = child->next) {
            if (is_object) {
                json_name(writer, child->string);
            }
            json_tree(writer, child);
        }
        (is_object ? json_object_end : json_array_end)(writer);
    } else if (cJSON_IsString(node)) {
        json_text(writer, json_string(node));
    } else if (cJSON_IsNumber(node)) {
        put_number(writer, node);
    } else if (cJSON_IsBool(node)) {
        json_bool(writer, cJSON_IsTrue(node));
    } else {
        json_null(writer);
    }
}
