/* SPDX-License-Identifier: GPL-2.0 */
/* Linux keeps get_task_struct() and put_task_struct() here, and what must not be in the way of a module's names. */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

void sched_init(void);

#endif
