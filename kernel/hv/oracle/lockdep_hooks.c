// SPDX-License-Identifier: GPL-2.0
/*
 * Between the kernel's locks and the order graph: who holds what, and how a report reads. Spinlocks
 * are the CPU's, because a run queue's lock is taken by one thread and let go by the next; mutexes are
 * the thread's. An interrupt is a holder of its own: what it interrupted did not wait for it.
 *
 * MSR[EE] is off in here: the next decrementer may go on with another logical CPU, and that comes by.
 */
#include <asm/current.h>
#include <asm/reg.h>
#include <linux/export.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <stopgap/oops.h>

#include "lockdep.h"
#include "oracle.h"

#define PLACES	64	/* where a thread slept that must not, reported once */

static struct lockdep graph, before;
static struct lockdep_holders kept;
static unsigned long places[PLACES];
static unsigned int nr_places, reports;
static bool silent;

static unsigned long hard_irq_save(void)
{
	unsigned long msr = mfmsr();

	mtmsrd_ee(MSR_RI);
	return msr;
}

static void hard_irq_restore(unsigned long msr)
{
	mtmsrd_ee(msr & (MSR_EE | MSR_RI));
}

static unsigned long cpu_owner(unsigned int cpu, bool interrupt)
{
	return 1 + 2 * cpu + interrupt;
}

static unsigned long this_cpu_owner(void)
{
	return cpu_owner(raw_smp_processor_id(), in_interrupt());
}

static unsigned long this_task_owner(void)
{
	return in_interrupt() ? 0 : (unsigned long)current;
}

/* In an explored run it is a hit, each time it is met. */
static bool is_hit(const struct lockdep_report *r)
{
	if (r->recursion)
		return oracle_complain(r->taking_pc, "lock taken twice: %ps, held since %pB", (void *)r->taking,
				       (void *)r->holding_pc);
	return oracle_complain(r->taking_pc, "lock order inversion: takes %ps, and holds %ps since %pB, but the first was "
			       "held since %pB on the way to the other at %pB", (void *)r->taking,
			       (void *)r->holding, (void *)r->holding_pc, (void *)r->first.before_pc,
			       (void *)r->first.after_pc);
}

static void print_report(const struct lockdep_report *r)
{
	reports++;
	if (silent || is_hit(r))
		return;
	pr_err("BUG: lockdep: %s: %s/%d on CPU %u\n",
	       r->recursion ? "lock taken twice" : "lock order inversion",
	       current->comm, current->pid, raw_smp_processor_id());
	pr_err("  takes %pS at %pB\n", (void *)r->taking, (void *)r->taking_pc);
	pr_err("  and holds %pS since %pB\n", (void *)r->holding, (void *)r->holding_pc);
	if (!r->recursion)
		pr_err("  but the first was held since %pB on the way to the other at %pB\n",
		       (void *)r->first.before_pc, (void *)r->first.after_pc);
	dump_stack();
}

static void take(unsigned long owner, unsigned long outer, unsigned long lock, unsigned long pc)
{
	struct lockdep_report report;
	unsigned long msr = hard_irq_save();
	bool bad;

	graph.again = oracle_is_running();
	bad = lockdep_take(&graph, owner, outer, lock, pc, &report);

	hard_irq_restore(msr);
	if (bad)
		print_report(&report);
}

static void taken(unsigned long owner, unsigned long lock, unsigned long pc)
{
	unsigned long msr = hard_irq_save();

	lockdep_taken(&graph, owner, lock, pc);
	hard_irq_restore(msr);
}

static void drop(unsigned long owner, unsigned long lock)
{
	unsigned long msr = hard_irq_save();

	lockdep_drop(&graph, owner, lock);
	hard_irq_restore(msr);
}

#define CALLER	((unsigned long)__builtin_return_address(0))

#define FRAME_LR	2	/* doublewords above the back chain (ELFv2 ABI, 2.2.2) */

/* Who has called the function that has called the one whose frame this is: mutex_lock() says nothing. */
static unsigned long outer_caller(const unsigned long *frame)
{
	const unsigned long *function = (const unsigned long *)frame[0];

	return ((const unsigned long *)function[0])[FRAME_LR];
}

#define OUTER_CALLER	outer_caller(__builtin_frame_address(0))

