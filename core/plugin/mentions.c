/* Texts that mention parameters: "{old_age}" stands for the value on the day asked about, and
 * "{old_age|rok|lata|lat}" for the value with the form of the word that goes with it. What a text
 * says changes only where a row of one of its parameters begins or ends; so each is written out
 * here once for every such day, and nobody has to fill anything in later. */
#include "plugin/reader.h"

#include <stdlib.h>

#define MENTIONED_MAX 8 /* different parameters in one text */
#define DAYS_MAX 64     /* on which one text changes */

typedef struct {
    load_t *load;
    const char *key;
    lang_t lang;
    int line;
    bool fine;
    const registry_parameter_t *mentioned[MENTIONED_MAX];
    size_t mentioned_count;
} mentioning_t;

/* ---- values in words ---------------------------------------------------------------------------
 */

static void add_number(buf_t *buf, int64_t thousandths, lang_t lang)
{
    uint64_t number = thousandths < 0 ? 0 - (uint64_t)thousandths : (uint64_t)thousandths;
    buf_print(buf, "%s%llu", thousandths < 0 ? "-" : "", (unsigned long long)(number / 1000));
    char digits[] = {(char)('0' + number / 100 % 10), (char)('0' + number / 10 % 10),
                     (char)('0' + number % 10)};
    size_t len = sizeof digits;
    while (len > 0 && digits[len - 1] == '0') {
        len--;
    }
    if (len > 0) {
        buf_byte(buf, lang == LANG_EN ? '.' : ',');
        buf_add(buf, (span_t){digits, len});
    }
}

static void add_date(buf_t *buf, date_t date, lang_t lang)
{
    static const char *const months[LANG_COUNT][12] = {
        {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia",
         "września", "października", "listopada", "grudnia"},
        {"January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December"},
        {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
         "жовтня", "листопада", "грудня"},
    };
    int year = 0, month = 0, day = 0;
    date_split(date, &year, &month, &day);
    buf_print(buf, "%d\u00a0%s %d", day, months[lang][month - 1], year);
}

static int64_t in_thousandths(const registry_value_t *value)
{
    return value->type == VALUE_INTEGER ? value->number * 1000 : value->number;
}

static void add_value(buf_t *buf, const registry_value_t *value, lang_t lang)
{
    if (value->type == VALUE_MONEY) {
        money_text(buf, value->number, lang);
    } else if (value->type == VALUE_DATE) {
        add_date(buf, (date_t){(int32_t)value->number}, lang);
    } else {
        add_number(buf, in_thousandths(value), lang);
    }
}

static bool is_number(const registry_parameter_t *parameter)
{
    registry_value_type_t type = parameter->rows[0].value.type;
    return type == VALUE_INTEGER || type == VALUE_DECIMAL;
}

/* ---- what stands in braces ---------------------------------------------------------------------
 */

/* One piece of a text: what is said as it stands, then a parameter or nothing. */
typedef struct {
    span_t plain;
    span_t name;  /* empty: only the plain part, and a brace when `brace` */
    span_t forms; /* "rok|lata|lat", or nothing */
    bool brace;
} piece_t;

/* Cuts the next piece off. False at the end; `*open` when a brace is not closed. */
static bool next_piece(span_t *rest, piece_t *piece, bool *open)
{
    *piece = (piece_t){.plain = *rest};
    if (rest->len == 0) {
        return false;
    }
    const char *brace = memchr(rest->at, '{', rest->len);
    if (brace == NULL) {
        *rest = span_from(*rest, rest->len);
        return true;
    }
    piece->plain.len = (size_t)(brace - rest->at);
    span_t inside = span_from(*rest, piece->plain.len + 1);
    if (inside.len > 0 && inside.at[0] == '{') {
        piece->brace = true;
        *rest = span_from(inside, 1);
        return true;
    }
    const char *close = inside.len == 0 ? NULL : memchr(inside.at, '}', inside.len);
    if (close == NULL) {
        *open = true;
        *rest = SPAN_NONE;
        return false;
    }
    span_t content = {inside.at, (size_t)(close - inside.at)};
    *rest = span_from(inside, content.len + 1);
    span_t name = SPAN_NONE;
    span_cut(&content, '|', &name);
    piece->name = span_trim(name);
    piece->name.len = piece->name.at == NULL ? 0 : piece->name.len;
    piece->forms = content;
    if (piece->name.len == 0) {
        piece->name = SPAN("{}");
    }
    return true;
}

