// SPDX-License-Identifier: GPL-2.0
/* Happens-before: what orders two accesses, what does not, and whom a report names. */
// LINK: kernel/hv/oracle/hb.c tests/unit/model_fakes.c
#include <linux/prandom.h>

#include "model.h"
#include "unit.h"

#define X	0x1000UL
#define Y	0x2000UL
#define LOCK	0x3000UL

#define READ	0
#define WRITE	HB_WRITE
#define READ_MARKED	HB_MARKED
#define WRITE_MARKED	(HB_WRITE | HB_MARKED)

static void fresh(void)
{
	hb_reset();
	hb_run_begin();
}

/* Does the second of two unordered accesses race with the first? */
static bool races(unsigned int first, unsigned int second)
{
	fresh();
	hb_access(0, X, 8, first, 1);
	return hb_access(1, X, 8, second, 2) != NULL;
}

TEST(one_store_and_one_plain_access_make_a_race)
{
	CHECK(races(WRITE, READ));
	CHECK(races(READ, WRITE));
	CHECK(races(WRITE, WRITE));
	CHECK(races(WRITE_MARKED, READ));
	CHECK(races(READ, WRITE_MARKED));
	CHECK(races(WRITE, READ_MARKED));
	CHECK(!races(READ, READ));
	CHECK(!races(WRITE_MARKED, READ_MARKED));
	CHECK(!races(READ_MARKED, WRITE_MARKED));
	CHECK(!races(WRITE_MARKED, WRITE_MARKED));
}

TEST(a_report_names_both_sides)
{
	const struct hb_race *race;

	fresh();
	hb_access(2, X, 8, WRITE, 0x111);
	race = hb_access(5, X + 4, 4, READ, 0x222);
	CHECK(race && race->addr == X + 4 && race->size == 4);
	CHECK(race && race->side[0].cpu == 2 && race->side[0].site.pc[0] == 0x111);
	CHECK(race && race->side[0].flags == HB_WRITE);
	CHECK(race && race->side[1].cpu == 5 && race->side[1].site.pc[0] == 0x222);
}

TEST(a_pair_is_reported_once_an_exploration)
{
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	CHECK(hb_access(1, X, 8, READ, 2));
	hb_run_begin();
	hb_access(1, X, 8, READ, 2);
	CHECK_PTR(hb_access(0, X, 8, WRITE, 1), NULL);
	hb_run_begin();
	hb_access(0, X, 8, WRITE, 1);
	CHECK(hb_access(1, X, 8, READ, 3));
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	CHECK(hb_access(1, X, 8, READ, 2));
}

TEST(other_bytes_do_not_race)
{
	fresh();
	hb_access(0, X, 4, WRITE, 1);
	CHECK_PTR(hb_access(1, X + 4, 4, WRITE, 2), NULL);
	CHECK_PTR(hb_access(1, X + 8, 8, WRITE, 2), NULL);
	CHECK(hb_access(1, X + 3, 1, READ, 3));
	fresh();
	hb_access(0, X + 12, 8, WRITE, 1);
	CHECK_PTR(hb_access(1, X, 12, READ, 2), NULL);
	CHECK_PTR(hb_access(1, X + 20, 4, READ, 3), NULL);
	CHECK(hb_access(1, X + 16, 1, READ, 4));
}

TEST(a_lock_orders)
{
	fresh();
	hb_acquire(0, LOCK);
	hb_access(0, X, 8, WRITE, 1);
	hb_release(0, LOCK);
	hb_acquire(1, LOCK);
	CHECK_PTR(hb_access(1, X, 8, WRITE, 2), NULL);
	hb_release(1, LOCK);
	hb_acquire(2, LOCK);
	CHECK_PTR(hb_access(2, X, 8, READ, 3), NULL);
	/* What CPU 0 does after its release is not ordered. */
	hb_access(0, Y, 8, WRITE, 4);
	CHECK(hb_access(1, Y, 8, READ, 5));
}

TEST(another_lock_does_not)
{
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	hb_release(0, LOCK);
	hb_acquire(1, LOCK + 8);
	CHECK(hb_access(1, X, 8, WRITE, 2));
}

/* x = 1; [wmb;] WRITE_ONCE(y, 1)  against  READ_ONCE(y); x */
static bool publish_races(bool fence, unsigned int how)
{
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	if (fence)
		hb_fence(0);
	hb_access(0, Y, 8, how, 2);
	hb_access(1, Y, 8, READ_MARKED, 3);
	return hb_access(1, X, 8, READ, 4) != NULL;
}

TEST(a_fence_and_a_marked_store_publish)
{
	CHECK(!publish_races(true, WRITE_MARKED));
	CHECK(publish_races(false, WRITE_MARKED));
	CHECK(publish_races(true, WRITE));
}

TEST(what_follows_the_fence_is_not_published)
{
	fresh();
	hb_fence(0);
	hb_access(0, X, 8, WRITE, 1);
	hb_access(0, Y, 8, WRITE_MARKED, 2);
	hb_access(1, Y, 8, READ_MARKED, 3);
	CHECK(hb_access(1, X, 8, READ, 4));
}

TEST(order_is_transitive)
{
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	hb_release(0, LOCK);
	hb_acquire(1, LOCK);
	hb_release(1, LOCK + 8);
	hb_acquire(2, LOCK + 8);
	CHECK_PTR(hb_access(2, X, 8, WRITE, 2), NULL);
}

TEST(memory_that_is_new_has_no_past)
{
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	hb_access(0, X + 56, 8, WRITE, 1);
	hb_forget(X, 64);
	CHECK_PTR(hb_access(1, X, 8, WRITE, 2), NULL);
	CHECK_PTR(hb_access(1, X + 56, 8, WRITE, 2), NULL);
	fresh();
	hb_access(0, X, 8, WRITE, 1);
	hb_forget(0, 1UL << 30);
	CHECK_PTR(hb_access(1, X, 8, WRITE, 2), NULL);
}

/* A program in which every access is under a lock: no report, however it is interleaved. */
TEST(no_report_of_a_locked_program)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 1);
	hb_reset();
	for (int run = 0; run < 2000; run++) {
		hb_run_begin();
		for (int i = 0; i < 20; i++) {
			unsigned int cpu = prandom_u32_below(&rnd, 4), n = prandom_u32_below(&rnd, 3);

			hb_acquire(cpu, LOCK + 8 * n);
			for (int k = 0; k < 3; k++)
				CHECK_PTR(hb_access(cpu, X + 64 * n + 8 * k, 8, k & 1, i), NULL);
			hb_release(cpu, LOCK + 8 * n);
		}
	}
	CHECK_EQ(hb_lost(), 0);
}
