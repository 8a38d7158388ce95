/* Passwords, tokens, codes, digests: what needs no key of the server. */
#include "vault/vault.h"

#include <errno.h>
#include <sodium.h>

_Static_assert(VAULT_PASSWORD_HASH == crypto_pwhash_STRBYTES, "libsodium's own text form");
_Static_assert(sizeof(vault_hash_t) >= sizeof(crypto_generichash_state), "a state fits");
_Static_assert(_Alignof(vault_hash_t) >= _Alignof(crypto_generichash_state), "and is aligned");

#define PASSES 2
#define MEMORY ((size_t)19 << 20)

/* libsodium wants a pointer even where there is nothing. */
static const char *at_of(span_t password)
{
    return password.at == NULL ? "" : password.at;
}

bool vault_password_hash(span_t password, char hash[static VAULT_PASSWORD_HASH])
{
    return crypto_pwhash_str(hash, at_of(password), password.len, PASSES, MEMORY) == 0;
}

/* As long as a real comparison takes, so that nobody can tell which accounts there are. */
static void fit_nothing(span_t password)
{
    static const uint8_t salt[crypto_pwhash_SALTBYTES];
    uint8_t key[32];
    if (crypto_pwhash(key, sizeof key, at_of(password), password.len, salt, PASSES, MEMORY,
                      crypto_pwhash_ALG_ARGON2ID13) == 0) {
        errno = 0;
    }
    sodium_memzero(key, sizeof key);
}

bool vault_password_fits(span_t password, const char *hash)
{
    errno = 0;
    if (hash[0] == '\0') {
        fit_nothing(password);
        return false;
    }
    char kept[crypto_pwhash_STRBYTES] = {0}; /* the library asks for all of its bytes */
    size_t len = strlen(hash);
    if (len >= sizeof kept) {
        return false;
    }
    memcpy(kept, hash, len);
    return crypto_pwhash_str_verify(kept, at_of(password), password.len) == 0;
}

void vault_token_new(char token[static VAULT_TOKEN])
{
    uint8_t bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token, VAULT_TOKEN, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void vault_token_digest(span_t token, char digest[static VAULT_TOKEN_DIGEST])
{
    vault_hash_t hash;
    uint8_t bytes[VAULT_DIGEST];
    vault_hash_begin(&hash);
    vault_hash_add(&hash, token.at, token.len);
    vault_hash_end(&hash, bytes);
    sodium_bin2hex(digest, VAULT_TOKEN_DIGEST, bytes, sizeof bytes);
}

void vault_code(char *text, size_t len)
{
    /* Without 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V. */
    static const char letters[] = "ACDEFHJKMNPRTWXY3479";
    for (size_t i = 0; i < len; i++) {
        text[i] = letters[randombytes_uniform(sizeof letters - 1)];
    }
}

void vault_random(void *bytes, size_t len)
{
    randombytes_buf(bytes, len);
}

void vault_wipe(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}

static crypto_generichash_state *state_of(vault_hash_t *hash)
{
    return (crypto_generichash_state *)(void *)hash->opaque;
}

void vault_hash_begin(vault_hash_t *hash)
{
    crypto_generichash_init(state_of(hash), NULL, 0, VAULT_DIGEST);
}

void vault_hash_add(vault_hash_t *hash, const void *bytes, size_t len)
{
    crypto_generichash_update(state_of(hash), bytes, len);
}

void vault_hash_int(vault_hash_t *hash, int64_t number)
{
    uint8_t bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    }
    vault_hash_add(hash, bytes, sizeof bytes);
}

void vault_hash_end(vault_hash_t *hash, uint8_t digest[VAULT_DIGEST])
{
    crypto_generichash_final(state_of(hash), digest, VAULT_DIGEST);
}
