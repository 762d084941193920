/* SPDX-License-Identifier: GPL-2.0 */
/* What ppc64 ELFv2 needs to remember about a loaded module. */
#ifndef _ASM_MODULE_H
#define _ASM_MODULE_H

#include <linux/types.h>

struct ppc64_ftrace_stub;
struct ppc64_stub;

struct mod_arch_specific {
	unsigned long toc;		/* r2 inside the module */
	struct ppc64_stub *stubs;	/* at the end of the module's text, one per target */
	struct ppc64_ftrace_stub *ftrace_stubs;	/* behind them, if there are sites */
	void *savres;			/* behind those, if info->savres */
	u64 *slots;			/* at the end of the TOC */
};

#endif
