// SPDX-License-Identifier: GPL-2.0
/* Structure offsets for assembly: compiled to .s only, from which the Makefile picks the "->" lines. */
#include <asm/paca.h>
#include <asm/ptrace.h>
#include <linux/sched.h>

#define DEFINE(sym, val)	__asm__ volatile("\n.ascii \"->" #sym " %0 " #val "\"" : : "i" (val))
#define OFFSET(sym, type, m)	DEFINE(sym, offsetof(struct type, m))

int asm_offsets(void);

int asm_offsets(void)
{
	OFFSET(PACA_CURRENT, paca_struct, current_task);
	OFFSET(PACA_SOFT_MASK, paca_struct, irq_soft_mask);
	OFFSET(PACA_STACK_LO, paca_struct, stack_lo);
	OFFSET(PACA_STACK_HI, paca_struct, stack_hi);
	OFFSET(PACA_EMERGENCY_LO, paca_struct, emergency_lo);
	OFFSET(PACA_EMERGENCY_HI, paca_struct, emergency_hi);
	OFFSET(PACA_NMI_SP, paca_struct, nmi_sp);
	OFFSET(PACA_EXGEN, paca_struct, exgen);
	OFFSET(PACA_EXNMI, paca_struct, exnmi);
	DEFINE(PACA_SIZE, sizeof(struct paca_struct));

	OFFSET(REGS_GPR, pt_regs, gpr);
	OFFSET(REGS_NIP, pt_regs, nip);
	OFFSET(REGS_MSR, pt_regs, msr);
	OFFSET(REGS_CTR, pt_regs, ctr);
	OFFSET(REGS_LINK, pt_regs, link);
	OFFSET(REGS_XER, pt_regs, xer);
	OFFSET(REGS_CCR, pt_regs, ccr);
	OFFSET(REGS_DAR, pt_regs, dar);
	OFFSET(REGS_DSISR, pt_regs, dsisr);
	OFFSET(REGS_TRAP, pt_regs, trap);
	OFFSET(REGS_SOFTE, pt_regs, softe);
	OFFSET(REGS_STACK_LO, pt_regs, stack_lo);
	OFFSET(REGS_STACK_HI, pt_regs, stack_hi);
	DEFINE(REGS_SIZE, sizeof(struct pt_regs));

	OFFSET(TASK_KSP, task_struct, ksp);
	OFFSET(TASK_STACK_LO, task_struct, stack_lo);
	OFFSET(TASK_STACK_HI, task_struct, stack_hi);
	OFFSET(TASK_LIVEPATCH_USED, task_struct, livepatch_used);
	return 0;
}
