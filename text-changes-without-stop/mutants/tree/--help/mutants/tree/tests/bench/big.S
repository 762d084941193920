/* SPDX-License-Identifier: GPL-2.0 */
/* A large module, for measuring: 1 MiB of text, 5,000 symbols, 20,000 relocations. */
#define FUNCTIONS	5000
#define FUNCTION_BYTES	212

	.altmacro
	.macro	function number
	.globl	big_function_\number
	.type	big_function_\number,@function
big_function_\number:
	addis	9,2,big_word@toc@ha
	lwz	3,big_word@toc@l(9)
	bl	printk
	nop
	.space	FUNCTION_BYTES - 16
	.size	big_function_\number, . - big_function_\number
	.pushsection .data, "aw"
	.quad	big_function_\number
	.popsection
	.endm

	.data
	.balign	8
big_word:
	.quad	0

	.text
	.set	i, 0
	.rept	FUNCTIONS
	function %i
	.set	i, i + 1
	.endr

	.section .modinfo, "a"
	.string	"license=GPL"
