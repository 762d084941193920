// SPDX-License-Identifier: GPL-2.0
/*
 * The armed sites: a hash table that the callers of traced functions search without locks.
 *
 * A record does not change once it is in the table. A change makes a new one, which takes the old one's place; the old
 * one is freed after a grace period. The text changes while the machine is stopped, and in between: what is armed is
 * always found in the table, as a record enters it before its site is armed, and leaves it afterwards.
 */
#include <asm/patch.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/hash.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"

#define REC_BITS	9

static struct ftrace_rec *recs[1 << REC_BITS];
static LIST_HEAD(changes);

static struct ftrace_rec **chain_of(unsigned long ip)
{
	return &recs[hash_long(ip, REC_BITS)];
}

/* The record of site @ip, or NULL. Context: read section, or ftrace_mutex held. */
struct ftrace_rec *ftrace_find_rec(unsigned long ip)
{
	struct ftrace_rec *rec = rcu_dereference(*chain_of(ip));

	while (rec && rec->ip != ip)
		rec = rcu_dereference(rec->next);
	return rec;
}

/* In @rec's place in its chain from now on: @by, or if that is NULL what came behind it. */
static void replace(struct ftrace_rec *rec, struct ftrace_rec *by)
{
	struct ftrace_rec **p = chain_of(rec->ip);

	while (*p != rec)
		p = &(*p)->next;
	if (by)
		by->next = rec->next;
	rcu_assign_pointer(*p, by ?: rec->next);
}

static struct ftrace_rec *new_rec(unsigned long ip, unsigned int num)
{
	struct ftrace_rec *rec = kzalloc(sizeof(*rec) + num * sizeof(rec->ops[0]), GFP_KERNEL);

	if (!rec)
		return NULL;
	rec->ip = ip;
	INIT_LIST_HEAD(&rec->changed);
	return rec;
}

/* A record without ops: nobody comes to it, because its site is not armed. */
static struct ftrace_rec *insert_empty(unsigned long ip)
{
	struct ftrace_rec **head = chain_of(ip), *rec = new_rec(ip, 0);

	if (!rec)
		return NULL;
	rec->next = *head;
	rcu_assign_pointer(*head, rec);
	list_add_tail(&rec->changed, &changes);
	return rec;
}

static bool has_ipmodify(const struct ftrace_rec *rec)
{
	for (unsigned int i = 0; i < rec->num; i++)
		if (rec->ops[i]->flags & FTRACE_OPS_FL_IPMODIFY)
			return true;
	return false;
}

/* A copy of @rec with @ops, or without it. */
static struct ftrace_rec *copy_rec(const struct ftrace_rec *rec, struct ftrace_ops *ops, bool add)
{
	struct ftrace_rec *copy = new_rec(rec->ip, rec->num + 1);

	if (!copy)
		return NULL;
	for (unsigned int i = 0; i < rec->num; i++)
		if (rec->ops[i] != ops)
			copy->ops[copy->num++] = rec->ops[i];
	if (add)
		copy->ops[copy->num++] = ops;
	return copy;
}

/**
 * ftrace_stage() - note that an ops is called at a site, or not any more, with the next commit
 * @ip: the site
 * @ops: who
 * @add: it is, or it is not
 *
 * Context: ftrace_mutex held. Return: 0; -ENOMEM; -EBUSY if two ops would change the ip.
 */
int ftrace_stage(unsigned long ip, struct ftrace_ops *ops, bool add)
{
	struct ftrace_rec *rec = ftrace_find_rec(ip) ?: insert_empty(ip), *now, *copy;

	if (!rec)
		return -ENOMEM;
	now = rec->staged ?: rec;
	if (add && ops->flags & FTRACE_OPS_FL_IPMODIFY && has_ipmodify(now))
		return -EBUSY;
	copy = copy_rec(now, ops, add);
	if (!copy)
		return -ENOMEM;
	kfree(rec->staged);
	rec->staged = copy;
	if (list_empty(&rec->changed))
		list_add_tail(&rec->changed, &changes);
	return 0;
}

static u32 site_insn(const struct ftrace_rec *rec)
{
	bool save_regs = false;

	for (unsigned int i = 0; i < rec->num; i++)
		save_regs |= rec->ops[i]->flags & FTRACE_OPS_FL_SAVE_REGS;
	return rec->num ? ftrace_call_insn(rec->ip, save_regs) : PPC_INST_NOP;
}

/* Write down what the staged changes do to the text. Return: how many patches, or -ERANGE. */
static int list_patches(struct insn_patch *patches)
{
	struct ftrace_rec *rec;
	int n = 0;

	list_for_each_entry(rec, &changes, changed) {
		struct insn_patch p = { rec->ip, site_insn(rec), site_insn(rec->staged) };

		if (!p.old || !p.insn)
			return -ERANGE;
		if (p.old != p.insn)
			patches[n++] = p;
	}
	return n;
}

static size_t count_changes(void)
{
	struct ftrace_rec *rec;
	size_t n = 0;

	list_for_each_entry(rec, &changes, changed)
		n++;
	return n;
}

static int patch_text(const struct insn_patch *patches, int n)
{
	struct ftrace_rec *rec;
	int err;

	list_for_each_entry(rec, &changes, changed)
		if (rec->staged->num)
			replace(rec, rec->staged);
	err = n ? patch_instructions(patches, (unsigned int)n) : 0;
	list_for_each_entry(rec, &changes, changed) {
		if (err && rec->staged->num)
			replace(rec->staged, rec);
		if (!err && !rec->staged->num)
			replace(rec, NULL);
	}
	return err;
}

/* The old records, or with @staged the new ones that nobody needs, after a grace period if others may see them. */
static void free_changes(bool committed)
{
	struct ftrace_rec *rec, *next;
	bool seen = false;

	list_for_each_entry(rec, &changes, changed)
		seen |= committed ? rec->num : rec->staged && rec->staged->num;
	if (seen)
		synchronize_rcu();
	list_for_each_entry_safe(rec, next, &changes, changed) {
		list_del_init(&rec->changed);
		if (!committed || !rec->staged->num)
			kfree(rec->staged);
		rec->staged = NULL;
		if (committed)
			kfree(rec);
	}
}

int ftrace_commit(void)
{
	struct insn_patch *patches;
	int n, err;

	if (list_empty(&changes))
		return 0;
	patches = kvmalloc_array(count_changes(), sizeof(*patches), GFP_KERNEL);
	if (!patches)
		return -ENOMEM;
	n = list_patches(patches);
	err = n < 0 ? n : patch_text(patches, n);
	kvfree(patches);
	if (!err)
		free_changes(true);
	return err;
}

void ftrace_abort(void)
{
	struct ftrace_rec *rec, *next;

	list_for_each_entry_safe(rec, next, &changes, changed) {
		if (rec->num)
			continue;
		replace(rec, NULL);
		list_del(&rec->changed);
		kfree(rec->staged);
		kfree(rec);
	}
	free_changes(false);
}

void ftrace_drop_recs(unsigned long start, size_t size)
{
	struct ftrace_rec *rec, *next, *gone = NULL;

	for (unsigned int i = 0; i < 1 << REC_BITS; i++) {
		for (rec = recs[i]; rec; rec = next) {
			next = rec->next;
			if (rec->ip - start >= size)
				continue;
			replace(rec, NULL);
			rec->staged = gone;
			gone = rec;
		}
	}
	if (gone)
		synchronize_rcu();
	for (rec = gone; rec; rec = next) {
		next = rec->staged;
		kfree(rec);
	}
}
