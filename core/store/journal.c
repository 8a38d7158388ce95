/* The journal: every change and every reading of a person, each entry chained to the one before. */
#include "store/inside.h"

static void put_text(vault_hash_t *hash, span_t text)
{
    vault_hash_int(hash, text.at == NULL ? -1 : (int64_t)text.len);
    vault_hash_add(hash, text.at == NULL ? "" : text.at, text.len);
}

void store_journal_chain(const journal_line_t *line, const uint8_t before[VAULT_DIGEST],
                         uint8_t chain[VAULT_DIGEST])
{
    vault_hash_t hash;
    vault_hash_begin(&hash);
    vault_hash_add(&hash, before, VAULT_DIGEST);
    vault_hash_int(&hash, line->number);
    vault_hash_int(&hash, line->at);
    vault_hash_int(&hash, line->account);
    put_text(&hash, line->kind);
    vault_hash_int(&hash, line->row);
    vault_hash_int(&hash, line->version);
    put_text(&hash, line->step);
    vault_hash_int(&hash, line->overridden);
    put_text(&hash, line->looked_at);
    vault_hash_int(&hash, line->person);
    put_text(&hash, line->digest);
    vault_hash_end(&hash, chain);
}

void store_journal_mac(const db_t *db, int64_t number, const uint8_t chain[VAULT_DIGEST],
                       uint8_t mac[VAULT_MAC])
{
    uint8_t bytes[8 + VAULT_DIGEST];
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)((uint64_t)number >> (i * 8) & 0xff);
    }
    memcpy(bytes + 8, chain, VAULT_DIGEST);
    vault_mac(db->vault, "journal", (span_t){(const char *)bytes, sizeof bytes}, mac);
}

static void add_hex(buf_t *text, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < count; i++) {
        buf_byte(text, digits[bytes[i] >> 4]);
        buf_byte(text, digits[bytes[i] & 15]);
    }
}

void store_journal_end(buf_t *text, int64_t number, const uint8_t chain[VAULT_DIGEST], char between)
{
    buf_int(text, number);
    buf_byte(text, between);
    add_hex(text, chain, VAULT_DIGEST);
}

ipus_code_t store_journal_begin_keyed(db_t *db)
{
    uint8_t mac[VAULT_MAC];
    buf_t *text = &db->text;
    store_journal_mac(db, db->tip.entry, db->tip.chain, mac);
    buf_clear(text);
    buf_int(text, db->tip.entry);
    buf_byte(text, ' ');
    add_hex(text, mac, VAULT_MAC);
    return text->failed ? store_db_broken(db, SQLITE_NOMEM)
                        : store_schema_set(db, "keyed_from", buf_span(text));
}

journal_line_t store_journal_line(sqlite3_stmt *statement)
{
    return (journal_line_t){
        .number = sqlite3_column_int64(statement, 0),
        .at = sqlite3_column_int64(statement, 1),
        .account = sqlite3_column_int64(statement, 2),
        .kind = store_db_bytes(statement, 3),
        .row = sqlite3_column_int64(statement, 4),
        .version = sqlite3_column_int64(statement, 5),
        .step = store_db_bytes(statement, 6),
        .overridden = sqlite3_column_int(statement, 7) != 0,
        .looked_at = store_db_bytes(statement, 8),
        .person = sqlite3_column_int64(statement, 9),
        .digest = store_db_bytes(statement, 10),
    };
}

static ipus_code_t append(db_t *db, journal_line_t *line)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO journal (" JOURNAL_COLUMNS
                           ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    uint8_t chain[VAULT_DIGEST], mac[VAULT_MAC];
    line->number = db->tip.entry + 1;
    store_journal_chain(line, db->tip.chain, chain);
    store_journal_mac(db, line->number, chain, mac);
    sqlite3_bind_int64(statement, 1, line->number);
    sqlite3_bind_int64(statement, 2, line->at);
    sqlite3_bind_int64(statement, 3, line->account);
    store_db_bind_text(statement, 4, line->kind);
    sqlite3_bind_int64(statement, 5, line->row);
    sqlite3_bind_int64(statement, 6, line->version);
    store_db_bind_text(statement, 7, line->step);
    sqlite3_bind_int(statement, 8, line->overridden);
    store_db_bind_text(statement, 9, line->looked_at);
    if (line->person != 0) {
        sqlite3_bind_int64(statement, 10, line->person);
    } else {
        sqlite3_bind_null(statement, 10);
    }
    if (line->digest.at != NULL) {
        sqlite3_bind_blob64(statement, 11, line->digest.at, line->digest.len, SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, 11);
    }
    sqlite3_bind_blob(statement, 12, chain, VAULT_DIGEST, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 13, mac, VAULT_MAC, SQLITE_STATIC);
    ipus_code_t code = store_db_do(db, statement);
    if (code == IPUS_FINE) {
        db->tip.entry = line->number;
        memcpy(db->tip.chain, chain, VAULT_DIGEST);
    }
    return code;
}