/* The forms of a word in one language; how many there were. */
static size_t read_forms(span_t forms, registry_unit_t *unit, lang_t lang)
{
    size_t count = 0;
    span_t form = SPAN_NONE;
    while (forms.at != NULL && span_cut(&forms, '|', &form)) {
        if (count < 3) {
            unit->forms[count].in[lang] = span_trim(form);
        }
        count++;
    }
    return count;
}

static void say_fault(mentioning_t *mentioning, fault_code_t code, const char *nearest,
                      const fault_say_t *args, size_t count)
{
    mentioning->fine = false;
    plugin_load_fault(mentioning->load, mentioning->line, code, nearest, args, count);
}

#define SAY(mentioning, code, nearest, ...)                                                        \
    say_fault((mentioning), FAULT_##code, (nearest), FAULT_ARGS(__VA_ARGS__))

static void check_forms(mentioning_t *mentioning, const piece_t *piece,
                        const registry_parameter_t *parameter)
{
    static const size_t wanted[LANG_COUNT] = {3, 2, 3};
    registry_unit_t unit = {0};
    if (piece->forms.at == NULL) {
        return;
    }
    size_t count = read_forms(piece->forms, &unit, mentioning->lang);
    if (parameter != NULL && !is_number(parameter)) {
        SAY(mentioning, MENTION_NUMBER, NULL, say(parameter->id),
            say_noun(plugin_value_noun(parameter->rows[0].value.type)));
    } else if (count != wanted[mentioning->lang]) {
        SAY(mentioning, MENTION_FORMS, NULL, say(piece->name),
            say_word(lang_code(mentioning->lang)), say_number((int64_t)wanted[mentioning->lang]),
            say_number((int64_t)count));
    }
}

static void check_name(mentioning_t *mentioning, const piece_t *piece)
{
    load_t *load = mentioning->load;
    const registry_parameter_t *found =
        registry_parameter(load->programme, load->service, piece->name);
    if (found == NULL && !load->in_shared) {
        SAY(mentioning, MENTION_UNKNOWN, plugin_parameter_nearest(load, piece->name),
            say(piece->name));
        return;
    }
    if (found != NULL && found->count == 0) {
        mentioning->fine = false; /* its own faults are told */
        return;
    }
    registry_value_type_t type = found == NULL ? VALUE_INTEGER : found->rows[0].value.type;
    if (type != VALUE_INTEGER && type != VALUE_DECIMAL && type != VALUE_MONEY &&
        type != VALUE_DATE) {
        SAY(mentioning, MENTION_KIND, NULL, say(found->id), say_noun(plugin_value_noun(type)));
        return;
    }
    check_forms(mentioning, piece, found);
    for (size_t i = 0; i < mentioning->mentioned_count && found != NULL; i++) {
        found = mentioning->mentioned[i] == found ? NULL : found;
    }
    if (found != NULL && mentioning->mentioned_count == MENTIONED_MAX) {
        SAY(mentioning, LIST_LONG, NULL, say_word("{…}"), say_number(MENTIONED_MAX));
    } else if (found != NULL) {
        mentioning->mentioned[mentioning->mentioned_count++] = found;
    }
}

/* Every piece of a text in one language; `allowed`: may it mention any. */
static void check_text(mentioning_t *mentioning, span_t text, bool allowed)
{
    piece_t piece;
    bool open = false;
    while (next_piece(&text, &piece, &open)) {
        if (piece.name.len > 0 && !allowed) {
            SAY(mentioning, MENTION_HERE, NULL, say(piece.name), say_word(mentioning->key));
        } else if (piece.name.len > 0) {
            check_name(mentioning, &piece);
        }
    }
    if (open) {
        SAY(mentioning, MENTION_OPEN, NULL, say_word(mentioning->key));
    }
}

/* ---- writing out -------------------------------------------------------------------------------
 */

static span_t written(load_t *load, span_t text, date_t on, lang_t lang)
{
    buf_t buf = {0};
    piece_t piece;
    bool open = false;
    while (next_piece(&text, &piece, &open)) {
        buf_add(&buf, piece.plain);
        if (piece.brace) {
            buf_byte(&buf, '{');
        }
        const registry_row_t *row =
            piece.name.len == 0
                ? NULL
                : registry_row_on(registry_parameter(load->programme, load->service, piece.name),
                                  on);
        if (row != NULL) {
            registry_unit_t unit = {0};
            add_value(&buf, &row->value, lang);
            if (read_forms(piece.forms, &unit, lang) > 0) {
                buf_literal(&buf, "\u00a0");
                buf_add(&buf, registry_unit_form(&unit, in_thousandths(&row->value), lang));
            }
        } else if (piece.name.len > 0) {
            buf_literal(&buf, "…");
        }
    }
    span_t kept = buf.failed ? SPAN_NONE : plugin_load_keep(load, buf_span(&buf));
    load->no_memory = load->no_memory || buf.failed;
    buf_free(&buf);
    return kept;
}

static texts_t all_written(load_t *load, const texts_t *raw, date_t on)
{
    texts_t texts = {0};
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        if (raw->in[lang].at != NULL) {
            texts.in[lang] = written(load, raw->in[lang], on, lang);
        }
    }
    return texts;
}

