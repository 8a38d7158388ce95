/* Secrets: sealing of personal fields, blind indices, passwords, tokens, digests; all of libsodium.
 *
 * Words: the server's key is a file of 32 bytes beside the data, never in the record nor in its
 * backup; subkeys are derived from it for each use. A key is one person's, provider's or account's
 * own; the record keeps it sealed by the server's. To destroy a key is to erase what it sealed. A
 * blind index finds a value that is not readable: a keyed digest of it.
 *
 * After vault_open() everything may be called from any thread, but for key files. */
#ifndef OKIENKO_VAULT_VAULT_H
#define OKIENKO_VAULT_VAULT_H

#include "base/buf.h"

typedef struct vault vault_t;

#define VAULT_KEY 32
/* A key as the record keeps it. */
#define VAULT_SEALED_KEY (24 + VAULT_KEY + 16)
/* How much longer a sealed text is. */
#define VAULT_SEAL_MORE (24 + 16)
#define VAULT_DIGEST 32

typedef struct {
    uint8_t bytes[VAULT_KEY];
} vault_key_t;

/* Reads the server's key from a file; when there is none and `make`, makes one (mode 0600, synced,
 * never over another). A file that others may read, or of another length, is refused. NULL with one
 * sentence in `why` (Polish or English by `polish`). The keys made of it lie in memory that is
 * neither swapped nor dumped, where the system lets it be locked. */
vault_t *vault_open(const char *file, bool make, bool polish, buf_t *why);
void vault_close(vault_t *vault);

/* A number that tells keys apart without giving anything away; kept in the record, so that a record
 * and a key that do not belong together are told apart at once. */
void vault_fingerprint(const vault_t *vault, uint8_t fingerprint[16]);

/* A new key, and the form in which it is kept; `id` is its row: a sealed key moved to another row
 * does not open. */
void vault_key_new(const vault_t *vault, int64_t id, vault_key_t *key,
                   uint8_t sealed[VAULT_SEALED_KEY]);
bool vault_key_open(const vault_t *vault, int64_t id, const uint8_t sealed[VAULT_SEALED_KEY],
                    vault_key_t *key);

/* Where a value stands: part of what is authenticated, so that none can be moved to another. */
typedef struct {
    const char *table, *column;
    int64_t row;
} vault_place_t;

/* Appends the sealed text: text.len + VAULT_SEAL_MORE bytes. */
void vault_seal(const vault_key_t *key, const vault_place_t *place, span_t text, buf_t *sealed);
/* Appends the text; false, with nothing appended, when it is not what was sealed there, or (then
 * `text` has failed) without memory. */
bool vault_unseal(const vault_key_t *key, const vault_place_t *place, span_t sealed, buf_t *text);

/* A keyed digest of a value in a context ("person.pesel"): the same value, the same number. Never
 * 0. */
int64_t vault_blind(const vault_t *vault, const char *context, span_t value);

/* A digest that only the server's key can make, of bytes in a context ("journal"). */
#define VAULT_MAC 16
void vault_mac(const vault_t *vault, const char *context, span_t bytes, uint8_t mac[VAULT_MAC]);

/* Argon2id, 19 MiB and two passes: about 30 ms and to be called off the loop. Zero-terminated, in
 * libsodium's own text form. False without memory. */
#define VAULT_PASSWORD_HASH 128
bool vault_password_hash(span_t password, char hash[static VAULT_PASSWORD_HASH]);
/* An empty hash fits nothing, and takes as long to say so. False with errno ENOMEM without memory.
 */
bool vault_password_fits(span_t password, const char *hash);

/* A random token of 32 bytes as 43 characters of base64url, and its digest as the record keeps it
 * (64 hexadecimal digits, both with a zero byte). */
#define VAULT_TOKEN 44
#define VAULT_TOKEN_DIGEST 65
void vault_token_new(char token[static VAULT_TOKEN]);
void vault_token_digest(span_t token, char digest[static VAULT_TOKEN_DIGEST]);

/* Writes `len` letters and digits that people do not mistake for one another; no zero byte. Each is
 * one of 20. */
void vault_code(char *text, size_t len);

/* Random bytes. */
void vault_random(void *bytes, size_t len);

/* Overwrites a key, a password or what was unsealed, in a way that no compiler leaves out. */
void vault_wipe(void *bytes, size_t len);

/* A plain digest, for the chain of the journal. */
typedef struct {
    unsigned char opaque[384] __attribute__((aligned(64)));
} vault_hash_t;
void vault_hash_begin(vault_hash_t *hash);
void vault_hash_add(vault_hash_t *hash, const void *bytes, size_t len);
void vault_hash_int(vault_hash_t *hash, int64_t number); /* eight bytes, least first */
void vault_hash_end(vault_hash_t *hash, uint8_t digest[VAULT_DIGEST]);

#endif
