/* The file with the server's key. Inside the vault room only. */
#ifndef OKIENKO_VAULT_KEYFILE_H
#define OKIENKO_VAULT_KEYFILE_H

#include "vault/vault.h"

/* Reads the key, having made the file first when there is none and `make`. False with a sentence in
 * `why`; the caller wipes the key. */
bool vault_keyfile_read(const char *file, bool make, bool polish, vault_key_t *key, buf_t *why);

#endif
