// SPDX-License-Identifier: GPL-2.0
/* A timer that arms itself again, and one of the older kind. */
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/wait.h>

#define TICKS	3

struct counter {
	struct timer_list timer;
	int ticks;
};

static struct counter counter;
static DECLARE_WAIT_QUEUE_HEAD(done);

static void tick(struct timer_list *t)
{
	struct counter *c = from_timer(c, t, timer);

	if (++c->ticks < TICKS)
		mod_timer(&c->timer, jiffies + msecs_to_jiffies(10));
	else
		wake_up_interruptible(&done);
}

static int __init ticker_init(void)
{
	timer_setup(&counter.timer, tick, 0);
	counter.timer.expires = jiffies + 1;
	add_timer(&counter.timer);
	if (wait_event_interruptible(done, counter.ticks == TICKS))
		return -ERESTARTSYS;
	pr_info("ticker: %d ticks\n", counter.ticks);
	mod_timer(&counter.timer, jiffies + 3600 * HZ);
	return 0;
}

static void __exit ticker_exit(void)
{
	pr_info("ticker: the timer was %s\n", del_timer_sync(&counter.timer) ? "armed" : "idle");
}

module_init(ticker_init);
module_exit(ticker_exit);

MODULE_LICENSE("GPL");
