/* The port of ipus/record.h over the kinds' tables. */
#include "store/inside.h"

/* ---- from the disk --------------------------------------------------------------------------- */

static bool is_sealed(const ipus_field_t *field)
{
    return (field->flags & IPUS_SEALED) != 0;
}

static ipus_code_t text_of(db_t *db, span_t bytes, ipus_value_t *value)
{
    span_t copy = arena_copy(db->arena, bytes);
    if (copy.at == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    *value = (ipus_value_t){IPUS_KNOWN, 0, copy};
    return IPUS_FINE;
}

static ipus_code_t unseal(db_t *db, const vault_place_t *place, int64_t key_id, span_t sealed,
                          ipus_value_t *value)
{
    const vault_key_t *key = NULL;
    ipus_code_t code = store_keys_open(db, key_id, &key);
    if (code == IPUS_ABSENT) {
        value->is = IPUS_LOCKED;
        return IPUS_FINE;
    }
    if (code != IPUS_FINE) {
        return code;
    }
    buf_clear(&db->text);
    if (!vault_unseal(key, place, sealed, &db->text)) {
        return store_db_broken(db, db->text.failed ? SQLITE_NOMEM : DB_DOES_NOT_OPEN);
    }
    code = text_of(db, (span_t){db->text.len > 0 ? db->text.at : "", db->text.len}, value);
    vault_wipe(db->text.at, db->text.len);
    return code;
}

static ipus_code_t value_of(db_t *db, sqlite3_stmt *statement, const ipus_row_t *row, int field,
                            bool open, ipus_value_t *value)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    const ipus_field_t *it = &spec->fields[field];
    int column = SELECT_HEAD + field;
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) {
        return IPUS_FINE;
    }
    if (is_sealed(it)) {
        value->is = IPUS_LOCKED;
        const vault_place_t place = {spec->plural, it->name, row->id};
        return !open ? IPUS_FINE
                     : unseal(db, &place, sqlite3_column_int64(statement, SELECT_KEY),
                              store_db_bytes(statement, column), value);
    }
    value->is = IPUS_KNOWN;
    switch (it->type) {
    case IPUS_DATE:
        value->number = store_db_day(statement, column).days;
        return IPUS_FINE;
    case IPUS_CHOICE:
    case IPUS_STATE:
        value->number = ipus_choice_place(it->choices, store_db_bytes(statement, column));
        return value->number >= 0 ? IPUS_FINE : store_db_broken(db, SQLITE_MISMATCH);
    default:
        break;
    }
    if (ipus_is_text(it->type)) {
        return text_of(db, store_db_bytes(statement, column), value);
    }
    value->number = sqlite3_column_int64(statement, column);
    return IPUS_FINE;
}

static ipus_code_t row_of(db_t *db, sqlite3_stmt *statement, ipus_kind_t kind, bool open,
                          uint32_t only, ipus_row_t *row)
{
    *row = (ipus_row_t){.kind = kind,
                        .id = sqlite3_column_int64(statement, 0),
                        .version = sqlite3_column_int64(statement, 1),
                        .made_at = sqlite3_column_int64(statement, 2),
                        .changed_at = sqlite3_column_int64(statement, 3),
                        .made_by = sqlite3_column_int64(statement, 4),
                        .changed_by = sqlite3_column_int64(statement, 5)};
    ipus_code_t code = IPUS_FINE;
    for (int i = 0; i < ipus_kind(kind)->count && code == IPUS_FINE; i++) {
        if (only == 0 || (only >> i & 1u) != 0) {
            code = value_of(db, statement, row, i, open, &row->at[i]);
        }
    }
    return code;
}

ipus_code_t store_rows_get(void *context, ipus_kind_t kind, int64_t id, bool open, ipus_row_t *row)
{
    db_t *db = context;
    sqlite3_stmt *statement = store_select_get(db, kind, open);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, id);
    int step = store_db_step(db, statement);
    ipus_code_t code = step == SQLITE_ROW    ? row_of(db, statement, kind, open, 0, row)
                       : step == SQLITE_DONE ? IPUS_ABSENT
                                             : IPUS_BROKEN;
    store_db_done(statement);
    return code;
}

