/* SPDX-License-Identifier: GPL-2.0 */
/* Timers finer than a jiffy. */
#ifndef _STOPGAP_TIMER_H
#define _STOPGAP_TIMER_H

#include <linux/timer.h>

/* Arm a timer on this CPU at a timebase value instead of a jiffy; at once if that is past. Context: any. */
void mod_timer_deadline(struct timer_list *timer, u64 deadline);

#endif
