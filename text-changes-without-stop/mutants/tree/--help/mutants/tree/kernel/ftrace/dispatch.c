// SPDX-License-Identifier: GPL-2.0
/*
 * What an armed site's call comes to: find out who wants to know, and tell them.
 *
 * Everything here runs inside traced functions of any kind, with preemption off: a grace period is over when nobody
 * is here any more who may see an old record. An ops that is running on this CPU already, in the same kind of context,
 * is left out, as its function may call what it traces. One that changes the ip is never left out: a patched function
 * must not be the old one for whoever calls it from a tracer.
 */
#include <linux/preempt.h>
#include <linux/smp.h>

#include "internal.h"

void ftrace_dispatch(unsigned long ip, unsigned long parent_ip, struct ftrace_regs *fregs);

/* Thread, interrupt, system reset: each may come in the middle of the one before. */
static u8 context_bit(void)
{
	return in_nmi() ? 4 : in_interrupt() ? 2 : 1;
}

static void call_guarded(struct ftrace_ops *op, unsigned long ip, unsigned long parent_ip,
			 struct ftrace_regs *fregs)
{
	u8 *running = &op->running[raw_smp_processor_id()], bit = context_bit();

	if (*running & bit)
		return;
	*running |= bit;
	barrier();
	op->func(ip, parent_ip, op, fregs);
	barrier();
	*running &= (u8)~bit;
}

/**
 * ftrace_dispatch() - an armed site has been reached
 * @ip: the site
 * @parent_ip: where its function returns to
 * @fregs: the registers; nip says where to go on
 *
 * Context: called by ftrace_entry.S, in any context.
 */
void ftrace_dispatch(unsigned long ip, unsigned long parent_ip, struct ftrace_regs *fregs)
{
	const struct ftrace_rec *rec;

	preempt_disable();
	rec = ftrace_find_rec(ip);
	for (unsigned int i = 0; rec && i < rec->num; i++) {
		struct ftrace_ops *op = rec->ops[i];

		if (op->flags & FTRACE_OPS_FL_IPMODIFY)
			op->func(ip, parent_ip, op, fregs);
		else
			call_guarded(op, ip, parent_ip, fregs);
	}
	preempt_enable();
}