/* Rows may be changed while they are gone through: an index of equal values is read in the order of
 * ids, so that a row which was given is never met again, and what is sorted was read before. */
ipus_code_t store_rows_find(void *context, const ipus_query_t *query,
                            bool (*each)(void *of, const ipus_row_t *row), void *of)
{
    db_t *db = context;
    sqlite3_stmt *statement = store_select_find(db, query);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    ipus_code_t code = IPUS_FINE;
    int step = SQLITE_ROW;
    bool goes_on = true;
    while (code == IPUS_FINE && goes_on && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        ipus_row_t row;
        code = row_of(db, statement, query->kind, query->open, query->only, &row);
        if (code != IPUS_FINE && db->fault == DB_DOES_NOT_OPEN) {
            db->fault = db->system_fault = 0;
            code = row_of(db, statement, query->kind, false, query->only, &row);
            row.damaged = true;
        }
        goes_on = code == IPUS_FINE && each(of, &row);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? code : IPUS_BROKEN;
}

/* ---- raw rows -------------------------------------------------------------------------------- */

static void raw_of(sqlite3_stmt *statement, ipus_kind_t kind, raw_t *raw)
{
    raw->kind = kind;
    raw->id = sqlite3_column_int64(statement, 0);
    raw->version = sqlite3_column_int64(statement, 1);
    raw->made_at = sqlite3_column_int64(statement, 2);
    raw->changed_at = sqlite3_column_int64(statement, 3);
    raw->made_by = sqlite3_column_int64(statement, 4);
    raw->changed_by = sqlite3_column_int64(statement, 5);
    raw->key = sqlite3_column_int64(statement, SELECT_KEY);
    for (int i = 0; i < ipus_kind(kind)->count; i++) {
        cell_t *cell = &raw->at[i];
        int column = SELECT_HEAD + i, type = sqlite3_column_type(statement, column);
        cell->is = type == SQLITE_NULL      ? CELL_NULL
                   : type == SQLITE_INTEGER ? CELL_NUMBER
                   : type == SQLITE_BLOB    ? CELL_BLOB
                                            : CELL_TEXT;
        cell->number = type == SQLITE_INTEGER ? sqlite3_column_int64(statement, column) : 0;
        cell->bytes = type == SQLITE_INTEGER ? SPAN_NONE : store_db_bytes(statement, column);
    }
}

static void put_number(buf_t *buf, int64_t number)
{
    char bytes[8];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (char)((uint64_t)number >> (i * 8) & 0xff);
    }
    buf_add(buf, (span_t){bytes, sizeof bytes});
}

static void put_named(buf_t *buf, const char *name, int64_t number)
{
    if (number != 0) {
        buf_add(buf, (span_t){name, strlen(name) + 1});
        put_number(buf, number);
    }
}

/* Everything of the row in one unmistakable order. Fields by their names and only those that have a
 * value, so that a later schema with more fields does not move what was digested. */
void store_raw_digest(const raw_t *raw, buf_t *scratch, uint8_t digest[VAULT_DIGEST])
{
    const ipus_kind_spec_t *spec = ipus_kind(raw->kind);
    buf_clear(scratch);
    buf_add(scratch, (span_t){spec->plural, strlen(spec->plural) + 1});
    const int64_t head[] = {raw->id, raw->version, raw->made_at, raw->changed_at, raw->key};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        put_number(scratch, head[i]);
    }
    put_named(scratch, "made_by", raw->made_by);
    put_named(scratch, "changed_by", raw->changed_by);
    for (int i = 0; i < spec->count; i++) {
        const cell_t *cell = &raw->at[i];
        if (cell->is == CELL_NULL) {
            continue;
        }
        buf_add(scratch, (span_t){spec->fields[i].name, strlen(spec->fields[i].name) + 1});
        buf_byte(scratch, (char)cell->is);
        if (cell->is == CELL_NUMBER) {
            put_number(scratch, cell->number);
        } else {
            put_number(scratch, (int64_t)cell->bytes.len);
            buf_add(scratch, cell->bytes);
        }
    }
    vault_hash_t hash;
    vault_hash_begin(&hash);
    vault_hash_add(&hash, scratch->at, scratch->len);
    vault_hash_end(&hash, digest);
}

