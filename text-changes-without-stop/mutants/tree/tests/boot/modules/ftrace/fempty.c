// SPDX-License-Identifier: GPL-2.0
/* No function, so no site. */
#include <linux/module.h>

MODULE_LICENSE("GPL");
