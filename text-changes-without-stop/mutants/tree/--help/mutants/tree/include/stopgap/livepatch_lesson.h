/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The example of the livepatch lesson: a() in the kernel, b() in module M, and patches P1, P2, P3 for both.
 *
 * a() returns its version, 0 unpatched; b() returns ten times its own version plus what a() returns. They belong
 * together, so right answers are 0, 11, 22 and 33. Any other is a b() that has called an a() it does not fit.
 */
#ifndef _STOPGAP_LIVEPATCH_LESSON_H
#define _STOPGAP_LIVEPATCH_LESSON_H

#define LESSON_FITS(answer)	((answer) / 10 == (answer) % 10)

int livepatch_a(void);

/* M offers its b() to all. Context: may sleep. */
void livepatch_offer(int (*b)(void));
/* No more; nobody is in it when this returns. Context: may sleep. */
void livepatch_withdraw(void);
/* Call b(). Context: may sleep. Return: its answer, or -ENODEV if nobody offers one. */
int livepatch_call(void);

#endif
