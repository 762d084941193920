// SPDX-License-Identifier: GPL-2.0
/*
 * A module with a timer, and the ways to get rid of it before unloading: del_timer_sync() waits for the function to
 * return where it is just running, del_timer() only sees to it that it is not called again. Or one forgets.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/timer.h>

#define DELAY	(10 * HZ)

static char *del = "del_timer_sync";
module_param(del, charp, 0444);

static struct timer_list timer;
static unsigned int blinks;

static void blink(struct timer_list *t)
{
	blinks++;
}

static int forget(struct timer_list *t)
{
	return 0;
}

static const struct {
	const char *name;
	int (*fn)(struct timer_list *t);
} ways[] = {
	{ "del_timer_sync", del_timer_sync },
	{ "del_timer", del_timer },
	{ "none", forget },
};

static int (*get_rid_of)(struct timer_list *t);

static int __init blinker_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (!strcmp(ways[i].name, del))
			get_rid_of = ways[i].fn;
	if (!get_rid_of)
		return -EINVAL;
	timer_setup(&timer, blink, 0);
	mod_timer(&timer, jiffies + DELAY);
	return 0;
}

static void __exit blinker_exit(void)
{
	get_rid_of(&timer);
	pr_info("blinker: the timer has rung %u times\n", blinks);
}

module_init(blinker_init);
module_exit(blinker_exit);

MODULE_LICENSE("GPL");
