/* SPDX-License-Identifier: GPL-2.0 */
/* Making new instructions visible to instruction fetch. */
#ifndef _ASM_CACHEFLUSH_H
#define _ASM_CACHEFLUSH_H

/* POWER9 and its successors. */
#define CACHE_BLOCK		128UL

/**
 * flush_icache_range() - what was stored at [start, end) may be executed
 * @start: of the instructions
 * @end: behind them
 *
 * Power ISA 3.0B, book II 1.8: store, dcbst, sync, icbi, isync. The other CPUs' isync is their
 * first trap.
 * Context: any.
 */
static inline void flush_icache_range(unsigned long start, unsigned long end)
{
	unsigned long first = start & ~(CACHE_BLOCK - 1);

	for (unsigned long p = first; p < end; p += CACHE_BLOCK)
		__asm__ __volatile__("dcbst 0,%0" : : "r" (p) : "memory");
	__asm__ __volatile__("sync" : : : "memory");
	for (unsigned long p = first; p < end; p += CACHE_BLOCK)
		__asm__ __volatile__("icbi 0,%0" : : "r" (p) : "memory");
	__asm__ __volatile__("sync; isync" : : : "memory");
}

#endif
