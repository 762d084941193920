// SPDX-License-Identifier: GPL-2.0
/*
 * The function tracer: each call of the functions that match a pattern becomes an event in the ring of its CPU. It is
 * an ops like any other (linux/ftrace.h), at as many sites as match when it is switched on; a module that is loaded
 * later is not among them.
 */
#include <linux/errno.h>
#include <linux/ftrace.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "trace.h"

static notrace void record(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *op,
			   struct ftrace_regs *fregs)
{
	trace_ring_call(ip, parent_ip);
}

static struct ftrace_ops tracer = { .func = record };
static DEFINE_MUTEX(tracer_mutex);

/* Sites whose functions match @pattern; only counted while @ips is NULL. */
struct search {
	const char *pattern;
	unsigned long *ips;
	unsigned int num;
};

static int match_site(void *data, unsigned long ip)
{
	char name[KSYM_NAME_LEN + 1], *modname;
	struct search *s = data;
	unsigned long size, offset;
	const char *found = kallsyms_lookup(ip, &size, &offset, &modname, name);

	if (!found || !glob_match(s->pattern, found))
		return 0;
	if (s->ips)
		s->ips[s->num] = ip;
	s->num++;
	return 0;
}

static void search_all(struct search *s)
{
	struct module *mod;

	s->num = 0;
	ftrace_for_each_site(NULL, match_site, s);
	list_for_each_entry(mod, &modules, list)
		ftrace_for_each_site(mod, match_site, s);
}

/* Context: module_mutex held, so that no module goes before its sites are armed. */
static int arm(struct search *s)
{
	int err;

	search_all(s);
	if (!s->num)
		return -ENOENT;
	s->ips = kvmalloc_array(s->num, sizeof(*s->ips), GFP_KERNEL);
	if (!s->ips)
		return -ENOMEM;
	search_all(s);
	err = ftrace_set_filter_ips(&tracer, s->ips, s->num, 0, 1) ?: register_ftrace_function(&tracer);
	kvfree(s->ips);
	return err;
}

static void stop_locked(void)
{
	if (!unregister_ftrace_function(&tracer))
		trace_ring_stop();
	ftrace_free_filter(&tracer);
}

int trace_function_start(const char *pattern, unsigned int *num)
{
	struct search s = { .pattern = pattern };
	int err;

	mutex_lock(&tracer_mutex);
	stop_locked();
	err = trace_ring_start();
	if (err && err != -EBUSY)
		goto out_unlock;
	mutex_lock(&module_mutex);
	err = arm(&s);
	mutex_unlock(&module_mutex);
	*num = s.num;
	if (err)
		trace_ring_stop();
out_unlock:
	mutex_unlock(&tracer_mutex);
	return err;
}

void trace_function_stop(void)
{
	mutex_lock(&tracer_mutex);
	stop_locked();
	mutex_unlock(&tracer_mutex);
}
