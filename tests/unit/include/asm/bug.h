/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: BUG and WARN end the test program, with a stack from the sanitizer. */
#ifndef _ASM_BUG_H
#define _ASM_BUG_H

#define BUG_TRAP(flags)	((void)(flags), __builtin_trap())

#endif
