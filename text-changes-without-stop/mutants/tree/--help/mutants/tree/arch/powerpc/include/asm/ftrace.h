/* SPDX-License-Identifier: GPL-2.0 */
/* The registers at a function's entry site, and the names of what ftrace_entry.S consists of. */
#ifndef _ASM_FTRACE_H
#define _ASM_FTRACE_H

#include <asm/paca.h>
#include <asm/ptrace.h>

/**
 * struct ftrace_regs - what ftrace_caller has saved
 * @regs: nip is where the call goes on: the instruction after the site, unless somebody changes it. link is where the
 *	function will return to
 */
struct ftrace_regs {
	struct pt_regs regs;
};

/* What the compiler calls at each site; not a C function. */
void _mcount(void);

static inline void ftrace_instruction_pointer_set(struct ftrace_regs *fregs, unsigned long ip)
{
	fregs->regs.nip = ip;
}

static inline unsigned long ftrace_instruction_pointer(const struct ftrace_regs *fregs)
{
	return fregs->regs.nip;
}

/* All registers, for an ops with FTRACE_OPS_FL_SAVE_REGS. */
static inline struct pt_regs *ftrace_get_regs(struct ftrace_regs *fregs)
{
	return &fregs->regs;
}

#endif
