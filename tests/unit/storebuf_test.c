// SPDX-License-Identifier: GPL-2.0
/* The store buffer: what the others see, what the CPU itself sees, and that no store is lost. */
// LINK: kernel/hv/oracle/storebuf.c kernel/hv/oracle/model.c kernel/hv/oracle/shadow.c
// LINK: tests/unit/model_fakes.c
#include <linux/kernel.h>
#include <linux/prandom.h>

#include "model.h"
#include "storebuf.h"
#include "unit.h"

#define SEEDS	500

static u32 x, y;
static struct storebuf sb;

#define STORE(buf, var, value)						\
	do {								\
		storebuf_store(buf, (unsigned long)&(var), sizeof(var));	\
		(var) = (value);					\
	} while (0)

static void fresh(void)
{
	storebuf_reset(&sb);
	x = y = 0;
}

TEST(the_owner_always_sees_its_stores)
{
	for (u64 seed = 0; seed < SEEDS; seed++) {
		fresh();
		STORE(&sb, x, 1);
		STORE(&sb, y, 2);
		STORE(&sb, x, 3);
		for (int i = 0; i < 4; i++) {
			storebuf_out(&sb, MODEL_PSO, seed);
			CHECK(x == 0 || x == 1 || x == 3);
			storebuf_in(&sb);
			CHECK(x == 3 && y == 2);
		}
		storebuf_out(&sb, MODEL_PSO, seed);
		storebuf_drain(&sb);
		CHECK(x == 3 && y == 2);
	}
}

/* Which (x, y) the others can see after x = 1; y = 1: bit 2 * y + x. */
static unsigned int views(enum memory_model model, bool fence)
{
	unsigned int seen = 0;

	for (u64 seed = 0; seed < SEEDS; seed++) {
		fresh();
		STORE(&sb, x, 1);
		if (fence)
			storebuf_fence(&sb);
		STORE(&sb, y, 1);
		storebuf_out(&sb, model, seed);
		seen |= 1U << (2 * y + x);
		storebuf_drain(&sb);
	}
	return seen;
}

TEST(tso_delays_a_suffix_pso_anything_a_fence_divides)
{
	CHECK_EQ(views(MODEL_TSO, false), 0xb);
	CHECK_EQ(views(MODEL_PSO, false), 0xf);
	CHECK_EQ(views(MODEL_PSO, true), 0xb);
}

TEST(a_store_is_settled_by_the_switch_at_the_latest)
{
	for (u64 seed = 0; seed < 20; seed++) {
		fresh();
		storebuf_store(&sb, (unsigned long)&x, sizeof(x));
		x = 7;
		storebuf_out(&sb, MODEL_TSO, seed);
		CHECK(x == 0 || x == 7);
		storebuf_in(&sb);
		CHECK_EQ(x, 7);
	}
}

/* A delayed store lands on what another CPU stored meanwhile, and if undone, gives that back. */
TEST(a_delayed_store_lands_over_the_stores_of_others)
{
	bool delayed_twice = false;

	for (u64 seed = 0; seed < SEEDS; seed++) {
		fresh();
		STORE(&sb, x, 1);
		storebuf_out(&sb, MODEL_TSO, seed);
		if (sb.n == 0)
			continue;
		CHECK_EQ(x, 0);
		x = 5;
		storebuf_in(&sb);
		CHECK_EQ(x, 1);
		storebuf_out(&sb, MODEL_TSO, seed);
		CHECK_EQ(x, sb.n ? 5 : 1);
		delayed_twice |= sb.n > 0;
		storebuf_drain(&sb);
		CHECK_EQ(x, 1);
	}
	CHECK(delayed_twice);
}

TEST(late_stores_are_counted_once)
{
	unsigned int late = 0, delayed = 0;

	for (u64 seed = 0; seed < SEEDS; seed++) {
		fresh();
		STORE(&sb, x, 1);
		CHECK_EQ(storebuf_out(&sb, MODEL_TSO, seed), 0);
		delayed += sb.n;
		storebuf_in(&sb);
		late += storebuf_drain(&sb);
		CHECK_EQ(storebuf_drain(&sb), 0);
	}
	CHECK_EQ(late, delayed);
	CHECK(late > SEEDS / 4 && late < SEEDS * 3 / 4);
}

TEST(a_full_buffer_lets_the_oldest_go)
{
	static u32 many[3 * STOREBUF_ENTRIES];

	fresh();
	memset(many, 0, sizeof(many));
	for (unsigned int i = 0; i < ARRAY_SIZE(many); i++)
		STORE(&sb, many[i], i + 1);
	storebuf_out(&sb, MODEL_PSO, 3);
	CHECK(sb.n > 0 && sb.n < STOREBUF_ENTRIES);
	for (unsigned int i = 0; i < ARRAY_SIZE(many) - STOREBUF_ENTRIES; i++)
		CHECK_EQ(many[i], i + 1);
	storebuf_drain(&sb);
	for (unsigned int i = 0; i < ARRAY_SIZE(many); i++)
		CHECK_EQ(many[i], i + 1);
}

TEST(odd_sizes_and_places_are_cut_up)
{
	static u8 bytes[64] __aligned(8);

	for (unsigned int at = 0; at < 8; at++) {
		for (unsigned int size = 1; size <= 40; size++) {
			storebuf_reset(&sb);
			memset(bytes, 0, sizeof(bytes));
			storebuf_store(&sb, (unsigned long)&bytes[at], size);
			memset(&bytes[at], 0x5a, size);
			storebuf_out(&sb, MODEL_PSO, size);
			/* Its pieces share their fate. */
			CHECK(!memchr_inv(&bytes[at], bytes[at], size));
			CHECK(!memchr_inv(&bytes[at + size], 0, sizeof(bytes) - at - size));
			storebuf_in(&sb);
			CHECK(!memchr_inv(&bytes[at], 0x5a, size));
		}
	}
}

