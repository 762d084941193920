// SPDX-License-Identifier: GPL-2.0
/* Quiet code (tools/Makefile.explore gives its calls these names): it has no points, but what it changes is undone. */
#define TSAN(name)		quiet__tsan_##name
#define ACCESS(addr, size, how)	((how) & ACCESS_WRITE ? hv_note(addr, size) : (void)0)

#include "tsan_calls.h"
