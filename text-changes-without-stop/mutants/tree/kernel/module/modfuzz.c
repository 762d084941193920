// SPDX-License-Identifier: GPL-2.0
/*
 * Feeding the loader damaged copies of real modules. What it takes is put together, linked, looked
 * at as an oops would, and taken apart again; no code of it runs.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/mm.h>
#include <stopgap/shell.h>
#include "internal.h"
#include "modfuzz.h"
#include "mutate.h"

#define LOOK_STEP	128	/* bytes between two addresses looked up */
#define QUIET_LOGLEVEL	0	/* refusals are what is wanted, not news */

/* All that the lock-free readers do with a module. */
static void look_at(const struct module *mod)
{
	unsigned long start = (unsigned long)mod->core_layout.base, size, offset;
	char name[KSYM_NAME_LEN + 1], *modname;

	for (unsigned long at = start; at < start + mod->core_layout.size; at += LOOK_STEP) {
		kallsyms_lookup(at, &size, &offset, &modname, name);
		search_exception_tables(at);
		find_bug(at);
	}
	kallsyms_lookup_name("no_module_has_this");
}

/**
 * modfuzz_run - try damaged copies of a file, one after another
 * @fuzz: which, and the result
 * @file: whole
 *
 * Context: thread, may sleep; one at a time. Return: 0; -ENOMEM; -EINTR after ^C.
 */
int modfuzz_run(struct modfuzz *fuzz, const struct ramdisk_file *file)
{
	unsigned char *copy = kmalloc(file->size, GFP_KERNEL);
	int loglevel = console_loglevel, ret = 0;
	struct rnd_state rnd;

	if (!copy)
		return -ENOMEM;
	console_loglevel = QUIET_LOGLEVEL;
	for (unsigned int i = 0; i < fuzz->count && !ret; i++) {
		prandom_seed_state(&rnd, fuzz->seed + i);
		memcpy(copy, file->data, file->size);
		if (try_module_image(copy, mutate_module(copy, file->size, &rnd), look_at))
			fuzz->refused++;
		else
			fuzz->loaded++;
		ret = shell_interrupted() ? -EINTR : 0;
	}
	console_loglevel = loglevel;
	kfree(copy);
	return ret;
}

static int fuzz_file(const char *name, const struct modfuzz *how)
{
	struct modfuzz fuzz = *how;
	struct mm_stat before, after;
	struct ramdisk_file file;
	int ret;

	ret = ramdisk_find(name, &file);
	if (ret) {
		cprintf("modfuzz: %s: no such file\n", name);
		return ret;
	}
	mm_stat(&before);
	ret = modfuzz_run(&fuzz, &file);
	mm_stat(&after);
	cprintf("modfuzz: %s seed=%llu: %u refused, %u loaded, %ld pages lost\n", name,
		fuzz.seed, fuzz.refused, fuzz.loaded, (long)(before.free - after.free));
	return ret ?: before.free == after.free ? 0 : -EFAULT;
}

static int modfuzz_command(int argc, char **argv)
{
	struct modfuzz fuzz = { .seed = 1, .count = 1000 };
	const struct kv options[] = {
		{ "n", KV_UINT, &fuzz.count }, { "seed", KV_U64, &fuzz.seed },
	};

	if (argc < 2) {
		cprintf("usage: modfuzz FILE [n=COUNT] [seed=SEED]\n");
		return -EINVAL;
	}
	return kv_parse("modfuzz", argc - 2, argv + 2, options, ARRAY_SIZE(options)) ?:
	       fuzz_file(argv[1], &fuzz);
}
SHELL_COMMAND(modfuzz, modfuzz_command, shell_complete_file, "FILE [n=COUNT] [seed=SEED]",
	      "try to load damaged copies of a module, without running them");
