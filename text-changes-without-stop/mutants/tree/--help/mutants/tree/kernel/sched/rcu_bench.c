// SPDX-License-Identifier: GPL-2.0
/* What a grace period costs its writer, next to stop_machine(); and what a read section costs. */
#include <linux/rcupdate.h>
#include <stopgap/bench.h>

static int wait_for_grace_periods(unsigned int iterations)
{
	while (iterations--)
		synchronize_rcu();
	return 0;
}

static const struct benchmark synchronize_rcu_bench = {
	.name = "synchronize_rcu, others idle",
	.iterations = 50,
	.samples = 41,
	.run = wait_for_grace_periods,
};
BENCHMARK(synchronize_rcu_bench);

static int enter_read_sections(unsigned int iterations)
{
	while (iterations--) {
		rcu_read_lock();
		rcu_read_unlock();
	}
	return 0;
}

static const struct benchmark rcu_read_bench = {
	.name = "rcu_read_lock+unlock",
	.iterations = 4096,
	.samples = 21,
	.run = enter_read_sections,
};
BENCHMARK(rcu_read_bench);
