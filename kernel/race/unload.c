// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod against whoever calls the module by name (2000).
 *
 * A character device's open() is found by name, so nobody need be using the module before. In 2000 two things kept it
 * from being unloaded in the middle: open() was called under the big kernel lock, which rmmod took as well, and the
 * module raised its use count itself. The lock is lost on the first sleep; so the count has to be raised before.
 *
 *	module=foo_wrong	raises it after request_irq(), which may sleep
 *	module=foo_right	raises it first of all
 *	module=foo_leak		does not lower it again when request_irq() fails
 *	lock=bkl|none		whether open() is called under the big kernel lock
 *	get=mod_inc|owner	who counts: the module, or the caller with try_module_get(), as from 2003 on
 *
 * Memory is short: what allocates, sleeps. Modules are linked and unlinked as in those days, under a spinlock.
 *
 * Oracle: a fault of the opener, in text or data that is gone. And of a module that nobody uses any more, a use count
 * that is not 0: it can never be unloaded.
 */
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/race.h>
#include <stopgap/ramdisk.h>
#include <stopgap/reclaim.h>
#include <stopgap/service.h>
#include <stopgap/unlink_policy.h>

#define FOO_IRQ		5

/* That a module is in use is not worth saying here. */
#define QUIET_LOGLEVEL	3

/**
 * struct subject - a module that is called by name
 * @name: its name
 * @file: where it is in the ramdisk
 * @irq_busy: its interrupt line is somebody else's, so that its open() fails
 */
struct subject {
	const char *name;
	const char *file;
	bool irq_busy;
};

static const struct subject subjects[] = {
	{ "foo_wrong", "foo_wrong.ko", false },
	{ "foo_right", "foo_right.ko", false },
	{ "foo_leak", "foo_leak.ko", true },
};

static const struct subject *subject;
static struct ramdisk_file image;
static struct module *loaded;	/* NULL while it is not */

/* What is changed for as long as the scenario runs. */
static struct world {
	const struct service_lock *module_lock;
	const struct unlink_policy *unlink;
	struct service chrdev;
	struct reclaim_config reclaim;
	int loglevel;
} before;

static const struct reclaim_config memory_is_short = { .every = 1 };

/* ---- the axes ---- */

static const char *const module_names[] = { "foo_wrong", "foo_right", "foo_leak", NULL };
static struct race_choice module_choice = { .values = module_names };

static const char *const lock_names[] = { "bkl", "none", NULL };
static struct race_choice lock_choice = { .values = lock_names };
static const char *const get_names[] = { "mod_inc", "owner", NULL };
static struct race_choice get_choice = { .values = get_names };

static const struct race_axis axes[] = {
	RACE_HEADLINE("module", &module_choice),
	RACE_HEADLINE("lock", &lock_choice),
	RACE_HEADLINE("get", &get_choice),
};

/* ---- the participants ---- */

static int remove_module(struct race_run *run)
{
	if (!delete_module(subject->name))
		loaded = NULL;
	return 0;
}

/* Open, and read and close what was opened. That there is no device (any more) is fine, as that it is in use is. */
static int use_device(struct race_run *run)
{
	char text[8];
	long fd = sys_open("foo", O_RDWR);

	if (fd < 0)
		return 0;
	sys_read(fd, text, sizeof(text));
	sys_close(fd);
	return 0;
}

static int open_device(struct race_run *run)
{
	if (race_guarded(run, use_device) == -EFAULT) {
		service_abandon_calls();
		abandon_files();
	}
	return 0;
}

static const struct race_participant participants[] = {
	{ "rmmod", remove_module },
	{ "open", open_device },
};

/* ---- the scenario ---- */

static irqreturn_t not_ours(int irq, void *dev_id)
{
	return IRQ_NONE;
}

static int find_image(void)
{
	int err = ramdisk_find(subject->file, &image);

	if (err)
		cprintf("race: %s: not in the ramdisk\n", subject->file);
	return err;
}

/* Begin the year 2000, with the axes' changes. */
static int enter_world(void)
{
	before = (struct world){
		.module_lock = module_service_lock,
		.unlink = unlink_policy_get(),
		.chrdev = chrdev_service,
		.reclaim = reclaim_config,
		.loglevel = console_loglevel,
	};
	console_loglevel = min(before.loglevel, QUIET_LOGLEVEL);
	WRITE_ONCE(module_service_lock, &service_lock_bkl);
	WRITE_ONCE(chrdev_service.lock, service_lock_find(lock_names[lock_choice.now]));
	WRITE_ONCE(chrdev_service.get, service_get_find(get_names[get_choice.now]));
	unlink_policy_set("spinlock");
	return reclaim_set(&memory_is_short);
}

static void leave_world(void)
{
	WRITE_ONCE(module_service_lock, before.module_lock);
	WRITE_ONCE(chrdev_service.lock, before.chrdev.lock);
	WRITE_ONCE(chrdev_service.get, before.chrdev.get);
	unlink_policy_set(before.unlink->name);
	reclaim_set(&before.reclaim);
	console_loglevel = before.loglevel;
}

static int setup(struct race_run *run)
{
	int err;

	subject = &subjects[module_choice.now];
	loaded = NULL;
	err = find_image();
	if (err)
		return err;
	if (subject->irq_busy)
		err = request_irq(FOO_IRQ, not_ours, 0, "race", &before);
	if (err)
		return err;
	return enter_world();
}

static int prepare(struct race_run *run)
{
	return loaded ? 0 : (int)load_module_image(image.data, image.size, NULL, &loaded);
}

static void check_count(struct race_run *run)
{
	int count = module_refcount(loaded);

	if (count == 0)
		return;
	race_hit(run, "%s: use count %d, and nobody uses it: it can never be unloaded", subject->name, count);
	while (count-- > 0)
		module_put(loaded);
}

/* Nobody is inside, nobody has it open. What an open that faulted had requested is still there. */
static int finish(struct race_run *run)
{
	if (loaded)
		check_count(run);
	else if (!subject->irq_busy && irq_has_action(FOO_IRQ))
		free_irq(FOO_IRQ, NULL);
	return 0;
}

static void teardown(struct race_run *run)
{
	if (loaded)
		delete_module(subject->name);
	if (subject->irq_busy)
		free_irq(FOO_IRQ, &before);
	leave_world();
}

static const char *const rows[] = {
	"module=foo_wrong lock=none get=mod_inc",
	"module=foo_wrong lock=bkl get=mod_inc",
	"module=foo_wrong lock=bkl get=owner",
	"module=foo_wrong lock=none get=owner",
	"module=foo_right lock=none get=mod_inc",
	"module=foo_right lock=bkl get=mod_inc",
	"module=foo_right lock=none get=owner",
	"module=foo_leak lock=bkl get=mod_inc",
	"module=foo_leak lock=none get=owner",
	NULL
};

static const struct race_scenario unload_scenario = {
	.name = "unload",
	.story = "rmmod while the module is called by name: the big kernel lock, sleep, and the use count (2000)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.finish = finish,
	.teardown = teardown,
};
RACE_SCENARIO(unload_scenario);
