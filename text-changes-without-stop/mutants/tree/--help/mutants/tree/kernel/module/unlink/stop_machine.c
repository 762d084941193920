// SPDX-License-Identifier: GPL-2.0
/*
 * Unlink policy "stop_machine": the patch of January 2005. The list changes only while every CPU
 * stands still at a point where it has scheduled, so a reader that does not schedule sees either
 * the list before or the list after, and what it has found stays good until it does. No spinlock:
 * nobody else is running who could take one.
 */
#include <asm/paca.h>
#include <linux/module.h>
#include <linux/stop_machine.h>
#include <stopgap/unlink_policy.h>

static int __link_module(void *data)
{
	struct module *mod = data;

	list_add(&mod->list, &modules);
	return 0;
}

static int __unlink_module(void *data)
{
	struct module *mod = data;

	list_del(&mod->list);
	return 0;
}

static void link_module(struct module *mod)
{
	stop_machine_run(__link_module, mod, NR_CPUS);
}

static void unlink_module(struct module *mod)
{
	stop_machine_run(__unlink_module, mod, NR_CPUS);
}

static const struct unlink_policy unlink_stop_machine = {
	.name = "stop_machine",
	.what = "list_add and list_del while all CPUs stand still (the patch of 2005)",
	.link = link_module,
	.unlink = unlink_module,
};
UNLINK_POLICY(unlink_stop_machine);
