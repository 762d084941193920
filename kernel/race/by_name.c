// SPDX-License-Identifier: GPL-2.0
/*
 * rmmod against whoever calls the module by name: see by_name.h.
 *
 * In this world memory is short, so that every allocation that may sleep does; modules are loaded and unloaded under
 * the big kernel lock, and linked under a spinlock. Nobody sleeps in the middle of unloading, then, and whoever calls
 * the module meets it whole or not at all.
 */
#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/reclaim.h>
#include <stopgap/service.h>
#include <stopgap/unlink_policy.h>
#include <stopgap/usecount.h>

#include "by_name.h"

#define FOO_IRQ		5

/* That a module is in use is not worth saying here. */
#define QUIET_LOGLEVEL	3

#define NO_TOKEN	(-1L)

static const struct by_name_subject *subject;
static struct ramdisk_file image;
static struct module *loaded;	/* NULL while it is not */
static long token;		/* op=close: what there is to close */

/* What is changed for as long as the scenario runs. */
static struct world {
	const struct service_lock *module_lock;
	const struct unlink_policy *unlink;
	struct service service, close;
	struct reclaim_config reclaim;
	int loglevel;
	bool validate;
} before;

static const struct reclaim_config memory_is_short = { .every = 1 };

/* ---- the axes ---- */

static const char *const lock_names[] = { "bkl", "none", NULL };
static const char *const get_names[] = { "mod_inc", "owner", NULL };
static const char *const op_names[] = { "open", "close", NULL };

struct race_choice by_name_lock = { .values = lock_names };
struct race_choice by_name_get = { .values = get_names };
struct race_choice by_name_op = { .values = op_names };

/* ---- the participants ---- */

static int remove_module(struct race_run *run)
{
	if (!delete_module(subject->module))
		WRITE_ONCE(loaded, NULL);
	return 0;
}

/* Open, and read and close what was opened. That there is no such thing any more is fine. */
static int open_and_close(struct race_run *run)
{
	char text[8];
	long opened = subject->open();

	if (opened < 0)
		return 0;
	sys_read((unsigned int)opened, text, sizeof(text));
	subject->close(opened);
	return 0;
}

static int close_only(struct race_run *run)
{
	long opened = xchg(&token, NO_TOKEN);

	if (opened != NO_TOKEN)
		subject->close(opened);
	return 0;
}

static int use_module(struct race_run *run)
{
	if (race_guarded(run, by_name_op.now ? close_only : open_and_close) == -EFAULT) {
		service_abandon_calls();
		abandon_files();
	}
	return 0;
}

const struct race_participant by_name_participants[2] = {
	{ "rmmod", remove_module },
	{ "user", use_module },
};

/* ---- the world ---- */

static void enter_world(void)
{
	before = (struct world){
		.module_lock = module_service_lock,
		.unlink = unlink_policy_get(),
		.service = *subject->service,
		.close = close_service,
		.reclaim = reclaim_config,
		.loglevel = console_loglevel,
		.validate = usecount_validate,
	};
	usecount_validate = false;
	console_loglevel = min(before.loglevel, QUIET_LOGLEVEL);
	WRITE_ONCE(module_service_lock, &service_lock_bkl);
	WRITE_ONCE(subject->service->lock, service_lock_find(race_choice_value(&by_name_lock)));
	WRITE_ONCE(subject->service->get, service_get_find(race_choice_value(&by_name_get)));
	WRITE_ONCE(close_service.lock, subject->service->lock);
	unlink_policy_set("spinlock");
}

static void leave_world(void)
{
	WRITE_ONCE(module_service_lock, before.module_lock);
	WRITE_ONCE(subject->service->lock, before.service.lock);
	WRITE_ONCE(subject->service->get, before.service.get);
	WRITE_ONCE(close_service.lock, before.close.lock);
	usecount_validate = before.validate;
	unlink_policy_set(before.unlink->name);
	reclaim_set(&before.reclaim);
	console_loglevel = before.loglevel;
}

static irqreturn_t not_ours(int irq, void *dev_id)
{
	return IRQ_NONE;
}

static int find_module_image(const char *name, struct ramdisk_file *file)
{
	char path[MODULE_NAME_LEN + sizeof(".ko")];
	int err;

	snprintf(path, sizeof(path), "%s.ko", name);
	err = ramdisk_find(path, file);
	if (err)
		cprintf("race: %s: not in the ramdisk\n", path);
	return err;
}

static int insert_needed(void)
{
	struct ramdisk_file file;

	if (!subject->needs)
		return 0;
	return find_module_image(subject->needs, &file) ?:
	       (int)load_module_image(file.data, file.size, NULL, NULL);
}

static int take_irq(void)
{
	return subject->irq_busy ? request_irq(FOO_IRQ, not_ours, 0, "race", &before) : 0;
}

int by_name_setup(const struct by_name_subject *s)
{
	int err;

	subject = s;
	loaded = NULL;
	token = NO_TOKEN;
	err = find_module_image(s->module, &image) ?: insert_needed();
	if (err)
		return err;
	enter_world();
	err = take_irq() ?: reclaim_set(&memory_is_short);
	if (err)
		by_name_teardown(NULL);
	return err;
}

int by_name_prepare(struct race_run *run)
{
	int err = loaded ? 0 : (int)load_module_image(image.data, image.size, NULL, &loaded);

	if (!err && by_name_op.now)
		token = subject->open();
	return err ?: token < NO_TOKEN ? (int)token : 0;
}

static void check_count(struct race_run *run)
{
	int count = module_refcount(loaded);

	if (count == 0)
		return;
	race_hit(run, "%s: use count %d, and nobody uses it: it can never be unloaded", subject->module, count);
	while (count-- > 0)
		module_put(loaded);
}

/* Nobody is inside, and nobody has it open. What an open that faulted had requested is still there. */
int by_name_finish(struct race_run *run)
{
	close_only(run);
	if (loaded)
		check_count(run);
	else if (!subject->irq_busy && irq_has_action(FOO_IRQ))
		free_irq(FOO_IRQ, NULL);
	return 0;
}

void by_name_teardown(struct race_run *run)
{
	if (loaded)
		delete_module(subject->module);
	if (subject->needs)
		delete_module(subject->needs);
	if (subject->irq_busy && irq_has_action(FOO_IRQ))
		free_irq(FOO_IRQ, &before);
	leave_world();
}
