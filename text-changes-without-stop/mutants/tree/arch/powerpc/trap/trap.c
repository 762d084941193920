// SPDX-License-Identifier: GPL-2.0
/* Which handler a trap goes to, and the short ones. Vectors: Power ISA 3.0B, book III, 6.5. */
#include <asm/hvcall.h>
#include <asm/kprobes.h>
#include <asm/page.h>
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/setup.h>
#include <asm/trap.h>
#include <linux/bug.h>
#include <linux/extable.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/catch.h>
#include <stopgap/hooks.h>
#include <stopgap/hv.h>
#include <stopgap/oops.h>

#define VECTOR_BASE	0x100

extern const char trap_vectors[], trap_vectors_end[];

static const struct {
	unsigned long trap;
	const char *name;
} trap_names[] = {
	{ TRAP_SYSTEM_RESET, "system reset" },
	{ TRAP_MACHINE_CHECK, "machine check" },
	{ TRAP_DSI, "data storage" },
	{ TRAP_DSEG, "data segment" },
	{ TRAP_ISI, "instruction storage" },
	{ TRAP_ISEG, "instruction segment" },
	{ TRAP_EXTERNAL, "external interrupt" },
	{ TRAP_ALIGNMENT, "alignment" },
	{ TRAP_PROGRAM, "program check" },
	{ 0x800, "floating-point unavailable" },
	{ TRAP_DECREMENTER, "decrementer" },
	{ 0xc00, "system call" },
	{ TRAP_TRACE, "trace" },
};

/* Return: what the ISA calls the interrupt at @trap. */
const char *trap_name(unsigned long trap)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(trap_names); i++)
		if (trap_names[i].trap == trap)
			return trap_names[i].name;
	return "unknown trap";
}

/* Copy the vectors to where the CPU looks for them. Open Firmware cannot be called afterwards. */
void __init trap_init(void)
{
	unsigned long dst = (unsigned long)__va(VECTOR_BASE);
	size_t len = (size_t)(trap_vectors_end - trap_vectors);
	size_t i;

	memcpy((void *)dst, trap_vectors, len);
	for (i = 0; i < len; i += 32)
		__asm__ __volatile__("dcbst 0,%0; sync; icbi 0,%0" : : "r" (dst + i) : "memory");
	__asm__ __volatile__("sync; isync" : : : "memory");
}

/* An instruction with an entry in __ex_table goes on at its fixup. */
static bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *e;

	hook_quiet_begin();	/* no part of what faulted */
	e = search_exception_tables(regs->nip);
	hook_quiet_end();
	if (e)
		regs->nip = extable_fixup(e);
	return e != NULL;
}

/*
 * A synchronous trap ends all stepping: what comes next is the kernel's handling of it. Return: whether it is the trap of
 * a probed instruction, which has the probe's breakpoint in its place.
 */
static bool stop_stepping(struct pt_regs *regs)
{
	bool probed;

	if (likely(!(regs->msr & MSR_SE)))
		return false;
	probed = kprobe_step_faulted(regs);
	hv_step_lost();
	regs->msr &= ~MSR_SE;
	return probed;
}

static const char *storage_fault_name(const struct pt_regs *regs)
{
	unsigned long addr = regs->trap == TRAP_DSI || regs->trap == TRAP_DSEG ? regs->dar : regs->nip;

	if (addr < PAGE_SIZE)
		return "kernel NULL pointer dereference";
	if (regs->trap == TRAP_ISI || regs->trap == TRAP_ISEG)
		return regs->msr & DSISR_NOEXEC ? "attempt to execute a no-execute page"
						: "attempt to execute an unmapped page";
	if (regs->dsisr & DSISR_PROTFAULT)
		return regs->dsisr & DSISR_ISSTORE ? "attempt to write to a read-only page"
						   : "access to a protected page";
	return "bad access to an unmapped page";
}

static void storage_fault(struct pt_regs *regs)
{
	stop_stepping(regs);
	trap_hard_enable(regs);
	if (fixup_exception(regs))
		return;
	catch_deliver(regs);
	die(storage_fault_name(regs), regs);
}

static const char *program_check_name(const struct pt_regs *regs)
{
	if (regs->msr & SRR1_PROG_ILL)
		return "illegal instruction";
	if (regs->msr & SRR1_PROG_PRIV)
		return "privileged instruction";
	return "trap instruction";
}

static void program_check(struct pt_regs *regs)
{
	enum bug_trap_type type = BUG_TRAP_TYPE_NONE;

	if (!stop_stepping(regs) && (kprobe_trap(regs) || hv_breakpoint(regs)))
		return;
	if (regs->msr & SRR1_PROG_TRAP)
		type = report_bug(regs->nip, regs);
	if (type == BUG_TRAP_TYPE_WARN) {
		regs->nip += 4;
		return;
	}
	if (type == BUG_TRAP_TYPE_NONE)
		catch_deliver(regs);
	die(type == BUG_TRAP_TYPE_BUG ? "kernel BUG" : program_check_name(regs), regs);
}

static void trace_trap(struct pt_regs *regs)
{
	kprobe_stepped(regs);
	hv_step(regs);
}

static void other_trap(struct pt_regs *regs)
{
	stop_stepping(regs);
	catch_deliver(regs);
	die(trap_name(regs->trap), regs);
}

/**
 * trap_dispatch() - every trap but system reset
 * @regs: what was interrupted; what is returned to
 *
 * Context: called by the entry with MSR[EE] off and the soft mask set.
 */
void trap_dispatch(struct pt_regs *regs)
{
	switch (regs->trap) {
	case TRAP_EXTERNAL:
	case TRAP_DECREMENTER:
		hw_interrupt(regs);
		break;
	case TRAP_TRACE:
		trace_trap(regs);
		break;
	case TRAP_PROGRAM:
		program_check(regs);
		break;
	case TRAP_DSI:
	case TRAP_DSEG:
	case TRAP_ISI:
	case TRAP_ISEG:
		storage_fault(regs);
		break;
	default:
		other_trap(regs);
	}
	trap_exit(regs);
}
