/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: nothing here executes what the loader puts together. */
#ifndef _ASM_CACHEFLUSH_H
#define _ASM_CACHEFLUSH_H

static inline void flush_icache_range(unsigned long start, unsigned long end)
{
}

#endif
