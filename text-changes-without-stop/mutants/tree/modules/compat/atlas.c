// SPDX-License-Identifier: GPL-2.0
/* One set of towns, found in four ways: by a red-black tree, an xarray, an IDR and a radix tree. */
#include <linux/idr.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/radix-tree.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/xarray.h>

struct town {
	const char *name;
	unsigned long people;
	struct rb_node node;
};

static struct town towns[] = {
	{ "Ulm", 126 }, { "Bonn", 330 }, { "Trier", 110 }, { "Essen", 582 }, { "Jena", 111 },
};

static struct rb_root by_people = RB_ROOT;
static DEFINE_XARRAY(by_size);
static DEFINE_IDR(by_ticket);
static RADIX_TREE(by_number, GFP_KERNEL);

static void insert(struct town *town)
{
	struct rb_node **new = &by_people.rb_node, *parent = NULL;

	while (*new) {
		struct town *other = rb_entry(*new, struct town, node);

		parent = *new;
		new = town->people < other->people ? &(*new)->rb_left : &(*new)->rb_right;
	}
	rb_link_node(&town->node, parent, new);
	rb_insert_color(&town->node, &by_people);
}

static int register_town(struct town *town, int i)
{
	int id, err;

	insert(town);
	err = xa_err(xa_store(&by_size, town->people * 1000, town, GFP_KERNEL));
	if (err)
		return err;
	id = idr_alloc(&by_ticket, town, 100, 0, GFP_KERNEL);
	if (id < 0)
		return id;
	return radix_tree_insert(&by_number, i, town);
}

static void forget(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(towns); i++)
		radix_tree_delete(&by_number, i);
	xa_destroy(&by_number);
	idr_destroy(&by_ticket);
	xa_destroy(&by_size);
}

static int __init atlas_init(void)
{
	struct rb_node *node;
	struct town *town;
	unsigned long index;
	int i, id, err;

	for (i = 0; i < ARRAY_SIZE(towns); i++) {
		err = register_town(&towns[i], i);
		if (err) {
			forget();
			return err;
		}
	}
	for (node = rb_first(&by_people); node; node = rb_next(node))
		pr_info("atlas: %s\n", rb_entry(node, struct town, node)->name);
	xa_for_each(&by_size, index, town)
		if (index >= 200000)
			pr_info("atlas: %s has %lu\n", town->name, index);
	idr_remove(&by_ticket, 101);
	idr_for_each_entry(&by_ticket, town, id)
		pr_info("atlas: ticket %d is %s\n", id, town->name);
	town = radix_tree_lookup(&by_number, 3);
	pr_info("atlas: number 3 is %s\n", town->name);
	return 0;
}

static void __exit atlas_exit(void)
{
	while (!RB_EMPTY_ROOT(&by_people))
		rb_erase(rb_first(&by_people), &by_people);
	forget();
	pr_info("atlas: closed\n");
}

module_init(atlas_init);
module_exit(atlas_exit);

MODULE_LICENSE("GPL");
