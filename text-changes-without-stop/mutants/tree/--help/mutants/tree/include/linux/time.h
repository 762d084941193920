/* SPDX-License-Identifier: GPL-2.0 */
/* Clocks, under an older or more general header name. */
#include <linux/jiffies.h>
#include <linux/timekeeping.h>
