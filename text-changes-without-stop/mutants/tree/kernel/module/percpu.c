// SPDX-License-Identifier: GPL-2.0
/*
 * Per-CPU variables of modules. Their section is not memory of the module: its bytes, put together
 * and relocated in the part that goes after init, are what each CPU's copy starts as, and the symbols
 * in it stand for per-CPU memory.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include "internal.h"

/**
 * percpu_modalloc - allocate what the module's per-CPU variables need
 * @info: laid out
 *
 * Context: any. Return: 0; -ENOMEM, after a message.
 */
int percpu_modalloc(struct load_info *info)
{
	const Elf64_Shdr *s = &info->sechdrs[info->percpu];
	size_t align = max(s->sh_addralign, (u64)1);
	struct module *mod = info->mod;

	if (!info->percpu || !s->sh_size)
		return 0;
	if (align > PAGE_SIZE) {
		pr_warn("%s: per-cpu alignment %zu > %lu\n", mod->name, align, PAGE_SIZE);
		align = PAGE_SIZE;
	}
	mod->percpu = __alloc_percpu(s->sh_size, align);
	if (!mod->percpu) {
		pr_warn("%s: Could not allocate %llu bytes percpu data\n", mod->name,
			(unsigned long long)s->sh_size);
		return -ENOMEM;
	}
	mod->percpu_size = s->sh_size;
	return 0;
}

/* Give each CPU its copy, relocated. Context: any; nobody uses them yet. */
void percpu_modcopy(const struct load_info *info)
{
	const struct module *mod = info->mod;
	unsigned int cpu;

	if (!mod->percpu_size)
		return;
	for_each_possible_cpu(cpu)
		memcpy(per_cpu_ptr(mod->percpu, cpu),
		       (void *)info->sechdrs[info->percpu].sh_addr, mod->percpu_size);
}

/* Context: any. */
void percpu_modfree(struct module *mod)
{
	free_percpu(mod->percpu);
}
