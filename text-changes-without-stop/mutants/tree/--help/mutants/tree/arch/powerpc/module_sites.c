// SPDX-License-Identifier: GPL-2.0
/*
 * The function entry sites of a module: its relocations say where it calls _mcount. Such a call is not relocated but
 * replaced by a nop, and its place noted, so that no tool has to go over the object files and the file needs no table
 * of its own.
 */
#include <asm/patch.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "module_reloc.h"
#include "module_sites.h"

#define PPC_INSN_MFLR_R0	0x7c0802a6

void ppc64_sites_mark(struct load_info *info)
{
	for (unsigned int i = 1; i < info->num_syms; i++)
		if ((info->syms[i].st_shndx == SHN_UNDEF || info->syms[i].st_shndx == SHN_ABS) &&
		    !strcmp(info->strtab + info->syms[i].st_name, "_mcount"))
			info->sym_note[i].mcount = true;
}

size_t ppc64_sites_size(const struct load_info *info)
{
	return info->num_sites * sizeof(u32);
}

void ppc64_sites_layout(struct load_info *info, void *where)
{
	info->mod->ftrace_sites = where;
}

int ppc64_site_add(struct load_info *info, u32 *where, const u32 *start)
{
	const struct module *mod = info->mod;

	if (where < start + 1 || (unsigned long)where & 3 || ppc64_read_insn(where - 1) != PPC_INSN_MFLR_R0)
		return -EINVAL;
	ppc64_write_insn(where, PPC_INST_NOP);
	mod->ftrace_sites[info->sites_found++] = (u32)((unsigned long)where -
							   (unsigned long)mod->core_layout.base);
	return 0;
}

static int by_offset(const void *a, const void *b)
{
	u32 x = *(const u32 *)a, y = *(const u32 *)b;

	return x < y ? -1 : x > y;
}

void ppc64_sites_finish(const struct load_info *info)
{
	struct module *mod = info->mod;
	unsigned int core = 0;

	mod->num_ftrace_sites = info->sites_found;
	sort(mod->ftrace_sites, mod->num_ftrace_sites, sizeof(u32), by_offset, NULL);
	while (core < mod->num_ftrace_sites && mod->ftrace_sites[core] < mod->core_layout.size)
		core++;
	mod->num_core_ftrace_sites = core;
}
