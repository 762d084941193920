// SPDX-License-Identifier: GPL-2.0
/* The smaller parts of lib/, and of the headers that come without code: vectors, wrap-arounds, errors. */
#include <kunit/test.h>
#include <linux/circ_buf.h>
#include <linux/completion.h>
#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/ioctl.h>
#include <linux/jhash.h>
#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/kobject.h>
#include <linux/rcupdate.h>
#include <linux/seqlock.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

static void checksums_and_hashes(struct kunit *test)
{
	static const u32 words[] = { 1, 2, 3, 4, 5 };

	/* The check values of CRC-32 and CRC-32/MPEG-2. */
	KUNIT_EXPECT_EQ(test, crc32(~0u, "123456789", 9) ^ ~0u, 0xcbf43926u);
	KUNIT_EXPECT_EQ(test, crc32_be(~0u, "123456789", 9), 0x0376e6e7u);
	/* lookup3.c, its words taken big-endian. */
	KUNIT_EXPECT_EQ(test, jhash("", 0, 0), 0xdeadbeefu);
	KUNIT_EXPECT_EQ(test, jhash("Four score and seven years ago", 30, 0), 0x65872663u);
	KUNIT_EXPECT_EQ(test, jhash("stopgap", 7, 0), 0x375a0281u);
	KUNIT_EXPECT_EQ(test, jhash2(words, 5, 7), 0x5a4f3b1eu);
	KUNIT_EXPECT_EQ(test, jhash_3words(1, 2, 3, 0), 0xa46158f5u);
}

static void a_queue_wraps(struct kunit *test)
{
	DEFINE_KFIFO(fifo, int, 4);
	int in[] = { 1, 2, 3 }, out[4], value;

	for (int round = 0; round < 5; round++) {
		KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, in, 3), 3u);
		KUNIT_EXPECT_EQ(test, kfifo_avail(&fifo), 1u);
		KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 4), 1u);
		KUNIT_EXPECT_EQ(test, kfifo_put(&fifo, 5), 0u);
		KUNIT_EXPECT_TRUE(test, kfifo_is_full(&fifo));
		KUNIT_EXPECT_EQ(test, kfifo_get(&fifo, &value), 1u);
		KUNIT_EXPECT_EQ(test, value, 1);
		KUNIT_EXPECT_EQ(test, kfifo_peek(&fifo, &value), 1u);
		KUNIT_EXPECT_EQ(test, value, 2);
		KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, out, 4), 3u);
		KUNIT_EXPECT_EQ(test, out[2], 4);
		KUNIT_EXPECT_TRUE(test, kfifo_is_empty(&fifo));
	}
}

static void a_queue_of_ones_own_memory(struct kunit *test)
{
	struct kfifo fifo;
	char buf[10];

	KUNIT_EXPECT_EQ(test, kfifo_alloc(&fifo, 1, GFP_KERNEL), -EINVAL);
	KUNIT_ASSERT_EQ(test, kfifo_alloc(&fifo, 5, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 8u);
	KUNIT_EXPECT_EQ(test, kfifo_in(&fifo, "123456789", 9), 8u);
	KUNIT_EXPECT_EQ(test, kfifo_out(&fifo, buf, 10), 8u);
	KUNIT_EXPECT_EQ(test, memcmp(buf, "12345678", 8), 0);
	kfifo_free(&fifo);
	KUNIT_EXPECT_EQ(test, kfifo_init(&fifo, buf, sizeof(buf)), 0);
	KUNIT_EXPECT_EQ(test, kfifo_size(&fifo), 8u);
}

static void a_ring_leaves_one_place_free(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, CIRC_CNT(2, 6, 8), 4);
	KUNIT_EXPECT_EQ(test, CIRC_SPACE(2, 6, 8), 3);
	KUNIT_EXPECT_EQ(test, CIRC_CNT_TO_END(2, 6, 8), 2);
	KUNIT_EXPECT_EQ(test, CIRC_SPACE_TO_END(6, 6, 8), 2);
}

static void a_writer_makes_readers_read_again(struct kunit *test)
{
	DEFINE_SEQLOCK(lock);
	unsigned int seq = read_seqbegin(&lock);

	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 0);
	write_seqlock(&lock);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 1);
	write_sequnlock(&lock);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, seq), 1);
	KUNIT_EXPECT_EQ(test, read_seqretry(&lock, read_seqbegin(&lock)), 0);
}

static void a_key_is_turned(struct kunit *test)
{
	static DEFINE_STATIC_KEY_FALSE(key);

	KUNIT_EXPECT_FALSE(test, static_branch_unlikely(&key));
	static_branch_enable(&key);
	KUNIT_EXPECT_TRUE(test, static_branch_unlikely(&key));
	static_branch_disable(&key);
	KUNIT_EXPECT_FALSE(test, static_branch_likely(&key));
}

