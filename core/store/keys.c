/* Keys of rows: made, opened, kept for a while, destroyed. */
#include "store/inside.h"

static db_key_t *place_of(db_t *db, int64_t id)
{
    return &db->keys[(uint64_t)id % DB_KEYS];
}

ipus_code_t store_keys_new(db_t *db, const char *kind, int64_t row, int64_t *id)
{
    sqlite3_stmt *statement =
        store_db_fixed(db, "INSERT INTO keys (id, kind, row, sealed) VALUES (?1, ?2, ?3, ?4)");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    *id = ++db->tip.key;
    db_key_t *kept = place_of(db, *id);
    uint8_t sealed[VAULT_SEALED_KEY];
    vault_key_new(db->vault, *id, &kept->key, sealed);
    kept->id = *id;
    sqlite3_bind_int64(statement, 1, *id);
    store_db_bind_text(statement, 2, span_of(kind));
    sqlite3_bind_int64(statement, 3, row);
    sqlite3_bind_blob(statement, 4, sealed, sizeof sealed, SQLITE_STATIC);
    return store_db_do(db, statement);
}

ipus_code_t store_keys_open(db_t *db, int64_t id, const vault_key_t **key)
{
    db_key_t *kept = place_of(db, id);
    *key = &kept->key;
    if (kept->id == id) {
        return IPUS_FINE;
    }
    sqlite3_stmt *statement = store_db_fixed(db, "SELECT sealed FROM keys WHERE id = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, id);
    int code = store_db_step(db, statement);
    ipus_code_t result = code == SQLITE_ROW || code == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
    span_t sealed = code == SQLITE_ROW ? store_db_bytes(statement, 0) : SPAN_NONE;
    if (sealed.at != NULL) {
        kept->id = 0;
        bool opens = sealed.len == VAULT_SEALED_KEY &&
                     vault_key_open(db->vault, id, (const uint8_t *)sealed.at, &kept->key);
        kept->id = opens ? id : 0;
        result = opens ? IPUS_FINE : store_db_broken(db, DB_DOES_NOT_OPEN);
    }
    store_db_done(statement);
    return result;
}

static void key_text(buf_t *text, uint64_t kind, uint64_t shape)
{
    (void)shape;
    buf_print(text, "SELECT sealed_by FROM \"%s\" WHERE id = ?1",
              ipus_kind((ipus_kind_t)(kind & 0xff))->plural);
}

ipus_code_t store_keys_of(db_t *db, ipus_kind_t kind, int64_t row, int64_t *id)
{
    sqlite3_stmt *statement =
        store_db_statement(db, UINT64_C(0x1000) | (uint64_t)kind, 0, key_text);
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, row);
    int code = store_db_step(db, statement);
    *id = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    store_db_done(statement);
    return code == SQLITE_ROW ? IPUS_FINE : code == SQLITE_DONE ? IPUS_ABSENT : IPUS_BROKEN;
}

void store_keys_forget(db_t *db, int64_t after)
{
    for (int i = 0; i < DB_KEYS; i++) {
        if (db->keys[i].id > after) {
            db->keys[i].id = 0;
            vault_wipe(&db->keys[i].key, sizeof db->keys[i].key);
        }
    }
}

ipus_code_t store_keys_destroy(db_t *db, int64_t id)
{
    sqlite3_stmt *statement = store_db_fixed(db, "UPDATE keys SET sealed = NULL WHERE id = ?1");
    if (statement == NULL) {
        return IPUS_BROKEN;
    }
    sqlite3_bind_int64(statement, 1, id);
    db_key_t *kept = place_of(db, id);
    if (kept->id == id) {
        kept->id = 0;
        vault_wipe(&kept->key, sizeof kept->key);
    }
    db->erases = true;
    return store_db_do(db, statement);
}
