/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: one CPU, and a thread only if the test makes one. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

extern struct task_struct *unit_current;

#define current			unit_current
#define raw_smp_processor_id()	0

#endif
