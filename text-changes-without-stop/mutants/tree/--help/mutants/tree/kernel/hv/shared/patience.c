// SPDX-License-Identifier: GPL-2.0
/*
 * Who waits in an explored run with nothing better to do than to complain waits for ever: so a deadlock is seen as one,
 * and the dispatch policy need not try how it goes on after each complaint.
 */
#include <linux/init.h>
#include <linux/sched.h>
#include <stopgap/klp_policy.h>

#include "../../sched/sched.h"

static int __init lose_patience(void)
{
	klp_patience = MAX_SCHEDULE_TIMEOUT;
	rcu_patience = MAX_SCHEDULE_TIMEOUT;
	return 0;
}
late_initcall(lose_patience);
