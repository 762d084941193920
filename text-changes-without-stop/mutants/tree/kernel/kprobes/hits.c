// SPDX-License-Identifier: GPL-2.0
/*
 * The hits of the shell's probes, from the handler to the console.
 *
 * A handler may run in the middle of printk() or with a run queue locked, so it prints nothing and wakes nobody: it
 * copies registers into a ring. A thread prints them soon after, and "kprobe del" and "kprobe list" before they do
 * anything else. Of each probe only the first hits get into the ring, so a hot one neither fills it nor the console.
 *
 * The ring has many writers, none of which waits, and one reader. A writer claims the entry at head, unless the ring is
 * full, and says when it is complete; the reader takes complete entries at tail.
 */
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/platform.h>

#include "internal.h"
#include "kprobe_cmd.h"

#define RING_SIZE	64

/**
 * struct hit - one of them
 * @complete: everything else is
 * @probe: whose
 * @number: which hit of it, from 0
 * @cpu: where
 * @pid: of the thread
 * @comm: its name
 * @when: timebase
 * @entered: timebase of the entry, for a return
 * @regs: the registers
 */
struct hit {
	bool complete;
	const struct shell_probe *probe;
	unsigned int number;
	unsigned int cpu;
	int pid;
	char comm[TASK_COMM_LEN];
	u64 when;
	u64 entered;
	struct pt_regs regs;
};

static struct hit ring[RING_SIZE];
static unsigned int head, tail;
static unsigned int lost;	/* hits that found the ring full */

/* ---- in the handlers ---- */

static struct hit *claim(void)
{
	unsigned int h = READ_ONCE(head);

	do {
		if (h - smp_load_acquire(&tail) >= RING_SIZE) {
			__atomic_fetch_add(&lost, 1, __ATOMIC_RELAXED);
			return NULL;
		}
	} while (!try_cmpxchg(&head, &h, h + 1));
	return &ring[h % RING_SIZE];
}

static void note(struct shell_probe *probe, const struct pt_regs *regs, u64 entered)
{
	unsigned int number = __atomic_fetch_add(&probe->hits, 1, __ATOMIC_RELAXED);
	struct hit *hit = number < probe->limit ? claim() : NULL;

	if (!hit)
		return;
	hit->probe = probe;
	hit->number = number;
	hit->cpu = raw_smp_processor_id();
	hit->pid = current->pid;
	memcpy(hit->comm, current->comm, sizeof(hit->comm));
	hit->when = platform->clock();
	hit->entered = entered;
	hit->regs = *regs;
	smp_store_release(&hit->complete, true);
}

int note_hit(struct kprobe *p, struct pt_regs *regs)
{
	note(container_of(p, struct shell_probe, rp.kp), regs, 0);
	return 0;
}

int note_entry(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	*(u64 *)ri->data = platform->clock();
	return 0;
}

int note_return(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct kretprobe *rp = get_kretprobe(ri);

	if (rp)
		note(container_of(rp, struct shell_probe, rp), regs, *(u64 *)ri->data);
	return 0;
}

/* ---- on the console ---- */

static u64 to_us(u64 ticks)
{
	return ticks / (boot_info.tb_freq / 1000000);
}

/* @n registers from r@first on, in one line. */
static void print_gprs(const struct pt_regs *regs, unsigned int first, unsigned int n)
{
	unsigned int i;

	printk("kprobe:  ");
	for (i = first; i < first + n; i++)
		pr_cont(" r%u=%lx", i, regs->gpr[i]);
	pr_cont("\n");
}

static void print_registers(const struct hit *hit)
{
	const struct pt_regs *regs = &hit->regs;
	unsigned int i;

	printk("kprobe:   nip=%lx lr=%lx ctr=%lx cr=%lx xer=%lx msr=%lx irqmask=%lu\n", regs->nip, regs->link,
	       regs->ctr, regs->ccr, regs->xer, regs->msr, regs->softe);
	for (i = 0; hit->probe->verbose && i < 32; i += 4)
		print_gprs(regs, i, 4);
}

static void print_entry(const struct hit *hit)
{
	printk("kprobe: %s: hit %u at %llu us, CPU %u, PID %d %s, called from %pS\n", hit->probe->name, hit->number + 1,
	       to_us(hit->when), hit->cpu, hit->pid, hit->comm, (void *)hit->regs.link);
	if (!hit->probe->verbose) {
		print_gprs(&hit->regs, 3, 4);
		print_gprs(&hit->regs, 7, 4);
	}
	print_registers(hit);
}

static void print_return(const struct hit *hit)
{
	unsigned long value = regs_return_value(&hit->regs);

	printk("kprobe: %s: return %u at %llu us, CPU %u, PID %d %s, to %pS after %llu us: %lx (%ld)\n",
	       hit->probe->name, hit->number + 1, to_us(hit->when), hit->cpu, hit->pid, hit->comm,
	       (void *)hit->regs.nip, to_us(hit->when - hit->entered), value, (long)value);
	if (hit->probe->verbose)
		print_registers(hit);
}

static void print_hit(const struct hit *hit)
{
	if (hit->probe->is_return)
		print_return(hit);
	else
		print_entry(hit);
	if (hit->number + 1 == hit->probe->limit)
		printk("kprobe: %s: further hits are only counted (kprobe list)\n", hit->probe->name);
}

/* At most as many as there were when it began: printing one may be a hit itself. */
void print_hits(void)
{
	unsigned int end = READ_ONCE(head), n;

	while (tail != end) {
		struct hit *hit = &ring[tail % RING_SIZE];

		if (!smp_load_acquire(&hit->complete))
			break;
		print_hit(hit);
		hit->complete = false;
		smp_store_release(&tail, tail + 1);
	}
	n = __atomic_exchange_n(&lost, 0, __ATOMIC_RELAXED);
	if (n)
		printk("kprobe: %u hits came too fast to be printed\n", n);
}