static int64_t person_of(const raw_t *raw)
{
    int owner = raw->kind == IPUS_INTAKE ? INTAKE_PERSON : ipus_kind(raw->kind)->owner;
    return raw->kind == IPUS_PERSON ? raw->id : owner >= 0 ? raw->at[owner].number : 0;
}

ipus_code_t store_rows_digest(db_t *db, ipus_kind_t kind, int64_t id, int64_t *version,
                              int64_t *person, uint8_t digest[VAULT_DIGEST])
{
    sqlite3_stmt *statement = store_select_get(db, kind, true);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, id);
    int step = store_db_step(db, statement);
    if (step == SQLITE_ROW) {
        raw_t raw;
        raw_of(statement, kind, &raw);
        store_raw_digest(&raw, &db->text, digest);
        *version = raw.version;
        *person = person_of(&raw);
    }
    store_db_done(statement);
    return db->text.failed       ? store_db_broken(db, SQLITE_NOMEM)
           : step == SQLITE_ROW  ? IPUS_FINE
           : step == SQLITE_DONE ? IPUS_ABSENT
                                 : IPUS_BROKEN;
}

/* ---- to the disk ----------------------------------------------------------------------------- */

static ipus_code_t cell_of(db_t *db, const ipus_field_t *field, const ipus_value_t *value,
                           cell_t *cell)
{
    if (value->is == IPUS_NONE) {
        *cell = (cell_t){.is = CELL_NULL};
    } else if (ipus_is_text(field->type)) {
        *cell = (cell_t){.is = CELL_TEXT, .bytes = value->text};
    } else if (field->type == IPUS_DATE) {
        *cell = (cell_t){.is = CELL_TEXT};
        store_day_text((date_t){(int32_t)value->number}, cell->day);
        cell->bytes = (span_t){cell->day, DATE_TEXT_LEN};
    } else if (field->type == IPUS_CHOICE || field->type == IPUS_STATE) {
        *cell = (cell_t){.is = CELL_TEXT, .bytes = ipus_choice(field->choices, value->number)};
        return cell->bytes.at != NULL ? IPUS_FINE : store_db_broken(db, SQLITE_MISMATCH);
    } else {
        *cell = (cell_t){.is = CELL_NUMBER, .number = value->number};
    }
    return IPUS_FINE;
}

static bool same(const cell_t *a, const cell_t *b)
{
    return a->is == b->is && a->number == b->number && span_equal(a->bytes, b->bytes);
}

/* The key that a row is sealed with: its owner's, or its own. IPUS_ABSENT when that was erased. */
static ipus_code_t key_for(db_t *db, const raw_t *raw, const ipus_row_t *row, int64_t *id)
{
    const ipus_kind_spec_t *spec = ipus_kind(raw->kind);
    if (raw->key != 0) {
        *id = raw->key;
        return IPUS_FINE;
    }
    if (spec->owner < 0) {
        return store_keys_new(db, spec->plural, raw->id, id);
    }
    if (row->at[spec->owner].is != IPUS_KNOWN) {
        return store_db_broken(db, SQLITE_MISUSE); /* nobody's secret */
    }
    return store_keys_of(db, spec->fields[spec->owner].of, row->at[spec->owner].number, id);
}

