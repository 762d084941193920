/* SPDX-License-Identifier: GPL-2.0 */
/* Linux keeps get_task_struct() and put_task_struct() here. */
#include <linux/sched.h>
