/* Finding people without reading them: blind indices of PESEL and document, and of the beginnings
 * of names. */
#include "base/log.h"
#include "base/text.h"
#include "store/inside.h"

/* Beginnings of this many letters, and words that are shorter, are looked up at once; of a longer
 * one this many are, and whoever is found is opened and looked at. */
#define LEAST_LETTERS 3
#define MOST_LETTERS 8
#define MOST_WORDS 8

/* ---- PESEL and document ---------------------------------------------------------------------- */

/* The same document however it is spaced and whatever its letters' case. 0 without memory. */
static int64_t blind(db_t *db, int field, span_t text)
{
    buf_t folded = {0};
    text_fold(&folded, text);
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++) {
        if (folded.at[i] != ' ') {
            folded.at[len++] = folded.at[i];
        }
    }
    int64_t token =
        folded.failed
            ? 0
            : vault_blind(db->vault, field == PERSON_PESEL ? "person.pesel" : "person.document",
                          (span_t){folded.at == NULL ? "" : folded.at, len});
    vault_wipe(folded.at, folded.len);
    buf_free(&folded);
    return token;
}

ipus_code_t store_people_known(void *context, int field, span_t text, int64_t *id)
{
    db_t *db = context;
    int64_t token = blind(db, field, text);
    if (token == 0) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    sqlite3_stmt *statement = store_db_fixed(
        db, field == PERSON_PESEL ? "SELECT id FROM persons WHERE pesel_blind = ?1"
                                  : "SELECT id FROM persons WHERE document_blind = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, token);
    int step = store_db_step(db, statement);
    *id = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    store_db_done(statement);
    return step == SQLITE_ROW ? IPUS_FINE : step == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
}

ipus_code_t store_people_check(db_t *db, const ipus_row_t *row)
{
    static const int unique[] = {PERSON_PESEL, PERSON_DOCUMENT};
    for (size_t i = 0; i < sizeof unique / sizeof *unique; i++) {
        int64_t id = 0;
        if (row->at[unique[i]].is != IPUS_KNOWN) {
            continue;
        }
        ipus_code_t code = store_people_known(db, unique[i], row->at[unique[i]].text, &id);
        if (code == IPUS_BROKEN || (code == IPUS_FINE && id != row->id)) {
            return code == IPUS_BROKEN ? code : IPUS_TWICE;
        }
    }
    return IPUS_FINE;
}

static ipus_code_t index_number(db_t *db, const ipus_row_t *row, int field, const char *text)
{
    if (row->at[field].is == IPUS_LOCKED) {
        return IPUS_FINE;
    }
    sqlite3_stmt *statement = store_db_fixed(db, text);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    if (row->at[field].is == IPUS_KNOWN) {
        int64_t token = blind(db, field, row->at[field].text);
        if (token == 0) {
            return store_db_broken(db, SQLITE_NOMEM);
        }
        sqlite3_bind_int64(statement, 1, token);
    } else {
        sqlite3_bind_null(statement, 1);
    }
    sqlite3_bind_int64(statement, 2, row->id);
    return store_db_do(db, statement);
}

/* ---- names ----------------------------------------------------------------------------------- */

static bool begins_letter(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

/* The first letters of a word, and how many letters it has. */
static span_t beginning(span_t word, size_t letters, size_t *all)
{
    size_t count = 0, end = word.len;
    for (size_t i = 0; i < word.len; i++) {
        if (begins_letter(word.at[i]) && count++ == letters) {
            end = i;
        }
    }
    *all = count;
    return (span_t){word.at, end};
}

static int64_t token_of(db_t *db, span_t text)
{
    return vault_blind(db->vault, "person.name", text);
}

static ipus_code_t has_token(db_t *db, int64_t token, int64_t person, bool *there)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT 1 FROM names WHERE token = ?1 AND person = ?2");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, token);
    sqlite3_bind_int64(statement, 2, person);
    int step = store_db_step(db, statement);
    store_db_done(statement);
    *there = step == SQLITE_ROW;
    return step == SQLITE_ROW || step == SQLITE_DONE ? IPUS_FINE : IPUS_BROKEN;
}

static ipus_code_t index_word(db_t *db, int64_t person, span_t word)
{
    size_t letters = 0;
    beginning(word, 0, &letters);
    size_t from = letters < LEAST_LETTERS ? letters : LEAST_LETTERS;
    for (size_t i = from; i <= MOST_LETTERS && i <= letters && letters > 0; i++) {
        size_t all = 0;
        sqlite3_stmt *statement =
            store_db_fixed(db, "INSERT OR IGNORE INTO names (token, person) VALUES (?1, ?2)");
        if (statement == NULL) {
            return IPUS_BROKEN;
        }
        sqlite3_bind_int64(statement, 1, token_of(db, beginning(word, i, &all)));
        sqlite3_bind_int64(statement, 2, person);
        ipus_code_t code = store_db_do(db, statement);
        if (code != IPUS_FINE) {
            return code;
        }
    }
    return IPUS_FINE;
}

static ipus_code_t forget_names(db_t *db, int64_t person)
{
    sqlite3_stmt *statement = store_db_fixed(db, "DELETE FROM names WHERE person = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, person);
    return store_db_do(db, statement);
}

/* Both names folded, with a space between. */
static ipus_code_t names_of(db_t *db, const ipus_row_t *row, buf_t *names)
{
    ipus_row_t opened = *row;
    if (row->at[PERSON_GIVEN_NAME].is == IPUS_LOCKED ||
        row->at[PERSON_FAMILY_NAME].is == IPUS_LOCKED) {
        ipus_code_t code = store_rows_get(db, IPUS_PERSON, row->id, true, &opened);
        if (code != IPUS_FINE) {
            return code;
        }
    }
    text_fold(names, ipus_text(&opened, PERSON_GIVEN_NAME));
    buf_byte(names, ' ');
    text_fold(names, ipus_text(&opened, PERSON_FAMILY_NAME));
    return names->failed ? store_db_broken(db, SQLITE_NOMEM) : IPUS_FINE;
}

static ipus_code_t index_names(db_t *db, const ipus_row_t *row)
{
    if (row->at[PERSON_GIVEN_NAME].is != IPUS_KNOWN &&
        row->at[PERSON_FAMILY_NAME].is != IPUS_KNOWN) {
        return IPUS_FINE;
    }
    buf_t names = {0};
    ipus_code_t code = row->version > 1 ? forget_names(db, row->id) : IPUS_FINE;
    code = code == IPUS_FINE ? names_of(db, row, &names) : code;
    span_t rest = buf_span(&names), word;
    while (code == IPUS_FINE && span_cut(&rest, ' ', &word)) {
        code = index_word(db, row->id, word);
    }
    vault_wipe(names.at, names.len);
    buf_free(&names);
    return code;
}

ipus_code_t store_people_index(db_t *db, const ipus_row_t *row)
{
    bool adds = row->version == 1;
    ipus_code_t code = IPUS_FINE;
    if (!adds || ipus_has(row, PERSON_PESEL)) {
        code = index_number(db, row, PERSON_PESEL,
                            "UPDATE persons SET pesel_blind = ?1 WHERE id = ?2");
    }
    if (code == IPUS_FINE && (!adds || ipus_has(row, PERSON_DOCUMENT))) {
        code = index_number(db, row, PERSON_DOCUMENT,
                            "UPDATE persons SET document_blind = ?1 WHERE id = ?2");
    }
    return code == IPUS_FINE ? index_names(db, row) : code;
}

typedef struct {
    db_t *db;
    ipus_code_t code;
    int64_t last;
} rebuilding_t;

static bool rebuild_one(void *of, const ipus_row_t *row)
{
    rebuilding_t *it = of;
    ipus_row_t opened = *row;
    opened.version = 1; /* nothing to forget first */
    it->last = row->id;
    if (row->damaged) {
        return true; /* an audit tells of it */
    }
    it->code = store_people_index(it->db, &opened);
    if (it->code == IPUS_TWICE) {
        /* Written otherwise, it was taken for another document. */
        log_line(LOG_WARNING, "person %lld has a document or PESEL that is another person's too",
                 (long long)row->id);
        opened.at[PERSON_PESEL].is = opened.at[PERSON_DOCUMENT].is = IPUS_LOCKED;
        it->code = store_people_index(it->db, &opened);
    }
    return it->code == IPUS_FINE;
}

/* Some hundred at a time, since what was opened stays in the arena. */
ipus_code_t store_people_rebuild(db_t *db)
{
    rebuilding_t it = {db, IPUS_FINE, 0};
    ipus_query_t query = IPUS_QUERY(IPUS_PERSON);
    query.open = true;
    query.limit = 500;
    if (!store_db_run(db, "DELETE FROM names;"
                          "UPDATE persons SET pesel_blind = NULL, document_blind = NULL")) {
        return IPUS_BROKEN;
    }
    do {
        query.after = it.last;
        arena_reset(db->arena);
        if (store_rows_find(db, &query, rebuild_one, &it) != IPUS_FINE) {
            return IPUS_BROKEN;
        }
    } while (it.code == IPUS_FINE && it.last > query.after);
    return it.code;
}

/* ---- whether they are what they should be ---------------------------------------------------- */

/* How many of the words' beginnings are indexed for a person, and how many there are. */
static ipus_code_t count_word(db_t *db, int64_t person, span_t word, int64_t *missing)
{
    size_t letters = 0, all = 0;
    beginning(word, 0, &letters);
    size_t from = letters < LEAST_LETTERS ? letters : LEAST_LETTERS;
    for (size_t i = from; i <= MOST_LETTERS && i <= letters && letters > 0; i++) {
        bool there = false;
        ipus_code_t code = has_token(db, token_of(db, beginning(word, i, &all)), person, &there);
        if (code != IPUS_FINE) {
            return code;
        }
        *missing += !there;
    }
    return IPUS_FINE;
}

static bool blind_is(db_t *db, const ipus_row_t *row, int field)
{
    int64_t id = 0;
    return row->at[field].is != IPUS_KNOWN ||
           (store_people_known(db, field, row->at[field].text, &id) == IPUS_FINE && id == row->id);
}

ipus_code_t store_people_compare(db_t *db, const ipus_row_t *row, bool *indexed)
{
    buf_t names = {0};
    int64_t missing = 0;
    ipus_code_t code =
        row->at[PERSON_GIVEN_NAME].is == IPUS_LOCKED ? IPUS_FINE : names_of(db, row, &names);
    span_t rest = buf_span(&names), word;
    while (code == IPUS_FINE && span_cut(&rest, ' ', &word)) {
        code = count_word(db, row->id, word, &missing);
    }
    vault_wipe(names.at, names.len);
    buf_free(&names);
    *indexed =
        missing == 0 && blind_is(db, row, PERSON_PESEL) && blind_is(db, row, PERSON_DOCUMENT);
    return db->fault != 0 ? IPUS_BROKEN : code;
}

/* ---- looking for names ----------------------------------------------------------------------- */

typedef struct {
    span_t word[MOST_WORDS];
    int64_t token[MOST_WORDS];
    int count;
    bool longer; /* than what is indexed */
} wanted_t;

static void want(db_t *db, span_t folded, wanted_t *wanted)
{
    span_t word;
    while (wanted->count < MOST_WORDS && span_cut(&folded, ' ', &word)) {
        size_t letters = 0;
        span_t start = beginning(word, MOST_LETTERS, &letters);
        if (letters > 0) {
            wanted->token[wanted->count] = token_of(db, start);
            wanted->word[wanted->count++] = word;
            wanted->longer = wanted->longer || letters > MOST_LETTERS;
        }
    }
}

static bool some_word_begins(span_t names, span_t start)
{
    span_t word;
    while (span_cut(&names, ' ', &word)) {
        if (span_starts(word, start)) {
            return true;
        }
    }
    return false;
}

static ipus_code_t fits(db_t *db, const wanted_t *wanted, int64_t person, bool *fit)
{
    *fit = true;
    for (int i = 1; i < wanted->count && *fit; i++) {
        ipus_code_t code = has_token(db, wanted->token[i], person, fit);
        if (code != IPUS_FINE) {
            return code;
        }
    }
    if (!*fit || !wanted->longer) {
        return IPUS_FINE;
    }
    ipus_row_t row = {.kind = IPUS_PERSON, .id = person};
    row.at[PERSON_GIVEN_NAME].is = IPUS_LOCKED;
    buf_t names = {0};
    ipus_code_t code = names_of(db, &row, &names);
    for (int i = 0; i < wanted->count && *fit && code == IPUS_FINE; i++) {
        *fit = some_word_begins(buf_span(&names), wanted->word[i]);
    }
    vault_wipe(names.at, names.len);
    buf_free(&names);
    return code;
}

ipus_code_t store_people_named(ipus_record_t *record, span_t text, int64_t *ids, size_t max,
                               size_t *count)
{
    db_t *db = db_of(record);
    buf_t folded = {0};
    text_fold(&folded, text);
    wanted_t wanted = {0};
    want(db, buf_span(&folded), &wanted);
    *count = 0;
    ipus_code_t code = folded.failed ? store_db_broken(db, SQLITE_NOMEM) : IPUS_FINE;
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT person FROM names WHERE token = ?1 ORDER BY person");
    if (statement != NULL && wanted.count > 0 && code == IPUS_FINE) {
        sqlite3_bind_int64(statement, 1, wanted.token[0]);
        int step = SQLITE_DONE;
        while (code == IPUS_FINE && *count < max &&
               (step = store_db_step(db, statement)) == SQLITE_ROW) {
            bool fit = false;
            int64_t person = sqlite3_column_int64(statement, 0);
            code = fits(db, &wanted, person, &fit);
            if (code == IPUS_FINE && fit) {
                ids[(*count)++] = person;
            }
        }
        code = step == SQLITE_ROW || step == SQLITE_DONE ? code : IPUS_BROKEN;
        store_db_done(statement);
    }
    buf_free(&folded);
    return statement == NULL ? IPUS_BROKEN : code;
}

/* ---- erasing --------------------------------------------------------------------------------- */

/* The forms that became applications of the person. */
static ipus_code_t forget_intakes(db_t *db, int64_t person)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "UPDATE keys SET sealed = NULL WHERE id IN"
                           " (SELECT sealed_by FROM intakes WHERE person = ?1)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, person);
    store_keys_forget(db, 0);
    return store_db_do(db, statement);
}

ipus_code_t store_erase(ipus_record_t *record, int64_t person)
{
    db_t *db = db_of(record);
    int64_t key = 0;
    ipus_code_t code = store_keys_of(db, IPUS_PERSON, person, &key);
    code = code == IPUS_FINE ? store_keys_destroy(db, key) : code;
    code = code == IPUS_FINE ? forget_intakes(db, person) : code;
    code = code == IPUS_FINE ? forget_names(db, person) : code;
    code = code == IPUS_FINE ? store_answers_forget_all(db) : code;
    sqlite3_stmt *statement =
        code != IPUS_FINE
            ? NULL
            : store_db_fixed(db, "UPDATE persons SET pesel_blind = NULL, document_blind = NULL"
                                 " WHERE id = ?1");
    if (statement == NULL) {
        return code == IPUS_FINE ? IPUS_BROKEN : code;
    }
    sqlite3_bind_int64(statement, 1, person);
    int64_t *noted = store_list_add(&db->erased, sizeof *noted);
    if (noted == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    *noted = person;
    return store_db_do(db, statement);
}
