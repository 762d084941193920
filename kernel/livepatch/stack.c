// SPDX-License-Identifier: GPL-2.0
/*
 * The stack of replacements that each patched function has, and the handler that sends its callers to the newest.
 *
 * All functions share one ftrace_ops: then enabling a patch arms all its sites in one stop of the machine. The handler
 * finds the function's stack by its site, without locks: it runs with preemption off, so it is an RCU read section,
 * and whatever is taken off a stack stays until synchronize_rcu().
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/errno.h>
#include <linux/ftrace.h>
#include <linux/hashtable.h>
#include <linux/kernel.h>
#include <linux/livepatch_sched.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include "internal.h"

#define OPS_BITS	6
#define BATCH		128	/* sites that are armed or disarmed in one stop of the machine */

static DEFINE_HASHTABLE(ops_table, OPS_BITS);

/*
 * Where in its page a site is decides which bucket it is in, not where the page is: modules come to lie somewhere else
 * each time, and the way through the table must be the same.
 */
static __always_inline struct hlist_head *bucket_of(unsigned long site)
{
	return __hash_bucket(ops_table, offset_in_page(site));
}

static notrace struct klp_ops *find_site(unsigned long site)
{
	struct hlist_node *node;

	for (node = READ_ONCE(bucket_of(site)->first); node; node = READ_ONCE(node->next)) {
		struct klp_ops *ops = hlist_entry(node, struct klp_ops, node);

		if (ops->site == site)
			return ops;
	}
	return NULL;
}

/*
 * Which replacement the caller gets; NULL: the function itself. While a patch is in transition, that is the newest one or
 * the one before, depending on the thread. The barriers pair with those in klp_init_transition(): what is found on the
 * stack is marked if it has to be, and a thread that finds a mark has a state.
 */
static notrace const struct klp_func *choose(const struct klp_ops *ops)
{
	const struct list_head *top = READ_ONCE(ops->func_stack.next);
	const struct klp_func *func = list_entry(top, struct klp_func, stack_node);

	if (top == &ops->func_stack)
		return NULL;
	smp_rmb();
	if (likely(!READ_ONCE(func->transition)))
		return func;
	smp_rmb();
	if (READ_ONCE(current->patch_state) != KLP_UNPATCHED)
		return func;
	top = READ_ONCE(top->next);
	return top == &ops->func_stack ? NULL : list_entry(top, struct klp_func, stack_node);
}

static void notrace klp_ftrace_handler(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *fops,
				       struct ftrace_regs *fregs)
{
	struct klp_ops *ops = find_site(ip);
	const struct klp_func *func = ops ? choose(ops) : NULL;

	if (func)
		ftrace_instruction_pointer_set(fregs, (unsigned long)func->new_func);
}

static struct ftrace_ops klp_fops = {
	.func = klp_ftrace_handler,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};

/* ---- arming sites, a batch at a time ---- */

/**
 * struct batch - stacks whose sites are to be armed, or disarmed, together
 * @n: how many
 * @ops: they
 * @sites: theirs
 */
struct batch {
	unsigned int n;
	struct klp_ops *ops[BATCH];
	unsigned long sites[BATCH];
};

static struct batch batch;	/* under klp_mutex */
static unsigned int nr_armed;

static int arm_sites(void)
{
	int err = ftrace_set_filter_ips(&klp_fops, batch.sites, batch.n, 0, 0);

	if (err || klp_fops.enabled)
		return err;
	err = register_ftrace_function(&klp_fops);
	if (err)
		ftrace_free_filter(&klp_fops);
	return err;
}

/* Arm what is in the batch, and begin a new one. */
static int flush_arm(void)
{
	unsigned int i, n = batch.n;
	int err;

	if (!n)
		return 0;
	err = arm_sites();
	batch.n = 0;
	if (err)
		return err;
	for (i = 0; i < n; i++)
		batch.ops[i]->armed = true;
	nr_armed += n;
	return 0;
}

/*
 * Disabling cannot fail. If there is no memory to disarm sites with they stay armed: the handler finds no stack there,
 * and lets the old function be called. Once nothing is patched any more all of them are disarmed, these too.
 */
static void disarm_sites(unsigned int n)
{
	int err;

	if (n == nr_armed) {
		err = unregister_ftrace_function(&klp_fops);
		if (!err)
			ftrace_free_filter(&klp_fops);
	} else {
		err = ftrace_set_filter_ips(&klp_fops, batch.sites, n, 1, 0);
	}
	if (err)
		pr_warn("%u sites stay armed for now, and without effect (err %d)\n", n, err);
	nr_armed -= n;
}

