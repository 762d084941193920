// SPDX-License-Identifier: GPL-2.0
/*
 * From symbols to addresses: where the module's own symbols came to lie, and who exports the
 * others.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "internal.h"

/* How long to wait for a module whose symbols we need to finish its init. */
#define EXPORTER_TIMEOUT	(30 * HZ)

/*
 * Find an export and hold its owner. Return: 0; -EBUSY if the owner is still starting; -ENOENT, or
 * what forbids the use.
 */
static int get_export(struct load_info *info, struct symbol_search *search)
{
	int ret = -ENOENT;

	search->gpl_ok = !module_is_proprietary(info->mod);
	mutex_lock(&module_mutex);
	if (find_exported_symbol(search))
		ret = admit_export(info, search) ?:
		      (search->owner ? ref_module(info->mod, search->owner) : 0);
	mutex_unlock(&module_mutex);
	return ret;
}

static int wait_for_export(struct load_info *info, struct symbol_search *search)
{
	int ret = get_export(info, search);

	if (ret != -EBUSY)
		return ret;
	if (!wait_event_timeout(module_wq, (ret = get_export(info, search)) != -EBUSY,
				EXPORTER_TIMEOUT))
		pr_warn("%s: gave up waiting for init of the module that exports %s\n", info->name,
			search->name);
	return ret;
}

/* Resolve an undefined symbol; an undefined weak one may stay 0. */
static int resolve_undefined(struct load_info *info, Elf64_Sym *sym)
{
	struct symbol_search search = { .name = info->strtab + sym->st_name };
	int ret;

	if (module_arch_symbol(info, search.name, (unsigned long *)&sym->st_value))
		return 0;
	ret = wait_for_export(info, &search);
	if (!ret) {
		sym->st_value = search.sym->value;
		return 0;
	}
	sym->st_value = 0;
	if (ret == -ENOENT && ELF64_ST_BIND(sym->st_info) == STB_WEAK)
		return 0;
	if (search.gpl_refused)
		pr_err("%s: GPL-incompatible module uses GPL-only symbol '%s'\n", info->name,
		       search.name);
	pr_err("%s: Unknown symbol %s (err %d)\n", info->name, search.name, ret);
	return ret;
}

/* What the values of the symbols in a section count from. */
static u64 section_base(const struct load_info *info, unsigned int section)
{
	return section == info->percpu ? (u64)info->mod->percpu : info->sechdrs[section].sh_addr;
}

/*
 * A module may be linked to addresses of this kernel at build time; they come as absolute symbols
 * under the kernel's names. One that is elsewhere in this kernel was made for another image.
 */
static int check_absolute(const struct load_info *info, const Elf64_Sym *sym)
{
	const char *name = info->strtab + sym->st_name;
	unsigned long here = kallsyms_lookup_name(name), size, offset;
	char buf[KSYM_NAME_LEN + 1], *modname;
	const char *there;

	if (!here || here == sym->st_value)
		return 0;
	/* Several functions may share the name; then the address decides. */
	there = kallsyms_lookup(sym->st_value, &size, &offset, &modname, buf);
	if (there && !offset && !modname && !strcmp(there, name))
		return 0;
	pr_err("%s: linked against another kernel: %s is not at %px\n", info->name, name,
	       (void *)sym->st_value);
	return -ENOEXEC;
}

/**
 * resolve_symbols - turn the value of every symbol into an address
 * @info: sections laid out, taints known
 *
 * Context: may sleep; may wait for the init of a module it needs.
 * Return: 0; -ENOENT unknown symbol; -EINVAL its namespace is not imported; -EBUSY its owner is not
 * ready; -ENOEXEC linked against another kernel. A message was printed.
 */
int resolve_symbols(struct load_info *info)
{
	int ret = 0;

	for (unsigned int i = 1; !ret && i < info->num_syms; i++) {
		Elf64_Sym *sym = &info->syms[i];

		if (sym->st_shndx == SHN_UNDEF)
			ret = resolve_undefined(info, sym);
		else if (sym->st_shndx == SHN_ABS)
			ret = check_absolute(info, sym);
		else if (sym->st_shndx == SHN_LIVEPATCH)
			ret = klp_resolve_symbol(info, sym);
		else
			sym->st_value += section_base(info, sym->st_shndx);
	}
	return ret;
}
