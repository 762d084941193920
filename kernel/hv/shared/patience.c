// SPDX-License-Identifier: GPL-2.0
/* No timer rings in an explored run: whoever waits there waits for ever, so that a deadlock is seen as one. */
#include <linux/init.h>
#include <linux/sched.h>
#include <stopgap/klp_policy.h>

static int __init lose_patience(void)
{
	klp_patience = MAX_SCHEDULE_TIMEOUT;
	return 0;
}
late_initcall(lose_patience);
