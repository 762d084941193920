/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Forced in front of every test: libc's headers come first, under their own names; from then on
 * memcpy() and its like mean the kernel's. A test that wants libc's to compare with calls
 * libc_memcpy() and so on.
 */
#ifndef _UNIT_HOST_H
#define _UNIT_HOST_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define LIBC(name) \
	static __typeof__(name) *const libc_##name __attribute__((__unused__)) = name

LIBC(memchr);
LIBC(memcmp);
LIBC(memcpy);
LIBC(memmove);
LIBC(memset);
LIBC(snprintf);
LIBC(strcasecmp);
LIBC(strchr);
LIBC(strcmp);
LIBC(strcpy);
LIBC(strcspn);
LIBC(strlen);
LIBC(strncat);
LIBC(strncmp);
LIBC(strncpy);
LIBC(strnlen);
LIBC(strpbrk);
LIBC(strrchr);
LIBC(strspn);
LIBC(strstr);

#include "rename.h"

#include <linux/string.h>

#endif
