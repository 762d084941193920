// SPDX-License-Identifier: GPL-2.0
/* The page protections, each tried by doing what it forbids: trap, address, cause must be right. */
#include <asm/reg.h>
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/vmalloc.h>
#include <stopgap/boot_info.h>
#include <stopgap/catch.h>
#include <stopgap/vmap.h>

#define TRAP_DSI	0x300	/* data storage */
#define TRAP_DSEG	0x380	/* data segment: no such quadrant */
#define TRAP_ISI	0x400	/* instruction storage */
#define BLR		0x4e800020

/* A function, wherever it may be executed. */
static const u32 return_in_rodata[] = { BLR };
static u32 return_in_data[] = { BLR };

static void load(unsigned long addr)
{
	(void)*(volatile char *)addr;
}

static void store(unsigned long addr)
{
	*(volatile char *)addr = 0x4e;	/* what is there already, in case it works */
}

static void call(unsigned long addr)
{
	((void (*)(void))addr)();
}

/* Do @what at @addr. Return: the trap it took, 0 if none, with *regs as they were. */
static unsigned long trap_of(void (*what)(unsigned long), unsigned long addr, struct pt_regs *regs)
{
	struct fault_catch c;

	memset(regs, 0, sizeof(*regs));
	if (!catch_fault(&c))
		what(addr);
	else
		*regs = c.regs;
	catch_end(&c);
	return regs->trap;
}

static void expect_no_fault(struct kunit *test, void (*what)(unsigned long), unsigned long addr)
{
	struct pt_regs regs;

	KUNIT_EXPECT_EQ_MSG(test, trap_of(what, addr, &regs), 0UL, "address %lx", addr);
}

static void expect_dsi(struct kunit *test, void (*what)(unsigned long), unsigned long addr,
		       unsigned long cause)
{
	struct pt_regs regs;

	KUNIT_EXPECT_EQ(test, trap_of(what, addr, &regs), TRAP_DSI);
	KUNIT_EXPECT_EQ(test, regs.dar, addr);
	KUNIT_EXPECT_EQ(test, regs.dsisr & (DSISR_NOHPTE | DSISR_PROTFAULT | DSISR_ISSTORE), cause);
}

static void expect_isi(struct kunit *test, unsigned long addr)
{
	struct pt_regs regs;

	KUNIT_EXPECT_EQ(test, trap_of(call, addr, &regs), TRAP_ISI);
	KUNIT_EXPECT_EQ(test, regs.nip, addr);
}

static void null_faults(struct kunit *test)
{
	expect_dsi(test, load, 0, DSISR_NOHPTE);
	expect_dsi(test, store, 0, DSISR_NOHPTE | DSISR_ISSTORE);
}

static void member_of_null_faults(struct kunit *test)
{
	expect_dsi(test, load, 8, DSISR_NOHPTE);
	expect_dsi(test, store, 0xfff, DSISR_NOHPTE | DSISR_ISSTORE);
}

static void small_integers_fault(struct kunit *test)
{
	expect_dsi(test, load, 0x400000, DSISR_NOHPTE);
	expect_dsi(test, load, 0x123456789abc, DSISR_NOHPTE);
	expect_dsi(test, load, (unsigned long)ZERO_SIZE_PTR, DSISR_NOHPTE);
}

static void calling_null_faults(struct kunit *test)
{
	expect_isi(test, 0);
}

static void addresses_of_no_quadrant_fault(struct kunit *test)
{
	struct pt_regs regs;

	KUNIT_EXPECT_EQ(test, trap_of(load, 0x4000000000000000, &regs), TRAP_DSEG);
	KUNIT_EXPECT_EQ(test, regs.dar, 0x4000000000000000);
	KUNIT_EXPECT_EQ(test, trap_of(load, 0x6b6b6b6b6b6b6b6b, &regs), TRAP_DSEG);
}

static void beyond_ram_faults(struct kunit *test)
{
	unsigned long end = (unsigned long)__va(boot_info.mem_size);

	expect_no_fault(test, load, end - 1);
	expect_dsi(test, load, end, DSISR_NOHPTE);
}

static void text_is_not_writable(struct kunit *test)
{
	expect_no_fault(test, load, (unsigned long)call);
	expect_dsi(test, store, (unsigned long)call, DSISR_PROTFAULT | DSISR_ISSTORE);
}

static void rodata_is_not_writable(struct kunit *test)
{
	expect_no_fault(test, load, (unsigned long)return_in_rodata);
	expect_dsi(test, store, (unsigned long)return_in_rodata, DSISR_PROTFAULT | DSISR_ISSTORE);
}

static void rodata_is_not_executable(struct kunit *test)
{
	expect_isi(test, (unsigned long)return_in_rodata);
}

static void data_is_not_executable(struct kunit *test)
{
	expect_no_fault(test, store, (unsigned long)return_in_data);
	expect_isi(test, (unsigned long)return_in_data);
}