/* Seals what is known of the sealed fields of a row into cells. */
static ipus_code_t seal_all(db_t *db, const ipus_row_t *row, raw_t *raw)
{
    const ipus_kind_spec_t *spec = ipus_kind(raw->kind);
    size_t needed = 0;
    for (int i = 0; i < spec->count; i++) {
        bool seals = is_sealed(&spec->fields[i]) && row->at[i].is == IPUS_KNOWN;
        needed += seals ? row->at[i].text.len + VAULT_SEAL_MORE : 0;
    }
    if (needed == 0 && (raw->kind != IPUS_PERSON || raw->key != 0)) {
        return IPUS_FINE;
    }
    const vault_key_t *key = NULL;
    ipus_code_t code = key_for(db, raw, row, &raw->key);
    code = code == IPUS_FINE ? store_keys_open(db, raw->key, &key) : code;
    buf_clear(&db->sealed);
    if (code != IPUS_FINE || !buf_reserve(&db->sealed, needed)) {
        return code != IPUS_FINE ? code : store_db_broken(db, SQLITE_NOMEM);
    }
    for (int i = 0; i < spec->count; i++) {
        if (is_sealed(&spec->fields[i]) && row->at[i].is == IPUS_KNOWN) {
            const vault_place_t place = {spec->plural, spec->fields[i].name, raw->id};
            size_t begin = db->sealed.len;
            vault_seal(key, &place, row->at[i].text, &db->sealed);
            raw->at[i] =
                (cell_t){.is = CELL_BLOB, .bytes = {db->sealed.at + begin, db->sealed.len - begin}};
        }
    }
    return db->sealed.failed ? store_db_broken(db, SQLITE_NOMEM) : IPUS_FINE;
}

static void bind_cell(sqlite3_stmt *statement, int place, const cell_t *cell)
{
    switch (cell->is) {
    case CELL_NULL:
        sqlite3_bind_null(statement, place);
        break;
    case CELL_NUMBER:
        sqlite3_bind_int64(statement, place, cell->number);
        break;
    case CELL_TEXT:
        store_db_bind_text(statement, place, cell->bytes);
        break;
    case CELL_BLOB:
        sqlite3_bind_blob64(statement, place, cell->bytes.at, cell->bytes.len, SQLITE_STATIC);
        break;
    }
}

static void bind_id(sqlite3_stmt *statement, int place, int64_t id)
{
    if (id != 0) {
        sqlite3_bind_int64(statement, place, id);
    } else {
        sqlite3_bind_null(statement, place);
    }
}

/* The journal will ask for what stands in the row now. */
static ipus_code_t note_written(db_t *db, const raw_t *raw)
{
    db_written_t *written = store_list_add(&db->written, sizeof *written);
    if (written == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    *written = (db_written_t){raw->kind, raw->id, raw->version, person_of(raw), {0}};
    store_raw_digest(raw, &db->text, written->digest);
    if (raw->kind == IPUS_WAITING && !db->text.failed) {
        return store_queue_touch(db, raw->at[WAITING_SERVICE].bytes);
    }
    return db->text.failed ? store_db_broken(db, SQLITE_NOMEM) : IPUS_FINE;
}

static ipus_code_t insert(db_t *db, const raw_t *raw)
{
    const ipus_kind_spec_t *spec = ipus_kind(raw->kind);
    sqlite3_stmt *statement = store_select_add(db, raw->kind);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, raw->id);
    sqlite3_bind_int64(statement, 2, raw->version);
    sqlite3_bind_int64(statement, 3, raw->made_at);
    sqlite3_bind_int64(statement, 4, raw->changed_at);
    bind_id(statement, 5, raw->made_by);
    bind_id(statement, 6, raw->changed_by);
    if (spec->sealed) {
        bind_id(statement, SELECT_KEY + 1, raw->key);
    }
    for (int i = 0; i < spec->count; i++) {
        bind_cell(statement, SELECT_HEAD + 1 + i, &raw->at[i]);
    }
    return store_db_do(db, statement);
}

