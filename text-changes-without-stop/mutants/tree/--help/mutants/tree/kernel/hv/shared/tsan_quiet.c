// SPDX-License-Identifier: GPL-2.0
/*
 * Quiet code (tools/Makefile.explore gives its calls these names): it has no points, and nothing is checked, but what
 * it changes is undone.
 */
#include "access.h"
#include "stale.h"

static inline void quiet_access(unsigned long addr, unsigned long size, unsigned int how)
{
	stale_touch(addr);
	stale_look(current, addr, size);
	if (how & ACCESS_WRITE)
		hv_note(addr, size);
}

#define TSAN(name)		quiet__tsan_##name
#define ACCESS(addr, size, how)	quiet_access(addr, size, how)

#include "tsan_calls.h"
