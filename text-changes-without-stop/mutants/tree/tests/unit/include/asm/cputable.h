/* SPDX-License-Identifier: GPL-2.0 */
/* On the host nothing is executed: every CPU will do. */
#ifndef _ASM_CPUTABLE_H
#define _ASM_CPUTABLE_H

#include <linux/types.h>

static inline bool cpu_has_prefixed_insns(void)
{
	return true;
}

#endif
