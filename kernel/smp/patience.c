// SPDX-License-Identifier: GPL-2.0
/* Waiting for another CPU: for ever, but not silently. */
#include "internal.h"

#include <asm/paca.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <stopgap/hooks.h>
#include <stopgap/platform.h>

#define KICK_TIMEOUT_MS		200

void patience_begin(struct patience *p, unsigned int timeout_ms)
{
	p->start = platform->clock();
	p->limit = ns_to_tb((u64)timeout_ms * NSEC_PER_MSEC);
	p->reports = 0;
}

/*
 * Return: whether it is time to report; the next report takes twice as long. Never in an explored run, where time is as
 * long as the search wants it, and who really waits for ever is told as a deadlock.
 */
bool patience_over(struct patience *p)
{
	if (hook_exploring() || platform->clock() - p->start < p->limit)
		return false;
	p->limit *= 2;
	p->reports++;
	return true;
}

/*
 * Where @cpu is now: an interrupt that asks for nothing makes it note that. One that does not even
 * take that, because it is stolen, or its host busy, is nowhere.
 */
static void *whereabouts(unsigned int cpu)
{
	unsigned int ms;

	WRITE_ONCE(paca[cpu].irq_nip, 0);
	platform_kick(cpu);
	for (ms = 0; ms < KICK_TIMEOUT_MS && !READ_ONCE(paca[cpu].irq_nip); ms++)
		mdelay(1);
	return (void *)READ_ONCE(paca[cpu].irq_nip);
}

/**
 * report_unanswered() - say which CPU is waited for, and what it does instead
 * @who: who waits
 * @cpu: the CPU
 * @p: since when
 *
 * Context: any.
 */
void report_unanswered(const char *who, unsigned int cpu, const struct patience *p)
{
	u64 ms = tb_to_ns(platform->clock() - p->start) / NSEC_PER_MSEC;
	struct task_struct *curr = try_get_cpu_curr(cpu);

	if (!curr) {
		pr_err("%s: CPU%u has not answered for %llu.%03llu s: its run queue is locked\n",
		       who, cpu, ms / 1000, ms % 1000);
		return;
	}
	pr_err("%s: CPU%u has not answered for %llu.%03llu s: it runs %s/%d at %pS\n", who, cpu,
	       ms / 1000, ms % 1000, curr->comm, curr->pid, whereabouts(cpu));
	put_task_struct(curr);
}
