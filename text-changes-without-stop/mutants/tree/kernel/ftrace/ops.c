// SPDX-License-Identifier: GPL-2.0
/*
 * Who is called at which sites: struct ftrace_ops and its set of sites, a sorted array.
 *
 * Lock order: module_mutex -> ftrace_mutex -> stop_machine's mutex.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/string.h>

#include "internal.h"

struct ftrace_ops_hash {
	unsigned int num;
	unsigned long ip[];
};

static DEFINE_MUTEX(ftrace_mutex);
static LIST_HEAD(enabled_ops);
static const struct ftrace_ops_hash no_sites;

static const struct ftrace_ops_hash *sites_of(const struct ftrace_ops *ops)
{
	return ops->hash ?: &no_sites;
}

static int by_ip(const void *a, const void *b)
{
	unsigned long x = *(const unsigned long *)a, y = *(const unsigned long *)b;

	return x < y ? -1 : x > y;
}

static bool has_ip(const struct ftrace_ops_hash *h, unsigned long ip)
{
	unsigned int lo = 0, hi = h->num, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (h->ip[mid] < ip)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < h->num && h->ip[lo] == ip;
}

/* Sort @h, and keep one of each. */
static void normalise(struct ftrace_ops_hash *h)
{
	unsigned int n = 0;

	sort(h->ip, h->num, sizeof(h->ip[0]), by_ip, NULL);
	for (unsigned int i = 0; i < h->num; i++)
		if (!n || h->ip[i] != h->ip[n - 1])
			h->ip[n++] = h->ip[i];
	h->num = n;
}

static struct ftrace_ops_hash *alloc_sites(unsigned int room)
{
	struct ftrace_ops_hash *h = kvmalloc(sizeof(*h) + room * sizeof(h->ip[0]), GFP_KERNEL);

	if (h)
		h->num = 0;
	return h;
}

/* @ips as a set. Return: it, or an ERR_PTR: -EINVAL if one of them has no site. */
static struct ftrace_ops_hash *locate(const unsigned long *ips, unsigned int cnt)
{
	struct ftrace_ops_hash *h = alloc_sites(cnt);

	if (!h)
		return ERR_PTR(-ENOMEM);
	for (; h->num < cnt; h->num++) {
		h->ip[h->num] = ftrace_location(ips[h->num]);
		if (!h->ip[h->num]) {
			kvfree(h);
			return ERR_PTR(-EINVAL);
		}
	}
	normalise(h);
	return h;
}

/* @a and @b together. */
static struct ftrace_ops_hash *join(const struct ftrace_ops_hash *a, const struct ftrace_ops_hash *b)
{
	struct ftrace_ops_hash *h = alloc_sites(a->num + b->num);

	if (!h)
		return ERR_PTR(-ENOMEM);
	h->num = a->num + b->num;
	memcpy(h->ip, a->ip, a->num * sizeof(h->ip[0]));
	memcpy(h->ip + a->num, b->ip, b->num * sizeof(h->ip[0]));
	normalise(h);
	return h;
}

/* @a without @b, all of which must be in it. */
static struct ftrace_ops_hash *without(const struct ftrace_ops_hash *a, const struct ftrace_ops_hash *b)
{
	struct ftrace_ops_hash *h = alloc_sites(a->num);

	if (!h)
		return ERR_PTR(-ENOMEM);
	for (unsigned int i = 0; i < a->num; i++)
		if (!has_ip(b, a->ip[i]))
			h->ip[h->num++] = a->ip[i];
	if (h->num + b->num == a->num)
		return h;
	kvfree(h);
	return ERR_PTR(-ENOENT);
}

/* Stage what lies between calling @ops at the sites @from and at the sites @to. */
static int stage_difference(struct ftrace_ops *ops, const struct ftrace_ops_hash *from,
			    const struct ftrace_ops_hash *to)
{
	int err = 0;

	for (unsigned int i = 0; i < from->num && !err; i++)
		if (!has_ip(to, from->ip[i]))
			err = ftrace_stage(from->ip[i], ops, false);
	for (unsigned int i = 0; i < to->num && !err; i++)
		if (!has_ip(from, to->ip[i]))
			err = ftrace_stage(to->ip[i], ops, true);
	return err;
}

static int commit_or_abort(int err)
{
	err = err ?: ftrace_commit();
	if (err)
		ftrace_abort();
	return err;
}

static int set_sites(struct ftrace_ops *ops, struct ftrace_ops_hash *sites)
{
	int err = ops->enabled ? commit_or_abort(stage_difference(ops, sites_of(ops), sites)) : 0;

	if (err) {
		kvfree(sites);
		return err;
	}
	kvfree(ops->hash);
	ops->hash = sites;
	return 0;
}

int ftrace_set_filter_ips(struct ftrace_ops *ops, unsigned long *ips, unsigned int cnt, int remove,
			  int reset)
{
	struct ftrace_ops_hash *sites = locate(ips, cnt), *all;
	const struct ftrace_ops_hash *old;
	int err;

	if (IS_ERR(sites))
		return PTR_ERR(sites);
	mutex_lock(&ftrace_mutex);
	old = reset ? &no_sites : sites_of(ops);
	all = remove ? without(old, sites) : join(old, sites);
	err = IS_ERR(all) ? PTR_ERR(all) : set_sites(ops, all);
	mutex_unlock(&ftrace_mutex);
	kvfree(sites);
	return err;
}
EXPORT_SYMBOL_GPL(ftrace_set_filter_ips);

