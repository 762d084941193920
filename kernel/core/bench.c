// SPDX-License-Identifier: GPL-2.0
/* The shell's "bench": time what registered itself, and print the median with its spread. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sort.h>
#include <linux/string.h>
#include <stopgap/bench.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>
#include <stopgap/platform.h>
#include <stopgap/shell.h>

#define MAX_SAMPLES	101
/* Messages of what is measured stay off the console: only warnings and worse are shown. */
#define QUIET_LOGLEVEL	5

static int compare(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;

	return x < y ? -1 : x > y;
}

/* Tenths of a nanosecond per operation. */
static u64 per_op(u64 ticks, unsigned int iterations)
{
	return ticks * 10000 / (boot_info.tb_freq / 1000000) / iterations;
}

static int take_samples(const struct benchmark *b, u64 *samples, unsigned int n)
{
	unsigned int i;
	u64 start;
	int err = 0;

	for (i = 0; i < n && !err; i++) {
		start = platform->clock();
		err = b->run(b->iterations);
		samples[i] = per_op(platform->clock() - start, b->iterations);
		if (!err && shell_interrupted())
			err = -EINTR;
	}
	return err;
}

static void print_result(const struct benchmark *b, u64 *samples, unsigned int n)
{
	sort(samples, n, sizeof(samples[0]), compare, NULL);
	cprintf("%-32s %10llu.%llu ns  (%llu.%llu .. %llu.%llu, n=%u x %u)\n", b->name, samples[n / 2] / 10,
		samples[n / 2] % 10, samples[0] / 10, samples[0] % 10, samples[n - 1] / 10, samples[n - 1] % 10,
		n, b->iterations);
}

/* Set up, measure, take down. What cannot be set up because it is not there is skipped, and no failure. */
static int run_benchmark(const struct benchmark *b)
{
	static u64 samples[MAX_SAMPLES];
	unsigned int n = min(b->samples, (unsigned int)MAX_SAMPLES);
	int loglevel = console_loglevel, err;
	bool absent;

	console_loglevel = min(loglevel, QUIET_LOGLEVEL);
	err = b->setup ? b->setup() : 0;
	absent = err == -ENOENT;
	if (!err) {
		err = take_samples(b, samples, n);
		if (b->teardown)
			b->teardown();
	}
	console_loglevel = loglevel;
	if (absent)
		cprintf("%-32s skipped\n", b->name);
	else if (err)
		cprintf("%-32s failed (err %d)\n", b->name, err);
	else
		print_result(b, samples, n);
	return absent ? 0 : err;
}

static int bench_command(int argc, char **argv)
{
	const struct benchmark *const *b;
	bool found = false;
	int err, ret = 0;

	for (b = __start_benchmarks; b < __stop_benchmarks; b++) {
		if (argc > 1 && !strstr((*b)->name, argv[1]))
			continue;
		found = true;
		err = run_benchmark(*b);
		if (!ret)
			ret = err;
		if (err == -EINTR)
			break;
	}
	if (!found) {
		cprintf("bench: %s: no such benchmark\n", argv[1]);
		return -ENOENT;
	}
	return ret;
}

SHELL_COMMAND_ALONE(bench, bench_command, NULL, "[SUBSTRING]", "time the hot paths: median per operation, with spread");
