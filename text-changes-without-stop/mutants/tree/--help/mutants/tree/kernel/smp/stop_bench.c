// SPDX-License-Identifier: GPL-2.0
/* What it costs to stop the machine, next to a bare IPI round trip; with the other CPUs idle, and with them busy. */
#include <asm/processor.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <stopgap/bench.h>

static struct task_struct *busy[NR_CPUS];

static void nothing(void *unused)
{
}

static int do_nothing(void *unused)
{
	return 0;
}

static int need_two_cpus(void)
{
	return num_online_cpus() > 1 ? 0 : -ENODEV;
}

/* Round trips to the next CPU. The thread may move between two calls, not during one. */
static int ipi_round_trips(unsigned int iterations)
{
	unsigned int i, cpu;

	for (i = 0; i < iterations; i++) {
		cpu = (unsigned int)get_cpu();
		smp_call_function_single((int)((cpu + 1) % num_online_cpus()), nothing, NULL, 1);
		put_cpu();
	}
	return 0;
}

static int stops(unsigned int iterations)
{
	unsigned int i;

	for (i = 0; i < iterations; i++)
		stop_machine(do_nothing, NULL, NULL);
	return 0;
}

/* Busy as a lock-free reader is: it works, and lets others run only between two pieces of work. */
static int busy_thread(void *unused)
{
	unsigned int i;

	while (!kthread_should_stop()) {
		for (i = 0; i < 100; i++)
			barrier();
		cond_resched();
	}
	return 0;
}

static void stop_busy_threads(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < NR_CPUS; cpu++) {
		if (busy[cpu])
			kthread_stop(busy[cpu]);
		busy[cpu] = NULL;
	}
}

/* One busy thread on every CPU but this one. */
static int start_busy_threads(void)
{
	struct task_struct *t;
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		if (cpu == (unsigned int)raw_smp_processor_id())
			continue;
		t = kthread_create_on_cpu(busy_thread, NULL, cpu, "busy");
		if (IS_ERR(t)) {
			stop_busy_threads();
			return PTR_ERR(t);
		}
		busy[cpu] = t;
		wake_up_process(t);
	}
	return need_two_cpus();
}

static const struct benchmark ipi_idle_bench = {
	.name = "IPI round trip, others idle",
	.iterations = 50, .samples = 41, .run = ipi_round_trips, .setup = need_two_cpus,
};
BENCHMARK(ipi_idle_bench);

static const struct benchmark stop_idle_bench = {
	.name = "stop_machine, others idle",
	.iterations = 50, .samples = 41, .run = stops, .setup = need_two_cpus,
};
BENCHMARK(stop_idle_bench);

static const struct benchmark ipi_busy_bench = {
	.name = "IPI round trip, others busy",
	.iterations = 50, .samples = 41, .run = ipi_round_trips,
	.setup = start_busy_threads, .teardown = stop_busy_threads,
};
BENCHMARK(ipi_busy_bench);

static const struct benchmark stop_busy_bench = {
	.name = "stop_machine, others busy",
	.iterations = 50, .samples = 41, .run = stops,
	.setup = start_busy_threads, .teardown = stop_busy_threads,
};
BENCHMARK(stop_busy_bench);
