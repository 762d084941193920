// SPDX-License-Identifier: GPL-2.0
/*
 * One bug of each kind that there is an oracle for, to see what its report looks like and that it comes. Explored code:
 * its accesses are scheduling points.
 *
 *	bug=lost_update		a sum without a lock; the scenario's own oracle
 *	bug=use_after_free	an object is freed while it is looked at
 *	bug=per_cpu		the same with per-CPU memory, whose neighbours live on
 *	bug=double_free		both free what both have found
 *	bug=list		both add to a list
 *	bug=list_walk		an entry is deleted while somebody stands on it
 *	bug=list_twice		both delete what both have found on the list
 *	bug=spinlocks		two locks, taken in different order: a deadlock
 *	bug=mutexes		the same with mutexes
 *	bug=inversion		the same again, one after the other: no deadlock yet
 *	bug=atomic		sleeps with a spinlock held
 *	bug=crash		a pointer that is NULL for a moment
 *
 *	fixed=no|yes		with fixed=yes one mutex is around it all, or the order right, or the spinlock gone
 */
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/poison.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <stopgap/race.h>

#include "../oracle/lockdep.h"

/**
 * struct planted - one bug
 * @name: as typed
 * @act: what the participants do
 * @right: what they do with fixed=yes; NULL: the same, under a mutex
 * @orders: the order of locks is checked, too; else it would be noticed first
 */
struct planted {
	const char *name;
	void (*act[2])(void);
	void (*right[2])(void);
	bool orders;
};

struct item {
	struct list_head list;
	int value;
};

static int sum;
static struct item *shared_item;
static int __percpu *counter, *neighbour;
static struct item items[2];
static LIST_HEAD(list_of_items);
static struct item listed[2];
static LIST_HEAD(full_list);
static DEFINE_SPINLOCK(lock_a);
static DEFINE_SPINLOCK(lock_b);
static DEFINE_MUTEX(mutex_a);
static DEFINE_MUTEX(mutex_b);
static DEFINE_MUTEX(around_all);

/* ---- what the participants do ---- */

static void add_one(void)
{
	WRITE_ONCE(sum, READ_ONCE(sum) + 1);
}

static void look_at_item(void)
{
	struct item *item = READ_ONCE(shared_item);

	if (item)
		item->value++;
}

static void free_item(void)
{
	struct item *item = READ_ONCE(shared_item);

	if (!item)
		return;
	WRITE_ONCE(shared_item, NULL);
	kfree(item);
}

static void count(void)
{
	int __percpu *mine = READ_ONCE(counter);

	if (mine)
		++*per_cpu_ptr(mine, 0);
	++*per_cpu_ptr(neighbour, 0);
}

static void free_counter(void)
{
	int __percpu *mine = READ_ONCE(counter);

	WRITE_ONCE(counter, NULL);
	free_percpu(mine);
}

static void add_first(void)
{
	list_add_tail(&items[0].list, &list_of_items);
}

static void add_second(void)
{
	list_add_tail(&items[1].list, &list_of_items);
}

static void walk_items(void)
{
	struct item *item;

	list_for_each_entry_rcu(item, &full_list, list)
		WRITE_ONCE(item->value, 1);
}

static void delete_first(void)
{
	list_del(&listed[0].list);
}

static void delete_if_there(void)
{
	if (READ_ONCE(listed[0].list.next) != LIST_POISON1)
		list_del(&listed[0].list);
}

static void lock_a_then_b(void)
{
	spin_lock(&lock_a);
	spin_lock(&lock_b);
	spin_unlock(&lock_b);
	spin_unlock(&lock_a);
}

static void lock_b_then_a(void)
{
	spin_lock(&lock_b);
	spin_lock(&lock_a);
	spin_unlock(&lock_a);
	spin_unlock(&lock_b);
}

static void mutex_a_then_b(void)
{
	mutex_lock(&mutex_a);
	mutex_lock(&mutex_b);
	mutex_unlock(&mutex_b);
	mutex_unlock(&mutex_a);
}

static void mutex_b_then_a(void)
{
	mutex_lock(&mutex_b);
	mutex_lock(&mutex_a);
	mutex_unlock(&mutex_a);
	mutex_unlock(&mutex_b);
}

static void both_orders(void)
{
	lock_a_then_b();
	lock_b_then_a();
}

static void sleep_with_lock(void)
{
	spin_lock(&lock_a);
	mutex_a_then_b();
	spin_unlock(&lock_a);
}

