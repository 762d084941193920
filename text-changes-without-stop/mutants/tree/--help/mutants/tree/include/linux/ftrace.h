/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Function entry sites: a nop at the start of each traced function, which can be made a call at run time.
 *
 * A struct ftrace_ops has a set of sites and a function. While it is registered, that function is called whenever
 * one of its sites is passed, before the function that begins there has done anything; with FTRACE_OPS_FL_IPMODIFY
 * it may send the call elsewhere. That is what livepatching and the shell's "trace function" are made of.
 *
 * The names are Linux's. An address of a function (&f, or what kallsyms says) is not the address of its site: that is
 * one or three instructions behind it. ftrace_location() leads from the one to the other, and every call below that
 * takes an ip takes either.
 */
#ifndef _LINUX_FTRACE_H
#define _LINUX_FTRACE_H

#include <asm/ftrace.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/types.h>

struct ftrace_ops;
struct module;

/**
 * ftrace_func_t - what is called at a site
 * @ip: the site
 * @parent_ip: where the function that begins there will return to
 * @op: whose site it is
 * @fregs: the registers at the site
 *
 * Context: any the function may be called in, interrupts and system resets included; preemption is off. Sites passed
 * meanwhile on the same CPU, in the same kind of context (thread, interrupt, system reset), are not reported to the
 * same ops again.
 */
typedef void (*ftrace_func_t)(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			      struct ftrace_regs *fregs);

/*
 * FTRACE_OPS_FL_SAVE_REGS	@fregs holds all general registers; without it only the arguments (r3-r10), r1, r2, LR
 *				and NIP
 * FTRACE_OPS_FL_IPMODIFY	func may set where the call goes (ftrace_instruction_pointer_set()). At most one such
 *				ops for a site. It is never left out, so it must not call anything that is traced:
 *				its file is notrace
 */
#define FTRACE_OPS_FL_SAVE_REGS		0x01
#define FTRACE_OPS_FL_IPMODIFY		0x02

struct ftrace_ops_hash;

/**
 * struct ftrace_ops - who wants to know when a function is entered
 * @func: called then
 * @flags: FTRACE_OPS_FL_*
 * @private: the owner's
 * @hash: its sites; ftrace_set_filter_ip() and the like change it
 * @list: among the registered ones
 * @enabled: it is registered
 * @running: by CPU and kind of context, whether func runs there
 */
struct ftrace_ops {
	ftrace_func_t func;
	unsigned long flags;
	void *private;

	struct ftrace_ops_hash *hash;
	struct list_head list;
	bool enabled;
	u8 running[NR_CPUS];
};

/**
 * register_ftrace_function() - begin to call an ops at its sites
 * @ops: with func set, and at least one site
 *
 * All its sites are armed in one stop of the machine.
 *
 * Context: may sleep. Return: 0; -EBUSY if it is registered, or another ops changes the ip of one of its sites;
 * -EINVAL without func or sites; -ENOMEM. After an error nothing is armed.
 */
int register_ftrace_function(struct ftrace_ops *ops);

/**
 * unregister_ftrace_function() - stop calling an ops
 * @ops: registered
 *
 * When this returns no CPU is in @ops->func, nor will be: @ops and its code may go.
 *
 * Context: may sleep. Return: 0; -ENOENT if it is not registered.
 */
int unregister_ftrace_function(struct ftrace_ops *ops);

/* The same for @n of them with one stop of the machine: all or none. */
int register_ftrace_functions(struct ftrace_ops *const *ops, unsigned int n);
int unregister_ftrace_functions(struct ftrace_ops *const *ops, unsigned int n);

/**
 * ftrace_set_filter_ip() - add a site to an ops, or take one away
 * @ops: registered or not; if it is, the site is armed or disarmed at once
 * @ip: the site, or the function
 * @remove: take it away
 * @reset: first forget all other sites
 *
 * Context: may sleep. Return: 0; -EINVAL if there is no site at @ip; -EBUSY as register_ftrace_function(); -ENOENT if
 * it is to be taken away and is not there; -ENOMEM.
 */
int ftrace_set_filter_ip(struct ftrace_ops *ops, unsigned long ip, int remove, int reset);
/* The same for @cnt sites at once. Either all are changed, or none. */
int ftrace_set_filter_ips(struct ftrace_ops *ops, unsigned long *ips, unsigned int cnt, int remove,
			  int reset);
/* Forget an unregistered ops's sites and free what they took. Context: may sleep. */
void ftrace_free_filter(struct ftrace_ops *ops);

/*
 * The site of the function that holds @ip, if @ip is the function's address or the site itself; 0 if there is none.
 * Context: any; for a module, one that cannot go away meanwhile.
 */
unsigned long ftrace_location(unsigned long ip);
/* The first site in [@start, @end], or 0. Context: as ftrace_location(). */
unsigned long ftrace_location_range(unsigned long start, unsigned long end);

/* For each site of the kernel (@mod NULL) or of a module, until @fn returns not 0. Return: what @fn returned last. */
int ftrace_for_each_site(const struct module *mod, int (*fn)(void *data, unsigned long ip), void *data);

/* ---- for the boot and the module loader ---- */

/* Turn the kernel's sites into nops. Context: boot CPU alone, real mode. */
void ftrace_init(void);
/* The sites in @mod's init memory, or all of them, are about to be freed. Context: may sleep. */
void ftrace_free_init(struct module *mod);
void ftrace_release_mod(struct module *mod);

#endif
