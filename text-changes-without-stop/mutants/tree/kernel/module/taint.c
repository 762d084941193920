// SPDX-License-Identifier: GPL-2.0
/* Taints, of the kernel and of each module, and the list of modules that an oops ends with. */
#include <linux/bitops.h>
#include <linux/kernel.h>
#include <linux/license.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vermagic.h>
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
	{ TAINT_FORCED_MODULE, 'F', 0, true },
	{ TAINT_DIE, 'D', 0, false },
	{ TAINT_WARN, 'W', 0, false },
	{ TAINT_OOT_MODULE, 'O', 0, true },
	{ TAINT_LIVEPATCH, 'K', 0, true },
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

/* Return: whether the kernel did not have @flag yet: then it is worth a message. */
static bool taint_module(struct module *mod, unsigned int flag)
{
	mod->taints |= BIT(flag);
	return !test_and_set_bit(flag, &tainted_mask);
}

static const char *license_of(const struct elf_image *img)
{
	return elf_modinfo(img, "license", NULL) ?: "unspecified";
}

/**
 * taints_of_file - what a module file says it is
 * @img: has passed elf_check_module()
 *
 * Context: any. Return: bits TAINT_*; forced if it takes that to load it.
 */
unsigned long taints_of_file(const struct elf_image *img)
{
	const char *magic = elf_modinfo(img, "vermagic", NULL);
	unsigned long mask = 0;

	if (!magic || strcmp(magic, VERMAGIC_STRING))
		mask |= BIT(TAINT_FORCED_MODULE);
	if (!elf_modinfo(img, "intree", NULL))
		mask |= BIT(TAINT_OOT_MODULE);
	if (!license_is_gpl_compatible(license_of(img)))
		mask |= BIT(TAINT_PROPRIETARY_MODULE);
	if (elf_is_livepatch(img))
		mask |= BIT(TAINT_LIVEPATCH);
	return mask;
}

/**
 * taint_for_module - what loading @mod makes of the kernel
 * @mod: nothing else is known of it yet
 * @img: its file
 * @forced: what kernel it was built for was not asked
 *
 * What it is decides which symbols it gets. As in Linux the kernel is tainted even if nothing comes
 * of the loading.
 *
 * Context: any.
 */
void taint_for_module(struct module *mod, const struct elf_image *img, bool forced)
{
	unsigned long taints = taints_of_file(img);

	mod->taints = 0;
	if (forced && taint_module(mod, TAINT_FORCED_MODULE))
		pr_warn("%s: bad vermagic: kernel tainted.\n", mod->name);
	if (taints & BIT(TAINT_OOT_MODULE) && taint_module(mod, TAINT_OOT_MODULE))
		pr_warn("%s: loading out-of-tree module taints kernel.\n", mod->name);
	if (taints & BIT(TAINT_PROPRIETARY_MODULE) && taint_module(mod, TAINT_PROPRIETARY_MODULE))
		pr_warn("%s: module license '%s' taints kernel.\n", mod->name, license_of(img));
	if (taints & BIT(TAINT_LIVEPATCH) && taint_module(mod, TAINT_LIVEPATCH))
		pr_notice("%s: tainting kernel with TAINT_LIVEPATCH\n", mod->name);
}

/**
 * module_flags_taint - the letters of a module's taints
 * @mask: its taints
 * @buf: MODULE_FLAGS_BUF_SIZE bytes; no NUL is appended
 *
 * Context: any. Return: how many letters.
 */
size_t module_flags_taint(unsigned long mask, char *buf)
{
	size_t len = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(taints); i++)
		if (taints[i].of_module && mask & BIT(taints[i].flag))
			buf[len++] = taints[i].letter;
	return len;
}

/* "(PO+)": the taints, and + or - for a module that comes or goes; empty for an ordinary one. */
static void format_flags(unsigned long mask, enum module_state state, char *buf)
{
	char *p = buf;

	*p++ = '(';
	p += module_flags_taint(mask, p);
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
	char flags[sizeof("(+)") + MODULE_FLAGS_BUF_SIZE];
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