static int by_day(const void *a, const void *b)
{
    const date_t *left = a, *right = b;
    return (left->days > right->days) - (left->days < right->days);
}

static void add_day(const load_t *load, date_t first, date_t day, date_t *days, size_t *count)
{
    if (date_before(first, day) && !date_before(load->programme->to, day)) {
        if (*count < DAYS_MAX) {
            days[*count] = day;
        }
        (*count)++;
    }
}

/* The first day the text can be about, and behind it those on which it changes; more than DAYS_MAX
 * when they are too many. */
static size_t changes(const mentioning_t *mentioning, date_t *first, date_t *days)
{
    const load_t *load = mentioning->load;
    size_t count = 0, kept = 0;
    *first = load->programme->from;
    if (load->service != NULL && date_before(*first, load->service->from)) {
        *first = load->service->from;
    }
    for (size_t i = 0; i < mentioning->mentioned_count; i++) {
        const registry_parameter_t *parameter = mentioning->mentioned[i];
        for (size_t k = 0; k < parameter->count; k++) {
            add_day(load, *first, parameter->rows[k].from, days, &count);
            if (!date_equal(parameter->rows[k].to, DATE_NEVER)) {
                add_day(load, *first, date_add(parameter->rows[k].to, 1), days, &count);
            }
        }
    }
    if (count > DAYS_MAX) {
        return count;
    }
    if (count > 1) {
        qsort(days, count, sizeof *days, by_day);
    }
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || !date_equal(days[kept - 1], days[i])) {
            days[kept++] = days[i];
        }
    }
    return kept;
}

static void write_out(mentioning_t *mentioning, const texts_t *raw, registry_text_t *text)
{
    date_t first, days[DAYS_MAX];
    size_t count = changes(mentioning, &first, days);
    if (count > DAYS_MAX) {
        SAY(mentioning, LIST_LONG, NULL, say_word("{…}"), say_number(DAYS_MAX));
        return;
    }
    registry_text_row_t *later = plugin_load_new(mentioning->load, count, sizeof *later);
    text->text = all_written(mentioning->load, raw, first);
    for (size_t i = 0; i < count && later != NULL; i++) {
        later[i] = (registry_text_row_t){days[i], all_written(mentioning->load, raw, days[i])};
    }
    for (size_t i = 0; i < mentioning->mentioned_count; i++) {
        text->example = text->example || registry_is_example(mentioning->mentioned[i]);
    }
    text->later = later;
    text->later_count = later == NULL ? 0 : count;
}

static bool has_brace(const texts_t *texts)
{
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        if (texts->in[lang].at != NULL &&
            memchr(texts->in[lang].at, '{', texts->in[lang].len) != NULL) {
            return true;
        }
    }
    return false;
}

static void check_all(mentioning_t *mentioning, const script_value_t *value, const texts_t *raw,
                      bool allowed)
{
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        const script_value_t *line = plugin_read_field(value, lang_code(lang));
        if (raw->in[lang].at != NULL && line != NULL) {
            mentioning->lang = lang;
            mentioning->line = line->line;
            check_text(mentioning, raw->in[lang], allowed);
        }
    }
}

void plugin_mentions_read(load_t *load, const script_value_t *value, const char *key, void *into)
{
    registry_text_t *text = into;
    mentioning_t mentioning = {.load = load, .key = key, .fine = true};
    texts_t raw = {0};
    plugin_read_raw_texts(load, value, key, &raw);
    text->text = raw;
    if (has_brace(&raw)) {
        check_all(&mentioning, value, &raw, true);
        if (mentioning.fine && !load->in_shared) {
            write_out(&mentioning, &raw, text);
        }
    }
}

void plugin_mentions_refuse(load_t *load, const script_value_t *value, const char *key,
                            texts_t *texts)
{
    mentioning_t mentioning = {.load = load, .key = key, .fine = true};
    if (has_brace(texts)) {
        check_all(&mentioning, value, texts, false);
        *texts = mentioning.fine ? all_written(load, texts, DATE_NONE) : *texts;
    }
}
