// SPDX-License-Identifier: GPL-2.0
/*
 * Stealing at one exact place: a trap instruction stands there, and the CPU that runs into it is stolen before it
 * executes what stood there before.
 *
 * To go on, the CPU puts the old instruction back, steps it, and puts the trap back. Another CPU may meanwhile pass
 * unnoticed, or run into a trap that is no longer there (it executes stale text): it just tries again. Both are
 * harmless: a steal that did not happen.
 */
#include <asm/patch.h>
#include <asm/reg.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

#include "internal.h"

static struct {
	unsigned long addr;	/* 0 = none */
	u32 insn;		/* what stands there otherwise */
	unsigned int min_us, max_us;
} bp;
static DEFINE_MUTEX(bp_mutex);

int hv_steal_at(unsigned long addr, unsigned int min_us, unsigned int max_us)
{
	int err = -EBUSY;

	mutex_lock(&bp_mutex);
	if (bp.addr)
		goto out_unlock;
	err = -EINVAL;
	if (addr & 3 || min_us > max_us || !(is_kernel_text(addr) || is_module_text_address(addr)) ||
	    copy_from_kernel_nofault(&bp.insn, (void *)addr, sizeof(bp.insn)))
		goto out_unlock;
	err = -EBUSY;
	if (bp.insn == PPC_INST_TRAP)	/* a probe's, or a BUG(): not to be stepped */
		goto out_unlock;
	bp.min_us = min_us;
	bp.max_us = max_us;
	WRITE_ONCE(bp.addr, addr);
	err = patch_instruction(addr, PPC_INST_TRAP);
	if (err)
		WRITE_ONCE(bp.addr, 0);
out_unlock:
	mutex_unlock(&bp_mutex);
	return err;
}

void hv_steal_at_stop(void)
{
	unsigned long addr;

	mutex_lock(&bp_mutex);
	addr = bp.addr;
	if (addr) {
		WRITE_ONCE(bp.addr, 0);
		patch_instruction(addr, bp.insn);
	}
	mutex_unlock(&bp_mutex);
}

unsigned long hv_steal_at_addr(void)
{
	return READ_ONCE(bp.addr);
}

/* A trap at @nip that is not in memory any more was ours, a moment ago. */
static bool trap_is_gone(unsigned long nip)
{
	u32 insn;

	return !copy_from_kernel_nofault(&insn, (void *)nip, sizeof(insn)) && insn == bp.insn;
}

bool hv_breakpoint(struct pt_regs *regs)
{
	struct hv_cpu *hc = hv_this_cpu();

	if (!(regs->msr & SRR1_PROG_TRAP))
		return false;
	if (regs->nip != READ_ONCE(bp.addr))
		return trap_is_gone(regs->nip);
	hv_steal_now(hc, regs->nip, bp.min_us, bp.max_us);
	patch_instruction(regs->nip, bp.insn);
	hc->stepping_over = true;
	regs->msr |= MSR_SE;
	return true;
}

void hv_breakpoint_rearm(struct hv_cpu *hc)
{
	unsigned long addr = READ_ONCE(bp.addr);

	hc->stepping_over = false;
	if (addr)
		patch_instruction(addr, PPC_INST_TRAP);
}
