/* SPDX-License-Identifier: GPL-2.0 */
/* For sources that still ask for it here. */
#include <linux/errno.h>
