// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod against a timer of the module's own.
 *
 * The timer rings on the CPU that has armed it, while another one unloads the module. del_timer() takes a timer off the
 * list, and that is all: a function that has been called already runs on, in a module that is gone. del_timer_sync()
 * waits for it.
 *
 *	del=del_timer		what the module's exit function calls: it comes back at once
 *	del=del_timer_sync	it waits until the function has returned
 *	del=none		it forgets the timer
 *
 * With unlink=stop_machine and unlink=rcu del_timer() gets away with it: unlinking the module waits for every CPU to
 * schedule, and no CPU does in an interrupt. That is not what they are for.
 *
 * Oracle: a fault. In an interrupt handler that is the end of the machine, so this is a scenario of the explore image
 * alone, where it is the end of the run.
 */
#include <linux/delay.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/timer.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>

#include "internal.h"

/* Longer than until the timer rings: in an explored run that takes no time, but it must not ring before. */
#define LONG_MS		20000

static struct ramdisk_file image;
static struct module *loaded;	/* NULL while it is not */

static const char *const del_names[] = { "del_timer", "del_timer_sync", "none", NULL };
static struct race_choice del = { .values = del_names };
static const struct race_axis axes[] = { RACE_UNLINK_AXIS, RACE_HEADLINE("del", &del) };

static int let_it_ring(struct race_run *run)
{
	msleep(LONG_MS);
	return 0;
}

static int remove_module(struct race_run *run)
{
	if (loaded && !delete_module("blinker"))
		WRITE_ONCE(loaded, NULL);
	return 0;
}

static int setup(struct race_run *run)
{
	int err = ramdisk_find("blinker.ko", &image);

	if (err)
		cprintf("race: blinker.ko: not in the ramdisk\n");
	loaded = NULL;
	return err;
}

/* Here the timer is armed, on CPU 0. */
static int prepare(struct race_run *run)
{
	char args[32];

	snprintf(args, sizeof(args), "del=%s", race_choice_value(&del));
	return (int)load_module_image(image.data, image.size, args, &loaded);
}

/* A timer that is forgotten is here what the machine would trip over later. */
static void teardown(struct race_run *run)
{
	struct timer_list *timer = (struct timer_list *)kallsyms_lookup_name("blinker:timer");

	if (loaded && timer)
		del_timer_sync(timer);
	remove_module(run);
}

static const struct race_participant participants[] = {
	{ "timer's CPU", let_it_ring },
	{ "rmmod", remove_module },
};

static const char *const rows[] = {
	"unlink=spinlock del=del_timer",
	"unlink=spinlock del=del_timer_sync",
	"unlink=spinlock del=none",
	"unlink=stop_machine del=del_timer",
	"unlink=rcu del=del_timer",
	"unlink=stop_machine del=none",
	NULL
};

static const struct race_scenario timer_scenario = {
	.name = "timer",
	.story = "rmmod while a timer of the module rings on another CPU",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.patience = 6,	/* the clock is another one who acts */
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.teardown = teardown,
};
RACE_SCENARIO(timer_scenario);