static void heap_is_not_executable(struct kunit *test)
{
	u32 *p = kunit_kmalloc(test, sizeof(*p), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	*p = BLR;
	expect_isi(test, (unsigned long)p);
}

static void stack_is_not_executable(struct kunit *test)
{
	volatile u32 insn = BLR;

	expect_isi(test, (unsigned long)&insn);
}

static void vmap_pages_have_the_protection_asked_for(struct kunit *test)
{
	u32 *p = vmap_alloc(2 * PAGE_SIZE, 0, VMAP_RW, "protection test");
	unsigned long first = (unsigned long)p, second = first + PAGE_SIZE;

	KUNIT_ASSERT_NOT_NULL(test, p);
	*p = BLR;
	expect_isi(test, first);
	KUNIT_EXPECT_EQ(test, vmap_protect(p, PAGE_SIZE, VMAP_RX), 0);
	expect_no_fault(test, load, first);
	expect_dsi(test, store, first, DSISR_PROTFAULT | DSISR_ISSTORE);
	expect_no_fault(test, call, first);
	expect_no_fault(test, store, second);
	KUNIT_EXPECT_EQ(test, vmap_protect(p, PAGE_SIZE, VMAP_R), 0);
	expect_isi(test, first);
	expect_dsi(test, store, first, DSISR_PROTFAULT | DSISR_ISSTORE);
	vmap_free(p);
}

static void freed_vmap_pages_fault(struct kunit *test)
{
	unsigned long addr = (unsigned long)vmap_alloc(1, 0, VMAP_RW, "short-lived");

	KUNIT_ASSERT_NE(test, addr, 0UL);
	expect_no_fault(test, store, addr);
	vmap_free((void *)addr);
	expect_dsi(test, load, addr, DSISR_NOHPTE);
	expect_dsi(test, store, addr, DSISR_NOHPTE | DSISR_ISSTORE);
	expect_isi(test, addr);
	KUNIT_EXPECT_STREQ(test, vmap_describe(addr), "freed: short-lived");
}

static void guards_of_a_vmap_area_fault(struct kunit *test)
{
	char *p = vmalloc(3 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, p);
	expect_no_fault(test, store, (unsigned long)p);
	expect_no_fault(test, store, (unsigned long)p + 3 * PAGE_SIZE - 1);
	expect_dsi(test, load, (unsigned long)p - 1, DSISR_NOHPTE);
	expect_dsi(test, load, (unsigned long)p + 3 * PAGE_SIZE, DSISR_NOHPTE);
	vfree(p);
}

static void guard_of_a_new_stack_faults(struct kunit *test)
{
	char *stack = alloc_thread_stack();
	unsigned long lo = (unsigned long)stack;

	KUNIT_ASSERT_NOT_NULL(test, stack);
	expect_no_fault(test, store, lo);
	expect_dsi(test, store, lo - 1, DSISR_NOHPTE | DSISR_ISSTORE);
	expect_dsi(test, load, lo - THREAD_SIZE, DSISR_NOHPTE);
	expect_dsi(test, load, lo + THREAD_SIZE, DSISR_NOHPTE);
	free_thread_stack(stack);
}

static void guard_of_ones_own_stack_faults(struct kunit *test)
{
	char want[64];

	expect_no_fault(test, load, current->stack_lo);
	expect_dsi(test, load, current->stack_lo - 1, DSISR_NOHPTE);
	snprintf(want, sizeof(want), "guard of stack of %s", current->comm);
	KUNIT_EXPECT_STREQ(test, vmap_describe(current->stack_lo - 1), want);
}

static struct kunit_case fault_cases[] = {
	KUNIT_CASE(null_faults),
	KUNIT_CASE(member_of_null_faults),
	KUNIT_CASE(small_integers_fault),
	KUNIT_CASE(calling_null_faults),
	KUNIT_CASE(addresses_of_no_quadrant_fault),
	KUNIT_CASE(beyond_ram_faults),
	KUNIT_CASE(text_is_not_writable),
	KUNIT_CASE(rodata_is_not_writable),
	KUNIT_CASE(rodata_is_not_executable),
	KUNIT_CASE(data_is_not_executable),
	KUNIT_CASE(heap_is_not_executable),
	KUNIT_CASE(stack_is_not_executable),
	KUNIT_CASE(vmap_pages_have_the_protection_asked_for),
	KUNIT_CASE(freed_vmap_pages_fault),
	KUNIT_CASE(guards_of_a_vmap_area_fault),
	KUNIT_CASE(guard_of_a_new_stack_faults),
	KUNIT_CASE(guard_of_ones_own_stack_faults),
	{}
};

static struct kunit_suite fault_suite = { .name = "fault", .test_cases = fault_cases };
kunit_test_suite(fault_suite);
