/* SPDX-License-Identifier: GPL-2.0 */
/* The decrementer, shared by the kernel's timers and the shim. */
#ifndef _ASM_TIME_H
#define _ASM_TIME_H

#include <asm/ptrace.h>
#include <linux/types.h>

#define NO_DEADLINE	(~0ull)

void decrementer_init(void);
void decrementer_program(void);
void decrementer_interrupt(struct pt_regs *regs);

#endif
