/* A folder of its own with one key file, for the tests of the vault. */
#ifndef OKIENKO_TESTS_VAULT_FOLDER_H
#define OKIENKO_TESTS_VAULT_FOLDER_H

#include "vault/vault.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static char key_file[80];

static int folder_make(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/okienko-vault-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(key_file, sizeof key_file, "%s/key", folder);
    return 0;
}

static int folder_remove(void **state)
{
    (void)state;
    unlink(key_file);
    return rmdir(folder);
}

/* A key of the bytes first, first + 1, … */
static inline void key_write(uint8_t first, size_t len)
{
    unlink(key_file);
    int fd = open(key_file, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    for (size_t i = 0; i < len; i++) {
        uint8_t byte = (uint8_t)(first + i);
        assert_int_equal(write(fd, &byte, 1), 1);
    }
    close(fd);
}

static inline vault_t *vault_of(uint8_t first)
{
    key_write(first, VAULT_KEY);
    buf_t why = {0};
    vault_t *vault = vault_open(key_file, false, false, &why);
    assert_non_null(vault);
    assert_int_equal(why.len, 0);
    return vault;
}

/* Of hexadecimal digits. */
static inline void bytes_of(const char *digits, uint8_t *bytes)
{
    for (size_t i = 0; digits[2 * i] != '\0'; i++) {
        const char pair[] = {digits[2 * i], digits[2 * i + 1], '\0'};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
}

#endif
