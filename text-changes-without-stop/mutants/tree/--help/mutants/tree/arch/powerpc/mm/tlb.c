// SPDX-License-Identifier: GPL-2.0
/*
 * TLB shootdown: after a page table entry was cleared or restricted, make every CPU forget the old
 * one.
 *
 * The architecture's broadcast tlbie with its ptesync should be enough. On QEMU 7.2 it is not:
 * tlbie only queues the flush for the other vCPUs, and one may still use the old translation for an
 * access or two. So the initiator also interrupts every other online CPU and waits for its answer.
 * Why that is enough:
 *
 *   1. The initiator's tlbie and ptesync come before the increment of tlb_generation. When they are
 *      done, the flush is queued for each vCPU, and each vCPU has been told to leave its execution
 *      loop.
 *   2. A CPU answers in tlb_ack(), by reading the generation and then storing it to its paca. If it
 *      read the new generation (or a later one), the read came after 1, by causality through
 *      tlb_generation.
 *   3. A vCPU that has been told to leave its loop does so before it starts the next block of
 *      translated code, and runs its queued flushes before it goes on. The block that read the
 *      generation ends with tlb_ack()'s return at the latest, and touches nothing but the
 *      generation and the paca. All that follows sees the flush.
 *   4. An access with the old translation therefore comes before that CPU's sync in tlb_ack(),
 *      which comes before its answer; and the initiator's sync after seeing the answer orders it
 *      before whatever reuses the page.
 *
 * It does not matter which interrupt brings a CPU to tlb_ack(): a kick that found another interrupt
 * being taken is answered by that one.
 *
 * The hardware interrupt entry answers, soft-masked or not, and waiting initiators have MSR[EE] on:
 * so two CPUs that shoot at each other with interrupts "off" both get their answers. A CPU that is
 * not online yet has touched no vmap address but its own stack, which nobody unmaps before it runs.
 */
#include <asm/page.h>
#include <asm/paca.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <linux/atomic.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <stopgap/boot_info.h>
#include <stopgap/hooks.h>
#include <stopgap/mm.h>
#include <stopgap/platform.h>

/* From this many pages on, one flush of everything is cheaper than a tlbie for each. */
#define FLUSH_ALL_PAGES		16
#define ANSWER_TIMEOUT_SEC	10

/* tlbie operands (Power ISA 3.0B, book III, 5.9.3.3): RB says which entries, RS which process. */
#define TLBIE_RB_PAGE		0UL		/* IS = 0: the page at EA; AP = 0: 4 KiB */
#define TLBIE_RB_PID		(1UL << 10)	/* IS = 1: all of the process */
#define TLBIE_RS_KERNEL		0UL		/* PID 0 */

#define tlbie(rb, ric)							\
	__asm__ __volatile__("tlbie %0,%1,%2,1,1"			\
			     : : "r" (rb), "r" (TLBIE_RS_KERNEL), "i" (ric) : "memory")

static atomic64_t tlb_generation;

static void invalidate(unsigned long start, unsigned long end)
{
	if (hook_shootdown(start, end))
		return;
	__asm__ __volatile__("ptesync" : : : "memory");
	if ((end - start) >> PAGE_SHIFT >= FLUSH_ALL_PAGES)
		tlbie(TLBIE_RB_PID, 2);
	else
		for (unsigned long ea = start; ea < end; ea += PAGE_SIZE)
			tlbie(ea | TLBIE_RB_PAGE, 0);
	__asm__ __volatile__("eieio; tlbsync; ptesync" : : : "memory");
}

static void kick_others(unsigned int self)
{
	for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpu != self && READ_ONCE(paca[cpu].online))
			platform_kick(cpu);
}

static bool answered(unsigned int cpu, s64 generation)
{
	return !READ_ONCE(paca[cpu].online) || (s64)READ_ONCE(paca[cpu].tlb_ack) >= generation;
}

static void wait_for(unsigned int cpu, s64 generation)
{
	u64 start = mftb();
	bool reported = false;

	while (!answered(cpu, generation)) {
		cpu_relax();
		if (!reported && mftb() - start > ANSWER_TIMEOUT_SEC * boot_info.tb_freq) {
			reported = true;
			pr_warn("tlb: CPU%u has not answered a TLB shootdown for %u s\n",
				cpu, ANSWER_TIMEOUT_SEC);
		}
	}
}

/**
 * tlb_shootdown() - make every CPU forget its translations of a range
 * @start: first address, page-aligned
 * @end: past the last one, page-aligned
 *
 * The page table entries have been changed before the call. When it returns, no CPU uses what they
 * were.
 * Context: any in which MSR[EE] is on, the soft mask notwithstanding; with one CPU online, any. A
 * CPU that does not answer is named after 10 s, and waited for.
 */
void tlb_shootdown(unsigned long start, unsigned long end)
{
	unsigned int self;
	s64 generation;

	preempt_disable();
	self = local_paca->cpu;		/* tlbie is synchronous for the CPU that issues it */
	invalidate(start, end);
	generation = atomic64_inc_return(&tlb_generation);
	kick_others(self);
	preempt_enable();

	for (unsigned int cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpu != self)
			wait_for(cpu, generation);
	smp_mb();
}

/**
 * tlb_ack() - answer all shootdowns that have got as far as asking
 *
 * Not inlined: its return ends a block of translated code, see the argument at the top.
 * Context: the hardware interrupt entry, before anything that may take long.
 */
noinline void tlb_ack(void)
{
	s64 generation = atomic64_read(&tlb_generation);

	smp_mb();
	WRITE_ONCE(local_paca->tlb_ack, generation);
}
