// SPDX-License-Identifier: GPL-2.0
/* Random walk: at every point, any runnable CPU is as likely as any other. */
#include <linux/bitops.h>
#include <stopgap/dispatch.h>

static int random_begin(struct dispatch *d)
{
	return 0;
}

static bool random_next_run(struct dispatch *d)
{
	return true;
}

static unsigned int random_choose(struct dispatch *d, const struct sched_point *p,
				  unsigned long runnable)
{
	unsigned int skip = prandom_u32_below(&d->rnd, hweight_long(runnable));

	while (skip--)
		runnable &= runnable - 1;
	return __builtin_ctzl(runnable);
}

const struct dispatch_policy dispatch_random = {
	.name = "random",
	.what = "random walk: any runnable CPU at every point",
	.begin = random_begin,
	.next_run = random_next_run,
	.choose = random_choose,
};
