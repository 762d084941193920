/* SPDX-License-Identifier: GPL-2.0 */
/* In inline assembly: if the instruction at label @_fault faults, go on at label @_target. */
#ifndef _ASM_EXTABLE_H
#define _ASM_EXTABLE_H

#include <linux/extable.h>

#define EX_TABLE(_fault, _target)			\
	"	.pushsection __ex_table,\"a\"\n"	\
	"	.balign	4\n"				\
	"	.long	" #_fault " - .\n"		\
	"	.long	" #_target " - .\n"		\
	"	.popsection\n"

#endif
