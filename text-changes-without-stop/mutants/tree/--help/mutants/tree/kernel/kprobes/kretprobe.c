// SPDX-License-Identifier: GPL-2.0
/*
 * Return probes. A kprobe at the function's entry puts another address in LR, that of a trap instruction, and keeps the
 * real one in an instance; the trap calls the handlers and goes on at the real one.
 *
 * Instances live in a pool of the probe's, whose number bounds how many calls are followed. A thread's instances are a
 * list in the order of its calls, touched by itself alone, in traps. A call that never returns (its thread died, or left
 * it by a longjmp) leaves an instance behind whose frame is below the stack pointer of a later call or return: that is
 * how it is known and given back.
 *
 * A pool outlives its probe until the last call has returned. It cannot be freed there, in a trap in the middle of
 * anything; that is left to whoever registers or unregisters next.
 */
#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/llist.h>
#include <linux/minmax.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "internal.h"

#define DEFAULT_MAXACTIVE	(2 * NR_CPUS)
#define MAX_MAXACTIVE		4096

/**
 * struct kretprobe_pool - the instances of a probe
 * @list: on the list of all
 * @garbage: on the list of those nobody needs any more
 * @rp: whose; NULL once that is unregistered
 * @refs: one for @rp, one for each call that is followed
 * @num: how many instances
 * @stride: bytes from one to the next
 * @mem: them
 */
struct kretprobe_pool {
	struct list_head list;
	struct llist_node garbage;
	struct kretprobe *rp;
	atomic_t refs;
	unsigned int num;
	size_t stride;
	char mem[] __aligned(8);
};

static LIST_HEAD(pools);
static LLIST_HEAD(garbage);

static struct kretprobe_instance *instance(struct kretprobe_pool *pool, unsigned int i)
{
	return (struct kretprobe_instance *)(pool->mem + i * pool->stride);
}

static bool is_trap(unsigned long addr)
{
	return addr == (unsigned long)kretprobe_return_trap;
}

struct kretprobe *get_kretprobe(struct kretprobe_instance *ri)
{
	return READ_ONCE(ri->pool->rp);
}
EXPORT_SYMBOL_GPL(get_kretprobe);

/* ---- instances; context: trap ---- */

static void put_pool(struct kretprobe_pool *pool)
{
	if (atomic_dec_and_test(&pool->refs))
		llist_add(&pool->garbage, &garbage);
}

static struct kretprobe_instance *take_instance(struct kretprobe_pool *pool)
{
	unsigned int i;

	for (i = 0; i < pool->num; i++) {
		struct kretprobe_instance *ri = instance(pool, i);

		if (READ_ONCE(ri->busy) || cmpxchg(&ri->busy, 0, 1) != 0)
			continue;
		atomic_inc(&pool->refs);
		return ri;
	}
	return NULL;
}

static void give_back(struct kretprobe_instance *ri)
{
	struct kretprobe_pool *pool = ri->pool;

	smp_store_release(&ri->busy, 0);
	put_pool(pool);
}

/* The innermost call of this thread is over, or will never be. */
static void pop(void)
{
	struct kretprobe_instance *ri = current->kretprobes;

	current->kretprobes = ri->next;
	give_back(ri);
}

/* Frames below @sp do not exist any more. */
static void forget_left(unsigned long sp)
{
	while (current->kretprobes && current->kretprobes->fp < sp)
		pop();
}

void kprobe_flush_task(struct task_struct *task)
{
	unsigned long flags;

	local_irq_save(flags);
	while (task->kretprobes)
		pop();
	local_irq_restore(flags);
}

/* ---- entry and return ---- */

static bool wants_return(struct kretprobe *rp, struct kretprobe_instance *ri, struct pt_regs *regs)
{
	if (!rp->entry_handler)
		return true;
	kprobe_handler_is(rp->entry_handler, "entry_handler");
	return rp->entry_handler(ri, regs) == 0;
}