/* Disarm what is in the batch, free it, and begin a new one. */
static void flush_disarm(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < batch.n; i++)
		if (batch.ops[i]->armed)
			batch.sites[n++] = batch.ops[i]->site;
	if (n)
		disarm_sites(n);
	for (i = 0; i < batch.n; i++)
		hash_del(&batch.ops[i]->node);
	synchronize_rcu();
	for (i = 0; i < batch.n; i++)
		kfree(batch.ops[i]);
	batch.n = 0;
}

/* ---- stacks ---- */

struct klp_ops *klp_find_ops(const struct klp_func *func)
{
	return find_site(func->site);
}

bool klp_replaced_func(const struct klp_func *func, unsigned long *start, unsigned long *size)
{
	const struct klp_ops *ops = klp_find_ops(func);
	const struct klp_func *before;

	/* Pairs with stack_func(): then stack_node is good. A thread that asks for itself does not hold klp_mutex. */
	if (!ops || smp_load_acquire(&func->state) != KLP_ENABLED)
		return false;
	before = list_entry(READ_ONCE(func->stack_node.next), struct klp_func, stack_node);
	if (&before->stack_node == &ops->func_stack) {
		*start = func->old_addr;
		*size = func->old_size;
	} else {
		*start = (unsigned long)before->new_func;
		*size = before->new_size;
	}
	return true;
}

static struct klp_ops *new_ops(unsigned long site)
{
	struct klp_ops *ops = kzalloc(sizeof(*ops), GFP_KERNEL);
	struct hlist_head *bucket = bucket_of(site);

	if (!ops)
		return NULL;
	ops->site = site;
	INIT_LIST_HEAD(&ops->func_stack);
	ops->node.next = bucket->first;
	ops->node.pprev = &bucket->first;
	if (bucket->first)
		bucket->first->pprev = &ops->node.next;
	smp_store_release(&bucket->first, &ops->node);
	return ops;
}

/* Put @func on top. A function that nobody has patched before is to be armed, in a batch. */
static int stack_func(struct klp_func *func)
{
	struct klp_ops *ops = klp_find_ops(func);
	int err = 0;

	if (!ops) {
		if (batch.n == BATCH)
			err = flush_arm();
		ops = err ? NULL : new_ops(func->site);
		if (!ops)
			return err ?: -ENOMEM;
		batch.ops[batch.n] = ops;
		batch.sites[batch.n++] = ops->site;
	}
	list_add_rcu(&func->stack_node, &ops->func_stack);
	smp_store_release(&func->state, KLP_ENABLED);
	klp_tell_stack(ops);
	return 0;
}

/*
 * A module has been freed with functions of it patched: only a policy that does not work lets that happen. Its sites
 * went with it.
 */
static bool is_dead(const struct klp_ops *ops)
{
	return !ftrace_location_range(ops->site, ops->site);
}

static void bury(struct klp_ops *ops)
{
	pr_warn("a patched function at %lx is gone, and its module with it\n", ops->site);
	nr_armed -= ops->armed;
	ops->armed = false;
}

static void unstack_func(struct klp_func *func)
{
	struct klp_ops *ops = klp_find_ops(func);

	list_del_rcu(&func->stack_node);
	func->state = KLP_DISABLED;
	klp_tell_stack(ops);
	if (!list_empty(&ops->func_stack))
		return;
	if (is_dead(ops))
		bury(ops);
	if (batch.n == BATCH)
		flush_disarm();
	batch.ops[batch.n++] = ops;
}

/* Take all functions of @obj that are on a stack off it. */
void klp_unstack_funcs(struct klp_object *obj)
{
	struct klp_func *func;

	klp_for_each_func(obj, func)
		if (func->state == KLP_ENABLED)
			unstack_func(func);
	flush_disarm();
}

/* Put all functions of @obj on their stacks. Return: 0, or an errno, with none of them on one. */
int klp_stack_funcs(struct klp_object *obj)
{
	struct klp_func *func;
	int err = 0;

	klp_for_each_func(obj, func) {
		err = stack_func(func);
		if (err)
			break;
	}
	if (!err)
		err = flush_arm();
	batch.n = 0;
	if (err)
		klp_unstack_funcs(obj);
	return err;
}
