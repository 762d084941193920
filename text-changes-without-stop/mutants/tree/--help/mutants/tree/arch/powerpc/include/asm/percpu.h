/* SPDX-License-Identifier: GPL-2.0 */
/* Where a per-CPU variable of a given CPU is: the linked copy's address plus that CPU's offset. */
#ifndef _ASM_PERCPU_H
#define _ASM_PERCPU_H

#include <asm/paca.h>

#define __my_cpu_offset		(local_paca->percpu_offset)
#define per_cpu_offset(cpu)	(paca[cpu].percpu_offset)

#endif