void hv_lockdep_init(unsigned long lock)
{
	unsigned long msr = hard_irq_save();

	lockdep_name(&graph, lock, CALLER);
	hard_irq_restore(msr);
}
EXPORT_SYMBOL(hv_lockdep_init);

void hv_lockdep_acquire(unsigned long lock)
{
	take(this_cpu_owner(), this_task_owner(), lock, CALLER);
}
EXPORT_SYMBOL(hv_lockdep_acquire);

void hv_lockdep_acquire_mutex(unsigned long lock)
{
	take((unsigned long)current, this_cpu_owner(), lock, OUTER_CALLER);
}
EXPORT_SYMBOL(hv_lockdep_acquire_mutex);

void hv_lockdep_trylock(unsigned long lock)
{
	taken(this_cpu_owner(), lock, CALLER);
}
EXPORT_SYMBOL(hv_lockdep_trylock);

void hv_lockdep_trylock_mutex(unsigned long lock)
{
	taken((unsigned long)current, lock, OUTER_CALLER);
}
EXPORT_SYMBOL(hv_lockdep_trylock_mutex);

void hv_lockdep_release(unsigned long lock)
{
	drop(this_cpu_owner(), lock);
}
EXPORT_SYMBOL(hv_lockdep_release);

void hv_lockdep_release_mutex(unsigned long lock)
{
	drop((unsigned long)current, lock);
}
EXPORT_SYMBOL(hv_lockdep_release_mutex);

static bool reported(unsigned long pc)
{
	for (unsigned int i = 0; i < nr_places; i++) {
		if (places[i] == pc)
			return true;
	}
	if (nr_places < PLACES)
		places[nr_places++] = pc;
	return false;
}

static void print_held(unsigned long owner)
{
	const struct lockdep_context *c = lockdep_held(&graph, owner);

	for (unsigned int i = 0; c && i < c->n; i++)
		pr_err("  holds %pS since %pB\n", (void *)c->held[i].lock,
		       (void *)c->held[i].pc);
}

/* With what is held, one of which must be why. */
static bool sleep_is_hit(unsigned long pc)
{
	const struct lockdep_context *c = lockdep_held(&graph, this_cpu_owner());

	if (!c)
		return oracle_complain(pc, "sleeping in atomic context, preempt_count 0x%x%s", preempt_count(),
				       irqs_disabled() ? ", interrupts off" : "");
	return oracle_complain(pc, "sleeping in atomic context, holds %ps since %pB",
			       (void *)c->held[c->n - 1].lock, (void *)c->held[c->n - 1].pc);
}

void hv_lockdep_might_sleep(void)
{
	bool atomic = in_atomic() || irqs_disabled();

	if (!atomic || (!oracle_is_running() && reported(CALLER)))
		return;
	reports++;
	if (silent || sleep_is_hit(OUTER_CALLER))
		return;
	pr_err("BUG: sleeping in atomic context: %s/%d on CPU %u at %pB\n", current->comm,
	       current->pid, raw_smp_processor_id(), (void *)CALLER);
	pr_err("  preempt_count 0x%x%s\n", preempt_count(),
	       irqs_disabled() ? ", interrupts off" : "");
	print_held(this_cpu_owner());
	dump_stack();
}
EXPORT_SYMBOL(hv_lockdep_might_sleep);

unsigned long lockdep_taken_on(unsigned int cpu, unsigned long lock)
{
	return lockdep_where(&graph, cpu_owner(cpu, false), lock) ?:
	       lockdep_where(&graph, cpu_owner(cpu, true), lock);
}

unsigned long lockdep_taken_by(const struct task_struct *task, unsigned long lock)
{
	return lockdep_where(&graph, (unsigned long)task, lock);
}

unsigned int lockdep_reports(void)
{
	return reports;
}

void lockdep_set_silent(bool on)
{
	silent = on;
	nr_places = 0;
}

void lockdep_session_begin(void)
{
	unsigned long msr = hard_irq_save();

	before = graph;
	hard_irq_restore(msr);
}

void lockdep_session_end(void)
{
	static struct lockdep_holders now;
	unsigned long msr = hard_irq_save();

	lockdep_save(&graph, &now);
	graph = before;
	lockdep_restore(&graph, &now);
	hard_irq_restore(msr);
}

void lockdep_keep_holders(void)
{
	lockdep_save(&graph, &kept);
}

void lockdep_undo_holders(void)
{
	lockdep_restore(&graph, &kept);
}
