/* SPDX-License-Identifier: GPL-2.0 */
/* The three ways a run ends. */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#include <linux/compiler.h>

/* Power off: QEMU exits with status 0. Context: any. */
void machine_power_off(void) __noreturn;
/* Reset: a new boot, or the end of QEMU with -no-reboot. Context: any. */
void machine_restart(void) __noreturn;
/* ibm,os-term: QEMU prints @msg and, run with -action panic=exit-failure, exits with status 1. Context: any. */
void machine_fail(const char *msg) __noreturn;

#endif
