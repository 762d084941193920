// SPDX-License-Identifier: GPL-2.0
/*
 * Text patching. Text is mapped read-only, so the store is made with data translation off.
 *
 * This QEMU lets another, freely running CPU execute the old instruction for a while, whatever barriers either side
 * uses. Who cannot live with that uses patch_instructions(), which stops the machine: all CPUs stand in the same
 * function while one of them stores, and each synchronises its context before it goes on.
 */
#include <asm/patch.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/stop_machine.h>
#include <stopgap/hooks.h>

void real_mode_store32(phys_addr_t pa, u32 val);

/**
 * patch_instruction() - replace one instruction
 * @addr: its address, 4-byte aligned, in the kernel or a module
 * @insn: the new one
 *
 * Context: any. Return: 0; -EINVAL if @addr is not aligned or not mapped.
 */
int patch_instruction(unsigned long addr, u32 insn)
{
	phys_addr_t pa = virt_to_phys_walk(addr);

	if (addr & 3 || pa == PHYS_ADDR_NONE)
		return -EINVAL;
	hook_note(phys_to_virt(pa), sizeof(insn));
	real_mode_store32(pa, insn);
	__asm__ __volatile__("icbi 0,%0; sync; isync" : : "r" (addr) : "memory");
	return 0;
}

/**
 * struct patch_batch - one call of patch_instructions()
 * @patches: what to change
 * @n: how many
 * @arrived: CPUs that have come; the first does the work
 * @done: it is done
 * @err: the outcome
 */
struct patch_batch {
	const struct insn_patch *patches;
	unsigned int n;
	atomic_t arrived;
	int done;
	int err;
};

static int check_patch(const struct insn_patch *p)
{
	if (p->addr & 3 || virt_to_phys_walk(p->addr) == PHYS_ADDR_NONE)
		return -EINVAL;
	return *(const u32 *)p->addr == p->old ? 0 : -EBUSY;
}

static int apply_patches(const struct patch_batch *b)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < b->n && !err; i++)
		err = check_patch(&b->patches[i]);
	for (i = 0; i < b->n && !err; i++)
		patch_instruction(b->patches[i].addr, b->patches[i].insn);
	return err;
}

static int patch_stopped(void *data)
{
	struct patch_batch *b = data;

	if (atomic_inc_return(&b->arrived) == 1) {
		b->err = apply_patches(b);
		smp_store_release(&b->done, 1);
	}
	while (!smp_load_acquire(&b->done))
		cpu_relax();
	__asm__ __volatile__("isync" : : : "memory");
	return 0;
}

/**
 * patch_instructions() - replace instructions while no CPU runs any of them
 * @patches: which; no address twice
 * @n: how many
 *
 * All or nothing. A thread may have been interrupted, and preempted, right before an instruction that is replaced; it
 * goes on with the new one.
 *
 * Context: may sleep. Return: 0; -EINVAL if an address is not aligned or not mapped; -EBUSY if something else than
 * @old stands there.
 */
int patch_instructions(const struct insn_patch *patches, unsigned int n)
{
	struct patch_batch b = { .patches = patches, .n = n };

	stop_machine(patch_stopped, &b, cpu_online_mask);
	return b.err;
}
