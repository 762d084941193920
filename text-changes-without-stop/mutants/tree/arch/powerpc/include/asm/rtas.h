/* SPDX-License-Identifier: GPL-2.0 */
/* Run-time abstraction services (LoPAPR 7.3). QEMU's tokens are fixed: 0x2000 + n. */
#ifndef _ASM_RTAS_H
#define _ASM_RTAS_H

#include <linux/types.h>

#define RTAS_POWER_OFF		0x2003
#define RTAS_SYSTEM_REBOOT	0x2004
#define RTAS_START_CPU		0x2006
#define RTAS_SET_XIVE		0x200a
#define RTAS_OS_TERM		0x201f

int rtas_call(u32 token, unsigned int nargs, unsigned int nret, u32 *outputs, ...);

#endif
