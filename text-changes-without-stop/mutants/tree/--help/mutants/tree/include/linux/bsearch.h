/* SPDX-License-Identifier: GPL-2.0 */
/* Binary search, where Linux code looks for it. */
#ifndef _LINUX_BSEARCH_H
#define _LINUX_BSEARCH_H

#include <linux/sort.h>

#endif
