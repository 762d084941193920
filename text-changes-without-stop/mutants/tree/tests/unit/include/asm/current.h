/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: which CPU this is, and its thread, are what the test says. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

extern struct task_struct *unit_current;
extern unsigned int unit_cpu;

#define current			unit_current
#define raw_smp_processor_id()	unit_cpu

#endif
