/* SPDX-License-Identifier: GPL-2.0 */
/* Linux keeps in_interrupt() near here. */
#include <linux/preempt.h>
