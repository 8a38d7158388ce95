/* One row of the catalogue, cell by cell. */
#include "plugin/catalog.h"

#include "base/text.h"

#define TEXT_BYTES_MAX 2000
#define PARTS_MAX 64
#define LABEL_ID_MAX 60

static int place_of(const table_t *table, int column, lang_t lang)
{
    return table->places[column][lang];
}

static bool is_phone_column(const table_t *table, int column)
{
    return column < CATALOG_COLUMNS_MAX && table->table->columns[column].type == COLUMN_LINE &&
           table->table->columns[column].of == FORM_PHONE;
}

span_t plugin_table_cell(table_t *table, int column, lang_t lang)
{
    load_t *load = table->load;
    int place = place_of(table, column, lang);
    if (place < 0) {
        return SPAN_NONE;
    }
    span_t text = span_trim(table->row->fields[place]);
    bool required = lang == LANG_PL &&
                    (column >= CATALOG_COLUMNS_MAX || table->table->columns[column].required);
    if (text.len == 0) {
        if (required) {
            FAULT(load, table->row->line, CSV_EMPTY, plugin_table_where(table, place));
        }
        return SPAN_NONE;
    }
    if (text.len > TEXT_BYTES_MAX || !text_is_plain(text, false)) {
        FAULT(load, table->row->line, CSV_TEXT, plugin_table_where(table, place));
        return SPAN_NONE;
    }
    /* A number with a country's code in front is no sum. */
    if (csv_is_formula(text) && !(text.at[0] == '+' && is_phone_column(table, column))) {
        FAULT(load, table->row->line, CSV_FORMULA, plugin_table_where(table, place),
              say((span_t){text.at, 1}));
        return SPAN_NONE;
    }
    return text;
}

/* ---- texts -------------------------------------------------------------------------------------
 */

/* The parts of a list that "|" divides; no empty ones. */
static size_t split(span_t text, span_t parts[static PARTS_MAX])
{
    size_t count = 0;
    span_t part;
    while (count < PARTS_MAX && text.len > 0 && span_cut(&text, '|', &part)) {
        part = span_trim(part);
        if (part.len > 0) {
            parts[count++] = part;
        }
    }
    return count;
}

/* A column in the three languages, each as a list; the number of parts, 0 for none. */
static size_t read_parts(table_t *table, int column, bool list, span_t parts[LANG_COUNT][PARTS_MAX])
{
    load_t *load = table->load;
    size_t counts[LANG_COUNT] = {0}, raised = load->faults.raised;
    for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
        span_t text = plugin_table_cell(table, column, lang);
        parts[lang][0] = text;
        counts[lang] = list ? split(text, parts[lang]) : text.len > 0;
        int place = place_of(table, column, lang);
        if (counts[lang] > 0 && counts[LANG_PL] == 0) {
            if (load->faults.raised == raised) { /* nothing is wrong with the Polish cell */
                FAULT(load, table->row->line, CSV_TRANSLATION, plugin_table_where(table, place));
            }
        } else if (counts[lang] > 0 && counts[lang] != counts[LANG_PL]) {
            FAULT(load, table->row->line, CSV_LIST_LENGTH, plugin_table_where(table, place),
                  say_number((int64_t)counts[lang]), say_number((int64_t)counts[LANG_PL]));
            counts[lang] = 0;
        }
        for (size_t i = counts[lang]; i < PARTS_MAX; i++) {
            parts[lang][i] = SPAN_NONE;
        }
    }
    return counts[LANG_PL];
}

static void keep_texts(table_t *table, registry_cell_t *cell, span_t parts[LANG_COUNT][PARTS_MAX],
                       size_t count)
{
    texts_t *texts = plugin_load_new(table->load, count, sizeof(*texts));
    for (size_t i = 0; i < count && texts != NULL; i++) {
        for (lang_t lang = 0; lang < LANG_COUNT; lang++) {
            if (parts[lang][i].len > 0) {
                texts[i].in[lang] = plugin_load_keep(table->load, parts[lang][i]);
            }
        }
    }
    cell->in.texts = texts;
    cell->count = texts == NULL ? 0 : count;
}

/* ---- forms -------------------------------------------------------------------------------------
 */

