// SPDX-License-Identifier: GPL-2.0
/* Small things modules use: reference counts, hash lists and tables, sscanf, numbers from users. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/hashtable.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct counted {
	struct kref ref;
	int released;
};

static void release_counted(struct kref *ref)
{
	container_of(ref, struct counted, ref)->released++;
}

static void the_last_put_releases(struct kunit *test)
{
	struct counted object = { .released = 0 };

	kref_init(&object.ref);
	kref_get(&object.ref);
	KUNIT_EXPECT_EQ(test, kref_read(&object.ref), 2u);
	KUNIT_EXPECT_EQ(test, kref_put(&object.ref, release_counted), 0);
	KUNIT_EXPECT_EQ(test, object.released, 0);
	KUNIT_EXPECT_EQ(test, kref_put(&object.ref, release_counted), 1);
	KUNIT_EXPECT_EQ(test, object.released, 1);
	KUNIT_EXPECT_EQ(test, kref_get_unless_zero(&object.ref), 0);
}

struct item {
	int value;
	struct hlist_node node;
};

/* The values on a list as one decimal number. */
static int digits(struct hlist_head *head)
{
	struct item *item;
	int number = 0;

	hlist_for_each_entry(item, head, node)
		number = number * 10 + item->value;
	return number;
}

static void hlists_keep_their_order(struct kunit *test)
{
	struct item items[4] = { { .value = 1 }, { .value = 2 }, { .value = 3 }, { .value = 4 } };
	HLIST_HEAD(other);
	HLIST_HEAD(head);

	hlist_add_head(&items[1].node, &head);
	hlist_add_before(&items[0].node, &items[1].node);
	hlist_add_behind(&items[3].node, &items[1].node);
	hlist_add_behind(&items[2].node, &items[1].node);
	KUNIT_EXPECT_EQ(test, digits(&head), 1234);
	hlist_del_init(&items[2].node);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&items[2].node));
	KUNIT_EXPECT_EQ(test, digits(&head), 124);
	hlist_del(&items[0].node);
	hlist_move_list(&head, &other);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&head));
	hlist_del(&items[1].node);
	KUNIT_EXPECT_EQ(test, digits(&other), 4);
}

static void hash_tables_find_what_they_hold(struct kunit *test)
{
	DEFINE_HASHTABLE(table, 3);
	struct item items[40], *item;
	struct hlist_node *tmp;
	int bkt, sum = 0, found = 0;

	for (int i = 0; i < 40; i++) {
		items[i].value = i;
		hash_add(table, &items[i].node, i);
	}
	hash_for_each(table, bkt, item, node)
		sum += item->value;
	KUNIT_EXPECT_EQ(test, sum, 39 * 40 / 2);
	hash_for_each_possible(table, item, node, 17)
		found += item->value == 17;
	KUNIT_EXPECT_EQ(test, found, 1);
	hash_for_each_safe(table, bkt, tmp, item, node)
		hash_del(&item->node);
	KUNIT_EXPECT_TRUE(test, hash_empty(table));
}

static void lists_can_be_cut_and_counted(struct kunit *test)
{
	struct list_head nodes[5];
	LIST_HEAD(front);
	LIST_HEAD(head);

	for (int i = 0; i < 5; i++)
		list_add_tail(&nodes[i], &head);
	list_cut_position(&front, &head, &nodes[1]);
	KUNIT_EXPECT_EQ(test, list_count_nodes(&front), 2ul);
	KUNIT_EXPECT_EQ(test, list_count_nodes(&head), 3ul);
	KUNIT_EXPECT_TRUE(test, list_is_last(&nodes[1], &front));
	list_rotate_left(&head);
	KUNIT_EXPECT_TRUE(test, list_is_first(&nodes[3], &head));
}

static void sscanf_reads_what_it_says(struct kunit *test)
{
	char word[8] = "", c = 0;
	unsigned long ul = 0;
	int a = 0, b = 0, n = 0;
	short s = 0;

	KUNIT_EXPECT_EQ(test, sscanf(" 12, -7", "%d ,%d", &a, &b), 2);
	KUNIT_EXPECT_EQ(test, a, 12);
	KUNIT_EXPECT_EQ(test, b, -7);
	KUNIT_EXPECT_EQ(test, sscanf("speed=0x1f on", "speed=%lx %7s%n", &ul, word, &n), 2);
	KUNIT_EXPECT_EQ(test, ul, 0x1ful);
	KUNIT_EXPECT_STREQ(test, word, "on");
	KUNIT_EXPECT_EQ(test, n, 13);
	KUNIT_EXPECT_EQ(test, sscanf("1234", "%2hd%*d%c", &s, &c), 1);
	KUNIT_EXPECT_EQ(test, s, (short)12);
	KUNIT_EXPECT_EQ(test, sscanf("100%x", "%d%%%c", &a, &c), 2);
	KUNIT_EXPECT_EQ(test, c, 'x');
	KUNIT_EXPECT_EQ(test, sscanf("much", "%d", &a), 0);
	KUNIT_EXPECT_EQ(test, sscanf("toolongword", "%3s", word), 1);
	KUNIT_EXPECT_STREQ(test, word, "too");
}

static void numbers_come_from_users(struct kunit *test)
{
	char *copy;
	int val = 0;

	KUNIT_EXPECT_EQ(test, kstrtoint_from_user("42\nrest", 3, 10, &val), 0);
	KUNIT_EXPECT_EQ(test, val, 42);
	KUNIT_EXPECT_EQ(test, kstrtoint_from_user("4x", 2, 10, &val), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoint_from_user((char *)16, 2, 10, &val), -EFAULT);
	KUNIT_EXPECT_TRUE(test, IS_ERR(memdup_user((void *)16, 4)));
	copy = memdup_user_nul("hello", 4);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, copy);
	KUNIT_EXPECT_STREQ(test, copy, "hell");
	kfree(copy);
}

static void random_numbers_differ(struct kunit *test)
{
	u64 a = get_random_u64();
	int below = 0;

	KUNIT_EXPECT_NE(test, a, get_random_u64());
	for (int i = 0; i < 100; i++)
		below += get_random_u32_below(10) < 10;
	KUNIT_EXPECT_EQ(test, below, 100);
}

static void make_seven(void *object)
{
	*(int *)object = 7;
}

static void caches_construct_objects(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("sevens", sizeof(int), 0, 0, make_seven);
	int *object;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	KUNIT_EXPECT_EQ(test, *object, 7);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static struct kunit_case compat_cases[] = {
	KUNIT_CASE(the_last_put_releases),
	KUNIT_CASE(hlists_keep_their_order),
	KUNIT_CASE(hash_tables_find_what_they_hold),
	KUNIT_CASE(lists_can_be_cut_and_counted),
	KUNIT_CASE(sscanf_reads_what_it_says),
	KUNIT_CASE(numbers_come_from_users),
	KUNIT_CASE(random_numbers_differ),
	KUNIT_CASE(caches_construct_objects),
	{}
};

static struct kunit_suite compat_suite = {
	.name = "compat",
	.test_cases = compat_cases,
};
kunit_test_suite(compat_suite);
