// SPDX-License-Identifier: GPL-2.0
/* Red-black trees and arrays with gaps, against plain arrays, with random insertions and removals. */
#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/radix-tree.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>

#define KEYS	64
#define STEPS	2000

struct item {
	struct rb_node node;
	unsigned int key;
	bool in;
};

static struct item items[KEYS];

static void insert(struct rb_root *root, struct item *item)
{
	struct rb_node **link = &root->rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct item, node)->key ? &parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&item->node, parent, link);
	rb_insert_color(&item->node, root);
}

/* Return: the black nodes on each way down from @node, itself included; -1 if a rule is broken. */
static int black_height(const struct rb_node *node)
{
	bool red = node && !(node->__rb_parent_color & RB_BLACK);
	int left, right;

	if (!node)
		return 0;
	for (int side = 0; red && side < 2; side++) {
		const struct rb_node *child = side ? node->rb_right : node->rb_left;

		if (child && !(child->__rb_parent_color & RB_BLACK))
			return -1;
	}
	left = black_height(node->rb_left);
	right = black_height(node->rb_right);
	return left < 0 || left != right ? -1 : left + !red;
}

/* Whether the tree holds what it should, in order, forwards and backwards. */
static bool is_right(const struct rb_root *root)
{
	struct rb_node *node = rb_first(root);

	for (int i = 0; i < KEYS; i++) {
		if (!items[i].in)
			continue;
		if (node != &items[i].node)
			return false;
		node = rb_next(node);
	}
	if (node)
		return false;
	node = rb_last(root);
	for (int i = KEYS - 1; i >= 0; i--) {
		if (!items[i].in)
			continue;
		if (node != &items[i].node)
			return false;
		node = rb_prev(node);
	}
	return black_height(root->rb_node) >= 0;
}

static void a_tree_stays_ordered_and_balanced(struct kunit *test)
{
	struct rnd_state rnd;
	struct rb_root root = RB_ROOT;

	prandom_seed_state(&rnd, 1);
	memset(items, 0, sizeof(items));
	for (int step = 0; step < STEPS; step++) {
		struct item *item = &items[prandom_u32_state(&rnd) % KEYS];

		item->key = (unsigned int)(item - items);
		if (item->in)
			rb_erase(&item->node, &root);
		else
			insert(&root, item);
		item->in = !item->in;
		if (is_right(&root))
			continue;
		KUNIT_FAIL(test, "wrong after step %d", step);
		return;
	}
}

static void children_come_before_parents(struct kunit *test)
{
	struct rb_root root = RB_ROOT;
	struct item *item, *next;
	int n = 0;

	for (unsigned int i = 0; i < KEYS; i++) {
		items[i].key = i;
		insert(&root, &items[i]);
	}
	rbtree_postorder_for_each_entry_safe(item, next, &root, node) {
		/* What was visited is not touched again. */
		memset(item, 0xff, sizeof(*item));
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, KEYS);
}

static void a_node_is_replaced(struct kunit *test)
{
	struct item other = { .key = 2 };
	struct rb_root root = RB_ROOT;

	for (unsigned int i = 0; i < 5; i++) {
		items[i].key = i;
		insert(&root, &items[i]);
	}
	rb_replace_node(&items[2].node, &other.node, &root);
	KUNIT_EXPECT_PTR_EQ(test, rb_next(&items[1].node), &other.node);
	KUNIT_EXPECT_PTR_EQ(test, rb_prev(&items[3].node), &other.node);
}

static void an_array_has_what_was_stored(struct kunit *test)
{
	void *model[KEYS] = {}, *entry;
	DEFINE_XARRAY(xa);
	struct rnd_state rnd;
	unsigned long index;

	prandom_seed_state(&rnd, 2);
	for (int step = 0; step < STEPS; step++) {
		unsigned int i = prandom_u32_state(&rnd) % KEYS;

		entry = prandom_u32_state(&rnd) & 1 ? xa_mk_value(step) : NULL;
		KUNIT_EXPECT_PTR_EQ(test, xa_store(&xa, i * 1000003ul, entry, GFP_KERNEL), model[i]);
		model[i] = entry;
	}
	for (unsigned int i = 0; i < KEYS; i++)
		KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, i * 1000003ul), model[i]);
	xa_for_each(&xa, index, entry) {
		KUNIT_EXPECT_PTR_EQ(test, model[index / 1000003], entry);
		model[index / 1000003] = NULL;
	}
	for (unsigned int i = 0; i < KEYS; i++)
		KUNIT_EXPECT_NULL(test, model[i]);
	xa_destroy(&xa);
}

