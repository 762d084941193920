// SPDX-License-Identifier: GPL-2.0
/* Shootdowns that are put off: see stale.h. */
#include <asm/lcpu.h>
#include <asm/page.h>
#include <linux/kernel.h>

#include "model.h"
#include "shared.h"
#include "stale.h"

struct stale stale;

void __stale_forget(void)
{
	stale = (struct stale){ .mapped = stale.mapped };
	vcpu_forget_translations();
}

/* Is there an address of code in what [@addr, @addr + @size) holds? */
static bool leads_to_code(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + size;

	for (addr &= ~7UL; addr < end; addr += sizeof(u64)) {
		const u64 *p = vcpu_linear(addr);

		if (p && *p - stale.code_start < stale.code_end - stale.code_start)
			return true;
	}
	return false;
}

void __stale_look(const struct task_struct *who, unsigned long addr, unsigned long size)
{
	if (who != stale.by && leads_to_code(addr, size))
		__stale_forget();
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