/* Takes the last writing of a row off the list of what is to be told; false when there is none. */
static bool take_written(db_t *db, ipus_kind_t kind, int64_t id, db_written_t *taken)
{
    db_written_t *written = db->written.at;
    bool found = false;
    for (size_t i = db->written.count; i-- > 0;) {
        if (written[i].kind == kind && written[i].id == id) {
            if (!found || written[i].version > taken->version) {
                *taken = written[i];
            }
            found = true;
            written[i] = written[--db->written.count];
        }
    }
    return found;
}

ipus_code_t store_journal_enter(void *context, const ipus_entry_t *entry)
{
    db_t *db = context;
    db_written_t written = {.kind = entry->kind, .id = entry->id};
    if (!take_written(db, entry->kind, entry->id, &written)) {
        ipus_code_t code = store_rows_digest(db, entry->kind, entry->id, &written.version,
                                             &written.person, written.digest);
        if (code != IPUS_FINE) {
            return code;
        }
    }
    journal_line_t line = {.at = entry->at,
                           .account = entry->account,
                           .kind = span_of(ipus_kind(entry->kind)->plural),
                           .row = entry->id,
                           .version = written.version,
                           .step = span_of(entry->step),
                           .overridden = entry->overridden,
                           .person = written.person,
                           .digest = {(const char *)written.digest, VAULT_DIGEST}};
    return append(db, &line);
}

ipus_code_t store_journal_rest(db_t *db, int64_t now)
{
    ipus_code_t code = IPUS_FINE;
    while (db->written.count > 0 && code == IPUS_FINE) {
        const db_written_t *first = db->written.at;
        const ipus_entry_t entry = {
            .at = now, .kind = first->kind, .id = first->id, .step = "keep"};
        code = store_journal_enter(db, &entry);
    }
    return code;
}

ipus_code_t store_note_read(ipus_record_t *record, int64_t account, ipus_kind_t kind, int64_t row,
                            const char *what, int64_t now)
{
    journal_line_t line = {.at = now,
                           .account = account,
                           .kind = span_of(ipus_kind(kind)->plural),
                           .row = row,
                           .looked_at = span_of(what),
                           .person = kind == IPUS_PERSON ? row : 0};
    return append(db_of(record), &line);
}

static ipus_code_t tell(db_t *db, sqlite3_stmt *statement,
                        bool (*each)(void *of, const store_entry_t *entry), void *of, bool *goes_on)
{
    journal_line_t line = store_journal_line(statement);
    ipus_kind_t kind = IPUS_PERSON;
    if (!ipus_kind_named(line.kind, &kind)) {
        return store_db_broken(db, SQLITE_MISMATCH);
    }
    bool is_read = line.looked_at.at != NULL;
    span_t text = arena_copy(db->arena, is_read ? line.looked_at : line.step);
    if (text.at == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    const store_entry_t entry = {.number = line.number,
                                 .entry = {.at = line.at,
                                           .account = line.account,
                                           .kind = kind,
                                           .id = line.row,
                                           .version = line.version,
                                           .step = is_read ? NULL : text.at,
                                           .overridden = line.overridden},
                                 .is_read = is_read,
                                 .what = is_read ? text.at : NULL};
    *goes_on = each(of, &entry);
    return IPUS_FINE;
}

ipus_code_t store_journal(ipus_record_t *record, int64_t person, int64_t after, int limit,
                          bool (*each)(void *of, const store_entry_t *entry), void *of)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement = store_db_fixed(
        db, person != 0 ? "SELECT " JOURNAL_COLUMNS " FROM journal"
                          " WHERE number > ?1 AND person = ?3 ORDER BY number LIMIT ?2"
                        : "SELECT " JOURNAL_COLUMNS " FROM journal"
                          " WHERE number > ?1 ORDER BY number LIMIT ?2");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int(statement, 2, limit > 0 ? limit : -1);
    if (person != 0) {
        sqlite3_bind_int64(statement, 3, person);
    }
    ipus_code_t code = IPUS_FINE;
    bool goes_on = true;
    int step = SQLITE_DONE;
    while (code == IPUS_FINE && goes_on && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        code = tell(db, statement, each, of, &goes_on);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? code : IPUS_BROKEN;
}
