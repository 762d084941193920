/* SPDX-License-Identifier: GPL-2.0 */
/* What this CPU can do, beyond what the kernel asks of every CPU. */
#ifndef _ASM_CPUTABLE_H
#define _ASM_CPUTABLE_H

#include <asm/reg.h>

#define PVR_VERSION_POWER10	0x80	/* the upper half of PVR; later CPUs have more */

/* Instructions of eight bytes (Power ISA 3.1). Context: any. */
static inline bool cpu_has_prefixed_insns(void)
{
	return mfspr(SPRN_PVR) >> 16 >= PVR_VERSION_POWER10;
}

#endif
