// SPDX-License-Identifier: GPL-2.0
/*
 * A module that probes: insmod watch.ko symbol=hello_exit tells when that function is called and what it returns.
 *
 *	fault=1		the handler writes to a bad address
 *	forget=1	exit does not unregister: a mistake, which in Linux leaves pointers into freed memory
 *
 * Printing in a handler is all right for functions that printk() does not use.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module.h>

static char *symbol = "hello_exit";
module_param(symbol, charp, 0444);
MODULE_PARM_DESC(symbol, "the function to watch");

static bool fault;
module_param(fault, bool, 0444);
MODULE_PARM_DESC(fault, "fault in the handler");

static bool forget;
module_param(forget, bool, 0444);
MODULE_PARM_DESC(forget, "leave without unregistering");

static int *volatile nowhere = (int *)8;

static int watch_pre(struct kprobe *p, struct pt_regs *regs)
{
	pr_info("watch: %s is called, r3 = %lx\n", symbol, regs->gpr[3]);
	if (fault)
		*nowhere = 1;
	return 0;
}

static void watch_post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	pr_info("watch: one instruction later, at +%lx\n", regs->nip - (unsigned long)p->addr);
}

static int watch_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	pr_info("watch: %s returns %lx\n", symbol, regs_return_value(regs));
	return 0;
}

static struct kprobe probe = {
	.pre_handler = watch_pre,
	.post_handler = watch_post,
};

static struct kretprobe return_probe = {
	.handler = watch_return,
};

static int __init watch_init(void)
{
	int err;

	probe.symbol_name = symbol;
	err = register_kprobe(&probe);
	if (err)
		return err;
	return_probe.kp.symbol_name = symbol;
	err = register_kretprobe(&return_probe);
	if (err)
		unregister_kprobe(&probe);
	return err;
}

static void __exit watch_exit(void)
{
	if (forget)
		return;
	unregister_kretprobe(&return_probe);
	unregister_kprobe(&probe);
}

module_init(watch_init);
module_exit(watch_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Tells when a function is called, and what it returns");
