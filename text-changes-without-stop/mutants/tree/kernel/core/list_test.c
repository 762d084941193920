// SPDX-License-Identifier: GPL-2.0
/* Lists: order, removal, splicing, and what a removed entry looks like. */
#include <kunit/test.h>
#include <linux/list.h>
#include <linux/list_sort.h>

struct item {
	int n;
	struct list_head list;
	struct hlist_node hash;
};

/* The items' numbers as decimal digits, walking forwards, and backwards behind a bar. */
static const char *spell(const struct list_head *head)
{
	static char buf[32];
	struct item *pos;
	int len = 0;

	list_for_each_entry(pos, head, list)
		buf[len++] = (char)('0' + pos->n);
	buf[len++] = '|';
	list_for_each_entry_reverse(pos, head, list)
		buf[len++] = (char)('0' + pos->n);
	buf[len] = '\0';
	return buf;
}

static void added_at_both_ends(struct kunit *test)
{
	struct item a = { .n = 1 }, b = { .n = 2 }, c = { .n = 3 };
	LIST_HEAD(head);

	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	list_add(&a.list, &head);
	KUNIT_EXPECT_TRUE(test, list_is_singular(&head));
	list_add(&b.list, &head);
	list_add_tail(&c.list, &head);
	KUNIT_EXPECT_STREQ(test, spell(&head), "213|312");
	list_move_tail(&b.list, &head);
	KUNIT_EXPECT_STREQ(test, spell(&head), "132|231");
	KUNIT_EXPECT_PTR_EQ(test, list_first_entry(&head, struct item, list), &a);
	KUNIT_EXPECT_PTR_EQ(test, list_next_entry(&a, list), &c);
	KUNIT_EXPECT_TRUE(test, list_is_last(&b.list, &head));
}

static void removed_entries_are_poisoned(struct kunit *test)
{
	struct item a = { .n = 1 }, b = { .n = 2 };
	LIST_HEAD(head);

	list_add_tail(&a.list, &head);
	list_add_tail(&b.list, &head);
	list_del(&a.list);
	KUNIT_EXPECT_STREQ(test, spell(&head), "2|2");
	KUNIT_EXPECT_PTR_EQ(test, a.list.next, LIST_POISON1);
	KUNIT_EXPECT_PTR_EQ(test, a.list.prev, LIST_POISON2);
	list_del_init(&b.list);
	KUNIT_EXPECT_TRUE(test, list_empty(&head));
	KUNIT_EXPECT_TRUE(test, list_empty(&b.list));
}

static void freed_while_walking(struct kunit *test)
{
	struct item *pos, *next;
	LIST_HEAD(head);
	int i, seen = 0;

	for (i = 0; i < 4; i++) {
		pos = kmalloc(sizeof(*pos), GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, pos);
		pos->n = i;
		list_add_tail(&pos->list, &head);
	}
	list_for_each_entry_safe(pos, next, &head, list) {
		KUNIT_EXPECT_EQ(test, pos->n, seen++);
		list_del(&pos->list);
		kfree(pos);
	}
	KUNIT_EXPECT_EQ(test, seen, 4);
	KUNIT_EXPECT_TRUE(test, list_empty(&head));
}

static void spliced(struct kunit *test)
{
	struct item items[4] = { { .n = 1 }, { .n = 2 }, { .n = 3 }, { .n = 4 } };
	LIST_HEAD(head);
	LIST_HEAD(other);

	list_add_tail(&items[0].list, &head);
	list_add_tail(&items[1].list, &other);
	list_add_tail(&items[2].list, &other);
	list_splice_tail_init(&other, &head);
	KUNIT_EXPECT_STREQ(test, spell(&head), "123|321");
	KUNIT_EXPECT_TRUE(test, list_empty(&other));
	list_replace(&items[1].list, &items[3].list);
	KUNIT_EXPECT_STREQ(test, spell(&head), "143|341");
}

static int by_number(void *priv, const struct list_head *a, const struct list_head *b)
{
	return list_entry(a, struct item, list)->n - list_entry(b, struct item, list)->n;
}

static void sorted(struct kunit *test)
{
	struct item items[5] = { { .n = 3 }, { .n = 1 }, { .n = 5 }, { .n = 2 }, { .n = 4 } };
	LIST_HEAD(head);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(items); i++)
		list_add_tail(&items[i].list, &head);
	list_sort(NULL, &head, by_number);
	KUNIT_EXPECT_STREQ(test, spell(&head), "12345|54321");
}

static void hashed(struct kunit *test)
{
	struct item a = { .n = 1 }, b = { .n = 2 }, *pos;
	HLIST_HEAD(head);
	int sum = 0;

	hlist_add_head(&a.hash, &head);
	hlist_add_head(&b.hash, &head);
	hlist_for_each_entry(pos, &head, hash)
		sum = sum * 10 + pos->n;
	KUNIT_EXPECT_EQ(test, sum, 21);
	hlist_del_init(&b.hash);
	KUNIT_EXPECT_TRUE(test, hlist_unhashed(&b.hash));
	hlist_del(&a.hash);
	KUNIT_EXPECT_TRUE(test, hlist_empty(&head));
}

static struct kunit_case list_cases[] = {
	KUNIT_CASE(added_at_both_ends),
	KUNIT_CASE(removed_entries_are_poisoned),
	KUNIT_CASE(freed_while_walking),
	KUNIT_CASE(spliced),
	KUNIT_CASE(sorted),
	KUNIT_CASE(hashed),
	{}
};

static struct kunit_suite list_suite = { .name = "list", .test_cases = list_cases };
kunit_test_suite(list_suite);
