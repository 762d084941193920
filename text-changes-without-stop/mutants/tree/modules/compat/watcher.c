// SPDX-License-Identifier: GPL-2.0
/* A notifier that says which modules come and go. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/notifier.h>

static int watch(struct notifier_block *nb, unsigned long action, void *data)
{
	struct module *mod = data;

	switch (action) {
	case MODULE_STATE_LIVE:
		pr_info("watcher: %s is here\n", mod->name);
		break;
	case MODULE_STATE_GOING:
		pr_info("watcher: %s leaves\n", mod->name);
		break;
	}
	return NOTIFY_OK;
}

static struct notifier_block watcher = {
	.notifier_call = watch,
};

static int __init watcher_init(void)
{
	return register_module_notifier(&watcher);
}

static void __exit watcher_exit(void)
{
	unregister_module_notifier(&watcher);
}

module_init(watcher_init);
module_exit(watcher_exit);

MODULE_LICENSE("GPL");
