/* SPDX-License-Identifier: GPL-2.0 */
/* Who changed a list, as far as the check of lists knows. */
#ifndef _HV_SHARED_LIST_CHECK_H
#define _HV_SHARED_LIST_CHECK_H

struct lcpu;
struct list_head;

/* @entry was put between @prev and @next, or taken from there, by @cpu at @pc. */
struct list_change {
	const struct list_head *entry, *prev, *next;
	unsigned int cpu;
	unsigned long pc;
};

/* A run begins: nothing has been changed in it. */
void list_check_begin(void);

/*
 * Who deleted the entry that @lcpu stood on when it read its link, which is poisoned now. Context: any. Return: NULL
 * if that is not known, as the link was not read by READ_ONCE().
 */
const struct list_change *list_deleted_under(const struct lcpu *lcpu);

#endif
