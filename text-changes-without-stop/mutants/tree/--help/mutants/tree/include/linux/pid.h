/* SPDX-License-Identifier: GPL-2.0 */
/* Linux has its process numbers here; a thread has one, and no namespaces. */
#include <linux/sched.h>
