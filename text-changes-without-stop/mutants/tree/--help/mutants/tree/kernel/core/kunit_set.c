// SPDX-License-Identifier: GPL-2.0
/*
 * All suites there are: those linked into the image, and those that loaded modules bring along. The
 * ordinary image has none inside; its own are in kunit.ko, which is loaded when somebody asks for
 * tests, and stays.
 */
#include <kunit/test.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include "kunit_set.h"

extern struct kunit_suite * const __start_kunit_suites[], * const __stop_kunit_suites[];

static unsigned int num_built_in(void)
{
	return __stop_kunit_suites - __start_kunit_suites;
}

static unsigned int count_suites(void)
{
	unsigned int n = num_built_in();
	struct module *mod;

	list_for_each_entry(mod, &modules, list)
		n += mod->num_kunit_suites;
	return n;
}

/* Each entry of a module's holds a reference: the module stays while the set is used. */
static void add_suites(struct kunit_set *set, struct module *owner,
		       struct kunit_suite * const *suites, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		if (!try_module_get(owner))
			return;
		set->suites[set->n] = suites[i];
		set->owners[set->n++] = owner;
	}
}

static void fill(struct kunit_set *set)
{
	struct module *mod;

	add_suites(set, NULL, __start_kunit_suites, num_built_in());
	list_for_each_entry(mod, &modules, list)
		if (mod->state == MODULE_STATE_LIVE)
			add_suites(set, mod, mod->kunit_suites, mod->num_kunit_suites);
}

int kunit_set_get(struct kunit_set *set)
{
	unsigned int n;
	int err = 0;

	*set = (struct kunit_set){ 0 };
	if (!num_built_in())
		err = request_module("kunit");
	if (err)
		return err;
	mutex_lock(&module_mutex);
	n = count_suites();
	set->suites = kcalloc(n, sizeof(*set->suites), GFP_KERNEL);
	set->owners = kcalloc(n, sizeof(*set->owners), GFP_KERNEL);
	if (set->suites && set->owners)
		fill(set);
	else
		err = -ENOMEM;
	mutex_unlock(&module_mutex);
	if (err)
		kunit_set_put(set);
	return err;
}

void kunit_set_put(struct kunit_set *set)
{
	for (unsigned int i = 0; i < set->n; i++)
		module_put(set->owners[i]);
	kfree(set->owners);
	kfree(set->suites);
}

int kunit_run_tests(const char *filter, struct kunit_result *res)
{
	struct kunit_set set;
	int err = kunit_set_get(&set);

	if (err)
		return err;
	err = kunit_run_suites(set.suites, set.suites + set.n, filter, res);
	kunit_set_put(&set);
	return err;
}
