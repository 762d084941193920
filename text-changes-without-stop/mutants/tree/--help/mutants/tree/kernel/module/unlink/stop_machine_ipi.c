// SPDX-License-Identifier: GPL-2.0
/*
 * Unlink policy "stop_machine_ipi": the patch of January 2005 as one is tempted to write it. The
 * list changes while every CPU stands still, but in an interrupt handler, wherever the interrupt
 * happened to come. A reader that is stopped in the middle of its walk goes on with it afterwards,
 * from an entry that is no longer there. Only readers with interrupts off are safe.
 */
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
	stop_machine_ipi(__link_module, mod, NULL);
}

static void unlink_module(struct module *mod)
{
	stop_machine_ipi(__unlink_module, mod, NULL);
}

static const struct unlink_policy unlink_stop_machine_ipi = {
	.name = "stop_machine_ipi",
	.what = "list_add and list_del while all CPUs stand in an interrupt handler (not enough)",
	.link = link_module,
	.unlink = unlink_module,
};
UNLINK_POLICY(unlink_stop_machine_ipi);
