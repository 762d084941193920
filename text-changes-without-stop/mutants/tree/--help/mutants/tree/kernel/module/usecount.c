// SPDX-License-Identifier: GPL-2.0
/*
 * The run-time check of the rules for use counts.
 *
 * While a thread is in a call by name, struct service_call remembers the module called and what the thread has done to
 * its use count. A rule is broken when
 *
 *	- the thread may sleep in it, with the big kernel lock held, and has raised the count of some module whose
 *	  function is on its stack not at all: the lock is lost, and nothing else protects that module;
 *	- it was entered without the lock;
 *	- it fails, and leaves the count other than it was;
 *	- it lowers the count to 0 without the lock, and has still to return through the module;
 *
 * and, whoever does it,
 *
 *	- when a count is lowered that is 0, or a module goes while something that it handed out is still out.
 *
 * A module whose exported symbols others use is held by these, so they are who has to count. What is called with
 * get=owner is held by the caller.
 *
 * Nobody has to strike for a report, and each call site is reported once. Sites are known by module and offset, so that
 * a module that is loaded again is not reported again.
 */
#define KBUILD_MODNAME "usecount"

#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/smp_lock.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/files.h>
#include <stopgap/oops.h>
#include <stopgap/service.h>
#include <stopgap/usecount.h>

#define MAX_SITES	64
#define PLACE_LEN	(KSYM_NAME_LEN + 16)

bool usecount_validate = true;
module_param_named(validate, usecount_validate, bool, 0644);

/* What breaks a rule, as data of a report. */
struct site {
	char module[MODULE_NAME_LEN];
	unsigned long offset;
};

static DEFINE_SPINLOCK(sites_lock);	/* protects what follows */
static struct site sites[MAX_SITES];
static unsigned int nr_sites, reports;

unsigned int usecount_reports(void)
{
	return READ_ONCE(reports);
}

void usecount_forget(void)
{
	spin_lock(&sites_lock);
	nr_sites = 0;
	spin_unlock(&sites_lock);
}

/* Context: sites_lock held. */
static bool is_known(const struct module *mod, unsigned long offset)
{
	for (unsigned int i = 0; i < nr_sites; i++)
		if (sites[i].offset == offset && !strcmp(sites[i].module, mod->name))
			return true;
	return false;
}

/* Return: whether @addr in @mod is to be reported: it has not been yet. */
static bool is_new(const struct module *mod, unsigned long addr)
{
	unsigned long offset = addr - (unsigned long)mod->core_layout.base;
	bool new;

	spin_lock(&sites_lock);
	new = !is_known(mod, offset);
	if (new && nr_sites < MAX_SITES) {
		sites[nr_sites].offset = offset;
		strscpy(sites[nr_sites++].module, mod->name, MODULE_NAME_LEN);
	}
	reports += new;
	spin_unlock(&sites_lock);
	return new;
}

/* "function", or "function+0x1c". */
static const char *place(char buf[PLACE_LEN], unsigned long addr, bool with_offset)
{
	unsigned long size, offset;
	char name[KSYM_NAME_LEN + 1];
	char *modname;

	if (!kallsyms_lookup(addr, &size, &offset, &modname, name))
		snprintf(buf, PLACE_LEN, "0x%lx", addr);
	else if (with_offset)
		snprintf(buf, PLACE_LEN, "%s+0x%lx", name, offset);
	else
		strscpy(buf, name, PLACE_LEN);
	return buf;
}

/* The module whose text @addr is in, to somebody who keeps it loaded; else good for a look. */
static struct module *module_of(unsigned long addr)
{
	struct module *mod;

	preempt_disable();
	mod = __module_text_address(addr);
	preempt_enable();
	return mod;
}

/* ---- sleep ---- */

/* Is @mod kept loaded by something else than the big kernel lock, as far as the calling thread goes? */
static bool is_held(const struct module *mod)
{
	const struct service_call *c;

	if (mod->state != MODULE_STATE_LIVE || !list_empty(&mod->source_list))
		return true;
	for (c = current->service_call; c; c = c->outer)
		if (c->module == mod && (c->raised > 0 || c->get->holds))
			return true;
	return false;
}

