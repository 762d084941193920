/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Catching one's own faults: a thread that expects its next steps to fault (a race test, a test of page
 * protections) arms a catch; a synchronous fault in that thread then comes back as a second return of
 * catch_fault() instead of an oops.
 *
 *	struct fault_catch c;
 *
 *	if (!catch_fault(&c))
 *		risky();
 *	else
 *		pr_info("trap %lx at %pS, address %lx\n", c.regs.trap, (void *)c.regs.nip, c.regs.dar);
 *	catch_end(&c);
 *
 * Locks taken inside risky() stay taken. The soft mask and preempt_count come back as catch_fault() saw them.
 */
#ifndef _STOPGAP_CATCH_H
#define _STOPGAP_CATCH_H

#include <asm/ptrace.h>
#include <asm/setjmp.h>

struct fault_catch {
	struct kernel_jmp_buf jmp;
	struct fault_catch *outer;
	unsigned long softe;
	int preempt_count;
	struct pt_regs regs;	/* of the fault, once caught */
};

void catch_begin(struct fault_catch *c);
void catch_end(struct fault_catch *c);

#define catch_fault(c)	(catch_begin(c), kernel_setjmp(&(c)->jmp))

#endif
