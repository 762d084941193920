/* SPDX-License-Identifier: GPL-2.0 */
/* Linux has in_interrupt() here. */
#include <linux/preempt.h>
