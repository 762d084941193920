// SPDX-License-Identifier: GPL-2.0
/*
 * A checksum of every page in use. Left out is what may change between two runs: what lasts (see
 * tools/Makefile.explore), what the explorer has from vmalloc(), and of stacks what is below the
 * stack pointer; the rest of each stack has a checksum of its own.
 */
#include <asm/lcpu.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/vmap.h>

#include "shared.h"
#include "state.h"

#define MAX_STACKS	64
#define START		0xcbf29ce484222325ull

/* Memory that is nobody's business. */
struct gap {
	unsigned long from, to;
};

extern char __start_data_lasting[], __stop_data_lasting[];
extern char __start_bss_lasting[], __stop_bss_lasting[];

static struct gap gaps[2 + 3 * NR_CPUS];
static unsigned int nr_gaps;
static u64 *sums;		/* by page frame number */
static bool *left_out;
static u64 stack_sums[MAX_STACKS];

int state_begin(void)
{
	sums = vmalloc(max_pfn * sizeof(*sums));
	left_out = vmalloc(max_pfn * sizeof(*left_out));
	if (sums && left_out)
		return 0;
	state_end();
	return -ENOMEM;
}

void state_end(void)
{
	vfree(sums);
	vfree(left_out);
}

static u64 mix(u64 sum, u64 word)
{
	return (sum ^ word) * 0x100000001b3ull;
}

static bool in_gap(unsigned long addr)
{
	unsigned int i;

	for (i = 0; i < nr_gaps; i++)
		if (addr >= gaps[i].from && addr < gaps[i].to)
			return true;
	return false;
}

static bool meets_gap(unsigned long page)
{
	unsigned int i;

	for (i = 0; i < nr_gaps; i++)
		if (page + PAGE_SIZE > gaps[i].from && page < gaps[i].to)
			return true;
	return false;
}

static u64 sum_page(unsigned long page)
{
	bool gap = meets_gap(page);
	unsigned long addr;
	u64 sum = START;

	for (addr = page; addr < page + PAGE_SIZE; addr += sizeof(u64))
		if (!gap || !in_gap(addr))
			sum = mix(sum, *(u64 *)addr);
	return sum;
}

static u64 sum_stack(const struct task_struct *p, unsigned long sp)
{
	u64 sum = mix(START, sp);

	for (; sp < p->stack_hi; sp += sizeof(u64))
		sum = mix(sum, *(u64 *)sp);
	return sum;
}

/* Where @p's stack is in use from. */
static unsigned long live_from(const struct task_struct *p)
{
	unsigned int cpu;

	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		if (paca[cpu].current_task == p)
			return lcpus[cpu].sp;
	return p->ksp;
}

static void add_gap(unsigned long from, unsigned long to)
{
	gaps[nr_gaps++] = (struct gap){ from, to };
}

static void find_gaps(void)
{
	unsigned int cpu;

	nr_gaps = 0;
	add_gap((unsigned long)__start_data_lasting, (unsigned long)__stop_data_lasting);
	add_gap((unsigned long)__start_bss_lasting, (unsigned long)__stop_bss_lasting);
	add_gap(init_task.stack_lo, live_from(&init_task));
	for (cpu = 0; cpu < nr_cpu_ids; cpu++) {
		add_gap(paca[cpu].emergency_lo, paca[cpu].emergency_hi);
		add_gap(paca[cpu].nmi_sp - THREAD_SIZE, paca[cpu].nmi_sp);
	}
}

/* Pages behind stacks, and what the explorer has allocated. */
static void find_left_out(void)
{
	unsigned long addr;

	memset(left_out, 0, max_pfn * sizeof(*left_out));
	for (addr = VMAP_START; addr < VMAP_END; addr += PAGE_SIZE) {
		void *page = vcpu_linear(addr);
		const char *what = page ? vmap_describe(addr) : NULL;

		if (what && (!strncmp(what, "stack", 5) || !strcmp(what, "vmalloc")))
			left_out[__pa(page) >> PAGE_SHIFT] = true;
	}
}

typedef bool (*page_fn)(unsigned long pfn, u64 sum);

/* Return: the first page in use for which @fn says false; max_pfn if there is none. */
static unsigned long for_each_page(page_fn fn)
{
	unsigned long pfn;

	for (pfn = 0; pfn < max_pfn; pfn++) {
		const struct page *page = pfn_to_page(pfn);

		if (page->state == PAGE_FREE)
			pfn += (1UL << page->order) - 1;
		else if (!left_out[pfn] && !fn(pfn, sum_page((unsigned long)page_address(page))))
			break;
	}
	return pfn;
}

static bool keep(unsigned long pfn, u64 sum)
{
	sums[pfn] = sum;
	return true;
}

static bool is_as_kept(unsigned long pfn, u64 sum)
{
	return sums[pfn] == sum;
}

void state_keep(void)
{
	const struct task_struct *p;
	unsigned int i = 0;

	find_gaps();
	find_left_out();
	for_each_page(keep);
	for_each_process(p)
		if (i < MAX_STACKS)
			stack_sums[i++] = sum_stack(p, live_from(p));
}

unsigned long state_differs(void)
{
	unsigned long pfn = for_each_page(is_as_kept);
	const struct task_struct *p;
	unsigned int i = 0;

	if (pfn < max_pfn)
		return (unsigned long)page_address(pfn_to_page(pfn));
	for_each_process(p)
		if (i < MAX_STACKS && stack_sums[i++] != sum_stack(p, live_from(p)))
			return live_from(p);
	return 0;
}
