/* Limits as members, each with its sentence. */
#include "api/inside.h"

static void named_int(json_writer_t *writer, const char *name, int64_t number)
{
    json_name(writer, name);
    json_int(writer, number);
}

static void length_of_time(json_writer_t *writer, const registry_limit_t *limit)
{
    if (limit->gap_months > 0) {
        named_int(writer, "months", limit->gap_months);
    } else {
        named_int(writer, "days", limit->gap_days);
    }
}

static void sizes(json_writer_t *writer, const registry_limit_t *limit)
{
    switch (limit->kind) {
    case LIMIT_UNITS:
        json_name(writer, "most");
        json_thousandths(writer, limit->most);
        break;
    case LIMIT_VISITS:
    case LIMIT_ITEMS:
        named_int(writer, "most", limit->most);
        break;
    case LIMIT_GAP:
        length_of_time(writer, limit);
        break;
    case LIMIT_SEATS:
        named_int(writer, "least", limit->least);
        named_int(writer, "most", limit->most);
        break;
    case LIMIT_LOAN:
        length_of_time(writer, limit);
        named_int(writer, "extensions", limit->extensions);
        break;
    }
}

void api_part_limits_of(json_writer_t *writer, const registry_value_t *value,
                        const registry_unit_t *unit, lang_t lang)
{
    buf_t sentence = {0};
    json_array(writer);
    for (size_t i = 0; i < value->count; i++) {
        const registry_limit_t *limit = &value->limits[i];
        buf_clear(&sentence);
        tell_limit_text(&sentence, limit, unit, lang);
        json_object(writer);
        json_name(writer, "kind");
        json_text(writer, span_of(tell_limit_kind(limit)));
        json_name(writer, "text");
        json_text(writer, buf_span(&sentence));
        sizes(writer, limit);
        if (limit->per != PER_NONE) {
            json_name(writer, "per");
            json_text(writer, span_of(registry_per_name(limit->per)));
        }
        json_name(writer, "whose");
        json_text(writer, span_of(registry_whose_name(limit->whose)));
        json_object_end(writer);
    }
    json_array_end(writer);
    writer->buf->failed = writer->buf->failed || sentence.failed;
    buf_free(&sentence);
}
