/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FOO_LIB_H
#define _FOO_LIB_H

/* Context: may sleep. Return: the answer, or -ENOMEM. */
int foo_answer(void);

#endif
