/* The texts that decide, kept with the record: what was decided can be worked out again from what
 * it was decided by. */
#include "store/inside.h"

#include <zlib.h>

static void digest_of(span_t text, uint8_t digest[VAULT_DIGEST])
{
    vault_hash_t hash;
    vault_hash_begin(&hash);
    vault_hash_add(&hash, text.at, text.len);
    vault_hash_end(&hash, digest);
}

static void add_counted(vault_hash_t *hash, span_t text)
{
    vault_hash_int(hash, (int64_t)text.len);
    vault_hash_add(hash, text.at, text.len);
}

static void digest_of_all(const store_generation_t *generation, uint8_t digest[VAULT_DIGEST])
{
    vault_hash_t hash;
    vault_hash_begin(&hash);
    add_counted(&hash, generation->version);
    for (size_t i = 0; i < generation->text_count; i++) {
        add_counted(&hash, span_of(generation->texts[i].kind));
        add_counted(&hash, generation->texts[i].name);
        add_counted(&hash, generation->texts[i].text);
    }
    vault_hash_end(&hash, digest);
}

/* The number in the first row of a statement with up to two digests or texts and a number. */
static ipus_code_t id_of(db_t *db, sqlite3_stmt *statement, int64_t *id)
{
    int step = store_db_step(db, statement);
    *id = step == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    store_db_done(statement);
    return step == SQLITE_ROW ? IPUS_FINE : step == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
}

static ipus_code_t add_text(db_t *db, const store_text_t *text, const uint8_t *digest, int64_t *id)
{
    sqlite3_stmt *statement = store_db_fixed(db, "INSERT INTO texts (kind, digest, bytes, packed)"
                                                 " VALUES (?1, ?2, ?3, ?4) RETURNING id");
    uLongf packed = compressBound((uLong)text->text.len);
    buf_clear(&db->sealed);
    if (statement == NULL || !buf_reserve(&db->sealed, packed) ||
        compress2((Bytef *)db->sealed.at, &packed, (const Bytef *)text->text.at,
                  (uLong)text->text.len, Z_BEST_COMPRESSION) != Z_OK) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    store_db_bind_text(statement, 1, span_of(text->kind));
    sqlite3_bind_blob(statement, 2, digest, VAULT_DIGEST, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (int64_t)text->text.len);
    sqlite3_bind_blob64(statement, 4, db->sealed.at, packed, SQLITE_STATIC);
    return id_of(db, statement, id);
}

static ipus_code_t keep_text(db_t *db, int64_t generation, const store_text_t *text)
{
    uint8_t digest[VAULT_DIGEST];
    int64_t id = 0;
    digest_of(text->text, digest);
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT id FROM texts WHERE kind = ?1 AND digest = ?2");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, span_of(text->kind));
    sqlite3_bind_blob(statement, 2, digest, VAULT_DIGEST, SQLITE_STATIC);
    ipus_code_t code = id_of(db, statement, &id);
    code = code == IPUS_ABSENT ? add_text(db, text, digest, &id) : code;
    statement = code != IPUS_FINE
                    ? NULL
                    : store_db_fixed(db, "INSERT INTO generation_texts (generation, name, text)"
                                         " VALUES (?1, ?2, ?3)");
    if (statement == NULL) {
        return code == IPUS_FINE ? IPUS_BROKEN : code;
    }
    sqlite3_bind_int64(statement, 1, generation);
    store_db_bind_text(statement, 2, text->name);
    sqlite3_bind_int64(statement, 3, id);
    return store_db_do(db, statement);
}

static ipus_code_t add_generation(db_t *db, const store_generation_t *generation,
                                  const uint8_t *digest, int64_t now, int64_t *number)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO generations (at, version, program, contract, digest)"
                           " VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, now);
    store_db_bind_text(statement, 2, generation->version);
    store_db_bind_text(statement, 3, span_of(generation->program));
    sqlite3_bind_int(statement, 4, generation->contract);
    sqlite3_bind_blob(statement, 5, digest, VAULT_DIGEST, SQLITE_STATIC);
    ipus_code_t code = id_of(db, statement, number);
    for (size_t i = 0; i < generation->text_count && code == IPUS_FINE; i++) {
        code = keep_text(db, *number, &generation->texts[i]);
    }
    return code;
}

