/* SPDX-License-Identifier: GPL-2.0 */
/* Messages that could come in floods. The log is a ring and the console fast: none is held back. */
#ifndef _LINUX_RATELIMIT_H
#define _LINUX_RATELIMIT_H

#include <linux/printk.h>

#define printk_ratelimit()	1
#define printk_ratelimited	printk
#define pr_err_ratelimited	pr_err
#define pr_warn_ratelimited	pr_warn
#define pr_notice_ratelimited	pr_notice
#define pr_info_ratelimited	pr_info

#endif