static void clear_and_set(void)
{
	struct item *item = READ_ONCE(shared_item);

	WRITE_ONCE(shared_item, NULL);
	WRITE_ONCE(shared_item, item);
}

static void follow(void)
{
	READ_ONCE(shared_item)->value++;
}

static void nothing(void)
{
}

static const struct planted bugs[] = {
	{ .name = "lost_update", .act = { add_one, add_one } },
	{ .name = "use_after_free", .act = { look_at_item, free_item } },
	{ .name = "per_cpu", .act = { count, free_counter } },
	{ .name = "double_free", .act = { free_item, free_item } },
	{ .name = "list", .act = { add_first, add_second } },
	{ .name = "list_walk", .act = { walk_items, delete_first } },
	{ .name = "list_twice", .act = { delete_if_there, delete_if_there } },
	{ .name = "spinlocks", .act = { lock_a_then_b, lock_b_then_a }, .right = { lock_a_then_b, lock_a_then_b } },
	{ .name = "mutexes", .act = { mutex_a_then_b, mutex_b_then_a }, .right = { mutex_a_then_b, mutex_a_then_b } },
	{ .name = "inversion", .act = { both_orders, nothing }, .right = { lock_a_then_b, lock_a_then_b },
	  .orders = true },
	{ .name = "atomic", .act = { sleep_with_lock, add_one }, .right = { mutex_a_then_b, add_one },
	  .orders = true },
	{ .name = "crash", .act = { follow, clear_and_set } },
};

/* ---- the scenario ---- */

static const char *const bug_names[] = {
	"lost_update", "use_after_free", "per_cpu", "double_free", "list", "list_walk", "list_twice",
	"spinlocks", "mutexes", "inversion", "atomic", "crash", NULL
};
static const char *const rows[] = {
	"bug=lost_update", "bug=use_after_free", "bug=per_cpu", "bug=double_free", "bug=list",
	"bug=list_walk", "bug=list_twice", "bug=spinlocks", "bug=mutexes", "bug=inversion", "bug=atomic", "bug=crash", NULL
};
static const char *const fixed_names[] = { "no", "yes", NULL };
static struct race_choice bug = { .values = bug_names };
static struct race_choice fixed = { .values = fixed_names };
static const struct race_axis axes[] = { RACE_HEADLINE("bug", &bug), RACE_HEADLINE("fixed", &fixed) };

static void act(unsigned int who)
{
	const struct planted *p = &bugs[bug.now];

	if (fixed.now && p->right[who])
		return p->right[who]();
	if (fixed.now)
		mutex_lock(&around_all);
	p->act[who]();
	if (fixed.now)
		mutex_unlock(&around_all);
}

static int act_one(struct race_run *run)
{
	act(0);
	return 0;
}

static int act_other(struct race_run *run)
{
	act(1);
	return 0;
}

static int setup(struct race_run *run)
{
	lockdep_set_silent(!bugs[bug.now].orders);
	return 0;
}

static int prepare(struct race_run *run)
{
	sum = 0;
	memset(items, 0, sizeof(items));
	INIT_LIST_HEAD(&list_of_items);
	INIT_LIST_HEAD(&full_list);
	list_add(&listed[1].list, &full_list);
	list_add(&listed[0].list, &full_list);
	shared_item = kzalloc(sizeof(*shared_item), GFP_KERNEL);
	counter = alloc_percpu(int);
	neighbour = alloc_percpu(int);
	return shared_item && counter && neighbour ? 0 : -ENOMEM;
}

static int finish(struct race_run *run)
{
	if (bugs[bug.now].act[1] == add_one && bugs[bug.now].act[0] == add_one && sum != 2)
		race_hit(run, "lost update: %d", sum);
	return 0;
}

static void teardown(struct race_run *run)
{
	kfree(shared_item);
	free_percpu(counter);
	free_percpu(neighbour);
	shared_item = NULL;
	counter = neighbour = NULL;
	lockdep_set_silent(false);
}

static const struct race_participant participants[] = { { "one", act_one }, { "other", act_other } };

static const struct race_scenario planted_scenario = {
	.name = "planted",
	.story = "a bug of each kind that the explorer has an oracle for",
	.axes = axes,
	.nr_axes = ARRAY_SIZE(axes),
	.participants = participants,
	.nr_participants = ARRAY_SIZE(participants),
	.rows = rows,
	.setup = setup,
	.prepare = prepare,
	.finish = finish,
	.teardown = teardown,
};
RACE_SCENARIO(planted_scenario);
