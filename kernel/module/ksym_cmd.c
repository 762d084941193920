// SPDX-License-Identifier: GPL-2.0
/*
 * Shell commands on symbols: ksym resolves addresses and names, kallsyms lists what there is. The
 * dump of "kallsyms -s" has nm's format, so that a test can hold one against the other.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>
#include "cmds.h"
#include "kallsyms_internal.h"

/* The type letter of the symbol that begins at @addr and has @name, '?' if there is none. */
static char type_of(unsigned long addr, const char *name)
{
	char symname[KSYM_NAME_LEN + 1], modname[MODULE_NAME_LEN], type = '?';
	struct kallsyms_sym sym;
	unsigned long value;
	unsigned int i;

	if (kallsyms_table_find(&kallsyms_kernel_table, addr, &sym)) {
		kallsyms_table_name(&kallsyms_kernel_table, &sym, &type, symname, sizeof(symname));
		return type;
	}
	for (i = 0; !module_get_kallsym(i, &value, &type, symname, modname); i++)
		if (value == addr && strcmp(symname, name) == 0)
			return type;
	return '?';
}

static int print_address(unsigned long addr)
{
	char name[KSYM_NAME_LEN + 1], text[KSYM_SYMBOL_LEN];
	unsigned long offset;

	if (!kallsyms_lookup(addr, NULL, &offset, NULL, name)) {
		cprintf("%016lx ? no symbol\n", addr);
		return -ENOENT;
	}
	sprint_symbol(text, addr);
	cprintf("%016lx %c %s\n", addr, type_of(addr - offset, name), text);
	return 0;
}

static int print_match(void *offset, unsigned long addr)
{
	print_address(addr + *(unsigned long *)offset);
	return 0;
}

/* Resolve NAME, NAME+OFFSET, module:NAME or a number in hex, in this order. */
static int resolve(char *word)
{
	char *plus = strchr(word, '+');
	unsigned long addr, offset = 0;

	if (plus) {
		*plus = '\0';
		if (kstrtoul(plus + 1, 0, &offset)) {
			cprintf("ksym: %s: not a number\n", plus + 1);
			return -EINVAL;
		}
	}
	if (kallsyms_on_each_match_symbol(print_match, word, &offset) == 0)
		return 0;
	addr = kallsyms_lookup_name(word);
	if (!addr && kstrtoul(word, 16, &addr)) {
		cprintf("ksym: %s: no such symbol\n", word);
		return -ENOENT;
	}
	return print_address(addr + offset);
}

static int ksym_run(int argc, char **argv)
{
	int i, err, ret = 0;

	if (argc < 2) {
		cprintf("usage: ksym ADDR|NAME[+OFF]...\n");
		return -EINVAL;
	}
	for (i = 1; i < argc; i++) {
		err = resolve(argv[i]);
		if (!ret)
			ret = err;
	}
	return ret;
}

/* What "kallsyms" was asked for, and how much of it there was. */
struct listing {
	const char *pattern;
	bool sizes;
	unsigned int lines;
};

static void list_one(struct listing *l, unsigned long addr, unsigned long size, char type,
		     const char *name, const char *modname)
{
	if (l->pattern && !glob_match(l->pattern, name))
		return;
	l->lines++;
	cprintf("%016lx ", addr);
	if (l->sizes)
		cprintf("%016lx ", size);
	if (modname)
		cprintf("%c %s\t[%s]\n", type, name, modname);
	else
		cprintf("%c %s\n", type, name);
}

static void list_kernel(struct listing *l)
{
	char name[KSYM_NAME_LEN + 1], type;
	struct kallsyms_sym sym;
	unsigned int nr;

	for (nr = 0; nr < kallsyms_kernel_table.num_syms && !shell_interrupted(); nr++) {
		kallsyms_table_get(&kallsyms_kernel_table, nr, &sym);
		kallsyms_table_name(&kallsyms_kernel_table, &sym, &type, name, sizeof(name));
		list_one(l, sym.addr, sym.size, type, name, NULL);
	}
}

static void list_modules(struct listing *l)
{
	char name[KSYM_NAME_LEN + 1], modname[MODULE_NAME_LEN], type;
	unsigned long value, size;
	unsigned int i;

	for (i = 0; !module_get_kallsym(i, &value, &type, name, modname); i++) {
		if (!kallsyms_lookup_size_offset(value, &size, NULL))
			size = 0;
		list_one(l, value, size, type, name, modname);
	}
}

static int too_many(const char *pattern)
{
	cprintf("kallsyms: %s: one pattern, please\n", pattern);
	return -EINVAL;
}

static int kallsyms_run(int argc, char **argv)
{
	struct listing l = { .pattern = NULL };
	bool exported = false;
	int i;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-s") == 0)
			l.sizes = true;
		else if (strcmp(argv[i], "--exported") == 0)
			exported = true;
		else if (!l.pattern)
			l.pattern = argv[i];
		else
			return too_many(argv[i]);
	}
	if (exported)
		return list_exports(l.pattern);
	list_kernel(&l);
	list_modules(&l);
	if (shell_interrupted())
		return -EINTR;
	if (!l.lines) {
		cprintf("kallsyms: %s: no such symbol\n", l.pattern);
		return -ENOENT;
	}
	return 0;
}

/* The @n-th kernel symbol whose name begins with @word. */
static const char *complete_symbol(int argc __unused, const char *word, int n)
{
	static char name[KSYM_NAME_LEN + 1];
	struct kallsyms_sym sym;
	unsigned int nr;

	for (nr = 0; nr < kallsyms_kernel_table.num_syms; nr++) {
		kallsyms_table_get(&kallsyms_kernel_table, nr, &sym);
		kallsyms_table_name(&kallsyms_kernel_table, &sym, NULL, name, sizeof(name));
		if (strncmp(name, word, strlen(word)) == 0 && n-- == 0)
			return name;
	}
	return NULL;
}

SHELL_COMMAND(ksym, ksym_run, complete_symbol, "ADDR|NAME[+OFF]...", "resolve symbols, both ways");
SHELL_COMMAND(kallsyms, kallsyms_run, complete_symbol, "[-s | --exported] [PATTERN]",
	      "list symbols, -s with sizes; --exported: those that modules may use, and which modules");
