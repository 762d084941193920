/* SPDX-License-Identifier: GPL-2.0 */
/* What a busy-waiting loop owes the rest of the machine. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <asm/paca.h>
#include <stopgap/hooks.h>

/* About 4 us of waiting. */
#define CPU_RELAX_TURNS		1024

/*
 * Every loop that waits for another CPU calls this once per turn. "or 27,27,27" is the ISA's yield
 * hint (book II, 3.2): it leaves the thread priority alone. QEMU leaves its execution loop at it,
 * which is what lets the awaited CPU run at all where one host thread runs all vCPUs (-icount).
 * Elsewhere that only costs: each time it takes the lock that the awaited CPU needs for its
 * hypercalls. So it is given now and then, and not in the first microseconds of most waits.
 */
static inline void cpu_relax(void)
{
	hook_relax();
	if (unlikely(++local_paca->relax_turns % CPU_RELAX_TURNS == 0))
		__asm__ __volatile__("or 27,27,27" : : : "memory");
	barrier();
}

#endif
