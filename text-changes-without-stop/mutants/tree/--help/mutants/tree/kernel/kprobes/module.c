// SPDX-License-Identifier: GPL-2.0
/*
 * Probes and modules that go.
 *
 * A probe does not keep the module it probes. When that goes, or gives back its init text, the probes there are dead:
 * they stay registered until their owner unregisters them, and do not come back with the module.
 *
 * A module that goes has to unregister its own probes before. One that forgets would leave the kernel with pointers into
 * freed memory, which is what happens in Linux. Here it is said, and the probe taken out: which module it was would be
 * hard to find out at the crash.
 */
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/module.h>
#include <linux/notifier.h>

#include "internal.h"

static bool is_in(const void *ptr, const struct module *mod)
{
	return within_module((unsigned long)ptr, mod);
}

static bool is_owned_by(const struct kprobe *p, const struct module *mod)
{
	const struct kretprobe *rp = container_of(p, struct kretprobe, kp);

	if (is_in(p, mod))
		return true;
	if (kprobe_is_return(p))
		return is_in(rp->handler, mod) || is_in(rp->entry_handler, mod);
	return is_in(p->pre_handler, mod) || is_in(p->post_handler, mod);
}

/* One of a module's own probes. */
struct search {
	const struct module *mod;
	struct kprobe *found;
};

static void note_if_owned(struct kprobe *p, void *arg)
{
	struct search *search = arg;

	if (is_owned_by(p, search->mod))
		search->found = p;
}

static struct kprobe *find_owned(const struct module *mod)
{
	struct search search = { .mod = mod };

	kprobe_for_each(note_if_owned, &search);
	return search.found;
}

static void take_out(struct kprobe *p)
{
	if (kprobe_is_return(p))
		kretprobe_detach(container_of(p, struct kretprobe, kp));
	else
		kprobe_remove(p);
}

static void take_out_owned(const struct module *mod)
{
	struct kprobe *p;

	while ((p = find_owned(mod))) {
		pr_warn("kprobes: %s goes without unregistering its probe at %pS\n", mod->name, p->addr);
		take_out(p);
	}
}

static bool is_in_module(unsigned long addr, const void *mod)
{
	return within_module(addr, mod);
}

static bool is_no_code(unsigned long addr, const void *unused)
{
	return !is_kernel_text(addr) && !is_module_text_address(addr);
}

static int module_changes(struct notifier_block *nb, unsigned long state, void *data)
{
	const struct module *mod = data;

	mutex_lock(&kprobe_mutex);
	if (state == MODULE_STATE_GOING) {
		take_out_owned(mod);
		kprobe_kill_sites(is_in_module, mod, true);
	} else if (state == MODULE_STATE_LIVE) {
		kprobe_kill_sites(is_no_code, NULL, false);
	}
	mutex_unlock(&kprobe_mutex);
	return NOTIFY_DONE;
}

static struct notifier_block notifier = { .notifier_call = module_changes };

static int kprobes_init(void)
{
	return register_module_notifier(&notifier);
}
core_initcall(kprobes_init);
