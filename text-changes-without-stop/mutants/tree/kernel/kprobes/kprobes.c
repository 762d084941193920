// SPDX-License-Identifier: GPL-2.0
/*
 * Registering probes. Each address with probes is a site: one breakpoint, and a list of the probes that want to know
 * of it. A single probe is no special case.
 *
 * A hit looks a site up and walks its probes without a lock, preemption off from the trap to the end of the last
 * handler. So: a site is in the table before its breakpoint is in the text; the breakpoint is gone from the text, on all
 * CPUs, before the site leaves the table; and what has left a list is handed back or freed only after a grace period.
 */
#include <asm/patch.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/ftrace.h>
#include <linux/hashtable.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <stopgap/hv.h>

#include "internal.h"

#define TABLE_BITS	6

DEFINE_MUTEX(kprobe_mutex);

static DEFINE_HASHTABLE(sites, TABLE_BITS);
static LIST_HEAD(gone_probes);	/* struct kprobe.list: registered, but their module has gone */

struct kprobe_site *kprobe_site_find(unsigned long addr)
{
	struct kprobe_site *site;

	hlist_for_each_entry_rcu(site, __hash_bucket(sites, addr), node)
		if (site->addr == addr)
			return site;
	return NULL;
}

void kprobe_for_each(void (*fn)(struct kprobe *p, void *arg), void *arg)
{
	struct kprobe_site *site;
	struct kprobe *p;
	int bucket;

	hash_for_each(sites, bucket, site, node)
		list_for_each_entry(p, &site->probes, list)
			fn(p, arg);
	list_for_each_entry(p, &gone_probes, list)
		fn(p, arg);
}

/**
 * get_kprobe() - the probe at an address
 * @addr: of the instruction
 *
 * Context: preemption off, or the caller knows that no probe is unregistered meanwhile.
 * Return: the first of them, or NULL.
 */
struct kprobe *get_kprobe(const void *addr)
{
	struct kprobe_site *site = kprobe_site_find((unsigned long)addr);

	return site && !list_empty(&site->probes) ? list_first_entry(&site->probes, struct kprobe, list) : NULL;
}
EXPORT_SYMBOL_GPL(get_kprobe);

static void compare_probe(struct kprobe *p, void *arg)
{
	struct kprobe **wanted = arg;

	if (p == *wanted)
		*wanted = NULL;
}

bool kprobe_is_registered(struct kprobe *p)
{
	struct kprobe *wanted = p;

	kprobe_for_each(compare_probe, &wanted);
	return !wanted;
}

/* ---- where a probe may be ---- */

static int refuse(unsigned long addr, const char *why, int err)
{
	pr_warn("kprobes: %pS cannot be probed: %s\n", (void *)addr, why);
	return err;
}

static int find_address(const struct kprobe *p, unsigned long *addr)
{
	if (!p->symbol_name == !p->addr)
		return -EINVAL;
	*addr = (unsigned long)p->addr;
	if (p->symbol_name) {
		*addr = kallsyms_lookup_name(p->symbol_name);
		if (!*addr)
			return -ENOENT;
		if (!p->offset)
			*addr = arch_function_entry(*addr);
	}
	*addr += p->offset;
	return 0;
}

/*
 * In the text of a module that is not on its way out: who takes it out has to pass kprobe_mutex, and finds what was
 * registered before. Return: 0; -ENOENT if it is too late; -EINVAL if it is no module's text.
 */
static int check_module_text(unsigned long addr)
{
	struct module *mod;
	int err = 0;

	mutex_lock(&module_mutex);
	mod = __module_text_address(addr);
	if (!mod)
		err = -EINVAL;
	else if (!module_is_live(mod) || (within_module_init(addr, mod) && mod->state != MODULE_STATE_COMING))
		err = -ENOENT;
	mutex_unlock(&module_mutex);
	return err;
}

static int check_address(unsigned long addr)
{
	int err;

	if (addr % sizeof(kprobe_opcode_t))
		return refuse(addr, "it is not aligned", -EINVAL);
	err = is_kernel_text(addr) ? 0 : check_module_text(addr);
	if (err)
		return refuse(addr, err == -ENOENT ? "its module is going" : "it is no code", err);
	if (within_kprobe_blacklist(addr))
		return refuse(addr, "it is on the blacklist", -EINVAL);
	if (ftrace_location_range(addr, addr))
		return refuse(addr, "the call of the function tracer goes there", -EINVAL);
	if (addr == hv_steal_at_addr())
		return refuse(addr, "the shim has a breakpoint there", -EBUSY);
	return 0;
}

