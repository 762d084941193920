/* SPDX-License-Identifier: GPL-2.0 */
/* Host stand-in: BUG and WARN end the program (fakes.c), unless the test says otherwise. */
#ifndef _ASM_BUG_H
#define _ASM_BUG_H

void unit_bug_trap(unsigned int flags);

#define BUG_TRAP(flags)	unit_bug_trap(flags)

#endif
