// SPDX-License-Identifier: GPL-2.0
/*
 * Stealing time, as a hypervisor does: a CPU stops making progress at some instruction, interrupts disabled or not,
 * and only the timebase shows it.
 *
 * The decrementer belongs to the shim as much as to the kernel, and MSR[EE] is on even where the kernel thinks
 * interrupts are off. But this machine takes interrupts only between blocks of instructions, and two adjacent stores
 * share a block. So the decrementer only picks the neighbourhood: from there a random number of instructions are
 * stepped one by one (MSR[SE]), and the CPU is stolen after the last.
 *
 * A stolen CPU still acknowledges TLB shootdowns: invalidation is the hardware's business, whoever runs.
 */
#include <asm/paca.h>
#include <asm/processor.h>
#include <asm/reg.h>
#include <asm/time.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/mutex.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/mm.h>
#include <stopgap/trace.h>

#include "internal.h"

/* The most instructions stepped towards a steal; a loop of the module loader or of kallsyms is shorter. */
#define MAX_STEPS	64
#define MAX_STEAL_US	1000000
#define MAX_RATE	100000

static struct hv_cpu hv_cpus[NR_CPUS];
static struct hv_steal_config config;
static DEFINE_MUTEX(config_mutex);

struct hv_cpu *hv_this_cpu(void)
{
	return &hv_cpus[local_paca->cpu];
}

static u64 us_to_ticks(u64 us)
{
	return us * (boot_info.tb_freq / 1000000);
}

void hv_steal_now(struct hv_cpu *hc, unsigned long nip, unsigned int min_us, unsigned int max_us)
{
	u64 ticks = us_to_ticks(min_us) + prandom_u32_below(&hc->rnd, (u32)us_to_ticks(max_us - min_us) + 1);
	u64 start = mftb(), now;

	do {
		cpu_relax();
		tlb_ack();
		now = mftb();
	} while (now - start < ticks);
	hc->stat.steals++;
	hc->stat.stolen += now - start;
	hc->stat.longest = max(hc->stat.longest, now - start);
	trace_ring_steal(nip, start, now - start);
}

/* Steals are spread evenly over [0, 2/rate), so that their mean distance is 1/rate. */
static void schedule_next(struct hv_cpu *hc)
{
	u64 mean = boot_info.tb_freq / config.rate;

	local_paca->hv_deadline = mftb() + prandom_u32_below(&hc->rnd, (u32)min(2 * mean, (u64)U32_MAX));
}

void hv_timer(struct pt_regs *regs)
{
	struct hv_cpu *hc = hv_this_cpu();

	if (!config.rate)
		return;
	hc->steps_left = 1 + prandom_u32_below(&hc->rnd, MAX_STEPS);
	regs->msr |= MSR_SE;
}

static void next_random_steal(struct hv_cpu *hc)
{
	if (config.rate)
		schedule_next(hc);
	decrementer_program();
}

void hv_step(struct pt_regs *regs)
{
	struct hv_cpu *hc = hv_this_cpu();

	if (hc->stepping_over)
		hv_breakpoint_rearm(hc);
	if (hc->steps_left) {
		hc->stat.steps++;
		if (--hc->steps_left == 0) {
			hv_steal_now(hc, regs->nip, config.min_us, config.max_us);
			next_random_steal(hc);
		}
	}
	if (!hc->steps_left)
		regs->msr &= ~MSR_SE;
}

void hv_step_lost(void)
{
	struct hv_cpu *hc = hv_this_cpu();

	if (hc->stepping_over)
		hv_breakpoint_rearm(hc);
	if (hc->steps_left) {
		hc->steps_left = 0;
		next_random_steal(hc);
	}
}

/* On each CPU: draw the first steal of the new configuration, or have none. */
static void apply_config(void *unused)
{
	struct hv_cpu *hc = hv_this_cpu();
	unsigned long msr = mfmsr();

	mtmsrd_ee(MSR_RI);
	prandom_seed_state(&hc->rnd, config.seed * NR_CPUS + local_paca->cpu);
	local_paca->hv_deadline = NO_DEADLINE;
	hc->steps_left = 0;
	next_random_steal(hc);
	mtmsrd_ee(msr & (MSR_EE | MSR_RI));
}

static void set_config(const struct hv_steal_config *new)
{
	mutex_lock(&config_mutex);
	config = *new;
	on_each_cpu(apply_config, NULL, 1);
	mutex_unlock(&config_mutex);
}

bool hv_steal_valid(const struct hv_steal_config *c)
{
	return c->rate <= MAX_RATE && c->min_us <= c->max_us && c->max_us <= MAX_STEAL_US;
}

int hv_steal_start(const struct hv_steal_config *new)
{
	if (!hv_steal_valid(new))
		return -EINVAL;
	set_config(new);
	return 0;
}

void hv_steal_stop(void)
{
	set_config(&(struct hv_steal_config){ .seed = config.seed });
}

struct hv_steal_config hv_steal_get(void)
{
	return config;
}

struct hv_stat hv_stat(unsigned int cpu)
{
	return hv_cpus[cpu].stat;
}

void hv_stat_reset(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		memset(&hv_cpus[cpu].stat, 0, sizeof(hv_cpus[cpu].stat));
}
