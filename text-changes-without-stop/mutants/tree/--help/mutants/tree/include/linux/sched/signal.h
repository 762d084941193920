/* SPDX-License-Identifier: GPL-2.0 */
/* Linux keeps for_each_process() and signal_pending() here. */
#include <linux/sched.h>
#include <linux/signal.h>