ipus_code_t store_generation_keep(ipus_record_t *record, const store_generation_t *generation,
                                  int64_t now, int64_t *number)
{
    db_t *db = db_of(record);
    uint8_t digest[VAULT_DIGEST];
    digest_of_all(generation, digest);
    sqlite3_stmt *statement = store_db_fixed(
        db, "SELECT id FROM generations WHERE digest = ?1 AND program = ?2 AND contract = ?3");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_blob(statement, 1, digest, VAULT_DIGEST, SQLITE_STATIC);
    store_db_bind_text(statement, 2, span_of(generation->program));
    sqlite3_bind_int(statement, 3, generation->contract);
    ipus_code_t code = id_of(db, statement, number);
    return code == IPUS_ABSENT ? add_generation(db, generation, digest, now, number) : code;
}

ipus_code_t store_generation_number(ipus_record_t *record, span_t version, int64_t *number)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement = store_db_fixed(
        db, "SELECT id FROM generations WHERE version = ?1 ORDER BY id DESC LIMIT 1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    store_db_bind_text(statement, 1, version);
    return id_of(db, statement, number);
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Columns: digest, bytes, packed. Whatever is not what was packed is damage. */
static ipus_code_t unpack(db_t *db, sqlite3_stmt *statement, int column, arena_t *arena,
                          span_t *text)
{
    span_t should = store_db_bytes(statement, column);
    int64_t bytes = sqlite3_column_int64(statement, column + 1);
    span_t packed = store_db_bytes(statement, column + 2);
    uLongf len = (uLongf)bytes;
    if (bytes < 0 || bytes > STORE_TEXT_MOST) {
        return store_db_broken(db, SQLITE_CORRUPT);
    }
    char *at = arena_alloc(arena, (size_t)bytes + 1);
    if (at == NULL) {
        return store_db_broken(db, SQLITE_NOMEM);
    }
    uint8_t digest[VAULT_DIGEST];
    bool whole =
        uncompress((Bytef *)at, &len, (const Bytef *)packed.at, (uLong)packed.len) == Z_OK &&
        (int64_t)len == bytes;
    *text = (span_t){at, (size_t)bytes};
    digest_of(*text, digest);
    whole = whole && span_equal(should, (span_t){(const char *)digest, VAULT_DIGEST});
    return whole ? IPUS_FINE : store_db_broken(db, SQLITE_CORRUPT);
}

ipus_code_t store_generation_texts(ipus_record_t *record, int64_t number,
                                   bool (*each)(void *of, const store_text_t *text), void *of)
{
    db_t *db = db_of(record);
    sqlite3_stmt *statement =
        store_db_fixed(db, "SELECT kind, name, digest, bytes, packed FROM generation_texts AS it"
                           " JOIN texts ON texts.id = it.text WHERE generation = ?1 ORDER BY name");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, number);
    ipus_code_t code = IPUS_FINE;
    int step = SQLITE_DONE;
    bool goes_on = true;
    while (code == IPUS_FINE && goes_on && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        span_t kind = arena_copy(record->arena, store_db_bytes(statement, 0));
        store_text_t text = {.kind = kind.at,
                             .name = arena_copy(record->arena, store_db_bytes(statement, 1))};
        code = kind.at == NULL || text.name.at == NULL
                   ? store_db_broken(db, SQLITE_NOMEM)
                   : unpack(db, statement, 2, record->arena, &text.text);
        goes_on = code == IPUS_FINE && each(of, &text);
    }
    store_db_done(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE ? code : IPUS_BROKEN;
}

bool store_generations_check(db_t *db, int64_t *damaged)
{
    sqlite3_stmt *statement = store_db_fixed(db, "SELECT digest, bytes, packed FROM texts");
    int step = SQLITE_ERROR;
    while (statement != NULL && (step = store_db_step(db, statement)) == SQLITE_ROW) {
        span_t text;
        arena_reset(db->arena);
        if (unpack(db, statement, 0, db->arena, &text) != IPUS_FINE) {
            if ((db->fault & 0xff) != SQLITE_CORRUPT) {
                break;
            }
            ++*damaged;
            db->fault = db->system_fault = 0;
        }
    }
    store_db_done(statement);
    return step == SQLITE_DONE;
}
