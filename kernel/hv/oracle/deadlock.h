/* SPDX-License-Identifier: GPL-2.0 */
/* Who waits for what, when nobody can go on. */
#ifndef _HV_SHARED_DEADLOCK_H
#define _HV_SHARED_DEADLOCK_H

#include <linux/types.h>

struct task_struct;

/*
 * Describe why the @nr threads @tasks do not go on, as " CPU0 waits for lock_b at ..., held by CPU1 since ...; ... circle:
 * CPU0 -> lock_b -> CPU1 -> lock_a -> CPU0". Context: a run that has ended, quiet. Return: the length.
 */
int deadlock_describe(char *buf, size_t size, const struct task_struct *const tasks[], unsigned int nr);

#endif
