// SPDX-License-Identifier: GPL-2.0
/* Structures from kmalloc on a list and in a hash table, counted by kref. */
#include <linux/hashtable.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct person {
	char *name;
	int number;
	struct kref ref;
	struct list_head list;
	struct hlist_node hash;
};

static LIST_HEAD(people);
static DEFINE_HASHTABLE(by_number, 4);

static void free_person(struct kref *ref)
{
	struct person *p = container_of(ref, struct person, ref);

	pr_info("phonebook: forgets %s\n", p->name);
	kfree(p->name);
	kfree(p);
}

static int add_person(const char *name, int number)
{
	struct person *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->name = kstrdup(name, GFP_KERNEL);
	if (!p->name) {
		kfree(p);
		return -ENOMEM;
	}
	p->number = number;
	kref_init(&p->ref);
	list_add_tail(&p->list, &people);
	kref_get(&p->ref);
	hash_add(by_number, &p->hash, number);
	return 0;
}

static struct person *find_person(int number)
{
	struct person *p;

	hash_for_each_possible(by_number, p, hash, number)
		if (p->number == number)
			return p;
	return NULL;
}

static void forget_all(void)
{
	struct person *p, *tmp;

	list_for_each_entry_safe(p, tmp, &people, list) {
		list_del(&p->list);
		hash_del(&p->hash);
		kref_put(&p->ref, free_person);
		kref_put(&p->ref, free_person);
	}
}

static int __init phonebook_init(void)
{
	struct person *p;
	int err;

	err = add_person("Ada", 1815);
	if (!err)
		err = add_person("Grace", 1906);
	if (err) {
		forget_all();
		return err;
	}
	p = find_person(1906);
	pr_info("phonebook: 1906 is %s\n", p ? p->name : "nobody");
	return 0;
}

static void __exit phonebook_exit(void)
{
	forget_all();
}

module_init(phonebook_init);
module_exit(phonebook_exit);

MODULE_LICENSE("GPL");
