// SPDX-License-Identifier: GPL-2.0
/*
 * The oops: everything the machine knows at a fault, then the end of the thread, or of the kernel.
 *
 * Reports of several CPUs do not mix: the first CPU owns the console until it is done. A fault inside a report is
 * one more line and a panic; a fault inside that ends the machine without a word.
 */
#include <asm/kprobes.h>
#include <asm/paca.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <asm/trap.h>
#include <linux/atomic.h>
#include <linux/console.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <stopgap/hooks.h>
#include <stopgap/oops.h>
#include <stopgap/vmap.h>

#define CODE_WORDS_BEFORE	4
#define CODE_WORDS		8
/* How long to wait for another CPU's report: 4 s of the 512 MHz timebase. */
#define OOPS_LOCK_TICKS		(4ull * 512000000)

static atomic_t oops_owner = ATOMIC_INIT(-1);
static int park_flag;

static const struct {
	unsigned long bit;
	const char *name;
} msr_bits[] = {
	{ MSR_SF, "SF" }, { MSR_EE, "EE" }, { MSR_PR, "PR" }, { MSR_FP, "FP" }, { MSR_ME, "ME" },
	{ MSR_SE, "SE" }, { MSR_BE, "BE" }, { MSR_IR, "IR" }, { MSR_DR, "DR" }, { MSR_RI, "RI" },
};

static void print_msr(unsigned long msr)
{
	const char *sep = "";
	unsigned int i;

	printk("MSR:  %016lx <", msr);
	for (i = 0; i < ARRAY_SIZE(msr_bits); i++) {
		if (!(msr & msr_bits[i].bit))
			continue;
		pr_cont("%s%s", sep, msr_bits[i].name);
		sep = ",";
	}
	pr_cont(">\n");
}

static void print_gprs(const struct pt_regs *regs)
{
	int i;

	for (i = 0; i < 32; i += 4)
		printk("GPR%02d: %016lx %016lx %016lx %016lx\n", i, regs->gpr[i], regs->gpr[i + 1],
		       regs->gpr[i + 2], regs->gpr[i + 3]);
}

static void print_code(unsigned long nip)
{
	unsigned long addr = nip - 4 * CODE_WORDS_BEFORE;
	u32 insn;
	int i;

	printk("Code:");
	for (i = 0; i < CODE_WORDS; i++, addr += 4) {
		if (copy_from_kernel_nofault(&insn, (const void *)addr, sizeof(insn)))
			pr_cont(" ????????");
		else if (addr == nip)
			pr_cont(" <%08x>", insn);
		else
			pr_cont(" %08x", insn);
	}
	pr_cont("\n");
}

static void print_address(const char *what, unsigned long addr)
{
	const char *area = vmap_describe(addr);

	printk("%s [%016lx] %pS%s%s%s\n", what, addr, (void *)addr, area ? " (" : "", area ? area : "",
	       area ? ")" : "");
}

/**
 * show_regs() - print the registers, the code and the call trace of a trap
 * @regs: of the trap
 *
 * Context: any.
 */
void show_regs(const struct pt_regs *regs)
{
	const char *area = vmap_describe(regs->dar);

	printk("TRAP: %lx (%s)\n", regs->trap, trap_name(regs->trap));
	print_msr(regs->msr);
	printk("NIP:  %016lx LR: %016lx CTR: %016lx\n", regs->nip, regs->link, regs->ctr);
	printk("CR:   %08lx XER: %08lx IRQMASK: %lu\n", regs->ccr, regs->xer, regs->softe);
	printk("DAR:  %016lx DSISR: %08lx%s%s%s\n", regs->dar, regs->dsisr, area ? " (" : "", area ? area : "",
	       area ? ")" : "");
	print_gprs(regs);
	print_address("NIP", regs->nip);
	print_address("LR ", regs->link);
	show_stack_regs(regs);
	print_code(regs->nip);
}

static bool oops_begin(void)
{
	int me = (int)local_paca->cpu;
	u64 start = mftb();

	if (local_paca->oops_depth++)
		return false;
	while (atomic_cmpxchg(&oops_owner, -1, me) != -1 && mftb() - start < OOPS_LOCK_TICKS)
		cpu_relax();
	bust_spinlocks(1);
	return true;
}

static void oops_end(void)
{
	bust_spinlocks(0);
	atomic_cmpxchg(&oops_owner, (int)local_paca->cpu, -1);
	local_paca->oops_depth--;
}

/* A fault while a report is being printed: depth 2 says so, depth 3 cannot even do that. */
static void __noreturn die_nested(const char *what, const struct pt_regs *regs)
{
	if (local_paca->oops_depth > 2)
		machine_fail("fault while reporting a fault inside an oops");
	pr_emerg("Nested fault: %s, trap %lx at %016lx, DAR %016lx\n", what, regs->trap, regs->nip, regs->dar);
	panic("fault inside an oops");
}

static void report(const char *what, const struct pt_regs *regs)
{
	pr_emerg("Oops: %s [#%u]\n", what, ++oops_count);
	printk("CPU: %u PID: %d Comm: %s %s preempt=%s\n", local_paca->cpu, current->pid, current->comm,
	       print_tainted(), preempt_model_name());
	kprobe_oops();
	show_regs(regs);
	print_modules();
	printk("---[ end trace %016llx ]---\n", mftb());
	add_taint(TAINT_DIE);
}

/**
 * die() - report a fault that nothing handles, and end what caused it
 * @what: one line
 * @regs: of the fault
 *
 * The thread is killed. There is no thread to kill in an interrupt handler, nor in the idle thread: panic.
 *
 * Context: any. Does not return.
 */
void die(const char *what, struct pt_regs *regs)
{
	hook_die(regs);
	if (!oops_begin())
		die_nested(what, regs);
	report(what, regs);
	oops_end();
	if (in_interrupt())
		panic("Fatal exception in interrupt");
	if (current->pid == 0)
		panic("Attempted to kill the idle task!");
	current->oopsed = 1;
	mtmsrd_ee(MSR_EE | MSR_RI);
	local_irq_restore(regs->softe);
	make_task_dead(-EFAULT);
}

/**
 * report_lockup() - tell of this CPU's lockup, then panic
 * @regs: where it is stuck
 * @seconds: for how long its interrupts have been off
 *
 * Context: system reset.
 */
void report_lockup(const struct pt_regs *regs, unsigned int seconds)
{
	oops_begin();
	pr_emerg("watchdog: CPU %u: hard LOCKUP: interrupts off for %u s\n", local_paca->cpu, seconds);
	printk("CPU: %u PID: %d Comm: %s %s\n", local_paca->cpu, current->pid, current->comm, print_tainted());
	show_regs(regs);
	print_modules();
	panic("hard LOCKUP on CPU %u", local_paca->cpu);
}

void __noreturn park_this_cpu(void)
{
	local_paca->online = 0;
	for (;;)
		cpu_relax();
}

void request_parking(void)
{
	WRITE_ONCE(park_flag, 1);
	smp_mb();
}

bool parking_requested(void)
{
	return READ_ONCE(park_flag);
}
