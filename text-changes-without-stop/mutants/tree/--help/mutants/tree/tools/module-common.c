// SPDX-License-Identifier: GPL-2.0
/*
 * What every module carries besides its own code; compiled once per module, with its
 * KBUILD_MODNAME. The struct module here is the one that the kernel will use. init_module and
 * cleanup_module are module_init's and module_exit's; a module may lack either.
 */
#include <linux/module.h>
#include <linux/vermagic.h>

extern int init_module(void) __weak;
extern void cleanup_module(void) __weak;

#ifdef MODULE_INTREE
MODULE_INFO(intree, "Y");
#endif
MODULE_INFO(name, KBUILD_MODNAME);
MODULE_INFO(vermagic, VERMAGIC_STRING);

extern struct module __this_module;
struct module __this_module __visible __section(".gnu.linkonce.this_module") = {
	.name = KBUILD_MODNAME,
	.init = init_module,
	.exit = cleanup_module,
};
