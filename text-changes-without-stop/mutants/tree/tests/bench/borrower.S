/* SPDX-License-Identifier: GPL-2.0 */
/* Needs the 1,000 symbols that lender.ko exports: what resolving them costs is measured. */
#include "thousand.h"

	.altmacro
	.macro	use number
	.quad	lent_symbol_\number
	.endm

	.data
	.balign	8
	.set	i, 0
	.rept	SYMBOLS
	use	%i
	.set	i, i + 1
	.endr

	.section .modinfo, "a"
	.string	"license=GPL"
