/* SPDX-License-Identifier: GPL-2.0 */
/* Faults and how they are told: the report, the stack walk, and parking CPUs at the end. */
#ifndef _STOPGAP_OOPS_H
#define _STOPGAP_OOPS_H

#include <asm/ptrace.h>
#include <linux/types.h>

struct task_struct;

/**
 * walk_stack() - visit the return addresses of a stack, innermost first
 * @task: whose stack it is, or who was interrupted by what uses it
 * @sp: where the walk starts: the address of a back chain
 * @lo: lowest address that belongs to the stack
 * @hi: address past the stack
 * @fn: called for each frame with the frame's address, its return address, and the registers if a trap is there
 * @arg: passed on
 *
 * Every address is checked before it is read, so a broken chain ends the walk.
 *
 * Context: any. Return: number of frames visited.
 */
unsigned int walk_stack(const struct task_struct *task, unsigned long sp, unsigned long lo, unsigned long hi,
			void (*fn)(void *arg, unsigned long sp, unsigned long ip,
				   const struct pt_regs *regs), void *arg);

void show_regs(const struct pt_regs *regs);
void show_stack(struct task_struct *task);
void show_stack_regs(const struct pt_regs *regs);
const char *trap_name(unsigned long trap);

/* Report an oops; kill the thread, or panic if there is none to kill. */
void die(const char *what, struct pt_regs *regs);

/* A CPU whose interrupts have been off for @seconds, seen from its system reset. Does not return. */
void report_lockup(const struct pt_regs *regs, unsigned int seconds);

/* Stop here for good; ask every other CPU to. */
void park_this_cpu(void) __noreturn;
void park_other_cpus(void);
void request_parking(void);
bool parking_requested(void);

#endif
