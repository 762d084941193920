/* SPDX-License-Identifier: GPL-2.0 */
/* Trap numbers, and what the files of trap/ call in each other. */
#ifndef _ASM_TRAP_H
#define _ASM_TRAP_H

#include <asm/ptrace.h>

#define TRAP_SYSTEM_RESET	0x100
#define TRAP_MACHINE_CHECK	0x200
#define TRAP_DSI		0x300
#define TRAP_DSEG		0x380
#define TRAP_ISI		0x400
#define TRAP_ISEG		0x480
#define TRAP_EXTERNAL		0x500
#define TRAP_ALIGNMENT		0x600
#define TRAP_PROGRAM		0x700
#define TRAP_DECREMENTER	0x900
#define TRAP_TRACE		0xd00

void hw_interrupt(struct pt_regs *regs);
void trap_exit(struct pt_regs *regs);
void trap_hard_enable(const struct pt_regs *regs);
void trap_dispatch(struct pt_regs *regs);
void nmi_dispatch(struct pt_regs *regs);
/* Return to an armed catch_fault(), if the thread has one. Returns only if it has not. */
void catch_deliver(struct pt_regs *regs);

#endif
