// SPDX-License-Identifier: GPL-2.0
/*
 * What resolving symbols costs: of a module with 1,000 undefined ones that another module exports,
 * behind the kernel's own tables. "make bench" brings both. And what one lookup costs, of a symbol
 * of the kernel.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <stopgap/bench.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include "internal.h"

#define LENDER		"lender"
#define NAMES		"kmalloc", "printk", "synchronize_rcu", "vmalloc"

static struct load_info info;

static int find(const char *name, struct ramdisk_file *file)
{
	int err = ramdisk_find(name, file);

	if (err)
		cprintf("bench: %s: not in the ramdisk\n", name);
	return err;
}

/* A module that is laid out and never linked: what of it is resolved, nobody will use. */
static int lay_out(const struct ramdisk_file *file)
{
	static struct elf_image img;
	int err;

	err = check_module_image(&img, file->data, file->size, 0) ?: load_info_init(&info, &img);
	if (err)
		return err;
	err = layout_module(&info, &img);
	if (err) {
		load_info_free(&info);
		return err;
	}
	module_refs_init(info.mod);
	return 0;
}

static int resolve_setup(void)
{
	struct ramdisk_file lender, borrower;
	int err;

	err = find("lender.ko", &lender) ?: find("borrower.ko", &borrower) ?:
	      (int)load_module_image(lender.data, lender.size, NULL, NULL);
	if (err)
		return err;
	err = lay_out(&borrower);
	if (err)
		delete_module(LENDER);
	return err;
}

/* Undefined symbols stay so, whatever value they have got: each time is like the first. */
static int resolve(unsigned int iterations)
{
	int err = 0;

	for (unsigned int i = 0; !err && i < iterations; i++)
		err = resolve_symbols(&info);
	return err;
}

static void resolve_teardown(void)
{
	mutex_lock(&module_mutex);
	module_unload_free(info.mod);
	mutex_unlock(&module_mutex);
	free_module_memory(info.mod);
	load_info_free(&info);
	delete_module(LENDER);
}

static const struct benchmark resolve_bench = {
	.name = "resolve 1,000 undefined symbols",
	.iterations = 4,
	.samples = 41,
	.run = resolve,
	.setup = resolve_setup,
	.teardown = resolve_teardown,
};
BENCHMARK(resolve_bench);

static int look_up_exports(unsigned int iterations)
{
	static const char *const names[] = { NAMES };
	struct symbol_search search;
	bool found = true;

	mutex_lock(&module_mutex);
	for (unsigned int i = 0; found && i < iterations; i++) {
		search = (struct symbol_search){ .name = names[i % ARRAY_SIZE(names)],
						 .gpl_ok = true };
		found = find_exported_symbol(&search);
	}
	mutex_unlock(&module_mutex);
	return found ? 0 : -ENOENT;
}

static const struct benchmark export_bench = {
	.name = "look up an export of the kernel",
	.iterations = 1000,
	.samples = 41,
	.run = look_up_exports,
};
BENCHMARK(export_bench);
