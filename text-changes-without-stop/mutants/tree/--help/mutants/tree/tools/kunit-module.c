// SPDX-License-Identifier: GPL-2.0
/* What kunit.ko says about itself. Its suites are found by the loader; it has nothing to start. */
#include <linux/module.h>

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("the kernel's self-tests");
