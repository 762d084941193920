/* SPDX-License-Identifier: GPL-2.0 */
/* The running thread and its CPU, both one load from the paca. */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

#include <asm/paca.h>

#define current			(local_paca->current_task)
#define raw_smp_processor_id()	(READ_ONCE(local_paca->cpu))

#endif