static void places_that_are_taken_are_refused(struct kunit *test)
{
	DEFINE_XARRAY_ALLOC1(xa);
	int a, b;
	u32 id;

	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 5, &a, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, xa_insert(&xa, 5, &b, GFP_KERNEL), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, xa_cmpxchg(&xa, 5, &b, &b, GFP_KERNEL), (void *)&a);
	KUNIT_EXPECT_PTR_EQ(test, xa_load(&xa, 5), (void *)&a);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, &b, XA_LIMIT(0, 1), GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, id, 1u);
	KUNIT_EXPECT_EQ(test, xa_alloc(&xa, &id, &b, XA_LIMIT(0, 1), GFP_KERNEL), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, xa_erase(&xa, 5), (void *)&a);
	KUNIT_EXPECT_NULL(test, xa_erase(&xa, 5));
	xa_destroy(&xa);
}

static void numbers_are_given_and_taken_back(struct kunit *test)
{
	DEFINE_IDR(idr);
	int a;

	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, &a, 2, 4, GFP_KERNEL), 2);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, NULL, 2, 4, GFP_KERNEL), 3);
	KUNIT_EXPECT_EQ(test, idr_alloc(&idr, &a, 2, 4, GFP_KERNEL), -ENOSPC);
	KUNIT_EXPECT_PTR_EQ(test, idr_replace(&idr, &idr, 3), NULL);
	KUNIT_EXPECT_PTR_EQ(test, idr_find(&idr, 3), (void *)&idr);
	KUNIT_EXPECT_EQ(test, PTR_ERR(idr_replace(&idr, &a, 9)), (long)-ENOENT);
	KUNIT_EXPECT_PTR_EQ(test, idr_remove(&idr, 2), (void *)&a);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &a, 0, 0, GFP_KERNEL), 0);
	idr_remove(&idr, 0);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &a, 0, 0, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &a, 0, 3, GFP_KERNEL), 2);
	KUNIT_EXPECT_EQ(test, idr_alloc_cyclic(&idr, &a, 0, 3, GFP_KERNEL), 0);
	idr_destroy(&idr);
	KUNIT_EXPECT_TRUE(test, idr_is_empty(&idr));
}

static void numbers_alone(struct kunit *test)
{
	DEFINE_IDA(ida);

	KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), 0);
	KUNIT_EXPECT_EQ(test, ida_alloc(&ida, GFP_KERNEL), 1);
	KUNIT_EXPECT_EQ(test, ida_alloc_range(&ida, 0, 1, GFP_KERNEL), -ENOSPC);
	ida_free(&ida, 0);
	KUNIT_EXPECT_EQ(test, ida_alloc_min(&ida, 0, GFP_KERNEL), 0);
	ida_destroy(&ida);
}

static void a_radix_tree_is_one_too(struct kunit *test)
{
	RADIX_TREE(tree, GFP_KERNEL);
	void *found[4];
	int a, b;

	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 7, &a), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, 7, &b), -EEXIST);
	KUNIT_EXPECT_EQ(test, radix_tree_insert(&tree, ~0ul, &b), 0);
	KUNIT_EXPECT_EQ(test, radix_tree_gang_lookup(&tree, found, 0, 4), 2u);
	KUNIT_EXPECT_PTR_EQ(test, found[1], (void *)&b);
	KUNIT_EXPECT_PTR_EQ(test, radix_tree_delete(&tree, 7), (void *)&a);
	radix_tree_delete(&tree, ~0ul);
	xa_destroy(&tree);
}

static struct kunit_case trees_cases[] = {
	KUNIT_CASE(a_tree_stays_ordered_and_balanced),
	KUNIT_CASE(children_come_before_parents),
	KUNIT_CASE(a_node_is_replaced),
	KUNIT_CASE(an_array_has_what_was_stored),
	KUNIT_CASE(places_that_are_taken_are_refused),
	KUNIT_CASE(numbers_are_given_and_taken_back),
	KUNIT_CASE(numbers_alone),
	KUNIT_CASE(a_radix_tree_is_one_too),
	{}
};

static struct kunit_suite trees_suite = { .name = "lib-trees", .test_cases = trees_cases };
kunit_test_suite(trees_suite);
