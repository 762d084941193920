// SPDX-License-Identifier: GPL-2.0
/*
 * TLB shootdown with somebody to shoot at: a reader on every CPU reads a vmap page as fast as it
 * can while it is freed and its memory gets other contents. A reader may see the old contents or
 * fault; it may never see the new ones.
 */
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <kunit/test.h>
#include <linux/atomic.h>
#include <linux/cpumask.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>
#include <stopgap/catch.h>

#define ROUNDS		40
#define TIMEOUT_SEC	60
#define OLD		0x01d01d01d
#define NEW		0xbadbadbad

static u64 *target;
static unsigned int round_nr;
static bool give_up;
static atomic_t nr_reading, nr_faulted, nr_saw_new, nr_odd;

/* The other threads of this CPU, and where vCPUs take turns (-icount), the other CPUs. */
static void let_others_run(void)
{
	cpu_relax();
	yield();
}

static void read_until_told(void)
{
	atomic_inc(&nr_reading);
	while (!READ_ONCE(give_up)) {
		for (int i = 0; i < 100; i++)
			if (READ_ONCE(*target) != OLD)
				atomic_inc(&nr_saw_new);
		let_others_run();
	}
}

/* Read the target until it faults. Return: whether it did so as it should. */
static bool read_until_fault(void)
{
	struct fault_catch c;

	c.regs.trap = 0;
	if (!catch_fault(&c))
		read_until_told();
	catch_end(&c);
	return c.regs.trap == 0x300 && c.regs.dar == (unsigned long)target;
}

static int reader(void *unused)
{
	for (unsigned int r = 1; r <= ROUNDS; r++) {
		while (smp_load_acquire(&round_nr) < r && !READ_ONCE(give_up))
			let_others_run();
		if (READ_ONCE(give_up))
			break;
		if (!read_until_fault())
			atomic_inc(&nr_odd);
		atomic_inc(&nr_faulted);
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* Wait until @counter is @n. Return: false, having said so, if it takes too long. */
static bool reached(struct kunit *test, atomic_t *counter, int n, const char *what)
{
	unsigned long deadline = jiffies + TIMEOUT_SEC * HZ;

	while (atomic_read(counter) < n) {
		if (time_after(jiffies, deadline)) {
			KUNIT_FAIL(test, "round %u: %d of %d readers %s", round_nr,
				   atomic_read(counter), n, what);
			return false;
		}
		let_others_run();
	}
	return true;
}

/* Get hold of the page at @pa, and fill it; others that come first are filled too. */
static bool reuse_page(phys_addr_t pa)
{
	struct page *pages[8];
	bool found = false;
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(pages) && !found; n++) {
		pages[n] = alloc_page(GFP_KERNEL);
		if (!pages[n])
			break;
		*(u64 *)page_address(pages[n]) = NEW;
		found = page_to_phys(pages[n]) == pa;
	}
	for (int spin = 0; spin < 1000; spin++)
		barrier();
	while (n--)
		__free_page(pages[n]);
	return found;
}

/* One page's life. Return: whether the next one makes sense. */
static bool shootdown_round(struct kunit *test, unsigned int r, int readers, int *reused)
{
	phys_addr_t pa;

	target = vmalloc(PAGE_SIZE);
	if (!target)
		return false;
	*target = OLD;
	pa = virt_to_phys_walk((unsigned long)target);
	smp_store_release(&round_nr, r);
	if (!reached(test, &nr_reading, r * readers, "started reading"))
		return false;
	vfree(target);
	*reused += reuse_page(pa);
	return reached(test, &nr_faulted, r * readers, "faulted");
}

static int start_readers(struct task_struct **task)
{
	unsigned int cpu;
	int n = 0;

	for_each_online_cpu(cpu) {
		task[n] = kthread_create_on_cpu(reader, NULL, cpu, "reader/%u");
		if (!IS_ERR(task[n]))
			wake_up_process(task[n++]);
	}
	return n;
}

static void freed_memory_is_never_seen_again(struct kunit *test)
{
	struct task_struct *task[NR_CPUS];
	int readers, reused = 0;

	atomic_set(&nr_reading, 0);
	atomic_set(&nr_faulted, 0);
	atomic_set(&nr_saw_new, 0);
	atomic_set(&nr_odd, 0);
	round_nr = 0;
	give_up = false;
	readers = start_readers(task);
	for (unsigned int r = 1; r <= ROUNDS; r++)
		if (!shootdown_round(test, r, readers, &reused))
			break;
	WRITE_ONCE(give_up, true);
	for (int i = 0; i < readers; i++)
		kthread_stop(task[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_faulted), ROUNDS * readers);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_saw_new), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&nr_odd), 0);
	KUNIT_EXPECT_GT(test, reused, ROUNDS / 2);
}

static struct kunit_case shootdown_cases[] = {
	KUNIT_CASE(freed_memory_is_never_seen_again),
	{}
};

static struct kunit_suite shootdown_suite = { .name = "shootdown", .test_cases = shootdown_cases };
kunit_test_suite(shootdown_suite);
