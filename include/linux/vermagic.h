/* SPDX-License-Identifier: GPL-2.0 */
/* The string that a module and the kernel that loads it must share, byte for byte. */
#ifndef _LINUX_VERMAGIC_H
#define _LINUX_VERMAGIC_H

#include <stopgap/hooks.h>

#define UTS_RELEASE		"0.1.0-stopgap"
#define VERMAGIC_STRING		UTS_RELEASE " SMP preempt mod_unload ppc64 ELFv2 " VERMAGIC_HOOKS

#endif
