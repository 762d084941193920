// SPDX-License-Identifier: GPL-2.0
/*
 * Walking a stack by its back chain (ELFv2 ABI, 2.2.2). A trap's frame is recognised by its marker, and the walk
 * goes on with the interrupted function. Where a return probe waits, the walk says where it will lead. Nothing is
 * read that is not inside the given stack.
 */
#include <asm/livepatch.h>
#include <asm/ptrace.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/kprobes.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/uaccess.h>
#include <stopgap/oops.h>
#include <stopgap/vmap.h>

#define FRAME_LR_OFFSET		16
#define FRAME_MARKER_OFFSET	32
#define FRAME_REGS_OFFSET	48
#define MAX_FRAMES		48

extern char _stext[], _etext[];

static bool read_stack(unsigned long addr, unsigned long lo, unsigned long hi, unsigned long *val)
{
	if (addr < lo || addr + sizeof(*val) > hi || addr & 7)
		return false;
	return copy_from_kernel_nofault(val, (const void *)addr, sizeof(*val)) == 0;
}

static const struct pt_regs *frame_regs(unsigned long sp, unsigned long lo, unsigned long hi)
{
	unsigned long marker;

	if (!read_stack(sp + FRAME_MARKER_OFFSET, lo, hi, &marker) || marker != STACK_FRAME_REGS_MARKER)
		return NULL;
	if (sp + FRAME_REGS_OFFSET + sizeof(struct pt_regs) > hi)
		return NULL;
	return (const struct pt_regs *)(sp + FRAME_REGS_OFFSET);
}

/* Where the function below the frame @caller returns to; 0 if that cannot be read, or is outside @lo..@hi. */
static unsigned long return_address(const struct task_struct *task, unsigned long caller, unsigned long lo,
				    unsigned long hi)
{
	unsigned long ip;

	if (!read_stack(caller + FRAME_LR_OFFSET, lo, hi, &ip))
		return 0;
	ip = kretprobe_real_return(livepatch_real_link(task, caller, ip), caller);
	return livepatch_real_link(task, caller, ip);
}

unsigned int walk_stack(const struct task_struct *task, unsigned long sp, unsigned long lo, unsigned long hi,
			void (*fn)(void *arg, unsigned long sp, unsigned long ip,
				   const struct pt_regs *regs), void *arg)
{
	unsigned long next, ip;
	unsigned int n;

	for (n = 0; n < MAX_FRAMES && read_stack(sp, lo, hi, &next); n++) {
		const struct pt_regs *regs = frame_regs(sp, lo, hi);

		if (regs)
			fn(arg, sp, regs->nip, regs);
		else if (next > sp && (ip = return_address(task, next, lo, hi)))
			fn(arg, sp, ip, NULL);
		if (next <= sp)
			break;
		sp = next;
	}
	return n;
}

static void print_frame(void *arg, unsigned long sp, unsigned long ip, const struct pt_regs *regs)
{
	unsigned long link;

	if (regs) {
		printk("--- interrupt: %lx (%s) at %pS\n", regs->trap, trap_name(regs->trap), (void *)ip);
		link = livepatch_real_link(current, regs->gpr[1], regs->link);
		printk("    LR [%016lx] %pS\n", link, (void *)link);
	} else {
		printk("[%016lx] [%016lx] %pB\n", sp, ip, (void *)ip);
	}
}

static void print_stack(const struct task_struct *task, unsigned long sp, unsigned long lo, unsigned long hi)
{
	printk("Call Trace:\n");
	if (!walk_stack(task, sp, lo, hi, print_frame, NULL))
		printk("  (no frame can be read at %016lx)\n", sp);
}

/* The stack that r1 = @sp is on: the one the trap found if it fits, else whatever 16 KiB surround it. */
static void stack_bounds(unsigned long sp, unsigned long *lo, unsigned long *hi)
{
	if (sp >= *lo && sp < *hi)
		return;
	*lo = sp & ~(THREAD_SIZE - 1);
	*hi = *lo + THREAD_SIZE;
}

/* Print the call trace that led to @regs. Context: any. */
void show_stack_regs(const struct pt_regs *regs)
{
	unsigned long lo = regs->stack_lo, hi = regs->stack_hi;

	stack_bounds(regs->gpr[1], &lo, &hi);
	print_stack(current, regs->gpr[1], lo, hi);
}

/* Print the stack of a thread that does not run, or the caller's own if @task is NULL. Context: any. */
void show_stack(struct task_struct *task)
{
	unsigned long lo, hi, sp;

	if (task && task != current) {
		print_stack(task, task->ksp, task->stack_lo, task->stack_hi);
		return;
	}
	sp = (unsigned long)__builtin_frame_address(0);
	lo = local_paca->stack_lo;
	hi = local_paca->stack_hi;
	stack_bounds(sp, &lo, &hi);
	print_stack(current, sp, lo, hi);
}

/* Print where this is called from. Context: any. */
void dump_stack(void)
{
	show_stack(NULL);
}
EXPORT_SYMBOL(dump_stack);

static bool is_text(unsigned long ip)
{
	return (ip >= (unsigned long)_stext && ip < (unsigned long)_etext) || is_module_text_address(ip);
}

/*
 * A frame may hold what is left of a trap's, marker and all, where the compiler has not used it yet. So a real one is also
 * large enough, and has saved the r1 that it points back to.
 */
static bool is_trap_frame(unsigned long sp, unsigned long next, unsigned long lo, unsigned long hi)
{
	const struct pt_regs *regs = frame_regs(sp, lo, hi);

	return regs && next - sp > sizeof(*regs) && regs->gpr[1] == next;
}

int stack_trace_save_tsk_reliable(struct task_struct *tsk, unsigned long *store, unsigned int size)
{
	unsigned long sp = tsk == current ? (unsigned long)__builtin_frame_address(0) : tsk->ksp, next, ip;
	unsigned int n = 0;

	if (tsk != current && READ_ONCE(tsk->on_cpu))
		return -EBUSY;
	for (; read_stack(sp, tsk->stack_lo, tsk->stack_hi, &next); sp = next) {
		if (!next)
			return (int)n;
		if (next <= sp || is_trap_frame(sp, next, tsk->stack_lo, tsk->stack_hi))
			return -EINVAL;
		ip = return_address(tsk, next, tsk->stack_lo, tsk->stack_hi);
		if (!is_text(ip) || livepatch_is_return(ip))
			return -EINVAL;
		if (n == size)
			return -ENOSPC;
		store[n++] = ip;
	}
	return -EINVAL;
}
EXPORT_SYMBOL_GPL(stack_trace_save_tsk_reliable);