static void a_command_says_what_it_is(struct kunit *test)
{
	/* As Linux's headers for this architecture have it. */
	KUNIT_EXPECT_EQ(test, _IO('k', 1), 0x20006b01u);
	KUNIT_EXPECT_EQ(test, _IOW('k', 2, int), 0x80046b02u);
	KUNIT_EXPECT_EQ(test, _IOC_SIZE(_IOWR('k', 3, u64)), 8u);
	KUNIT_EXPECT_EQ(test, _IOC_TYPE(_IOR('k', 3, u64)), 'k');
}

struct ringer {
	struct hrtimer timer;
	struct completion done;
	int left;
};

static enum hrtimer_restart ring(struct hrtimer *timer)
{
	struct ringer *r = container_of(timer, struct ringer, timer);

	if (--r->left) {
		hrtimer_forward_now(timer, ns_to_ktime(50000));
		return HRTIMER_RESTART;
	}
	complete(&r->done);
	return HRTIMER_NORESTART;
}

static void a_fine_timer_rings_until_it_has_enough(struct kunit *test)
{
	struct ringer r = { .left = 3 };
	ktime_t begin = ktime_get();

	init_completion(&r.done);
	hrtimer_setup(&r.timer, ring, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	hrtimer_start(&r.timer, ns_to_ktime(100000), HRTIMER_MODE_REL);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&r.done, 10 * HZ), 0ul);
	KUNIT_EXPECT_GE(test, ktime_sub(ktime_get(), begin), (s64)200000);
	KUNIT_EXPECT_EQ(test, hrtimer_cancel(&r.timer), 0);
	hrtimer_start(&r.timer, ktime_set(3600, 0), HRTIMER_MODE_REL);
	KUNIT_EXPECT_EQ(test, hrtimer_cancel(&r.timer), 1);
}

static void a_timer_moves_on_by_whole_steps(struct kunit *test)
{
	struct hrtimer timer = { .expires = 100 };

	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 99, 10), 0ull);
	KUNIT_EXPECT_EQ(test, hrtimer_forward(&timer, 125, 10), 3ull);
	KUNIT_EXPECT_EQ(test, hrtimer_get_expires(&timer), (s64)130);
}

static void what_is_const_can_be_read_from_the_user(struct kunit *test)
{
	const char *from = "xyz";
	char c = 0;

	KUNIT_EXPECT_EQ(test, get_user(c, from + 1), 0);
	KUNIT_EXPECT_EQ(test, c, 'y');
	KUNIT_EXPECT_EQ(test, get_user(c, (const char *)16), -EFAULT);
}

static void memory_is_freed_after_a_grace_period(struct kunit *test)
{
	struct { long before; struct rcu_head rcu; } *p;

	/* The run of the tests counts objects. */
	for (int i = 0; i < 10; i++) {
		p = kzalloc(sizeof(*p), GFP_KERNEL);
		kfree_rcu(p, rcu);
	}
	p = NULL;
	kfree_rcu(p, rcu);
	rcu_barrier();
}

static int released;

static void count_release(struct kobject *kobj)
{
	released++;
}

static const struct kobj_type counted = { .release = count_release };

static void an_object_lives_as_long_as_it_is_held(struct kunit *test)
{
	struct kobject parent = {}, child = {}, twin = {};

	released = 0;
	KUNIT_ASSERT_EQ(test, kobject_init_and_add(&parent, &counted, NULL, "kunit%d", 1), 0);
	KUNIT_ASSERT_EQ(test, kobject_init_and_add(&child, &counted, &parent, "child"), 0);
	KUNIT_EXPECT_EQ(test, kobject_init_and_add(&twin, &counted, &parent, "child"), -EEXIST);
	kobject_put(&twin);
	KUNIT_EXPECT_EQ(test, released, 1);
	kobject_put(&parent);
	KUNIT_EXPECT_EQ(test, released, 1);
	kobject_put(&child);
	KUNIT_EXPECT_EQ(test, released, 3);
}

static struct kunit_case lib_cases[] = {
	KUNIT_CASE(checksums_and_hashes),
	KUNIT_CASE(a_queue_wraps),
	KUNIT_CASE(a_queue_of_ones_own_memory),
	KUNIT_CASE(a_ring_leaves_one_place_free),
	KUNIT_CASE(a_writer_makes_readers_read_again),
	KUNIT_CASE(a_key_is_turned),
	KUNIT_CASE(a_command_says_what_it_is),
	KUNIT_CASE(a_fine_timer_rings_until_it_has_enough),
	KUNIT_CASE(a_timer_moves_on_by_whole_steps),
	KUNIT_CASE(what_is_const_can_be_read_from_the_user),
	KUNIT_CASE(memory_is_freed_after_a_grace_period),
	KUNIT_CASE(an_object_lives_as_long_as_it_is_held),
	{}
};

static struct kunit_suite lib_suite = { .name = "lib", .test_cases = lib_cases };
kunit_test_suite(lib_suite);
