// SPDX-License-Identifier: GPL-2.0
/*
 * Building the kernel's page tables.
 *
 * There is one tree for all CPUs, reached through process table entry 0, which quadrant 3 (0xc...)
 * uses. Every CPU's PIDR is 1, and entry 1 is an empty tree: quadrant 0, where NULL pointers and
 * small integers point, always faults.
 *
 * Everything here runs on the boot CPU in real mode, where the top of an address is ignored, so
 * that linked addresses and __va() work before the tree that makes them true exists. After boot
 * no table is allocated: the vmap window's are all here from the start, so that mapping and
 * unmapping needs no memory.
 */
#include <asm/hvcall.h>
#include <asm/pgtable.h>
#include <asm/reg.h>
#include <linux/init.h>
#include <linux/memblock.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/mm.h>

#include "radix.h"

#define LOW_RESERVED	0x10000		/* trap vectors, and what firmware keeps low */
#define KERNEL_PID	1		/* in PIDR; not the kernel's tree, see above */
#define PROC_TBL_SIZE	PAGE_SIZE

/* H_REGISTER_PROC_TBL's flags (PAPR): a new radix table, and the guest issues tlbie itself. */
#define PROC_TBL_NEW	0x18
#define PROC_TBL_RADIX	0x04
#define PROC_TBL_GTSE	0x01

u64 *radix_root __ro_after_init;
u64 *radix_vmap_ptes __ro_after_init;

extern char _stext[], _etext[], __start_rodata[], __end_rodata[], _end[];

static void *__init alloc_table(size_t size)
{
	phys_addr_t pa = memblock_phys_alloc(size, size);

	if (!pa)
		panic("mmu: no memory for a page table of %zu bytes", size);
	return memset(__va(pa), 0, size);
}

/**
 * radix_entry() - the entry that maps an address, for the boot to fill in
 * @ea: any address of quadrant 3
 * @shift: log2 of what the entry maps
 * @alloc: gets zeroed memory for a directory above it; does not fail
 *
 * Context: boot CPU, alone.
 */
u64 *__init radix_entry(unsigned long ea, unsigned int shift, void *(*alloc)(size_t size))
{
	u64 *table = radix_root;

	for (unsigned int s = RADIX_ROOT_SHIFT; s > shift; s -= RADIX_DIR_BITS) {
		u64 *entry = &table[radix_index(ea, s)];

		if (!*entry)
			*entry = RADIX_VALID | __pa(alloc(PAGE_SIZE)) | RADIX_DIR_BITS;
		table = radix_next_table(*entry);
	}
	return &table[radix_index(ea, shift)];
}

static bool __init within(phys_addr_t pa, const char *start, const char *end)
{
	return pa >= __pa(start) && pa < __pa(end);
}

static u64 __init linear_prot(phys_addr_t pa)
{
	if (within(pa, _stext, _etext))
		return RADIX_READ | RADIX_EXEC;
	if (within(pa, __start_rodata, __end_rodata))
		return RADIX_READ;
	return RADIX_READ | RADIX_WRITE;
}

static void __init map_linear(phys_addr_t pa, unsigned int shift)
{
	u64 *entry = radix_entry((unsigned long)__va(pa), shift, alloc_table);

	*entry = RADIX_KERNEL_LEAF | pa | linear_prot(pa);
}

/* All RAM, in 2 MiB leaves; in pages where the image lies, so that its parts can differ. */
static void __init map_ram(void)
{
	phys_addr_t image_start = __pa(_stext) & ~(PMD_SIZE - 1), image_end = __pa(_end);

	for (phys_addr_t pa = 0; pa < boot_info.mem_size; pa += PMD_SIZE) {
		if (pa < image_start || pa >= image_end) {
			map_linear(pa, RADIX_PMD_SHIFT);
			continue;
		}
		for (phys_addr_t page = pa; page < pa + PMD_SIZE; page += PAGE_SIZE)
			map_linear(page, PAGE_SHIFT);
	}
}

static void __init prepare_vmap_window(void)
{
	phys_addr_t size = (VMAP_SIZE >> PAGE_SHIFT) * sizeof(u64);
	phys_addr_t pa = memblock_phys_alloc(size, PAGE_SIZE);

	if (!pa)
		panic("mmu: no memory for the vmap window's tables");
	radix_vmap_ptes = memset(__va(pa), 0, size);
	for (unsigned long ea = VMAP_START; ea < VMAP_END; ea += PMD_SIZE, pa += PAGE_SIZE)
		*radix_entry(ea, RADIX_PMD_SHIFT, alloc_table) =
			RADIX_VALID | pa | RADIX_DIR_BITS;
}

static u64 __init process_entry(u64 *root)
{
	return PRTB_RTS_52BIT | __pa(root) | RADIX_ROOT_BITS;
}

static void __init register_process_table(void)
{
	size_t root_size = sizeof(u64) << RADIX_ROOT_BITS;
	u64 *table = alloc_table(PROC_TBL_SIZE);	/* of two doublewords an entry */
	long rc;

	table[0] = process_entry(radix_root);
	table[2 * KERNEL_PID] = process_entry(alloc_table(root_size));
	rc = plpar_hcall_norets(H_REGISTER_PROC_TBL, PROC_TBL_NEW | PROC_TBL_RADIX | PROC_TBL_GTSE,
				__pa(table), 0UL, 0UL);
	if (rc != H_SUCCESS)
		panic("mmu: H_REGISTER_PROC_TBL: %ld", rc);
}

/**
 * mmu_init() - build the page tables and tell the hypervisor
 *
 * The caller turns translation on. From here to mm_init(), memblock knows what is free.
 * Context: boot CPU, real mode, BSS clear, boot_info filled, Open Firmware no longer needed.
 */
void __init mmu_init(void)
{
	memblock_add(0, boot_info.mem_size);
	memblock_reserve(0, LOW_RESERVED);
	memblock_reserve(__pa(_stext), _end - _stext);
	memblock_reserve(boot_info.initrd_start, boot_info.initrd_end - boot_info.initrd_start);

	radix_root = alloc_table(sizeof(u64) << RADIX_ROOT_BITS);
	map_ram();
	prepare_vmap_window();
	register_process_table();
	mmu_init_secondary();
}

/**
 * mmu_init_secondary() - point this CPU at the page tables
 *
 * Hypervisor state (radix on, the process table) is the same for all CPUs already.
 * Context: real mode, before translation is turned on.
 */
void mmu_init_secondary(void)
{
	mtspr(SPRN_PIDR, KERNEL_PID);
	__asm__ __volatile__("isync" : : : "memory");
}