/* ---- sites ---- */

static void free_site(struct kprobe_site *site)
{
	if (site->insn.slot)
		kprobe_slot_put(site->insn.slot);
	kfree(site);
}

static struct kprobe_site *new_site(unsigned long addr, int *err)
{
	struct kprobe_site *site = kzalloc(sizeof(*site), GFP_KERNEL);

	*err = -ENOMEM;
	if (!site)
		return NULL;
	site->addr = addr;
	INIT_LIST_HEAD(&site->probes);
	*err = arch_prepare_kprobe(&site->insn, addr);
	if (*err)
		goto out_free;
	if (!site->insn.emulate) {
		*err = -ENOMEM;
		site->insn.slot = kprobe_slot_get();
		if (!site->insn.slot)
			goto out_free;
		*err = 0;
	}
	hlist_add_head_rcu(&site->node, __hash_bucket(sites, addr));
	return site;

out_free:
	kfree(site);
	return NULL;
}

/* The copy in the slot, and the breakpoint. Another CPU may still have what was in the slot before: hence one batch. */
static int arm_site(struct kprobe_site *site)
{
	const struct arch_kprobe_insn *insn = &site->insn;
	struct insn_patch patches[KPROBE_INSN_WORDS + 1];
	unsigned int i, n = 0;
	int err;

	for (i = 0; insn->slot && i < insn->words; i++)
		if (insn->slot[i] != insn->word[i])
			patches[n++] = (struct insn_patch){ (unsigned long)&insn->slot[i], insn->slot[i],
							    insn->word[i] };
	patches[n++] = (struct insn_patch){ site->addr, insn->word[0], PPC_INST_TRAP };
	err = patch_instructions(patches, n);
	site->armed = !err;
	return err;
}

/* A module's init text may have gone before its probes have been told. */
static void disarm_site(struct kprobe_site *site)
{
	struct insn_patch patch = { site->addr, PPC_INST_TRAP, site->insn.word[0] };

	WARN(patch_instructions(&patch, 1) == -EBUSY, "kprobes: the breakpoint at %pS is not there any more\n",
	     (void *)site->addr);
	site->armed = false;
}

/* Is somebody interested? */
static bool is_wanted(const struct kprobe_site *site)
{
	const struct kprobe *p;

	list_for_each_entry(p, &site->probes, list)
		if (!kprobe_disabled(p))
			return true;
	return false;
}

/* Have the breakpoint where somebody is interested, and nowhere else. */
static int update_site(struct kprobe_site *site)
{
	bool wanted = is_wanted(site);

	if (wanted && !site->armed)
		return arm_site(site);
	if (!wanted && site->armed)
		disarm_site(site);
	return 0;
}

/* @p is off its site's list: what the site was needed for, and what a hit may still look at. */
static void release_site(struct kprobe_site *site)
{
	bool last = list_empty(&site->probes);

	update_site(site);
	if (last)
		hlist_del_rcu(&site->node);
	synchronize_rcu();
	if (last)
		free_site(site);
}

/* ---- registering ---- */

static int add_to_site(struct kprobe *p, unsigned long addr)
{
	struct kprobe_site *site = kprobe_site_find(addr);
	int err = 0;

	if (!site)
		site = new_site(addr, &err);
	if (!site)
		return err;
	p->opcode = site->insn.word[0];
	p->nmissed = 0;
	list_add_tail_rcu(&p->list, &site->probes);
	err = update_site(site);
	if (!err)
		return 0;
	list_del_rcu(&p->list);
	release_site(site);
	return err;
}

int kprobe_add_at(struct kprobe *p, unsigned long addr)
{
	int err = check_address(addr);

	if (err)
		return err;
	p->flags &= KPROBE_FLAG_DISABLED;
	err = add_to_site(p, addr);
	if (!err)
		p->addr = (kprobe_opcode_t *)addr;
	return err;
}

/**
 * register_kprobe() - have functions called whenever an instruction is about to be executed
 * @p: with where, and what to call; see struct kprobe
 *
 * The probe is hit by every CPU that comes to the instruction after this has returned. A probe in a module does not
 * keep it: when the module goes, the probe dies (KPROBE_FLAG_GONE), and does not come back with it.
 *
 * Context: may sleep; stops the machine.
 * Return: 0; -EINVAL if both symbol and address are given or none, if there is no code at that address or it cannot
 * be probed, or if @p is registered already; -ENOENT if there is no such symbol, or its module is going; -EBUSY if the
 * text there is being used otherwise; -ENOMEM.
 */
