/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Where functions with a return probe return to. The nop is never executed: it is there so that the address before the
 * return address, by which stack walks find a name, has this one.
 */
#include <asm/ppc_asm.h>

	.text
FUNC_START(__kretprobe_trampoline)
	nop
	.globl	kretprobe_return_trap
kretprobe_return_trap:
	trap
FUNC_END(__kretprobe_trampoline)
