// SPDX-License-Identifier: GPL-2.0
/* A pair that is always equal, read while it changes: under a seqlock, an rwlock, and RCU. */
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/rwlock.h>
#include <linux/seqlock.h>
#include <linux/slab.h>

struct pair {
	int a, b;
	struct rcu_head rcu;
};

static DEFINE_SEQLOCK(seqlock);
static DEFINE_RWLOCK(rwlock);
static struct pair by_seq, by_lock;
static struct pair __rcu *by_rcu;
static struct task_struct *writer;

static int writer_fn(void *unused)
{
	int n = 0;

	while (!kthread_should_stop()) {
		struct pair *new = kzalloc(sizeof(*new), GFP_KERNEL), *old;

		if (!new)
			return -ENOMEM;
		n++;
		write_seqlock(&seqlock);
		by_seq.a = n;
		by_seq.b = n;
		write_sequnlock(&seqlock);

		write_lock(&rwlock);
		by_lock.a = n;
		by_lock.b = n;
		write_unlock(&rwlock);

		new->a = n;
		new->b = n;
		old = rcu_replace_pointer(by_rcu, new, true);
		kfree_rcu(old, rcu);
		cond_resched();
	}
	return 0;
}

static int differences(void)
{
	int i, differ = 0;

	for (i = 0; i < 200; i++) {
		struct pair *p, seen;
		unsigned int seq;

		do {
			seq = read_seqbegin(&seqlock);
			seen = by_seq;
		} while (read_seqretry(&seqlock, seq));
		differ += seen.a != seen.b;

		read_lock(&rwlock);
		differ += by_lock.a != by_lock.b;
		read_unlock(&rwlock);

		rcu_read_lock();
		p = rcu_dereference(by_rcu);
		differ += p->a != p->b;
		rcu_read_unlock();
		cond_resched();
	}
	return differ;
}

static int __init readers_init(void)
{
	struct pair *first = kzalloc(sizeof(*first), GFP_KERNEL);
	int err;

	if (!first)
		return -ENOMEM;
	RCU_INIT_POINTER(by_rcu, first);
	writer = kthread_run(writer_fn, NULL, "writer");
	if (IS_ERR(writer)) {
		err = PTR_ERR(writer);
		kfree(first);
		return err;
	}
	pr_info("readers: %d differences\n", differences());
	return 0;
}

static void __exit readers_exit(void)
{
	kthread_stop(writer);
	rcu_barrier();
	kfree(rcu_dereference_protected(by_rcu, 1));
}

module_init(readers_init);
module_exit(readers_exit);

MODULE_LICENSE("GPL");
