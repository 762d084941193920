/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The per-CPU block that r13 points to: the kernel's notion of one logical CPU.
 * Offsets reach assembly through asm-offsets.c.
 */
#ifndef _ASM_PACA_H
#define _ASM_PACA_H

#include <linux/types.h>

#define NR_CPUS		16

struct task_struct;

/* Bits of paca->irq_pending: virtual interrupts that have arrived and are not delivered yet. */
#define PACA_IRQ_TIMER	0x1
#define PACA_IRQ_IPI	0x2
#define PACA_IRQ_EXT	0x4

struct paca_struct {
	struct task_struct *current_task;
	unsigned long irq_soft_mask;	/* 0 = virtual interrupts on, 1 = off */
	unsigned long irq_pending;	/* PACA_IRQ_*; changed atomically */
	unsigned long stack_lo;		/* a trap with r1 outside [lo, hi) moves to the emergency stack */
	unsigned long stack_hi;
	unsigned long emergency_lo;
	unsigned long emergency_hi;
	unsigned long nmi_sp;		/* top of the stack for system reset; never nests */
	unsigned long exgen[8];		/* prologue scratch: r9-r13, cr, srr0, srr1 */
	unsigned long exnmi[8];		/* the same for system reset, which may hit a prologue */
	unsigned long percpu_offset;	/* added to the address of a per-CPU variable */
	unsigned int cpu;		/* logical number, 0 = boot CPU */
	unsigned int hw_id;		/* interrupt server number */
	int online;

	unsigned long ipi_messages;	/* 1 << enum ipi_msg, set by senders */
	unsigned long tlb_ack;		/* generation of the last shootdown this CPU has acknowledged */
	unsigned long irq_nip;		/* where the last hardware interrupt found this CPU */
	u64 timer_deadline;		/* timebase of the kernel's next timer, ~0 = none */
	u64 hv_deadline;		/* timebase of the shim's next timer, ~0 = none */
	unsigned int oops_depth;	/* > 0 while this CPU prints an oops */
	unsigned int in_nmi;
	unsigned int relax_turns;	/* counts cpu_relax() */
};

register struct paca_struct *local_paca __asm__("r13");

extern struct paca_struct paca[NR_CPUS];

#define get_paca()	local_paca

#endif
