/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The trap instruction behind BUG and WARN, and its entry in __bug_table (struct bug_entry in
 * linux/bug.h).
 */
#ifndef _ASM_BUG_H
#define _ASM_BUG_H

#define BUG_TRAP(flags)							\
	__asm__ __volatile__(						\
		"1:	twi	31,0,22\n"				\
		"	.pushsection __bug_table,\"aw\"\n"		\
		"	.balign	4\n"					\
		"	.4byte	1b - .\n"				\
		"	.4byte	%0 - .\n"				\
		"	.short	%1, %2\n"				\
		"	.popsection"					\
		: : "i" (__FILE__), "i" (__LINE__), "i" (flags))

#endif