/*
 * A call whose frame is at the same place as another's: either that ended in a jump to this one, and left its trap in LR,
 * or it was left.
 */
static int at_entry(struct kprobe *p, struct pt_regs *regs)
{
	struct kretprobe *rp = container_of(p, struct kretprobe, kp);
	unsigned long sp = regs->gpr[1];
	struct kretprobe_instance *ri = NULL;

	if (sp >= current->stack_lo && sp < current->stack_hi) {
		forget_left(is_trap(regs->link) ? sp : sp + 1);
		ri = take_instance(rp->pool);
	}
	if (!ri) {
		__atomic_fetch_add(&rp->nmissed, 1, __ATOMIC_RELAXED);
		return 0;
	}
	ri->ret_addr = regs->link;
	ri->fp = sp;
	ri->task = current;
	if (!wants_return(rp, ri, regs)) {
		give_back(ri);
		return 0;
	}
	regs->link = (unsigned long)kretprobe_return_trap;
	ri->next = current->kretprobes;
	current->kretprobes = ri;
	return 0;
}

/* Where the call that returns with @sp, the innermost one, goes on at last. 0 if there is none. */
static unsigned long real_return(unsigned long sp)
{
	struct kretprobe_instance *ri;

	for (ri = current->kretprobes; ri && ri->fp == sp; ri = ri->next)
		if (!is_trap(ri->ret_addr))
			return ri->ret_addr;
	return 0;
}

static void call_handler(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct kretprobe *rp = get_kretprobe(ri);

	if (!rp || !rp->handler)
		return;
	kprobe_handler_begin(&rp->kp, rp->handler, "return handler");
	rp->handler(ri, regs);
	kprobe_handler_end();
}

/* Several probes of one function, and of functions that end in a jump to another, return one after the other. */
bool kretprobe_trap(struct pt_regs *regs)
{
	unsigned long sp = regs->gpr[1], ret;
	bool last;

	forget_left(sp);
	ret = real_return(sp);
	if (!ret)
		return false;
	regs->nip = regs->link = ret;
	do {
		struct kretprobe_instance *ri = current->kretprobes;

		last = !is_trap(ri->ret_addr);
		call_handler(ri, regs);
		pop();
	} while (!last);
	return true;
}

unsigned long kretprobe_real_return(unsigned long ip, unsigned long fp)
{
	struct kretprobe_pool *pool;
	unsigned int i;

	if (!is_trap(ip))
		return ip;
	list_for_each_entry_rcu(pool, &pools, list)
		for (i = 0; i < pool->num; i++) {
			struct kretprobe_instance *ri = instance(pool, i);

			if (READ_ONCE(ri->busy) && ri->fp == fp && !is_trap(ri->ret_addr))
				return ri->ret_addr;
		}
	return ip;
}

/* ---- registering; context: kprobe_mutex held ---- */

static void free_garbage(void)
{
	struct llist_node *node = llist_del_all(&garbage), *n;

	if (!node)
		return;
	for (n = node; n; n = n->next)
		list_del_rcu(&llist_entry(n, struct kretprobe_pool, garbage)->list);
	synchronize_rcu();
	while (node) {
		n = node;
		node = n->next;
		kfree(llist_entry(n, struct kretprobe_pool, garbage));
	}
}

static struct kretprobe_pool *new_pool(struct kretprobe *rp)
{
	size_t stride = ALIGN(sizeof(struct kretprobe_instance) + rp->data_size, 8);
	struct kretprobe_pool *pool = kzalloc(sizeof(*pool) + rp->maxactive * stride, GFP_KERNEL);
	unsigned int i;

	if (!pool)
		return NULL;
	pool->rp = rp;
	pool->num = rp->maxactive;
	pool->stride = stride;
	atomic_set(&pool->refs, 1);
	for (i = 0; i < pool->num; i++)
		instance(pool, i)->pool = pool;
	list_add_rcu(&pool->list, &pools);
	return pool;
}

