/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: the compiler's own non-local return. */
#ifndef _ASM_SETJMP_H
#define _ASM_SETJMP_H

struct kernel_jmp_buf {
	void *reg[5];
};

#define kernel_setjmp(buf)		__builtin_setjmp((buf)->reg)
#define kernel_longjmp(buf, val)	__builtin_longjmp((buf)->reg, 1)

#endif
