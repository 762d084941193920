// SPDX-License-Identifier: GPL-2.0
/* RAM and page tables for the tests of kernel/mm: an array each. */
#include <linux/bug.h>
#include <linux/memblock.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/reclaim.h>
#include <stopgap/usecount.h>

#include "mm_fakes.h"
#include "unit.h"

#define WINDOW_PAGES	(VMAP_SIZE >> PAGE_SHIFT)

static char ram[RAM_SIZE] __aligned(4UL << 20);
char *unit_ram = ram;

static struct task_struct thread;
struct task_struct *unit_current = &thread;

/* Memory is never short. */
struct reclaim_config reclaim_config;

void __reclaim_wait(void)
{
}

void __usecount_may_sleep(unsigned long pc)
{
}

static struct fake_pte ptes[WINDOW_PAGES];
static unsigned int warnings;

void mm_boot(void)
{
	memset(ptes, 0, sizeof(ptes));
	warnings = 0;
	memblock_add(0, RAM_SIZE);
	memblock_reserve(0, LOW_RESERVED);
	memblock_reserve(IMAGE_START, IMAGE_END - IMAGE_START);
	mm_init();
}

struct fake_pte *fake_pte(unsigned long addr)
{
	CHECK(addr >= VMAP_START && addr < VMAP_END);
	return &ptes[(addr - VMAP_START) >> PAGE_SHIFT];
}

unsigned long fake_mapped(void)
{
	unsigned long n = 0;

	for (unsigned long i = 0; i < WINDOW_PAGES; i++)
		n += ptes[i].pa != 0;
	return n;
}

void vmap_map_page(unsigned long addr, phys_addr_t pa, enum vmap_prot prot)
{
	struct fake_pte *pte = fake_pte(addr);

	CHECK(!pte->pa && !pte->stale && !(addr & ~PAGE_MASK));
	pte->pa = pa;
	pte->prot = prot;
}

phys_addr_t vmap_unmap_page(unsigned long addr)
{
	struct fake_pte *pte = fake_pte(addr);
	phys_addr_t pa = pte->pa;

	CHECK(pa);
	/* Until the shootdown it must stay allocated. */
	CHECK_EQ(phys_to_page(pa)->state, PAGE_ALLOCATED);
	pte->pa = 0;
	pte->stale = true;
	return pa;
}

void vmap_set_page_prot(unsigned long addr, enum vmap_prot prot)
{
	struct fake_pte *pte = fake_pte(addr);

	CHECK(pte->pa);
	pte->prot = prot;
	pte->stale = true;
}

void tlb_shootdown(unsigned long start, unsigned long end)
{
	for (unsigned long addr = start; addr < end; addr += PAGE_SIZE) {
		CHECK(fake_pte(addr)->stale);
		fake_pte(addr)->stale = false;
	}
}

void preempt_schedule(void)
{
}

/* A WARN is counted and goes on; a BUG ends the program. */
void unit_bug_trap(unsigned int flags)
{
	if (!(flags & BUGFLAG_WARNING))
		__builtin_trap();
	warnings++;
}

unsigned int take_warnings(void)
{
	unsigned int n = warnings;

	warnings = 0;
	return n;
}

unsigned int below(unsigned int n)
{
	static u64 state = 1;

	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (state >> 33) % n;
}
