// SPDX-License-Identifier: GPL-2.0
/* The conflict filter: which accesses a dispatch policy is asked about. What a search makes of that is in policy_test.c. */
// LINK: kernel/hv/policy/policy.c kernel/hv/policy/filter.c kernel/hv/policy/rr.c
// LINK: kernel/hv/policy/random.c kernel/hv/policy/pct.c kernel/hv/policy/pos.c
// LINK: kernel/hv/policy/bounded.c kernel/hv/policy/replay.c kernel/hv/policy/schedule.c
// LINK: kernel/hv/policy/text.c
#include <linux/errno.h>

#include "begin.h"

/* Is CPU @cpu's access one of those that the policy is asked about? */
static bool is_seen(struct dispatch *d, unsigned int cpu, unsigned long addr, unsigned int size,
		    bool write)
{
	const struct sched_point p = {
		.kind = POINT_ACCESS, .cpu = cpu, .addr = addr, .size = size, .write = write,
		.pc = 0x400 + 16 * addr + 4 * cpu + write,
	};
	u32 before = d->choices;

	dispatch_choose(d, &p, 3);
	return d->choices != before;
}

/* Freed memory is one large write: it conflicts with what was in there, before and after. */
static void check_areas(enum dispatch_filter filter)
{
	struct dispatch d;

	begin(&d, "bounded", (struct dispatch_params){ .ncpus = 2, .filter = filter });
	CHECK(dispatch_next_run(&d));
	CHECK(!is_seen(&d, 0, 0x10010, 8, false));
	CHECK(!is_seen(&d, 0, 0x20000, 8, false));
	CHECK(is_seen(&d, 1, 0x10000, 0x1000, true));
	CHECK(is_seen(&d, 0, 0x10010, 8, false));
	CHECK(is_seen(&d, 0, 0x10ff8, 4, false));
	CHECK(!is_seen(&d, 0, 0x11000, 4, false));
	CHECK(!is_seen(&d, 1, 0x10800, 8, true));
	CHECK(!is_seen(&d, 1, 0x30000, 0x1000, false));
	CHECK(!is_seen(&d, 0, 0x30000, 0x1000, false));
	CHECK(is_seen(&d, 0, 0x30ff0, 0x1000, true));
	CHECK(is_seen(&d, 1, 0x30ff0, 0x1000, false));
	CHECK(!is_seen(&d, 0, 0x20000, 8, false));
}

TEST(large_accesses_conflict_as_a_whole)
{
	check_areas(FILTER_ADDRESS);
	check_areas(FILTER_PC);
}

/* A large access conflicts with what lies in it, whichever comes first, and when it is made again. */
TEST(large_accesses_conflict)
{
	const struct dispatch_params params = { .ncpus = 2, .filter = FILTER_ADDRESS };
	struct sched_point small = { .kind = POINT_ACCESS, .addr = 0x10100, .size = 8, .cpu = 1 };
	struct sched_point large = { .kind = POINT_ACCESS, .addr = 0x10000, .size = 4096, .write = true };
	struct sched_point aside = { .kind = POINT_ACCESS, .addr = 0x20000, .size = 8, .cpu = 1 };
	struct dispatch d;

	begin(&d, "random", params);
	CHECK(dispatch_next_run(&d));
	CHECK(dispatch_passes(&d, &large));
	CHECK(dispatch_passes(&d, &large));
	CHECK(dispatch_passes(&d, &aside));
	CHECK(!dispatch_passes(&d, &small));
	CHECK(!dispatch_passes(&d, &small));
	CHECK(!dispatch_passes(&d, &large));
	CHECK(dispatch_passes(&d, &aside));
}

/* Of a point without an address nothing is known: it is always asked about. */
TEST(barriers_are_visible)
{
	const struct dispatch_params params = { .ncpus = 2, .filter = FILTER_ADDRESS };
	struct sched_point p = { .kind = POINT_BARRIER };
	struct dispatch d;

	begin(&d, "random", params);
	CHECK(dispatch_next_run(&d));
	CHECK(!dispatch_passes(&d, &p));
	CHECK(!dispatch_passes(&d, &p));
}