static bool only(span_t text, const char *allowed)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(allowed, text.at[i]) == NULL) {
            return false;
        }
    }
    return text.len > 0;
}

static bool is_phone(span_t text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    }
    return digits >= 3 && only(text, "0123456789 +()-/,.wew");
}

static bool is_email(span_t text)
{
    const char *at = memchr(text.at, '@', text.len);
    return at != NULL && at != text.at && at + 1 < text.at + text.len &&
           memchr(at + 1, '@', (size_t)(text.at + text.len - at - 1)) == NULL &&
           memchr(at, '.', (size_t)(text.at + text.len - at)) != NULL &&
           memchr(text.at, ' ', text.len) == NULL;
}

/* No scheme but these two, so that a page may make a link of it. */
static bool is_web(span_t text)
{
    bool scheme = span_starts(text, SPAN("https://")) || span_starts(text, SPAN("http://"));
    return (scheme || memchr(text.at, ':', text.len) == NULL) &&
           memchr(text.at, ' ', text.len) == NULL && memchr(text.at, '.', text.len) != NULL;
}

static bool is_quarter(span_t text)
{
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    uint64_t year;
    if (text.len < 6 || text.at[4] != '-' || !span_number((span_t){text.at, 4}, 2299, &year) ||
        year < 1800) {
        return false;
    }
    for (size_t i = 0; i < 4; i++) {
        if (span_equal(span_from(text, 5), span_of(quarters[i]))) {
            return true;
        }
    }
    return false;
}

static bool check_form(table_t *table, int column, span_t text)
{
    static const struct {
        bool (*fits)(span_t text);
        noun_t noun;
    } forms[] = {[FORM_PHONE] = {is_phone, NOUN_PHONE},
                 [FORM_EMAIL] = {is_email, NOUN_EMAIL},
                 [FORM_WEB] = {is_web, NOUN_WEB},
                 [FORM_QUARTER] = {is_quarter, NOUN_QUARTER}};
    int form = table->table->columns[column].of;
    if (form == FORM_ANY || forms[form].fits == NULL || forms[form].fits(text)) {
        return true;
    }
    FAULT(table->load, table->row->line, CSV_FORM,
          plugin_table_where(table, place_of(table, column, LANG_PL)), say(text),
          say_noun(forms[form].noun));
    return false;
}

/* ---- terms and labels --------------------------------------------------------------------------
 */

static span_t folded(load_t *load, span_t text)
{
    buf_t buf = {0};
    text_fold(&buf, text);
    span_t copy = buf.failed ? SPAN_NONE : arena_copy(load->scratch, buf_span(&buf));
    load->no_memory = load->no_memory || copy.at == NULL;
    buf_free(&buf);
    return copy;
}

/* By its id, or as people call it. */
static const registry_term_t *find_term(load_t *load, registry_terms_t terms, span_t text)
{
    const registry_term_t *term = registry_term(terms, text);
    span_t wanted = term == NULL ? folded(load, text) : SPAN_NONE;
    for (size_t i = 0; i < terms.count && term == NULL; i++) {
        if (span_equal(folded(load, terms.at[i].name.in[LANG_PL]), wanted)) {
            term = &terms.at[i];
        }
    }
    return term;
}

static void say_no_term(table_t *table, int column, registry_terms_t terms, span_t text)
{
    load_t *load = table->load;
    buf_t all = {0};
    for (size_t i = 0; i < terms.count; i++) {
        buf_add(&all, i == 0 ? SPAN("") : SPAN(", "));
        buf_add(&all, terms.at[i].id);
    }
    load->no_memory = load->no_memory || all.failed;
    const char *nearest =
        terms.count == 0
            ? NULL
            : plugin_nearest_id(load, text, &terms.at[0].id, terms.count, sizeof(registry_term_t));
    FAULT_NEAR(load, table->row->line, CSV_TERM, nearest,
               plugin_table_where(table, place_of(table, column, LANG_PL)), say(text),
               say(buf_span(&all)));
    buf_free(&all);
}