TEST(a_large_store_goes_past_the_buffer_after_all_before_it)
{
	static u8 bytes[STOREBUF_MAX_SIZE + 1];

	fresh();
	STORE(&sb, x, 1);
	storebuf_store(&sb, (unsigned long)bytes, sizeof(bytes));
	CHECK_EQ(sb.n, 0);
}

/* Somebody without hooks stored over it: that store is kept, and nothing older comes back. */
TEST(a_store_without_a_hook_wins)
{
	for (u64 seed = 0; seed < 50; seed++) {
		fresh();
		STORE(&sb, x, 1);
		STORE(&sb, x, 2);
		storebuf_settle(&sb);
		x = 9;
		storebuf_out(&sb, MODEL_PSO, seed);
		CHECK_EQ(x, 9);
		CHECK_EQ(sb.bypassed, 1);
		storebuf_in(&sb);
		CHECK_EQ(x, 9);
	}
}

/* Two CPUs store random values to overlapping places; each always sees what it would alone. */
TEST(random_overlapping_stores_keep_the_order_of_each_place)
{
	static u8 mem[32] __aligned(8), model[32] __aligned(8);
	struct rnd_state rnd;

	prandom_seed_state(&rnd, 42);
	for (int round = 0; round < 2000; round++) {
		storebuf_reset(&sb);
		memset(mem, 0, sizeof(mem));
		memset(model, 0, sizeof(model));
		for (int i = 0; i < 20; i++) {
			unsigned int size = 1U << prandom_u32_below(&rnd, 4);
			unsigned int at = prandom_u32_below(&rnd, 32 / size) * size;
			int fill = 1 + prandom_u32_below(&rnd, 255);

			storebuf_store(&sb, (unsigned long)&mem[at], size);
			memset(&mem[at], fill, size);
			memset(&model[at], fill, size);
			if (prandom_u32_below(&rnd, 3) == 0) {
				storebuf_out(&sb, MODEL_PSO, round);
				storebuf_in(&sb);
			}
			if (!CHECK_MEM(mem, model, sizeof(mem)))
				return;
		}
		storebuf_out(&sb, MODEL_PSO, round);
		storebuf_drain(&sb);
		CHECK_MEM(mem, model, sizeof(mem));
		CHECK_EQ(sb.bypassed, 0);
	}
}

/* The fate of a store does not depend on what other CPUs do: shortening a schedule relies on it. */
TEST(other_cpus_do_not_change_a_stores_fate)
{
	for (u64 seed = 0; seed < 100; seed++) {
		u32 alone;

		x = y = 0;
		model_run_begin(MODEL_TSO, seed);
		model_store(0, (unsigned long)&x, sizeof(x));
		x = 1;
		model_switch_out(0);
		alone = x;
		model_run_end();

		x = y = 0;
		model_run_begin(MODEL_TSO, seed);
		model_store(1, (unsigned long)&y, sizeof(y));
		y = 1;
		model_switch_out(1);
		CHECK_PTR(model_switch_in(0), NULL);
		model_store(0, (unsigned long)&x, sizeof(x));
		x = 1;
		model_switch_out(0);
		CHECK_EQ(x, alone);
		model_run_end();
		CHECK(x == 1 && y == 1);
	}
}

TEST(under_sc_nothing_is_late)
{
	for (u64 seed = 0; seed < 50; seed++) {
		x = 0;
		model_run_begin(MODEL_SC, seed);
		model_store(0, (unsigned long)&x, sizeof(x));
		x = 1;
		CHECK_EQ(model_switch_out(0), 0);
		CHECK_EQ(x, 1);
		model_run_end();
	}
}

/* Nobody waits for ever for a store that is only delayed. */
TEST(when_nobody_can_run_all_becomes_visible)
{
	unsigned int late = 0;

	for (u64 seed = 0; seed < 50; seed++) {
		u32 seen;

		x = 0;
		model_run_begin(MODEL_TSO, seed);
		model_store(0, (unsigned long)&x, sizeof(x));
		x = 1;
		model_switch_out(0);
		seen = x;
		CHECK_EQ(model_drain_all(), seen == 0);
		late += seen == 0;
		CHECK_EQ(x, 1);
		CHECK_EQ(model_drain_all(), 0);
	}
	CHECK(late > 0);
}

/* A delayed store that would land in freed memory is reported and dropped. */
TEST(a_late_store_into_freed_memory_is_a_use_after_free)
{
	static u64 object[2] __aligned(16);
	unsigned int reported = 0;

	for (u64 seed = 0; seed < 50; seed++) {
		const char *what;

		shadow_reset();
		object[0] = 0;
		model_run_begin(MODEL_TSO, seed);
		model_store(0, (unsigned long)object, 8);
		object[0] = 1;
		model_switch_out(0);
		if (object[0])
			continue;
		shadow_free((unsigned long)object, sizeof(object), "kmalloc", 1, 0);
		what = model_switch_in(0);
		CHECK(what && strstr(what, "use after free"));
		reported++;
		CHECK_EQ(object[0], 0);
		model_run_end();
		CHECK_EQ(object[0], 0);
	}
	CHECK(reported > 0);
	shadow_reset();
}

TEST(models_have_names)
{
	CHECK_EQ(model_find("sc"), MODEL_SC);
	CHECK_EQ(model_find("pso"), MODEL_PSO);
	CHECK_EQ(model_find("alpha"), MODEL_NR);
	CHECK_STR(model_name(MODEL_TSO), "tso");
}
