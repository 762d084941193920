// SPDX-License-Identifier: GPL-2.0
/*
 * Timers: per CPU, a list sorted by deadline. A timer is armed on the CPU that calls mod_timer(),
 * unless its function is just running elsewhere: then it stays there, so that del_timer_sync()
 * knows where to look.
 */
#include "sched.h"

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/timer.h>
#include <stopgap/boot_info.h>

#define TIMER_MOVING	(~0U)

DEFINE_PER_CPU(struct timer_base, timer_bases);

void timer_init_cpu(unsigned int cpu)
{
	struct timer_base *base = &per_cpu(timer_bases, cpu);

	raw_spin_lock_init(&base->lock);
	INIT_LIST_HEAD(&base->pending);
	base->running = NULL;
	base->next = NO_DEADLINE;
}

/* Lock the base that @timer is on, or was on last, and save the interrupt flags. */
static struct timer_base *lock_timer_base(struct timer_list *timer, unsigned long *flags)
{
	struct timer_base *base;
	unsigned int cpu;

	for (;;) {
		cpu = READ_ONCE(timer->cpu);
		if (cpu != TIMER_MOVING) {
			base = &per_cpu(timer_bases, cpu);
			raw_spin_lock_irqsave(&base->lock, *flags);
			if (timer->cpu == cpu)
				return base;
			raw_spin_unlock_irqrestore(&base->lock, *flags);
		}
		cpu_relax();
	}
}

static void update_next(struct timer_base *base)
{
	struct timer_list *first;

	first = list_first_entry_or_null(&base->pending, struct timer_list, entry);
	WRITE_ONCE(base->next, first ? first->deadline : NO_DEADLINE);
}

/* Return: whether it was pending. */
static int detach(struct timer_base *base, struct timer_list *timer)
{
	if (!timer_pending(timer))
		return 0;
	list_del(&timer->entry);
	timer->entry.next = NULL;
	update_next(base);
	return 1;
}

static void insert(struct timer_base *base, struct timer_list *timer)
{
	struct timer_list *other;

	list_for_each_entry(other, &base->pending, entry) {
		if (timer->deadline < other->deadline)
			break;
	}
	list_add_tail(&timer->entry, &other->entry);
	update_next(base);
}

/*
 * From @base to this CPU's, if that is another one. Called with @base locked; returns the new one,
 * locked.
 */
static struct timer_base *move_here(struct timer_base *base, struct timer_list *timer)
{
	struct timer_base *here = this_cpu_ptr(&timer_bases);

	if (base == here || base->running == timer)
		return base;
	WRITE_ONCE(timer->cpu, TIMER_MOVING);
	raw_spin_unlock(&base->lock);
	raw_spin_lock(&here->lock);
	WRITE_ONCE(timer->cpu, smp_processor_id());
	return here;
}

static int arm(struct timer_list *timer, unsigned long expires, u64 deadline)
{
	struct timer_base *base;
	unsigned long flags;
	int was_pending;

	base = lock_timer_base(timer, &flags);
	was_pending = detach(base, timer);
	base = move_here(base, timer);
	timer->expires = expires;
	timer->deadline = deadline;
	insert(base, timer);
	raw_spin_unlock(&base->lock);
	sched_update_deadline();
	local_irq_restore(flags);
	return was_pending;
}

/* Arm a timer at a timebase value instead of a jiffy. */
void mod_timer_deadline(struct timer_list *timer, u64 deadline)
{
	arm(timer, 0, deadline);
}

/* The same at a moment of ktime_get(): for hrtimers. */
void mod_timer_ktime(struct timer_list *timer, ktime_t expires)
{
	mod_timer_deadline(timer, boot_info.entry_tb + ns_to_tb(max(expires, (ktime_t)0)));
}
EXPORT_SYMBOL(mod_timer_ktime);

/*
 * The moment at which jiffies becomes @expires; one that is past stays past, one too far away is
 * never.
 */
static u64 jiffy_to_deadline(unsigned long expires)
{
	u64 ticks_per_jiffy = boot_info.tb_freq / HZ;
	long ahead = (long)(expires - jiffies);

	if (ahead > (long)(MAX_JIFFY_OFFSET / ticks_per_jiffy))
		return NO_DEADLINE - 1;
	return boot_info.entry_tb + (u64)expires * ticks_per_jiffy;
}

/**
 * mod_timer() - arm a timer, or change when it fires
 * @timer: the timer
 * @expires: the jiffy at which it fires; if that is past, at once, or from an interrupt at the next jiffy: a timer
 *	whose function arms it for now leaves the CPU some time for others, as in Linux
 *
 * Context: any. Return: 1 if it was pending, else 0.
 */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	unsigned long soonest = jiffies + 1;
	bool too_soon = in_hardirq() && time_before(expires, soonest);

	return arm(timer, expires, jiffy_to_deadline(too_soon ? soonest : expires));
}
EXPORT_SYMBOL(mod_timer);

/**
 * add_timer() - arm a timer whose expires is set
 * @timer: the timer, not pending
 *
 * Context: any.
 */
void add_timer(struct timer_list *timer)
{
	WARN_ON(timer_pending(timer));
	mod_timer(timer, timer->expires);
}
EXPORT_SYMBOL(add_timer);

/**
 * del_timer() - disarm a timer; its function may still be running
 * @timer: the timer
 *
 * Context: any. Return: 1 if it was pending, else 0.
 */
int del_timer(struct timer_list *timer)
{
	struct timer_base *base;
	unsigned long flags;
	int was_pending;

	base = lock_timer_base(timer, &flags);
	was_pending = detach(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return was_pending;
}
EXPORT_SYMBOL(del_timer);

/*
 * Return: whether @timer's function was not running; then it is disarmed and *@was_pending tells
 * what it was.
 */
static bool try_del_timer(struct timer_list *timer, int *was_pending)
{
	struct timer_base *base;
	unsigned long flags;
	bool idle;

	base = lock_timer_base(timer, &flags);
	idle = base->running != timer;
	if (idle)
		*was_pending = detach(base, timer);
	raw_spin_unlock_irqrestore(&base->lock, flags);
	return idle;
}

/**
 * del_timer_sync() - disarm a timer and wait until its function has returned
 * @timer: the timer; nobody arms it again meanwhile, except its own function
 *
 * Context: thread, without locks that the function takes. Return: 1 if it was pending, else 0.
 */
int del_timer_sync(struct timer_list *timer)
{
	int was_pending = 0;

	WARN_ON(in_hardirq());
	while (!try_del_timer(timer, &was_pending))
		cpu_relax();
	return was_pending;
}
EXPORT_SYMBOL(del_timer_sync);

void timer_call_data(struct timer_list *timer)
{
	timer->data_function(timer->data);
}
EXPORT_SYMBOL(timer_call_data);

/* Run what is due at @now. Context: timer interrupt, soft mask set. */
void timers_run(u64 now)
{
	struct timer_base *base = this_cpu_ptr(&timer_bases);
	struct timer_list *timer;

	raw_spin_lock(&base->lock);
	while (base->next <= now) {
		timer = list_first_entry(&base->pending, struct timer_list, entry);
		detach(base, timer);
		base->running = timer;
		raw_spin_unlock(&base->lock);
		timer->function(timer);
		raw_spin_lock(&base->lock);
		base->running = NULL;
	}
	raw_spin_unlock(&base->lock);
}

/* Return: this CPU's nearest deadline. Context: soft mask set. */
u64 timers_next(void)
{
	return READ_ONCE(this_cpu_ptr(&timer_bases)->next);
}