/* "Wspieranie rodziny" has the id "wspieranie-rodziny"; a long one ends with a whole word. */
static span_t label_id(load_t *load, const labels_t *labels, span_t fold)
{
    registry_terms_t taken = {labels->at, labels->count};
    span_t word = SPAN_NONE;
    buf_t id = {0};
    while (fold.len > 0 && span_cut(&fold, ' ', &word) &&
           (id.len == 0 || id.len + word.len < LABEL_ID_MAX)) {
        buf_add(&id, id.len == 0 ? SPAN("") : SPAN("-"));
        buf_add(&id, word);
    }
    size_t len = id.len;
    for (int number = 2; !id.failed && registry_term(taken, buf_span(&id)) != NULL; number++) {
        id.len = len;
        buf_print(&id, "-%d", number);
    }
    span_t copy = id.failed ? SPAN_NONE : plugin_load_keep(load, buf_span(&id));
    load->no_memory = load->no_memory || id.failed;
    buf_free(&id);
    return copy;
}

/* A translation may stand in one row for all. */
static void take_translations(table_t *table, int column, registry_term_t *label,
                              const texts_t *texts)
{
    for (lang_t lang = 1; lang < LANG_COUNT; lang++) {
        if (texts->in[lang].len == 0) {
            continue;
        }
        if (label->name.in[lang].len == 0) {
            label->name.in[lang] = plugin_load_keep(table->load, texts->in[lang]);
        } else if (!span_equal(label->name.in[lang], texts->in[lang])) {
            FAULT(table->load, table->row->line, CSV_LABEL_DIFFERS,
                  plugin_table_where(table, place_of(table, column, lang)), say(texts->in[LANG_PL]),
                  say(label->name.in[lang]));
        }
    }
}

static registry_term_t *add_label(table_t *table, int column, span_t text, span_t fold)
{
    load_t *load = table->load;
    labels_t *labels = &table->labels[column];
    if (labels->at == NULL) {
        labels->at = arena_array(load->scratch, CATALOG_LABELS_MAX, sizeof(*labels->at));
        labels->folds = arena_array(load->scratch, CATALOG_LABELS_MAX, sizeof(*labels->folds));
        load->no_memory = load->no_memory || labels->at == NULL || labels->folds == NULL;
    }
    if (load->no_memory) {
        return NULL;
    }
    if (labels->count == CATALOG_LABELS_MAX) {
        FAULT(load, 0, CSV_LABELS_MANY, plugin_table_where(table, place_of(table, column, LANG_PL)),
              say_number(CATALOG_LABELS_MAX));
        return NULL;
    }
    span_t id = label_id(load, labels, fold);
    registry_term_t *label = &labels->at[labels->count];
    labels->folds[labels->count++] = fold;
    label->id = id;
    label->name.in[LANG_PL] = plugin_load_keep(load, text);
    return label;
}

static const registry_term_t *find_label(table_t *table, int column, const texts_t *texts)
{
    labels_t *labels = &table->labels[column];
    span_t text = texts->in[LANG_PL], fold = folded(table->load, text);
    registry_term_t *label = NULL;
    if (fold.len == 0) { /* signs only: nothing to make an id of */
        FAULT(table->load, table->row->line, CSV_TEXT,
              plugin_table_where(table, place_of(table, column, LANG_PL)));
        return NULL;
    }
    for (size_t i = 0; i < labels->count && label == NULL; i++) {
        label = span_equal(labels->folds[i], fold) ? &labels->at[i] : NULL;
    }
    label = label != NULL ? label : add_label(table, column, text, fold);
    if (label != NULL) {
        take_translations(table, column, label, texts);
    }
    return label;
}

static const registry_term_t *find_word(table_t *table, int column,
                                        span_t parts[LANG_COUNT][PARTS_MAX], size_t at)
{
    const registry_column_t *of = &table->table->columns[column];
    span_t text = parts[LANG_PL][at];
    if (of->type == COLUMN_TERM || of->type == COLUMN_TERMS) {
        registry_terms_t terms =
            registry_column_terms(table->load->programme, table->kind, (size_t)column);
        const registry_term_t *term = find_term(table->load, terms, text);
        if (term == NULL) {
            say_no_term(table, column, terms, text);
        }
        return term;
    }
    texts_t texts = {{text, parts[LANG_EN][at], parts[LANG_UK][at]}};
    bool fits = of->type != COLUMN_LABELS || check_form(table, column, text);
    return fits ? find_label(table, column, &texts) : NULL;
}

