/* SPDX-License-Identifier: GPL-2.0 */
/* Is all memory as it was? What undoing a run has to bring about, looked at without trusting it. */
#ifndef _HV_SHARED_STATE_H
#define _HV_SHARED_STATE_H

/* Room for what is known of each page. Context: thread, may sleep. Return: 0 or -ENOMEM. */
int state_begin(void);
void state_end(void);
/* From now on, this is how it is to be. Context: the director. */
void state_keep(void);
/*
 * Context: the director. Return: 0, or the address of something that is not as it was: a page, or
 * the live part of a stack.
 */
unsigned long state_differs(void);

#endif