/**
 * struct search - for the innermost frame in a module that nothing holds
 * @module: it, NULL so far
 * @ip: the frame's return address
 */
struct search {
	struct module *module;
	unsigned long ip;
};

static void look_at_frame(void *arg, unsigned long sp, unsigned long ip, const struct pt_regs *regs)
{
	struct search *s = arg;
	struct module *mod = s->module ? NULL : module_of(ip);

	if (!mod || is_held(mod))
		return;
	s->module = mod;
	s->ip = ip;
}

void __usecount_may_sleep(unsigned long pc)
{
	unsigned long sp = (unsigned long)__builtin_frame_address(0);
	char who[PLACE_LEN], where[PLACE_LEN];
	struct search s = { 0 };

	if (!READ_ONCE(usecount_validate) || !kernel_locked())
		return;
	walk_stack(current, sp, current->stack_lo, current->stack_hi, look_at_frame, &s);
	if (!s.module || !is_new(s.module, s.ip))
		return;
	pr_warn("usecount: %s: %s sleeps in %s with use count %d; the big kernel lock is dropped here\n",
		s.module->name, place(who, s.ip, true), place(where, pc, false), module_refcount(s.module));
	dump_stack();
}

/* ---- calls by name ---- */

void usecount_calls(struct service_call *call, const void *fn)
{
	unsigned long addr = (unsigned long)fn;
	char who[PLACE_LEN];

	if (!READ_ONCE(usecount_validate))
		return;
	call->fn = addr;
	call->module = module_of(addr);
	if (!call->module || call->token || call->get->holds || kernel_locked() || !is_new(call->module, addr))
		return;
	pr_warn("usecount: %s: %s entered by name through %s without the big kernel lock\n", call->module->name,
		place(who, addr, false), call->service->name);
	dump_stack();
}

void usecount_returned(struct service_call *call, long err)
{
	struct module *mod = call->module;
	char who[PLACE_LEN];

	call->module = NULL;
	if (!mod || err >= 0 || !call->raised || !is_new(mod, call->fn + 1))
		return;
	pr_warn("usecount: %s: %s failed (err %ld) and left the use count %s by %d\n", mod->name,
		place(who, call->fn, false), err, call->raised > 0 ? "raised" : "lowered", abs(call->raised));
	dump_stack();
}

/* ---- counting ---- */

/* Tell the calls that the calling thread is in. Return: whether it is in one of @mod. */
static bool note_change(const struct module *mod, int by)
{
	struct service_call *c;
	bool inside = false;

	for (c = current->service_call; c; c = c->outer) {
		if (c->module != mod)
			continue;
		c->raised += by;
		inside = true;
	}
	return inside;
}

void usecount_changed(struct module *mod, int by, int count, unsigned long pc)
{
	bool inside = note_change(mod, by);
	char who[PLACE_LEN];

	if (!READ_ONCE(usecount_validate) || by > 0)
		return;
	if (count < 0 && is_new(mod, pc))
		pr_warn("usecount: %s: %s lowers a use count that is 0: MOD_DEC_USE_COUNT without MOD_INC_USE_COUNT\n",
			mod->name, place(who, pc, true));
	else if (count == 0 && inside && !kernel_locked() && is_new(mod, pc))
		pr_warn("usecount: %s: %s lowers the use count to 0 without the big kernel lock, and has still to "
			"return\n", mod->name, place(who, pc, true));
	else
		return;
	dump_stack();
}

/* ---- unloading ---- */

static int look_at_module(struct notifier_block *nb, unsigned long action, void *data)
{
	struct module *mod = data;
	unsigned int tokens;

	if (action != MODULE_STATE_GOING || !READ_ONCE(usecount_validate))
		return NOTIFY_DONE;
	tokens = files_of_module(mod) + mounts_of_module(mod);
	if (!tokens || !is_new(mod, 0))
		return NOTIFY_DONE;
	pr_warn("usecount: %s: unloaded with %u token%s out\n", mod->name, tokens, tokens == 1 ? "" : "s");
	dump_stack();
	return NOTIFY_DONE;
}

static struct notifier_block going_nb = { .notifier_call = look_at_module };

static int __init usecount_init(void)
{
	return register_module_notifier(&going_nb);
}
core_initcall(usecount_init);
