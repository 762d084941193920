/* SPDX-License-Identifier: GPL-2.0 */
/* Who freed what a fault is about, in the explore image. */
#ifndef _STOPGAP_FREED_BY_H
#define _STOPGAP_FREED_BY_H

#include <linux/types.h>

#define FREED_BY_LEN	256

/*
 * Write ", freed on CPU 0 at function+0x10/0x40 (file.c:12) called from ..." if the memory at @addr has been freed in
 * the explored run that is under way. Context: any, in quiet code. Return: @buf, "" if it has not.
 */
const char *freed_by(char *buf, size_t size, unsigned long addr);

#endif
