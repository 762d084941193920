/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: nothing of the per-CPU block but how many there may be. */
#ifndef _ASM_PACA_H
#define _ASM_PACA_H

#define NR_CPUS		16

#endif
