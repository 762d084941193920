// SPDX-License-Identifier: GPL-2.0
/*
 * From a name to an address. A name may belong to several static functions: then the patch has to say which, counting
 * from 1 in the order of the symbol table. Nothing is guessed.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/printk.h>
#include <linux/string.h>

/**
 * struct name_search - all symbols of one name
 * @name: it
 * @pos: which of them is wanted, 0 = the only one
 * @kind: what it has to be
 * @count: how many there are
 * @addr: of the one wanted, or of the last
 */
struct name_search {
	const char *name;
	unsigned long pos;
	enum klp_kind kind;
	unsigned long count;
	unsigned long addr;
};

static int match(struct name_search *search, unsigned long addr)
{
	if (!search->pos || search->count + 1 == search->pos)
		search->addr = addr;
	search->count++;
	return 0;
}

static int match_kernel(void *data, unsigned long addr)
{
	struct name_search *search = data;

	return search->kind == KLP_ANY || is_kernel_text(addr) ? match(search, addr) : 0;
}

static int match_module(void *data, const char *name, char type, unsigned long addr)
{
	struct name_search *search = data;

	if (strcmp(name, search->name) || (search->kind == KLP_FUNC && !strchr("tTwW", type)))
		return 0;
	return match(search, addr);
}

static int judge(const char *where, const struct name_search *search)
{
	const char *what = search->kind == KLP_FUNC ? "function" : "symbol";

	if (!search->count) {
		pr_err("%s has no %s %s\n", where, what, search->name);
		return -ENOENT;
	}
	if (search->pos > search->count) {
		pr_err("%s has %lu times the %s %s, not %lu\n", where, search->count, what, search->name, search->pos);
		return -EINVAL;
	}
	if (!search->pos && search->count > 1) {
		pr_err("%s has %lu times the %s %s, and the patch does not say which\n", where, search->count, what,
		       search->name);
		return -EINVAL;
	}
	return 0;
}

/**
 * klp_find_symbol - find what a patch calls by its name
 * @mod: where, NULL for the kernel
 * @name: its name
 * @pos: which of several of that name, from 1; 0: there must be only one
 * @kind: KLP_FUNC if only functions count
 * @addr: set to its address
 *
 * Context: may sleep; @mod must stay. Return: 0; -ENOENT there is none; -EINVAL there are several and @pos is 0, or not
 * as many as @pos. A message was printed.
 */
int klp_find_symbol(struct module *mod, const char *name, unsigned long pos, enum klp_kind kind, unsigned long *addr)
{
	struct name_search search = { .name = name, .pos = pos, .kind = kind };

	if (mod)
		module_kallsyms_on_each_symbol(mod, match_module, &search);
	else
		kallsyms_on_each_match_symbol(match_kernel, name, &search);
	*addr = search.addr;
	return judge(mod ? mod->name : "vmlinux", &search);
}
