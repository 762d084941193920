/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in. */
#ifndef _ASM_PROCESSOR_H
#define _ASM_PROCESSOR_H

#include <linux/compiler.h>

#define cpu_relax()	barrier()

#endif
