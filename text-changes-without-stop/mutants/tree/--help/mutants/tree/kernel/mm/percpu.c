// SPDX-License-Identifier: GPL-2.0
/*
 * Handing out per-CPU memory: to modules for their DEFINE_PER_CPU() variables, and to whoever calls
 * alloc_percpu(). All CPUs have the same amount of it, at the same distance from their offset
 * (arch/powerpc/mm/percpu.c), so there is one map for all: an allocation takes the same place on
 * each.
 *
 * First fit, in units of 8 bytes: one bit says that a unit is taken, another that an allocation
 * begins there.
 */
#include <asm/page.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/fault-inject.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/hooks.h>

#define UNIT		8UL
#define NUM_UNITS	(PERCPU_DYNAMIC_SIZE / UNIT)

static DEFINE_SPINLOCK(percpu_lock);
static DECLARE_BITMAP(taken, NUM_UNITS);
static DECLARE_BITMAP(begins, NUM_UNITS);
static char *percpu_base;

void percpu_init(void *base)
{
	percpu_base = base;
}

size_t percpu_allocated(void)
{
	return bitmap_weight(taken, NUM_UNITS) * UNIT;
}

/* Return: the first unit taken, NUM_UNITS if there is no room. */
static unsigned int take_units(unsigned int num, size_t align)
{
	unsigned long flags, at;

	spin_lock_irqsave(&percpu_lock, flags);
	at = bitmap_find_next_zero_area(taken, NUM_UNITS, 0, num, max(align / UNIT, 1UL) - 1);
	if (at + num <= NUM_UNITS) {
		bitmap_set(taken, at, num);
		bitmap_set(begins, at, 1);
	} else {
		at = NUM_UNITS;
	}
	spin_unlock_irqrestore(&percpu_lock, flags);
	return at;
}

/* Return: how many units the allocation at @at had; 0 if none begins there. */
static unsigned int give_back_units(unsigned long at)
{
	unsigned long flags, end = 0;

	spin_lock_irqsave(&percpu_lock, flags);
	if (at < NUM_UNITS && find_next_bit(begins, NUM_UNITS, at) == at) {
		end = min(find_next_bit(begins, NUM_UNITS, at + 1),
			  find_next_zero_bit(taken, NUM_UNITS, at));
		bitmap_clear(begins, at, 1);
		bitmap_clear(taken, at, end - at);
	}
	spin_unlock_irqrestore(&percpu_lock, flags);
	return end ? end - at : 0;
}

/**
 * __alloc_percpu - allocate zeroed memory on every CPU
 * @size: bytes, of each copy
 * @align: of each copy, a power of two, at most a page
 *
 * Context: any but the system reset handler. Return: what per_cpu_ptr() and this_cpu_ptr() make the
 * address of a copy of; NULL if there is no room, or never can be.
 */
void __percpu *__alloc_percpu(size_t size, size_t align)
{
	unsigned int at, cpu;
	char *ptr;

	if (!size || size > PERCPU_DYNAMIC_SIZE || !is_power_of_2(align) || align > PAGE_SIZE)
		return NULL;
	if (should_fail_alloc())
		return NULL;
	at = take_units(DIV_ROUND_UP(size, UNIT), align);
	if (at == NUM_UNITS)
		return NULL;
	ptr = percpu_base + at * UNIT;
	for_each_possible_cpu(cpu) {
		hook_alloc(per_cpu_ptr(ptr, cpu), size);
		memset(per_cpu_ptr(ptr, cpu), 0, size);
	}
	return ptr;
}
EXPORT_SYMBOL_GPL(__alloc_percpu);

/**
 * free_percpu - free what __alloc_percpu() returned
 * @ptr: NULL is ignored; anything that was not allocated is reported and ignored
 *
 * Context: any but the system reset handler.
 */
void free_percpu(void __percpu *ptr)
{
	unsigned long offset = (char *)ptr - percpu_base;
	unsigned int num, cpu;

	if (!ptr)
		return;
	num = offset % UNIT ? 0 : give_back_units(offset / UNIT);
	if (WARN(!num, "free_percpu: nothing was allocated at %lx\n", (unsigned long)ptr))
		return;
	for_each_possible_cpu(cpu)
		hook_free(per_cpu_ptr(ptr, cpu), num * UNIT);
}
EXPORT_SYMBOL_GPL(free_percpu);
