/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The run-time check of the rules for use counts (kernel/module/usecount.c): it looks at each call of a module by name
 * while it happens, and reports what would let rmmod take the module away, whether or not anybody tries to.
 */
#ifndef _STOPGAP_USECOUNT_H
#define _STOPGAP_USECOUNT_H

#include <linux/instruction_pointer.h>
#include <linux/sched.h>
#include <linux/types.h>

struct module;
struct service_call;

extern bool usecount_validate;

/* A call by name is about to call @fn. Context: inside the call. */
void usecount_calls(struct service_call *call, const void *fn);
/* It has returned @err. */
void usecount_returned(struct service_call *call, long err);

/* The calling thread has raised (+1) or lowered (-1) a use count at @pc; it is @count now. Context: any. */
void usecount_changed(struct module *mod, int by, int count, unsigned long pc);

void __usecount_may_sleep(unsigned long pc);

/* The calling thread may sleep at @pc, with nothing but the big kernel lock held. */
static inline void usecount_may_sleep(unsigned long pc)
{
	if (unlikely(current->service_call))
		__usecount_may_sleep(pc);
}

/* How many reports there have been since the boot; let each call site be reported again. */
unsigned int usecount_reports(void);
void usecount_forget(void);

#endif