int ftrace_set_filter_ip(struct ftrace_ops *ops, unsigned long ip, int remove, int reset)
{
	return ftrace_set_filter_ips(ops, &ip, 1, remove, reset);
}
EXPORT_SYMBOL_GPL(ftrace_set_filter_ip);

void ftrace_free_filter(struct ftrace_ops *ops)
{
	mutex_lock(&ftrace_mutex);
	if (!WARN_ON(ops->enabled)) {
		kvfree(ops->hash);
		ops->hash = NULL;
	}
	mutex_unlock(&ftrace_mutex);
}
EXPORT_SYMBOL_GPL(ftrace_free_filter);

/* A site in a module may have gone since it was put into the set. */
static int check_ops(const struct ftrace_ops *ops)
{
	const struct ftrace_ops_hash *sites = sites_of(ops);

	if (ops->enabled)
		return -EBUSY;
	for (unsigned int i = 0; i < sites->num; i++)
		if (!ftrace_location_range(sites->ip[i], sites->ip[i]))
			return -EINVAL;
	return ops->func && sites->num ? 0 : -EINVAL;
}

static void set_enabled(struct ftrace_ops *ops, bool enabled)
{
	ops->enabled = enabled;
	if (enabled)
		list_add_tail(&ops->list, &enabled_ops);
	else
		list_del(&ops->list);
}

int register_ftrace_functions(struct ftrace_ops *const *ops, unsigned int n)
{
	unsigned int i;
	int err = 0;

	mutex_lock(&ftrace_mutex);
	for (i = 0; i < n && !err; i++)
		err = check_ops(ops[i]) ?: stage_difference(ops[i], &no_sites, sites_of(ops[i]));
	err = commit_or_abort(err);
	for (i = 0; i < n && !err; i++)
		set_enabled(ops[i], true);
	mutex_unlock(&ftrace_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(register_ftrace_functions);

int register_ftrace_function(struct ftrace_ops *ops)
{
	return register_ftrace_functions(&ops, 1);
}
EXPORT_SYMBOL_GPL(register_ftrace_function);

static int unregister_locked(struct ftrace_ops *const *ops, unsigned int n)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < n && !err; i++)
		err = ops[i]->enabled ? stage_difference(ops[i], sites_of(ops[i]), &no_sites) : -ENOENT;
	err = commit_or_abort(err);
	for (i = 0; i < n && !err; i++)
		set_enabled(ops[i], false);
	return err;
}

int unregister_ftrace_functions(struct ftrace_ops *const *ops, unsigned int n)
{
	int err;

	mutex_lock(&ftrace_mutex);
	err = unregister_locked(ops, n);
	mutex_unlock(&ftrace_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(unregister_ftrace_functions);

int unregister_ftrace_function(struct ftrace_ops *ops)
{
	return unregister_ftrace_functions(&ops, 1);
}
EXPORT_SYMBOL_GPL(unregister_ftrace_function);

/* ---- modules that go ---- */

/* Whoever forgot to unregister an ops in @mod is told, and nobody calls it any more. */
static void evict_ops(const struct module *mod)
{
	struct ftrace_ops *ops, *next;

	list_for_each_entry_safe(ops, next, &enabled_ops, list) {
		if (!within_module((unsigned long)ops, mod) &&
		    !within_module((unsigned long)ops->func, mod))
			continue;
		pr_warn("ftrace: %s goes without having unregistered an ops\n", mod->name);
		WARN_ON(unregister_locked(&ops, 1));
	}
}

static void drop_sites(struct ftrace_ops_hash *h, unsigned long start, size_t size)
{
	unsigned int n = 0;

	for (unsigned int i = 0; h && i < h->num; i++)
		if (h->ip[i] - start >= size)
			h->ip[n++] = h->ip[i];
	if (h)
		h->num = n;
}

static void drop_text(const struct module_layout *layout)
{
	unsigned long start = (unsigned long)layout->base;
	struct ftrace_ops *ops;

	list_for_each_entry(ops, &enabled_ops, list)
		drop_sites(ops->hash, start, layout->size);
	ftrace_drop_recs(start, layout->size);
}

void ftrace_free_init(struct module *mod)
{
	mutex_lock(&ftrace_mutex);
	WRITE_ONCE(mod->num_ftrace_sites, mod->num_core_ftrace_sites);
	if (!list_empty(&enabled_ops))
		drop_text(&mod->init_layout);
	mutex_unlock(&ftrace_mutex);
}

void ftrace_release_mod(struct module *mod)
{
	mutex_lock(&ftrace_mutex);
	WRITE_ONCE(mod->num_ftrace_sites, 0);
	if (!list_empty(&enabled_ops)) {
		evict_ops(mod);
		drop_text(&mod->init_layout);
		drop_text(&mod->core_layout);
	}
	mutex_unlock(&ftrace_mutex);
}
