/* SPDX-License-Identifier: GPL-2.0 */
/* Hypercall numbers and return codes (LoPAPR 14.5), and the calls themselves. */
#ifndef _ASM_HVCALL_H
#define _ASM_HVCALL_H

#define H_SUCCESS		0
#define H_BUSY			1
#define H_HARDWARE		(-1)
#define H_FUNCTION		(-2)
#define H_PRIVILEGE		(-3)
#define H_PARAMETER		(-4)
#define H_NOOP			(-63)

#define H_GET_TERM_CHAR		0x54
#define H_PUT_TERM_CHAR		0x58
#define H_EOI			0x64
#define H_CPPR			0x68
#define H_IPI			0x6c
#define H_XIRR			0x74
#define H_CEDE			0xe0
#define H_CONFER		0xe4
#define H_PROD			0xe8
#define H_REGISTER_PROC_TBL	0x37c
#define H_SIGNAL_SYS_RESET	0x380
#define H_WATCHDOG		0x45c
#define H_RTAS			0xf000	/* QEMU's own: an RTAS call by its argument buffer */

/*
 * plpar_hcall_norets(opcode, ...) - a hypercall with up to six arguments and no result but its status.
 * Context: any; QEMU serialises hypercalls of all CPUs. Return: H_*.
 */
long plpar_hcall_norets(unsigned long opcode, ...);

/* The same, with four result registers (r4..r7) stored to @retbuf. */
long plpar_hcall(unsigned long opcode, unsigned long retbuf[4], ...);

#endif
