#include "kept.h"
#include "postings.h"

#include <stdio.h>
#include <stdlib.h>

void support_require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "record in memory: %s\n", what);
        abort();
    }
}

kept_row_t *kept_new(const ipus_row_t *row, const kept_row_t *before)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    ipus_value_t values[IPUS_FIELDS_MAX];
    size_t count = (size_t)spec->count, bytes = 0;
    for (size_t i = 0; i < count; i++) {
        values[i] = row->at[i];
        bool text = ipus_is_text(spec->fields[i].type);
        if (values[i].is == IPUS_LOCKED) {
            support_require(before != NULL && before->at[i].is == IPUS_KNOWN,
                            "a locked value is none that was kept");
            values[i] =
                text ? (ipus_value_t){IPUS_KNOWN, 0, {before->at[i].as.text, before->at[i].len}}
                     : (ipus_value_t){IPUS_KNOWN, before->at[i].as.number, SPAN_NONE};
        }
        bytes += values[i].is == IPUS_KNOWN && text ? values[i].text.len : 0;
    }
    kept_row_t *kept = support_must(malloc(sizeof *kept + count * sizeof *kept->at + bytes + 1));
    char *end = (char *)&kept->at[count];
    for (size_t i = 0; i < count; i++) {
        kept->at[i] = (kept_value_t){.is = values[i].is};
        if (values[i].is == IPUS_KNOWN && ipus_is_text(spec->fields[i].type)) {
            size_t len = values[i].text.len;
            if (len > 0) {
                memcpy(end, values[i].text.at, len);
            }
            kept->at[i].as.text = end;
            kept->at[i].len = (uint32_t)len;
            end += len;
        } else {
            kept->at[i].as.number = values[i].number;
        }
    }
    return kept;
}

void kept_show(const kept_row_t *kept, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row)
{
    const ipus_kind_spec_t *spec = ipus_kind(kind);
    *row = (ipus_row_t){.kind = kind,
                        .id = id,
                        .version = kept->version,
                        .made_at = kept->made_at,
                        .changed_at = kept->changed_at,
                        .made_by = kept->made_by,
                        .changed_by = kept->changed_by};
    for (int i = 0; i < spec->count; i++) {
        const kept_value_t *value = &kept->at[i];
        if (value->is == IPUS_KNOWN && !open && (spec->fields[i].flags & IPUS_SEALED) != 0) {
            row->at[i].is = IPUS_LOCKED;
        } else if (value->is == IPUS_KNOWN && ipus_is_text(spec->fields[i].type)) {
            row->at[i] = (ipus_value_t){IPUS_KNOWN, 0, {value->as.text, value->len}};
        } else if (value->is == IPUS_KNOWN) {
            row->at[i] = (ipus_value_t){IPUS_KNOWN, value->as.number, SPAN_NONE};
        }
    }
}
