// SPDX-License-Identifier: GPL-2.0
/*
 * The call that arms a function entry site, and the livepatch stack seen from C. The kernel's sites reach ftrace_entry.S with
 * one branch; a module's go through one of two stubs in the module's own text.
 */
#include <asm/ftrace.h>
#include <asm/livepatch.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "../../kernel/ftrace/internal.h"
#include "module_sites.h"

#define PPC_INST_BL	0x48000001
#define BRANCH_REACH	0x2000000

extern const char ftrace_caller[], ftrace_regs_caller[], livepatch_return[];

void __noreturn livepatch_stack_report_overflow(void);
void __noreturn livepatch_stack_report_corrupt(void);

static u32 branch_link(unsigned long from, unsigned long to)
{
	long offset = (long)(to - from);

	if (offset < -BRANCH_REACH || offset >= BRANCH_REACH)
		return 0;
	return PPC_INST_BL | ((u32)offset & 0x3fffffc);
}

u32 ftrace_call_insn(unsigned long ip, bool save_regs)
{
	const struct module *mod = __module_address(ip);

	if (mod)
		return branch_link(ip, (unsigned long)&mod->arch.ftrace_stubs[save_regs]);
	return branch_link(ip, (unsigned long)(save_regs ? ftrace_regs_caller : ftrace_caller));
}

/**
 * ppc64_ftrace_stubs_write() - fill in a module's stubs
 * @stubs: two of them: to ftrace_caller, to ftrace_regs_caller
 *
 * Context: any; the caller makes them visible to instruction fetch.
 */
void ppc64_ftrace_stubs_write(struct ppc64_ftrace_stub *stubs)
{
	const unsigned long to[] = { (unsigned long)ftrace_caller, (unsigned long)ftrace_regs_caller };

	for (unsigned int i = 0; i < ARRAY_SIZE(to); i++)
		stubs[i] = (struct ppc64_ftrace_stub){ .insn = {
			0x3d800000 | (u32)(to[i] >> 48),		/* lis   r12,highest */
			0x618c0000 | (u32)(to[i] >> 32 & 0xffff),	/* ori   r12,r12,higher */
			0x798c07c6,					/* sldi  r12,r12,32 */
			0x658c0000 | (u32)(to[i] >> 16 & 0xffff),	/* oris  r12,r12,high */
			0x618c0000 | (u32)(to[i] & 0xffff),		/* ori   r12,r12,lo */
			0x7d8903a6,					/* mtctr r12 */
			0x4e800420,					/* bctr */
		} };
}

bool livepatch_is_return(unsigned long ip)
{
	return ip == (unsigned long)livepatch_return;
}

unsigned long livepatch_real_link(const struct task_struct *task, unsigned long sp, unsigned long link)
{
	unsigned long used = READ_ONCE(task->livepatch_used);
	struct livepatch_entry e;

	if (link != (unsigned long)livepatch_return)
		return link;
	for (; used >= sizeof(e); used -= sizeof(e)) {
		if (copy_from_kernel_nofault(&e, (void *)(task->stack_lo + used - sizeof(e)), sizeof(e)))
			break;
		if (e.sp == sp && e.magic == LIVEPATCH_MAGIC)
			return e.link;
	}
	return link;
}

/* Called from ftrace_entry.S instead of a patched function, or of its caller. */
void __noreturn livepatch_stack_report_overflow(void)
{
	pr_emerg("livepatch: the livepatch stack of %s has met its stack\n", current->comm);
	BUG();
}

void __noreturn livepatch_stack_report_corrupt(void)
{
	pr_emerg("livepatch: the livepatch stack of %s has been overwritten\n", current->comm);
	BUG();
}
