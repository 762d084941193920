// SPDX-License-Identifier: GPL-2.0
/* Shootdowns that are put off: see stale.h. */
#include <asm/lcpu.h>
#include <asm/page.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "../oracle/model.h"
#include "shared.h"
#include "stale.h"

struct stale stale;

void __stale_forget(void)
{
	stale = (struct stale){ .mapped = stale.mapped };
	vcpu_forget_translations();
}

static bool is_code(u64 value)
{
	return value - stale.code_start < stale.code_end - stale.code_start;
}

void __stale_look(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + size;
	const u64 *p = NULL;

	for (addr &= ~7UL; addr < end; addr += sizeof(u64)) {
		p = p && offset_in_page(addr) ? p + 1 : vcpu_linear(addr);
		if (p && is_code(*p)) {
			__stale_forget();
			return;
		}
	}
}

void hv_unmap(unsigned long addr, bool code)
{
	if (!code)
		return;
	stale.code_start = stale.code_start ? min(stale.code_start, addr) : addr;
	stale.code_end = max(stale.code_end, addr + PAGE_SIZE);
}

bool hv_shootdown(unsigned long start, unsigned long end)
{
	if (!(hv_exploring & HV_POINTS) || !shadow_is_freed(start, end - start))
		return false;
	stale.start = stale.start ? min(stale.start, start) : start;
	stale.end = max(stale.end, end);
	stale.by = current;
	return true;
}

void hv_map(unsigned long addr)
{
	stale_touch(addr);
	stale.mapped = true;
}

void hv_touch(unsigned long addr)
{
	stale_touch(addr);
}

void hv_text(void)
{
	stale_forget();
}

bool stale_undone(void)
{
	bool others = stale.start && stale.mapped;

	stale = (struct stale){ 0 };
	return others;
}