static void keep_words(table_t *table, int column, registry_cell_t *cell,
                       span_t parts[LANG_COUNT][PARTS_MAX], size_t count)
{
    const registry_term_t **words =
        plugin_load_new(table->load, count, sizeof(const registry_term_t *));
    size_t kept = 0;
    for (size_t i = 0; i < count && words != NULL; i++) {
        const registry_term_t *word = find_word(table, column, parts, i);
        bool repeated = false;
        for (size_t k = 0; k < kept; k++) {
            repeated = repeated || words[k] == word;
        }
        if (word != NULL && !repeated) {
            words[kept++] = word;
        }
    }
    cell->in.terms = words;
    cell->count = kept;
}

void plugin_table_keep_labels(table_t *table)
{
    load_t *load = table->load;
    for (size_t column = 0; column < table->table->count; column++) {
        labels_t *labels = &table->labels[column];
        registry_term_t *kept = plugin_load_new(load, labels->count, sizeof(*kept));
        if (kept == NULL) {
            continue;
        }
        memcpy(kept, labels->at, labels->count * sizeof(*kept));
        table->into->labels[column] = (registry_terms_t){kept, labels->count};
        for (size_t i = 0; i < table->into->count; i++) {
            const registry_item_t *item = &table->into->items[i];
            for (size_t k = 0; item->cells != NULL && k < item->cells[column].count; k++) {
                /* The list was made here, of pointers into what now lies elsewhere. */
                const registry_term_t **word =
                    (const registry_term_t **)item->cells[column].in.terms + k;
                *word = kept + (*word - labels->at);
            }
        }
    }
}

/* ---- the row -----------------------------------------------------------------------------------
 */

static void read_yes_no(table_t *table, int column, registry_cell_t *cell, span_t text)
{
    span_t fold = folded(table->load, text);
    bool yes = span_equal(fold, SPAN("tak"));
    if (!yes && !span_equal(fold, SPAN("nie"))) {
        FAULT(table->load, table->row->line, CSV_FORM,
              plugin_table_where(table, place_of(table, column, LANG_PL)), say(text),
              say_noun(NOUN_YES_OR_NO));
        return;
    }
    cell->count = 1;
    cell->in.number = yes;
}

static void read_date_cell(table_t *table, int column, registry_cell_t *cell, span_t text)
{
    date_t date;
    if (!date_parse(text, &date)) {
        FAULT(table->load, table->row->line, CSV_FORM,
              plugin_table_where(table, place_of(table, column, LANG_PL)), say(text),
              say_noun(NOUN_PLAIN_DATE));
        return;
    }
    cell->count = 1;
    cell->in.number = date.days;
}

static void read_cell(table_t *table, int column, registry_cell_t *cell)
{
    span_t parts[LANG_COUNT][PARTS_MAX];
    registry_column_type_t type = table->table->columns[column].type;
    bool list = type == COLUMN_TEXTS || type == COLUMN_TERMS || type == COLUMN_LABELS;
    size_t count = read_parts(table, column, list, parts);
    if (count == 0) {
        return;
    }
    switch (type) {
    case COLUMN_TERM:
    case COLUMN_TERMS:
    case COLUMN_LABEL:
    case COLUMN_LABELS:
        keep_words(table, column, cell, parts, count);
        break;
    case COLUMN_YES_NO:
        read_yes_no(table, column, cell, parts[LANG_PL][0]);
        break;
    case COLUMN_DATE:
        read_date_cell(table, column, cell, parts[LANG_PL][0]);
        break;
    case COLUMN_LINE:
        if (!check_form(table, column, parts[LANG_PL][0])) {
            break;
        }
        keep_texts(table, cell, parts, count);
        break;
    case COLUMN_TEXT:
    case COLUMN_TEXTS:
    case COLUMN_LINK:
        keep_texts(table, cell, parts, count);
        break;
    }
}

void plugin_table_cells(table_t *table, registry_cell_t *cells)
{
    for (size_t i = 0; i < table->table->count; i++) {
        read_cell(table, (int)i, &cells[i]);
    }
}
