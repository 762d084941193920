/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The switch kallsyms.export=: whether the functions that find any symbol by its name are exported
 * to GPL-compatible modules ("gpl", as before 2020) or not at all ("none"). See
 * docs/lessons/exports.md.
 */
#ifndef _STOPGAP_BACKDOOR_H
#define _STOPGAP_BACKDOOR_H

/* The @i-th position of the switch, NULL past the last. Context: any. */
const char *backdoor_nth(unsigned int i);
/* The position it is in. Context: any. */
const char *backdoor_get(void);
/* Change it, for modules loaded from now on. Return: 0, or -EINVAL. Context: any. */
int backdoor_set(const char *name);

#endif
