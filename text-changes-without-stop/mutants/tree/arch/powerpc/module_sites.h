/* SPDX-License-Identifier: GPL-2.0 */
/* A module's function entry sites (linux/ftrace.h), found by the relocations of its calls to _mcount. */
#ifndef _POWERPC_MODULE_SITES_H
#define _POWERPC_MODULE_SITES_H

#include <linux/moduleloader.h>

/* Seven instructions from a module's site to ftrace_entry.S. They leave r0 and r2 alone, and 24(r1), the caller's. */
#define PPC64_FTRACE_STUB_INSNS	7
struct ppc64_ftrace_stub {
	u32 insn[PPC64_FTRACE_STUB_INSNS];
};

/* A module with sites has these, to ftrace_caller and to ftrace_regs_caller. */
#define PPC64_FTRACE_STUBS	2

/* Note which symbols are _mcount. */
void ppc64_sites_mark(struct load_info *info);
/* Bytes for the list of sites, once info->num_sites counts the calls. */
size_t ppc64_sites_size(const struct load_info *info);
/* Put the empty list there. */
void ppc64_sites_layout(struct load_info *info, void *where);
/* The call at @where, in a section that begins at @start, becomes a nop on the list. Return: 0 or -EINVAL. */
int ppc64_site_add(struct load_info *info, u32 *where, const u32 *start);
void ppc64_ftrace_stubs_write(struct ppc64_ftrace_stub *stubs);
/* All are there: bring them into order. */
void ppc64_sites_finish(const struct load_info *info);

#endif
