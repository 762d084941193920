// SPDX-License-Identifier: GPL-2.0
/*
 * Lookup by name against rmmod.
 *
 * Whoever resolves a name without holding the module gets an address, and no promise how long it
 * will be one. One CPU looks up a function of a module and calls it, another removes the module.
 *
 *	get=none	kallsyms_lookup_name(): nothing is held
 *	get=symbol_get	symbol_get(): the module is held until symbol_put(), and rmmod refused
 *	call=later	somebody else may run between the lookup and the call
 *	call=at_once	the lookup and the call are one after the other
 *
 * Oracle: a fault of the caller, or an answer that is not the function's.
 *
 * With call=at_once and preempt=none a stopped machine, or a grace period, cannot fall between
 * lookup and call, and the policies that wait for one make even get=none safe. It is a loan from
 * whoever wrote rmmod: nothing in the caller's source says that it needs it.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>

#include "internal.h"

#define LENDER		"exporter"
#define SYMBOL		"exporter_gpl_value"
#define ANSWER		42

/**
 * struct way - one way from a name to an address, and back
 * @get: Return: the function, NULL if there is none
 * @put: when it is not needed any more
 */
struct way {
	void *(*get)(void);
	void (*put)(void);
};

static struct ramdisk_file image;
static int (*found[NR_CPUS])(void);	/* what was looked up: whoever looks up keeps it somewhere */
static int loglevel;

static void *get_by_kallsyms(void)
{
	return (void *)kallsyms_lookup_name(LENDER ":" SYMBOL);
}

static void put_nothing(void)
{
}

static void *get_by_symbol_get(void)
{
	return __symbol_get(SYMBOL);
}

static void put_symbol(void)
{
	__symbol_put(SYMBOL);
}

static const char *const get_names[] = { "none", "symbol_get", NULL };
static const struct way ways[] = {
	{ get_by_kallsyms, put_nothing },
	{ get_by_symbol_get, put_symbol },
};

static const char *const call_names[] = { "later", "at_once", NULL };

static struct race_choice get_choice = { .values = get_names };
static struct race_choice call_choice = { .values = call_names };

static const struct race_axis axes[] = {
	{ .name = "get", .nth = race_choice_nth, .set = race_choice_set, .get = race_choice_get,
	  .choice = &get_choice, .headline = true },
	RACE_CHOICE("call", &call_choice),
	RACE_UNLINK_AXIS,
};

static bool is_loaded(void)
{
	bool loaded;

	mutex_lock(&module_mutex);
	loaded = find_module(LENDER);
	mutex_unlock(&module_mutex);
	return loaded;
}

/* That rmmod is refused is half of the story here, and not worth a message each time. */
static int setup(struct race_run *run)
{
	int err = ramdisk_find(LENDER ".ko", &image);

	if (err)
		cprintf("race: " LENDER ".ko: not in the ramdisk\n");
	else if (is_loaded())
		err = -EEXIST;
	if (err == -EEXIST)
		cprintf("race: " LENDER " is loaded; rmmod it first\n");
	if (err)
		return err;
	loglevel = console_loglevel;
	console_loglevel = min(loglevel, LOGLEVEL_ERR);
	return 0;
}

static void teardown(struct race_run *run)
{
	console_loglevel = loglevel;
}

static int prepare(struct race_run *run)
{
	return (int)load_module_image(image.data, image.size, NULL, NULL);
}

static int unload(struct race_run *run)
{
	long err = delete_module(LENDER);

	return err == -EWOULDBLOCK ? 0 : (int)err;
}

static int look_up_and_call(struct race_run *run)
{
	int (**mine)(void) = &found[raw_smp_processor_id()];
	const struct way *way = &ways[get_choice.now];
	int answer;

	WRITE_ONCE(*mine, way->get());
	if (!READ_ONCE(*mine))
		return 0;
	if (!call_choice.now)
		cond_resched();
	answer = READ_ONCE(*mine)();
	if (answer != ANSWER)
		race_hit(run, "wrong answer: %d, not %d", answer, ANSWER);
	way->put();
	return 0;
}

/* If rmmod was refused, it is not any more. */
static int undo(struct race_run *run)
{
	return is_loaded() ? (int)delete_module(LENDER) : 0;
}

static const struct race_participant participants[] = {
	{ "rmmod", unload },
	{ "lookup and call", look_up_and_call },
};

static const char *const rows[] = {
	"get=none unlink=spinlock",
	"get=none unlink=stop_machine",
	"get=none unlink=rcu",
	"get=none call=at_once unlink=spinlock",
	"get=none call=at_once unlink=stop_machine",
	"get=none call=at_once unlink=rcu",
	"get=none call=at_once unlink=stop_machine preempt=full",
	"get=none call=at_once unlink=rcu preempt=full",
	"get=symbol_get unlink=spinlock",
	"get=symbol_get unlink=stop_machine",
	"get=symbol_get unlink=rcu",
	"get=symbol_get unlink=stop_machine preempt=full",
	"get=symbol_get unlink=rcu preempt=full",
	NULL
};

static const struct race_scenario lookup_scenario = {
	.name = "lookup",
	.story = "a function is looked up by name and called while its module is unloaded (2020)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.crowd = true,
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.undo = undo,
	.teardown = teardown,
};
RACE_SCENARIO(lookup_scenario);
