// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod against open and statfs (2000).
 *
 * A device's open() is found by name, so nobody need be using the module before. In 2000 two things kept it from being
 * unloaded in the middle: open() was called under the big kernel lock, which rmmod took as well, and the module raised
 * its use count itself. The lock is lost on the first sleep; so the count has to be raised before.
 *
 *	module=foo_wrong	raises it after request_irq(), which sleeps
 *	module=foo_right	raises it first of all
 *	module=foo_leak		does not lower it again when request_irq() fails
 *	module=foo_rw		has a read() that sleeps, and need not count
 *	module=foo_user		sleeps inside another module, whose symbol it uses
 *	module=foofs		is a file system, and is asked by statfs
 *	lock=bkl|none		whether it is called under the big kernel lock
 *	get=mod_inc|owner	who counts: the module, or the caller with try_module_get(), as from 2003 on
 *	op=open|close		whether what rmmod meets is an open, or the close of what was open
 *
 * Oracle: a fault of the user, in text or data that is gone. And of a module that nobody uses any more, a use count
 * that is not 0: it can never be unloaded.
 */
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/syscalls.h>
#include <stopgap/service.h>

#include "by_name.h"

static long open_foo(void)
{
	return sys_open("foo", O_RDWR);
}

static long open_rw(void)
{
	return sys_open("rw", O_RDWR);
}

static long open_user(void)
{
	return sys_open("user", O_RDWR);
}

static void close_file(long fd)
{
	sys_close((unsigned int)fd);
}

/* The descriptor of a file system is the name it is mounted under. */
static long mount_foo(void)
{
	struct kstatfs st;
	long err = sys_statfs("foo", &st) ?: sys_mount("foo", "race");

	return err ?: NR_OPEN;
}

static void umount_foo(long unused)
{
	sys_umount("race");
}

static const char *const module_names[] = {
	"foo_wrong", "foo_right", "foo_leak", "foo_rw", "foo_user", "foofs", NULL
};

/* In the order of the names. */
static const struct by_name_subject subjects[] = {
	{ "foo_wrong", NULL, &chrdev_service, false, open_foo, close_file },
	{ "foo_right", NULL, &chrdev_service, false, open_foo, close_file },
	{ "foo_leak", NULL, &chrdev_service, true, open_foo, close_file },
	{ "foo_rw", NULL, &chrdev_service, false, open_rw, close_file },
	{ "foo_user", "foo_lib", &chrdev_service, false, open_user, close_file },
	{ "foofs", NULL, &fs_service, false, mount_foo, umount_foo },
};

static struct race_choice module_choice = { .values = module_names };

static const struct race_axis axes[] = {
	RACE_HEADLINE("module", &module_choice),
	BY_NAME_AXES,
};

static int setup(struct race_run *run)
{
	return by_name_setup(&subjects[module_choice.now]);
}

static const char *const rows[] = {
	"module=foo_wrong lock=bkl get=mod_inc",
	"module=foo_wrong lock=bkl get=owner",
	"module=foo_wrong lock=none get=owner",
	"module=foo_right lock=bkl get=mod_inc",
	"module=foo_right lock=none get=mod_inc",
	"module=foo_right lock=none get=mod_inc op=close",
	"module=foo_right lock=bkl get=mod_inc op=close",
	"module=foo_right lock=none get=owner op=close",
	"module=foo_leak lock=bkl get=mod_inc",
	"module=foo_rw lock=bkl get=mod_inc",
	"module=foo_user lock=bkl get=mod_inc",
	"module=foofs lock=bkl get=mod_inc",
	NULL
};

static const struct race_scenario unload_scenario = {
	.name = "unload",
	.story = "rmmod while the module is called by name: the big kernel lock, sleep, and the use count (2000)",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = by_name_participants,
	.nr_participants = ARRAY_SIZE(by_name_participants),
	.crowd = true,
	.rows = rows,
	.setup = setup,
	.prepare = by_name_prepare,
	.finish = by_name_finish,
	.teardown = by_name_teardown,
};
RACE_SCENARIO(unload_scenario);
