/* SPDX-License-Identifier: GPL-2.0 */
/* Exports 1,000 symbols, for borrower.ko. */
#include "thousand.h"

	.altmacro
	.macro	export number
	.globl	lent_symbol_\number
lent_symbol_\number:
	.quad	\number
	.pushsection __ksymtab, "a"
	.type	__ksymtab_lent_symbol_\number,@object
__ksymtab_lent_symbol_\number:
	.quad	lent_symbol_\number, lent_name_\number, 0
	.popsection
	.pushsection .rodata, "a"
lent_name_\number:
	.string	"lent_symbol_\number"
	.popsection
	.endm

	.section .rodata, "a"
	.section __ksymtab, "a"
	.balign	8
	.data
	.balign	8
	.set	i, 0
	.rept	SYMBOLS
	export	%i
	.set	i, i + 1
	.endr

	.section .modinfo, "a"
	.string	"license=GPL"
