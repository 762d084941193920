// SPDX-License-Identifier: GPL-2.0
/*
 * Symbols of live patches: ".klp.sym.OBJECT.NAME,POS" with the section SHN_LIVEPATCH, and the relocations to them in
 * sections ".klp.rela.OBJECT.SECTION" with the flag SHF_RELA_LIVEPATCH. tools/klp-convert.c makes both. Names are
 * looked up in kallsyms, exported or not.
 *
 * What is the kernel's own is resolved while the module is loaded. What is another module's is relocated as if it were
 * at 0, and noted in struct module; klp_apply_relocs() puts the value there when that module has come.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/livepatch.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internal.h"

#define SYMBOL_PREFIX	".klp.sym."
#define SECTION_PREFIX	".klp.rela."

/**
 * struct klp_symbol - one, taken apart
 * @object: "vmlinux" or a module
 * @name: in it
 * @pos: which of several of that name, 0 = the only one
 */
struct klp_symbol {
	char object[MODULE_NAME_LEN];
	char name[KSYM_NAME_LEN + 1];
	unsigned long pos;
};

struct klp_reloc {
	struct late_reloc late;
	struct klp_symbol symbol;
};

/* All of a module. */
struct klp_relocs {
	unsigned int n;
	struct klp_reloc reloc[];
};

static bool copy_part(char *to, size_t size, const char *from, const char *end)
{
	if (!end || end == from || end - from >= (long)size)
		return false;
	memcpy(to, from, end - from);
	to[end - from] = '\0';
	return true;
}

/* A module's name has no dot in it; a symbol's may. */
static int parse_symbol(const struct load_info *info, const char *text, struct klp_symbol *symbol)
{
	const char *object = text + strlen(SYMBOL_PREFIX), *dot, *comma;

	if (strstarts(text, SYMBOL_PREFIX)) {
		dot = strchr(object, '.');
		comma = strrchr(object, ',');
		if (copy_part(symbol->object, sizeof(symbol->object), object, dot) &&
		    copy_part(symbol->name, sizeof(symbol->name), dot + 1, comma) &&
		    !kstrtoul(comma + 1, 10, &symbol->pos))
			return 0;
	}
	pr_err("%s: malformed livepatch symbol '%.80s'\n", info->name, text);
	return -ENOEXEC;
}

static bool is_kernel(const struct klp_symbol *symbol)
{
	return !strcmp(symbol->object, "vmlinux");
}

/* Give @sym, a livepatch symbol, its value, or 0 for now. Return: 0, or an errno after a message. */
int klp_resolve_symbol(const struct load_info *info, Elf64_Sym *sym)
{
	struct klp_symbol symbol;
	unsigned long addr = 0;
	int ret = parse_symbol(info, info->strtab + sym->st_name, &symbol);

	if (!ret && is_kernel(&symbol))
		ret = klp_find_symbol(NULL, symbol.name, symbol.pos, KLP_ANY, &addr);
	sym->st_value = addr;
	return ret;
}

/* ---- relocations ---- */

static bool is_klp_section(const struct load_info *info, unsigned int i)
{
	const Elf64_Shdr *s = &info->sechdrs[i];

	return s->sh_type == SHT_RELA && s->sh_flags & SHF_RELA_LIVEPATCH &&
	       strstarts(info->secstrings + s->sh_name, SECTION_PREFIX) &&
	       info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC;
}

static unsigned int count_relocs(const struct load_info *info)
{
	unsigned int n = 0;

	for (unsigned int i = 1; i < info->shnum; i++)
		if (is_klp_section(info, i))
			n += info->sechdrs[i].sh_size / sizeof(Elf64_Rela);
	return n;
}

static int collect_one(const struct load_info *info, unsigned int section, unsigned int i, struct klp_relocs *relocs)
{
	struct klp_reloc *r = &relocs->reloc[relocs->n];
	const char *name;
	int ret = module_arch_late_reloc(info, section, i, &r->late);

	if (ret)
		return ret;
	name = info->strtab + info->syms[r->late.symbol].st_name;
	ret = parse_symbol(info, name, &r->symbol);
	if (!ret && !is_kernel(&r->symbol))
		relocs->n++;
	return ret;
}

/**
 * klp_collect_relocs - note what has to be relocated when other modules come
 * @info: of a module that has been relocated
 *
 * Context: may sleep. Return: 0; -ENOMEM; -ENOEXEC after a message.
 */
int klp_collect_relocs(struct load_info *info)
{
	unsigned int n = count_relocs(info);
	struct klp_relocs *relocs;
	int ret = 0;

	if (!n)
		return 0;
	relocs = kzalloc(sizeof(*relocs) + n * sizeof(relocs->reloc[0]), GFP_KERNEL);
	if (!relocs)
		return -ENOMEM;
	info->mod->klp_relocs = relocs;
	for (unsigned int s = 1; s < info->shnum; s++)
		for (unsigned int i = 0; is_klp_section(info, s) && !ret &&
		     i < info->sechdrs[s].sh_size / sizeof(Elf64_Rela); i++)
			ret = collect_one(info, s, i, relocs);
	return ret;
}

/**
 * klp_apply_relocs - let a patch refer to a module that has come
 * @mod: the patch's module
 * @object: the one that has come, and cannot go meanwhile
 *
 * Context: may sleep. Return: 0; -ENOENT, -EINVAL if a symbol is not there, after a message; -ENOMEM.
 */
int klp_apply_relocs(struct module *mod, struct module *object)
{
	const struct klp_relocs *relocs = mod->klp_relocs;
	unsigned long addr;
	int ret = 0;

	for (unsigned int i = 0; relocs && !ret && i < relocs->n; i++) {
		const struct klp_reloc *r = &relocs->reloc[i];

		if (strcmp(r->symbol.object, object->name))
			continue;
		ret = klp_find_symbol(object, r->symbol.name, r->symbol.pos, KLP_ANY, &addr) ?:
		      module_arch_apply_late(&r->late, addr);
	}
	return ret;
}
