/* SPDX-License-Identifier: GPL-2.0 */
/* Benchmarks: each lives beside what it measures, as *_bench.c; "bench" in the shell runs them. */
#ifndef _STOPGAP_BENCH_H
#define _STOPGAP_BENCH_H

#include <linux/compiler.h>

/**
 * struct benchmark - one figure
 * @name: what is measured
 * @iterations: operations per sample
 * @samples: how many samples; their median and spread are printed
 * @run: do @iterations operations. Context: thread. Returns 0, or an errno after a message.
 * @setup: before the first sample; may be NULL; as @run. -ENOENT: what is to be measured is not here,
 *         so it is left out
 * @teardown: after the last one, if @setup succeeded; may be NULL
 */
struct benchmark {
	const char *name;
	unsigned int iterations;
	unsigned int samples;
	int (*run)(unsigned int iterations);
	int (*setup)(void);
	void (*teardown)(void);
};

#define BENCHMARK(bench) \
	static const struct benchmark *const __PASTE(__bench_, bench) \
		__used __section(".benchmarks") = &bench

extern const struct benchmark *const __start_benchmarks[], *const __stop_benchmarks[];

#endif
