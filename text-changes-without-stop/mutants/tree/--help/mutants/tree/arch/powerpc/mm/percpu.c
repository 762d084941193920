// SPDX-License-Identifier: GPL-2.0
/*
 * Where the copies of per-CPU variables lie.
 *
 * Each CPU has an area: first a copy of the kernel's own variables as linked, then PERCPU_DYNAMIC_SIZE
 * bytes for those of modules. A copy is at the variable's address plus the CPU's offset, which is how
 * far the area is from the linked variables; one offset serves both kinds.
 *
 * Code in the medium model reaches its variables by 32 bits relative to its TOC, a module's as well as
 * the kernel's, and these are 2^51 bytes apart. So the second parts of the areas are mapped once more,
 * ALIAS_DISTANCE above the linear map and so right behind the vmap window, where modules are; the
 * addresses that modules' variables have lie as far from the linked ones. (Linux compiles modules in
 * the large model instead.)
 */
#include <asm/paca.h>
#include <asm/page.h>
#include <asm/setup.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/string.h>
#include <stopgap/vmap.h>

#include "radix.h"

#define ALIAS_DISTANCE	(VMAP_END - PAGE_OFFSET)

extern char __per_cpu_start[], __per_cpu_end[];

/* Whole pages from the one that the linked variables begin in: offsets are whole pages too. */
static unsigned long __init linked_base(void)
{
	return (unsigned long)__per_cpu_start & PAGE_MASK;
}

static size_t __init linked_size(void)
{
	return PAGE_ALIGN((unsigned long)__per_cpu_end - linked_base());
}

static void *__init alloc_zeroed(size_t size)
{
	void *p = (void *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, get_order(size));

	if (!p)
		panic("percpu: no memory for %zu bytes", size);
	return p;
}

static void __init map_alias(unsigned long start, size_t size)
{
	for (unsigned long addr = start; addr < start + size; addr += PAGE_SIZE) {
		u64 *pte = radix_entry(addr + ALIAS_DISTANCE, PAGE_SHIFT, alloc_zeroed);

		*pte = RADIX_KERNEL_LEAF | RADIX_READ | RADIX_WRITE | __pa(addr);
	}
	__asm__ __volatile__("ptesync" : : : "memory");
}

/**
 * percpu_init_cpu() - give a CPU its copies of all per-CPU variables
 * @cpu: the CPU
 *
 * The boot CPU, whose copy were the linked ones so far, moves to new ones.
 * Context: boot CPU, after mm_init(), before anything changes a per-CPU variable.
 */
void __init percpu_init_cpu(unsigned int cpu)
{
	unsigned long area = (unsigned long)alloc_zeroed(linked_size() + PERCPU_DYNAMIC_SIZE);

	memcpy((void *)area, (void *)linked_base(), linked_size());
	map_alias(area + linked_size(), PERCPU_DYNAMIC_SIZE);
	paca[cpu].percpu_offset = area - linked_base();
	percpu_init((void *)(linked_base() + linked_size() + ALIAS_DISTANCE));
}