int register_kprobe(struct kprobe *p)
{
	unsigned long addr;
	int err;

	mutex_lock(&kprobe_mutex);
	err = kprobe_is_registered(p) ? -EINVAL : find_address(p, &addr) ?: kprobe_add_at(p, addr);
	mutex_unlock(&kprobe_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(register_kprobe);

void kprobe_remove(struct kprobe *p)
{
	struct kprobe_site *site = kprobe_gone(p) ? NULL : kprobe_site_find((unsigned long)p->addr);

	if (site) {
		list_del_rcu(&p->list);
		release_site(site);
	} else {
		list_del(&p->list);
	}
}

/**
 * unregister_kprobe() - end a probe
 * @p: registered; if not, nothing happens
 *
 * When this returns none of its handlers runs, nor will; @p and their code may go.
 *
 * Context: may sleep, and not a handler; stops the machine.
 */
void unregister_kprobe(struct kprobe *p)
{
	mutex_lock(&kprobe_mutex);
	if (kprobe_is_registered(p))
		kprobe_remove(p);
	mutex_unlock(&kprobe_mutex);
}
EXPORT_SYMBOL_GPL(unregister_kprobe);

/**
 * register_kprobes() - register several, or none
 * @kps: them
 * @num: how many
 *
 * Context: as register_kprobe(). Return: 0, or what the first that failed returned.
 */
int register_kprobes(struct kprobe **kps, int num)
{
	int err = num > 0 ? 0 : -EINVAL;
	int i;

	for (i = 0; !err && i < num; i++)
		err = register_kprobe(kps[i]);
	if (err && i > 1)
		unregister_kprobes(kps, i - 1);
	return err;
}
EXPORT_SYMBOL_GPL(register_kprobes);

/* Context: as unregister_kprobe(). */
void unregister_kprobes(struct kprobe **kps, int num)
{
	while (num-- > 0)
		unregister_kprobe(kps[num]);
}
EXPORT_SYMBOL_GPL(unregister_kprobes);

static int set_disabled(struct kprobe *p, bool disabled)
{
	int err = -EINVAL;
	u32 old;

	mutex_lock(&kprobe_mutex);
	if (!kprobe_is_registered(p) || kprobe_gone(p))
		goto out_unlock;
	old = p->flags;
	WRITE_ONCE(p->flags, disabled ? KPROBE_FLAG_DISABLED : 0);
	err = update_site(kprobe_site_find((unsigned long)p->addr));
	if (err)
		WRITE_ONCE(p->flags, old);
out_unlock:
	mutex_unlock(&kprobe_mutex);
	return err;
}

/**
 * disable_kprobe() - call no handlers of a probe for now
 * @p: registered
 *
 * An address without an enabled probe has no breakpoint and costs nothing.
 *
 * Context: may sleep; stops the machine. Return: 0; -EINVAL if @p is not registered, or gone.
 */
int disable_kprobe(struct kprobe *p)
{
	return set_disabled(p, true);
}
EXPORT_SYMBOL_GPL(disable_kprobe);

/* The opposite. Context and return as disable_kprobe(); -EBUSY as register_kprobe(). */
int enable_kprobe(struct kprobe *p)
{
	return set_disabled(p, false);
}
EXPORT_SYMBOL_GPL(enable_kprobe);

/* ---- text that goes ---- */

static void kill_site(struct kprobe_site *site, bool mapped)
{
	struct kprobe *p, *next;

	if (site->armed && mapped)
		disarm_site(site);
	hlist_del_rcu(&site->node);
	synchronize_rcu();
	list_for_each_entry_safe(p, next, &site->probes, list) {
		WRITE_ONCE(p->flags, p->flags | KPROBE_FLAG_GONE);
		list_move_tail(&p->list, &gone_probes);
	}
	free_site(site);
}

void kprobe_kill_sites(bool (*gone)(unsigned long addr, const void *arg), const void *arg, bool mapped)
{
	struct kprobe_site *site;
	struct hlist_node *next;
	int bucket;

	hash_for_each_safe(sites, bucket, next, site, node)
		if (gone(site->addr, arg))
			kill_site(site, mapped);
}
