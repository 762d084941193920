// SPDX-License-Identifier: GPL-2.0
/*
 * Calling handlers. One at a time on a CPU: whatever is hit while one runs is missed.
 *
 * A handler's faults are its own. A catch_fault() of the code that ran into the probe is put aside meanwhile, so a
 * handler that faults without having armed one of its own is an oops, which names it.
 */
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/sched.h>

#include "internal.h"

/**
 * struct running - the handler that runs on a CPU
 * @probe: whose; NULL if none
 * @fn: it
 * @what: which of them
 * @catch: what the thread had armed
 */
struct running {
	struct kprobe *probe;
	const void *fn;
	const char *what;
	struct fault_catch *catch;
};

static DEFINE_PER_CPU(struct running, running);

struct kprobe *kprobe_running(void)
{
	return this_cpu_ptr(&running)->probe;
}

void kprobe_handler_is(const void *fn, const char *what)
{
	struct running *r = this_cpu_ptr(&running);

	r->fn = fn;
	r->what = what;
}

void kprobe_handler_begin(struct kprobe *p, const void *fn, const char *what)
{
	struct running *r = this_cpu_ptr(&running);

	preempt_disable();
	kprobe_handler_is(fn, what);
	r->catch = current->catch;
	current->catch = NULL;
	r->probe = p;
	barrier();
}

void kprobe_handler_end(void)
{
	struct running *r = this_cpu_ptr(&running);

	barrier();
	r->probe = NULL;
	current->catch = r->catch;
	preempt_enable_no_resched();
}

bool kprobe_pre_handlers(const struct kprobe_site *site, struct pt_regs *regs)
{
	bool diverted = false;
	struct kprobe *p;

	list_for_each_entry_rcu(p, &site->probes, list) {
		if (kprobe_disabled(p) || !p->pre_handler)
			continue;
		kprobe_handler_begin(p, p->pre_handler, "pre_handler");
		diverted = p->pre_handler(p, regs);
		kprobe_handler_end();
		if (diverted)
			break;
	}
	return diverted;
}

void kprobe_post_handlers(const struct kprobe_site *site, struct pt_regs *regs)
{
	struct kprobe *p;

	list_for_each_entry_rcu(p, &site->probes, list) {
		if (kprobe_disabled(p) || !p->post_handler)
			continue;
		kprobe_handler_begin(p, p->post_handler, "post_handler");
		p->post_handler(p, regs, 0);
		kprobe_handler_end();
	}
}

void kprobe_count_missed(const struct kprobe_site *site)
{
	struct kprobe *p;

	list_for_each_entry_rcu(p, &site->probes, list)
		if (!kprobe_disabled(p))
			__atomic_fetch_add(&p->nmissed, 1, __ATOMIC_RELAXED);
}

void kprobe_oops(void)
{
	const struct running *r = this_cpu_ptr(&running);

	if (!r->probe)
		return;
	printk("kprobes: in %ps, the %s of the probe at %pS\n", r->fn, r->what, r->probe->addr);
	kprobe_handler_end();
}
