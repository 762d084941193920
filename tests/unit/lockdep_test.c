// SPDX-License-Identifier: GPL-2.0
/* The order graph: what it reports, what it must not, and that it does so once. */
// LINK: kernel/hv/oracle/lockdep.c
#include <linux/prandom.h>

#include "lockdep.h"
#include "unit.h"

#define ME	1UL
#define OTHER	2UL
#define A	0x1000UL
#define B	0x20000UL
#define C	0x30000UL

static struct lockdep ld;
static struct lockdep_report report;

static void fresh(void)
{
	memset(&ld, 0, sizeof(ld));
	memset(&report, 0, sizeof(report));
}

/* Take @first, then @second, and drop both. Return: was taking the second one reported? */
static bool nest(unsigned long owner, unsigned long first, unsigned long second)
{
	bool bad;

	CHECK(!lockdep_take(&ld, owner, 0, first, first + 1, &report));
	bad = lockdep_take(&ld, owner, 0, second, second + 2, &report);
	lockdep_drop(&ld, owner, second);
	lockdep_drop(&ld, owner, first);
	return bad;
}

TEST(the_other_order_is_reported_once_with_both_places)
{
	fresh();
	CHECK(!nest(ME, A, B));
	CHECK(!nest(OTHER, A, B));
	CHECK(nest(OTHER, B, A));
	CHECK(!report.recursion);
	CHECK(report.taking == A && report.holding == B);
	CHECK(report.taking_pc == A + 2 && report.holding_pc == B + 1);
	CHECK(report.first.before_pc == A + 1 && report.first.after_pc == B + 2);
	CHECK(!nest(OTHER, B, A));
}

TEST(a_longer_way_round_is_found)
{
	fresh();
	CHECK(!nest(ME, A, B));
	CHECK(!nest(ME, B, C));
	CHECK(!nest(ME, A, C));
	fresh();
	CHECK(!nest(ME, A, B));
	CHECK(!nest(ME, B, C));
	CHECK(nest(OTHER, C, A));
	CHECK(report.taking == A && report.holding == C);
	CHECK(report.first.before_pc == A + 1 && report.first.after_pc == B + 2);
}

TEST(a_lock_held_is_taken_again)
{
	fresh();
	lockdep_take(&ld, ME, 0, A, 7, &report);
	CHECK(!lockdep_take(&ld, OTHER, 0, A, 8, &report));
	CHECK(lockdep_take(&ld, ME, 0, A, 9, &report));
	CHECK(report.recursion && report.holding_pc == 7 && report.taking_pc == 9);
}

TEST(locks_initialised_in_one_place_are_one_class)
{
	fresh();
	for (unsigned long i = 0; i < 200; i++)
		lockdep_name(&ld, A + 16 * i, 0x99);
	CHECK(!nest(ME, A + 16, B));
	CHECK(nest(ME, B, A + 32));
	CHECK_EQ(report.taking, 0x99);
	CHECK(!nest(ME, A + 48, A + 64));
	CHECK(!nest(ME, A + 64, A + 48));
	CHECK_EQ(ld.nr_classes, 2);
	CHECK_EQ(ld.full, 0);
}

TEST(trying_makes_no_order_but_what_follows_does)
{
	fresh();
	CHECK(!nest(ME, A, B));
	lockdep_take(&ld, ME, 0, B, 1, &report);
	lockdep_taken(&ld, ME, A, 2);
	CHECK(!lockdep_take(&ld, ME, 0, C, 3, &report));
	lockdep_drop(&ld, ME, C);
	lockdep_drop(&ld, ME, A);
	lockdep_drop(&ld, ME, B);
	CHECK(nest(ME, C, A));
}

TEST(what_is_held_outside_counts)
{
	struct lockdep_holders nobody;

	fresh();
	lockdep_save(&ld, &nobody);
	lockdep_take(&ld, ME, 0, A, 1, &report);
	CHECK(!lockdep_take(&ld, OTHER, ME, B, 2, &report));
	lockdep_restore(&ld, &nobody);
	CHECK(nest(OTHER, B, A));
	fresh();
	lockdep_take(&ld, ME, 0, A, 1, &report);
	CHECK(lockdep_take(&ld, OTHER, ME, A, 2, &report));
	CHECK(report.recursion);
}

TEST(holders_can_be_as_they_were)
{
	struct lockdep_holders one;

	fresh();
	lockdep_take(&ld, ME, 0, A, 1, &report);
	lockdep_save(&ld, &one);
	lockdep_drop(&ld, ME, A);
	lockdep_take(&ld, OTHER, 0, B, 2, &report);
	lockdep_take(&ld, ME, 0, C, 3, &report);
	lockdep_restore(&ld, &one);
	CHECK_EQ(lockdep_held(&ld, ME)->n, 1);
	CHECK(lockdep_held(&ld, ME)->held[0].lock == A);
	CHECK(!lockdep_held(&ld, OTHER));
}

TEST(locks_are_dropped_in_any_order_and_by_strangers)
{
	fresh();
	lockdep_take(&ld, ME, 0, A, 1, &report);
	lockdep_take(&ld, ME, 0, B, 2, &report);
	lockdep_drop(&ld, ME, A);
	lockdep_drop(&ld, ME, C);
	lockdep_drop(&ld, OTHER, B);
	CHECK_EQ(lockdep_held(&ld, ME)->n, 1);
	CHECK_EQ(lockdep_held(&ld, ME)->held[0].lock, B);
	lockdep_drop(&ld, ME, B);
	CHECK_PTR(lockdep_held(&ld, ME), NULL);
}

/* A hierarchy is never reported; one random inversion of it always is. */
TEST(random_hierarchies)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 5);
	for (int round = 0; round < 50; round++) {
		unsigned long low = 1 + prandom_u32_below(&rnd, 20), high = low + 1;

		fresh();
		for (int i = 0; i < 2000; i++) {
			unsigned long a = 1 + prandom_u32_below(&rnd, 40);
			unsigned long b = a + 1 + prandom_u32_below(&rnd, 5);

			CHECK(!nest(1 + i % 4, a * 64, b * 64));
		}
		CHECK(nest(ME, high * 64, low * 64));
	}
}

TEST(no_room_is_counted_and_harmless)
{
	fresh();
	for (unsigned long i = 1; i < 1000; i++)
		CHECK(!nest(ME, i * 64, (i + 1) * 64));
	CHECK(ld.full > 0);
	fresh();
	for (unsigned long i = 1; i < 100; i++)
		lockdep_take(&ld, i, 0, A, 1, &report);
	CHECK(ld.full > 0);
	for (unsigned long i = 1; i < 40; i++)
		lockdep_take(&ld, 1, 0, i * 64, 1, &report);
	CHECK_EQ(lockdep_held(&ld, 1)->n, LOCKDEP_DEPTH);
}
