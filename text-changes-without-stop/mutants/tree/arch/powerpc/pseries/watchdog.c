// SPDX-License-Identifier: GPL-2.0
/*
 * The hard lockup detector, on the hypervisor's watchdog (H_WATCHDOG, PAPR's watchdog option; action 3 = system reset
 * to every vCPU).
 *
 * Each CPU has a timer that stamps its sign of life. As long as all stamps are fresh, whoever stamps also restarts
 * the watchdog. A CPU that keeps interrupts off goes stale, nobody restarts, the watchdog bites, and the stale CPU
 * tells where it is stuck.
 */
#include <asm/hvcall.h>
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/setup.h>
#include <asm/trap.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <stopgap/boot_info.h>
#include <stopgap/oops.h>

#define KBUILD_MODNAME		"watchdog"
#define WATCHDOG_START		(1ul << 8)
#define WATCHDOG_ACTION_NMI	3ul
#define WATCHDOG_NUMBER		1ul

/* After how many seconds without interrupts a CPU counts as locked up; 0 = no watchdog. */
static unsigned int thresh = 10;
module_param(thresh, uint, 0444);

static DEFINE_PER_CPU(struct timer_list, stamp_timer);
static DEFINE_PER_CPU(u64, stamp);

static unsigned int stale_seconds(unsigned int cpu, u64 now)
{
	u64 last = READ_ONCE(per_cpu(stamp, cpu));

	return now > last ? (unsigned int)((now - last) / boot_info.tb_freq) : 0;
}

/* Fresh is younger than two thirds of the limit: the watchdog then bites no later than 5/3 of it after a stamp. */
static bool all_fresh(void)
{
	u64 now = mftb();
	unsigned int cpu;

	for_each_online_cpu(cpu)
		if (stale_seconds(cpu, now) * 3 >= thresh * 2)
			return false;
	return true;
}

static long restart_watchdog(void)
{
	return plpar_hcall_norets(H_WATCHDOG, WATCHDOG_START | WATCHDOG_ACTION_NMI, WATCHDOG_NUMBER,
				  (unsigned long)thresh * 1000);
}

static void stamp_and_rearm(struct timer_list *t)
{
	WRITE_ONCE(*this_cpu_ptr(&stamp), mftb());
	if (all_fresh())
		restart_watchdog();
	mod_timer(t, jiffies + thresh * HZ / 3);
}

static void start_on_this_cpu(void *unused)
{
	struct timer_list *t = this_cpu_ptr(&stamp_timer);

	timer_setup(t, stamp_and_rearm, 0);
	stamp_and_rearm(t);
}

/**
 * watchdog_init() - start watching all online CPUs
 *
 * Context: boot thread, all CPUs online.
 */
void __init watchdog_init(void)
{
	unsigned int cpu;

	if (!thresh)
		return;
	for_each_online_cpu(cpu)
		per_cpu(stamp, cpu) = mftb();
	if (restart_watchdog() != H_SUCCESS) {
		pr_warn("watchdog: the hypervisor has none\n");
		return;
	}
	on_each_cpu(start_on_this_cpu, NULL, 1);
}

/**
 * nmi_dispatch() - system reset, which nothing can hold off
 * @regs: what was interrupted
 *
 * Context: on the CPU's own system reset stack, MSR[EE] off; may have hit any code.
 */
void nmi_dispatch(struct pt_regs *regs)
{
	unsigned int stale;

	nmi_enter();
	if (parking_requested())
		park_this_cpu();
	stale = thresh ? stale_seconds(local_paca->cpu, mftb()) : 0;
	if (thresh && stale >= thresh)
		report_lockup(regs, stale);
	if (!(regs->msr & MSR_RI))
		panic("system reset in a trap's prologue: cannot return");
	nmi_exit();
}