bool kprobe_is_return(const struct kprobe *p)
{
	return p->pre_handler == at_entry;
}

void kretprobe_detach(struct kretprobe *rp)
{
	WRITE_ONCE(rp->pool->rp, NULL);
	kprobe_remove(&rp->kp);
	put_pool(rp->pool);
	rp->pool = NULL;
	free_garbage();
}

/* At the entry of a function, where LR is the return address; *addr moves to where all calls pass. */
static int find_entry(const struct kprobe *p, unsigned long *addr)
{
	unsigned long size, offset, entry;

	*addr = (unsigned long)p->addr;
	if (p->symbol_name)
		*addr = kallsyms_lookup_name(p->symbol_name);
	if (!*addr)
		return -ENOENT;
	*addr += p->offset;
	if (!kallsyms_lookup_size_offset(*addr, &size, &offset))
		return -EINVAL;
	entry = arch_function_entry(*addr - offset);
	if (offset && *addr != entry)
		return -EINVAL;
	*addr = entry;
	return 0;
}

static int add_return_probe(struct kretprobe *rp)
{
	unsigned long addr;
	int err;

	if (kprobe_is_registered(&rp->kp) || !rp->kp.symbol_name == !rp->kp.addr)
		return -EINVAL;
	err = find_entry(&rp->kp, &addr);
	if (err)
		return err;
	if (rp->maxactive <= 0)
		rp->maxactive = DEFAULT_MAXACTIVE;
	rp->maxactive = min(rp->maxactive, MAX_MAXACTIVE);
	rp->nmissed = 0;
	rp->pool = new_pool(rp);
	if (!rp->pool)
		return -ENOMEM;
	rp->kp.pre_handler = at_entry;
	rp->kp.post_handler = NULL;
	err = kprobe_add_at(&rp->kp, addr);
	if (err) {
		put_pool(rp->pool);
		rp->pool = NULL;
	}
	free_garbage();
	return err;
}

/**
 * register_kretprobe() - have a function called whenever another returns
 * @rp: with which, and what to call; see struct kretprobe
 *
 * Calls that have begun before are not followed.
 *
 * Context: may sleep; stops the machine.
 * Return: as register_kprobe(); also -EINVAL if the address is not the entry of a function; -E2BIG if @rp->data_size is
 * more than KRETPROBE_MAX_DATA_SIZE.
 */
int register_kretprobe(struct kretprobe *rp)
{
	int err;

	if (rp->data_size > KRETPROBE_MAX_DATA_SIZE)
		return -E2BIG;
	mutex_lock(&kprobe_mutex);
	err = add_return_probe(rp);
	mutex_unlock(&kprobe_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(register_kretprobe);

/**
 * unregister_kretprobe() - end a return probe
 * @rp: registered; if not, nothing happens
 *
 * When this returns none of its handlers runs, nor will, also not for calls that have begun: those return as if nobody
 * had ever asked.
 *
 * Context: as unregister_kprobe().
 */
void unregister_kretprobe(struct kretprobe *rp)
{
	mutex_lock(&kprobe_mutex);
	if (kprobe_is_registered(&rp->kp))
		kretprobe_detach(rp);
	mutex_unlock(&kprobe_mutex);
}
EXPORT_SYMBOL_GPL(unregister_kretprobe);

/* Several, or none. Context and return: as register_kretprobe(). */
int register_kretprobes(struct kretprobe **rps, int num)
{
	int err = num > 0 ? 0 : -EINVAL;
	int i;

	for (i = 0; !err && i < num; i++)
		err = register_kretprobe(rps[i]);
	if (err && i > 1)
		unregister_kretprobes(rps, i - 1);
	return err;
}
EXPORT_SYMBOL_GPL(register_kretprobes);

/* Context: as unregister_kretprobe(). */
void unregister_kretprobes(struct kretprobe **rps, int num)
{
	while (num-- > 0)
		unregister_kretprobe(rps[num]);
}
EXPORT_SYMBOL_GPL(unregister_kretprobes);
