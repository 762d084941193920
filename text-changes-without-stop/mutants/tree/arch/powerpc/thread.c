// SPDX-License-Identifier: GPL-2.0
/*
 * The first stack frames of a thread, laid out as if it had called __switch_to() before (see
 * switch.S).
 */
#include <asm/switch_to.h>
#include <linux/sched.h>
#include <linux/string.h>

/* The smallest ELFv2 frame (ABI section 2.2.2.1). */
struct stack_frame {
	unsigned long back_chain;
	unsigned long cr;
	unsigned long lr;
	unsigned long toc;
};

struct switch_frame {
	struct stack_frame frame;
	unsigned long gpr[18];		/* r14 .. r31 */
};

void ret_from_kernel_thread(void);

/*
 * __switch_to() finds LR and CR in its caller's frame, which here is the outermost one: its back
 * chain is 0.
 */
void setup_thread_stack(struct task_struct *p, int (*fn)(void *), void *arg)
{
	struct stack_frame *outermost = (struct stack_frame *)p->stack_hi - 1;
	struct switch_frame *sw = (struct switch_frame *)outermost - 1;

	memset(sw, 0, sizeof(*sw) + sizeof(*outermost));
	outermost->lr = (unsigned long)ret_from_kernel_thread;
	sw->frame.back_chain = (unsigned long)outermost;
	sw->gpr[0] = (unsigned long)fn;
	sw->gpr[1] = (unsigned long)arg;
	p->ksp = (unsigned long)sw;
}