ipus_code_t store_rows_add(void *context, ipus_row_t *row, int64_t now)
{
    db_t *db = context;
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    raw_t raw = {.kind = row->kind,
                 .version = 1,
                 .made_at = now,
                 .changed_at = now,
                 .made_by = row->changed_by,
                 .changed_by = row->changed_by};
    ipus_code_t code = row->kind == IPUS_PERSON ? store_people_check(db, row) : IPUS_FINE;
    for (int i = 0; i < spec->count && code == IPUS_FINE; i++) {
        code = row->at[i].is == IPUS_LOCKED
                   ? store_db_broken(db, SQLITE_MISUSE)
                   : cell_of(db, &spec->fields[i], &row->at[i], &raw.at[i]);
    }
    if (code != IPUS_FINE) {
        return code;
    }
    raw.id = db->tip.row[row->kind] + 1;
    code = seal_all(db, row, &raw);
    code = code == IPUS_FINE ? insert(db, &raw) : code;
    code = code == IPUS_FINE ? note_written(db, &raw) : code;
    if (code != IPUS_FINE) {
        return code;
    }
    db->tip.row[row->kind] = raw.id;
    row->id = raw.id;
    row->version = 1;
    row->made_at = row->changed_at = now;
    row->made_by = row->changed_by;
    return row->kind == IPUS_PERSON ? store_people_index(db, row) : IPUS_FINE;
}

/* Fills in what the row is to be, and says which cells are other than they were. */
static ipus_code_t merge(db_t *db, const ipus_row_t *row, raw_t *raw, uint32_t *mask)
{
    const ipus_kind_spec_t *spec = ipus_kind(row->kind);
    for (int i = 0; i < spec->count; i++) {
        cell_t cell = {.is = CELL_NULL};
        if (row->at[i].is == IPUS_LOCKED) {
            continue;
        }
        ipus_code_t code = cell_of(db, &spec->fields[i], &row->at[i], &cell);
        if (code != IPUS_FINE) {
            return code;
        }
        if (!same(&cell, &raw->at[i])) {
            *mask |= UINT32_C(1) << i;
            raw->at[i] = cell;
            if (cell.bytes.at == cell.day) {
                raw->at[i].bytes.at = raw->at[i].day;
            }
        }
    }
    return seal_all(db, row, raw);
}

static ipus_code_t update(db_t *db, const raw_t *raw, uint32_t mask)
{
    sqlite3_stmt *statement = store_select_set(db, raw->kind, mask);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, raw->version);
    sqlite3_bind_int64(statement, 2, raw->changed_at);
    bind_id(statement, 3, raw->changed_by);
    if (ipus_kind(raw->kind)->sealed) {
        bind_id(statement, 4, raw->key);
    }
    int place = 5;
    for (int i = 0; i < ipus_kind(raw->kind)->count; i++) {
        if ((mask >> i & 1u) != 0) {
            bind_cell(statement, place++, &raw->at[i]);
        }
    }
    sqlite3_bind_int64(statement, place, raw->id);
    sqlite3_bind_int64(statement, place + 1, raw->version - 1);
    return store_db_do(db, statement);
}

ipus_code_t store_rows_set(void *context, ipus_row_t *row, int64_t now)
{
    db_t *db = context;
    sqlite3_stmt *statement = store_select_get(db, row->kind, true);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, row->id);
    int step = store_db_step(db, statement);
    if (step != SQLITE_ROW) {
        store_db_done(statement);
        return step == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
    }
    raw_t raw = {.kind = row->kind};
    raw_of(statement, row->kind, &raw);
    uint32_t mask = 0;
    ipus_code_t code = raw.version == row->version ? IPUS_FINE : IPUS_STALE;
    code = code == IPUS_FINE && row->kind == IPUS_PERSON ? store_people_check(db, row) : code;
    code = code == IPUS_FINE ? merge(db, row, &raw, &mask) : code;
    raw.version++;
    raw.changed_at = now;
    raw.changed_by = row->changed_by;
    code = code == IPUS_FINE ? note_written(db, &raw) : code;
    store_db_done(statement); /* cells that did not change are gone now */
    code = code == IPUS_FINE ? update(db, &raw, mask) : code;
    if (code != IPUS_FINE) {
        return code;
    }
    row->version = raw.version;
    row->changed_at = now;
    return row->kind == IPUS_PERSON ? store_people_index(db, row) : IPUS_FINE;
}
