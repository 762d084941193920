// SPDX-License-Identifier: GPL-2.0
/* Taints, of the kernel and of each module, and the list of modules that an oops ends with. */
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/uaccess.h>
#include "internal.h"

/* However broken the list is, an oops ends. */
#define MAX_PRINTED	256

static const struct {
	unsigned int flag;
	char letter;
	char otherwise;		/* printed if the flag is not set; 0: nothing */
	bool of_module;
} taints[] = {
	{ TAINT_PROPRIETARY_MODULE, 'P', 'G', true },
	{ TAINT_DIE, 'D', 0, false },
	{ TAINT_WARN, 'W', 0, false },
	{ TAINT_OOT_MODULE, 'O', 0, true },
};

static unsigned long tainted_mask;

/* Remember @flag (TAINT_*). Context: any. */
void add_taint(unsigned int flag)
{
	set_bit(flag, &tainted_mask);
}

/* Whether @flag (TAINT_*) is set. Context: any. */
bool test_taint(unsigned int flag)
{
	return test_bit(flag, &tainted_mask);
}

const char *print_tainted(void)
{
	static char buf[sizeof("Tainted:") + 2 * ARRAY_SIZE(taints)];
	char *p = buf;

	if (!READ_ONCE(tainted_mask))
		return "Not tainted";
	p += sprintf(p, "Tainted:");
	for (unsigned int i = 0; i < ARRAY_SIZE(taints); i++) {
		char letter = test_taint(taints[i].flag) ? taints[i].letter : taints[i].otherwise;

		if (letter)
			p += sprintf(p, " %c", letter);
	}
	return buf;
}

static void taint_module(struct module *mod, unsigned int flag)
{
	add_taint(flag);
	mod->taints |= 1UL << flag;
}

/**
 * taint_for_module - what loading @mod makes of the kernel
 * @mod: not linked yet
 * @gpl: its licence is GPL-compatible
 * @intree: it was built with the kernel
 * @license: for the message
 *
 * Context: any.
 */
void taint_for_module(struct module *mod, bool gpl, bool intree, const char *license)
{
	mod->taints = 0;
	if (!intree) {
		if (!test_taint(TAINT_OOT_MODULE))
			pr_warn("%s: loading out-of-tree module taints kernel.\n", mod->name);
		taint_module(mod, TAINT_OOT_MODULE);
	}
	if (!gpl) {
		if (!test_taint(TAINT_PROPRIETARY_MODULE))
			pr_warn("%s: module license '%s' taints kernel.\n", mod->name, license);
		taint_module(mod, TAINT_PROPRIETARY_MODULE);
	}
}

/* "(PO+)": the taints, and + or - for a module that comes or goes; empty for an ordinary one. */
static void format_flags(unsigned long mask, enum module_state state, char *buf)
{
	char *p = buf;

	*p++ = '(';
	for (unsigned int i = 0; i < ARRAY_SIZE(taints); i++)
		if (taints[i].of_module && mask & 1UL << taints[i].flag)
			*p++ = taints[i].letter;
	if (state == MODULE_STATE_COMING)
		*p++ = '+';
	if (state == MODULE_STATE_GOING)
		*p++ = '-';
	*p++ = ')';
	*p = '\0';
	if (p == buf + 2)
		buf[0] = '\0';
}

void print_modules(void)
{
	struct list_head *node = modules.next;
	char flags[sizeof("(+)") + ARRAY_SIZE(taints)];
	struct module mod;

	printk("Modules linked in:");
	for (int i = 0; node != &modules && i < MAX_PRINTED; i++, node = mod.list.next) {
		if (copy_from_kernel_nofault(&mod, list_entry(node, struct module, list),
					     sizeof(mod))) {
			pr_cont(" <list broken at %px>", node);
			break;
		}
		mod.name[sizeof(mod.name) - 1] = '\0';
		format_flags(mod.taints, mod.state, flags);
		pr_cont(" %s%s", mod.name, flags);
	}
	pr_cont("\n");
}
