#include "vault/keyfile.h"

#include <sodium.h>

_Static_assert(VAULT_KEY == crypto_kdf_KEYBYTES, "the server's key is a master key");
_Static_assert(VAULT_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a subkey seals");
_Static_assert(VAULT_SEAL_MORE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                      crypto_aead_xchacha20poly1305_ietf_ABYTES,
               "a sealed text is a nonce, the text and a tag");

_Static_assert(VAULT_MAC == crypto_generichash_BYTES_MIN, "the least that vouches");

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

/* Numbers of the subkeys. What is sealed depends on them: never to be used again for another. */
enum { SUBKEY_WRAPS = 1, SUBKEY_BLINDS = 2, SUBKEY_TELLS_APART = 3, SUBKEY_VOUCHES = 4 };

/* The server's key itself is not kept. */
struct vault {
    vault_key_t wraps, blinds, vouches;
    uint8_t fingerprint[16];
};

static void derive(const vault_key_t *master, uint64_t number, uint8_t *subkey, size_t len)
{
    crypto_kdf_derive_from_key(subkey, len, number, "okienko1", master->bytes);
}

static vault_t *derive_all(const vault_key_t *master)
{
    vault_t *vault = sodium_malloc(sizeof *vault);
    if (vault == NULL) {
        return NULL;
    }
    derive(master, SUBKEY_WRAPS, vault->wraps.bytes, VAULT_KEY);
    derive(master, SUBKEY_BLINDS, vault->blinds.bytes, VAULT_KEY);
    derive(master, SUBKEY_VOUCHES, vault->vouches.bytes, VAULT_KEY);
    derive(master, SUBKEY_TELLS_APART, vault->fingerprint, sizeof vault->fingerprint);
    sodium_mprotect_readonly(vault);
    return vault;
}

vault_t *vault_open(const char *file, bool make, bool polish, buf_t *why)
{
    vault_key_t *master = sodium_init() < 0 ? NULL : sodium_malloc(sizeof *master);
    vault_t *vault = NULL;
    if (master == NULL || (vault_keyfile_read(file, make, polish, master, why) &&
                           (vault = derive_all(master)) == NULL)) {
        buf_add(why, polish ? SPAN("Zabrakło pamięci na klucz.")
                            : SPAN("There is no memory for the key."));
    }
    sodium_free(master);
    return vault;
}

void vault_close(vault_t *vault)
{
    sodium_free(vault);
}

void vault_fingerprint(const vault_t *vault, uint8_t fingerprint[16])
{
    memcpy(fingerprint, vault->fingerprint, sizeof vault->fingerprint);
}

/* The place as associated data. A name ends with its zero byte, so that no two places read alike.
 */
static void place_digest(const vault_place_t *place, uint8_t digest[VAULT_DIGEST])
{
    vault_hash_t hash;
    vault_hash_begin(&hash);
    vault_hash_add(&hash, place->table, strlen(place->table) + 1);
    vault_hash_add(&hash, place->column, strlen(place->column) + 1);
    vault_hash_int(&hash, place->row);
    vault_hash_end(&hash, digest);
}

static void seal(const vault_key_t *key, const vault_place_t *place, const void *text, size_t len,
                 uint8_t *sealed)
{
    uint8_t where[VAULT_DIGEST];
    place_digest(place, where);
    randombytes_buf(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, NULL, text, len, where, sizeof where,
                                               NULL, sealed, key->bytes);
}

static bool unseal(const vault_key_t *key, const vault_place_t *place, const uint8_t *sealed,
                   size_t len, void *text)
{
    uint8_t where[VAULT_DIGEST];
    place_digest(place, where);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(text, NULL, NULL, sealed + NONCE, len - NONCE,
                                                      where, sizeof where, sealed, key->bytes) == 0;
}

static vault_place_t place_of_key(int64_t id)
{
    return (vault_place_t){"key", "sealed", id};
}

void vault_key_new(const vault_t *vault, int64_t id, vault_key_t *key,
                   uint8_t sealed[VAULT_SEALED_KEY])
{
    vault_place_t place = place_of_key(id);
    randombytes_buf(key->bytes, VAULT_KEY);
    seal(&vault->wraps, &place, key->bytes, VAULT_KEY, sealed);
}

bool vault_key_open(const vault_t *vault, int64_t id, const uint8_t sealed[VAULT_SEALED_KEY],
                    vault_key_t *key)
{
    vault_place_t place = place_of_key(id);
    return unseal(&vault->wraps, &place, sealed, VAULT_SEALED_KEY, key->bytes);
}

void vault_seal(const vault_key_t *key, const vault_place_t *place, span_t text, buf_t *sealed)
{
    if (text.len > SIZE_MAX - VAULT_SEAL_MORE) {
        sealed->failed = true;
    } else if (buf_reserve(sealed, text.len + VAULT_SEAL_MORE)) {
        seal(key, place, text.at, text.len, (uint8_t *)sealed->at + sealed->len);
        sealed->len += text.len + VAULT_SEAL_MORE;
    }
}

bool vault_unseal(const vault_key_t *key, const vault_place_t *place, span_t sealed, buf_t *text)
{
    /* One more than needed: the place for an empty text is a pointer as well. */
    if (sealed.len < VAULT_SEAL_MORE || !buf_reserve(text, sealed.len - VAULT_SEAL_MORE + 1) ||
        !unseal(key, place, (const uint8_t *)sealed.at, sealed.len, text->at + text->len)) {
        return false;
    }
    text->len += sealed.len - VAULT_SEAL_MORE;
    return true;
}

static void keyed(const vault_key_t *key, const char *context, span_t value, uint8_t *digest,
                  size_t len)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, VAULT_KEY, len);
    crypto_generichash_update(&state, (const uint8_t *)context, strlen(context) + 1);
    crypto_generichash_update(&state, (const uint8_t *)value.at, value.len);
    crypto_generichash_final(&state, digest, len);
    sodium_memzero(&state, sizeof state);
}

int64_t vault_blind(const vault_t *vault, const char *context, span_t value)
{
    uint8_t digest[crypto_generichash_BYTES_MIN];
    keyed(&vault->blinds, context, value, digest, sizeof digest);
    int64_t blind = 0;
    memcpy(&blind, digest, sizeof blind);
    return blind == 0 ? 1 : blind;
}

void vault_mac(const vault_t *vault, const char *context, span_t bytes, uint8_t mac[VAULT_MAC])
{
    keyed(&vault->vouches, context, bytes, mac, VAULT_MAC);
}
