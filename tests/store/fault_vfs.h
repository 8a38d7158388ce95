/* A file system of SQLite's that fails when told to, and that knows what would be on the disk if
 * the power failed now. */
#ifndef OKIENKO_TESTS_STORE_FAULT_VFS_H
#define OKIENKO_TESTS_STORE_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/* Makes it the default one. */
void fault_vfs_install(void);

typedef enum { FAULT_NONE, FAULT_EIO, FAULT_FULL, FAULT_SHORT, FAULT_SYNC, FAULT_OPEN } fault_t;

/* The operation with this number, counted from now, fails; all after it too when `for_ever`. EIO,
 * FULL and SHORT are of writes and truncations, SYNC of syncs, OPEN of opens. */
void fault_vfs_arm(fault_t fault, int number, bool for_ever);
/* Nothing fails any more; says how many operations of the armed sort there were. */
int fault_vfs_disarm(void);

/* From now on remembers what was synced and what was not, of the files in a folder. */
void fault_vfs_watch(const char *folder, uint64_t seed);
/* `on_write` is called before each write and sync; it may cut. */
void fault_vfs_on_write(void (*on_write)(void));
/* Writes into a folder what a power cut would leave now: what was synced, and of the rest any part
 * in any order. */
void fault_vfs_cut(const char *folder);
void fault_vfs_end(void);

#endif
