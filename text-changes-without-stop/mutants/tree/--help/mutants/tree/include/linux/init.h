/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Initcalls and init sections. Built-in code registers functions that main.c calls by level, in link order
 * within a level; in a module, module_init names the one function insmod calls (see linux/module.h).
 */
#ifndef _LINUX_INIT_H
#define _LINUX_INIT_H

#include <linux/compiler.h>

#define __init		__section(".init.text") __cold
#define __initdata	__section(".init.data")
#define __initconst	__section(".init.rodata")
#define __exit		__section(".exit.text") __used __cold
#define __exitdata	__section(".exit.data")

typedef int (*initcall_t)(void);
typedef void (*exitcall_t)(void);
typedef void (*ctor_fn_t)(void);

#define __define_initcall(fn, level) \
	static initcall_t __PASTE(__initcall_, fn) __used __section(".initcall" #level ".init") = fn

/* Levels, in the order main.c runs them; all run in the boot thread, with the scheduler up and all CPUs started. */
#define core_initcall(fn)	__define_initcall(fn, 1)
#define subsys_initcall(fn)	__define_initcall(fn, 4)
#define device_initcall(fn)	__define_initcall(fn, 6)
#define late_initcall(fn)	__define_initcall(fn, 7)

/* Run them all; one that fails is named. Context: the boot thread. */
void do_initcalls(void);

#endif
