/* SPDX-License-Identifier: GPL-2.0 */
/* What a busy-waiting loop owes the rest of the machine. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/compiler.h>

/*
 * Every loop that waits for another CPU calls this once per turn. "or 27,27,27" is the ISA's yield hint (book II
 * 3.2): it leaves the thread priority alone. QEMU leaves its execution loop at it, and where one host thread runs
 * all vCPUs (-icount) that is what lets the awaited CPU run at all.
 */
static inline void cpu_relax(void)
{
	__asm__ __volatile__("or 27,27,27" : : : "memory");
}

#endif
