// SPDX-License-Identifier: GPL-2.0
/*
 * Where an access is made: its address and the callers', read off the running stack. Done for every
 * access that the happens-before check remembers, so without the careful reading an oops needs: the
 * back chain of a running thread is sound.
 */
#include <asm/current.h>
#include <linux/kernel.h>

#include "model.h"

#define FRAME_LR	2	/* doublewords above the back chain (ELFv2 ABI, 2.2.2) */
#define OWN_FRAMES	8	/* of hooks, at most, between here and @pc */
#define NEAR		64	/* bytes from @pc, if that is where a hook begins, to where it returns to */

static bool on_stack(const unsigned long *sp)
{
	return (unsigned long)sp >= local_paca->stack_lo &&
	       (unsigned long)(sp + FRAME_LR) < local_paca->stack_hi;
}

void model_site_here(struct model_site *site, unsigned long pc)
{
	const unsigned long *sp = __builtin_frame_address(0);
	unsigned int n = 0, own = 0;

	*site = (struct model_site){ .pc = { pc } };
	for (sp = (const unsigned long *)sp[0]; n < MODEL_FRAMES && on_stack(sp);
	     sp = (const unsigned long *)sp[0]) {
		unsigned long lr = sp[FRAME_LR];

		if (n || lr - pc <= NEAR || ++own > OWN_FRAMES)
			site->pc[n++] = lr;
		if (sp[0] <= (unsigned long)sp)
			break;
	}
	site->pc[0] = pc;
}
