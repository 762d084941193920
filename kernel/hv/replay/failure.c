// SPDX-License-Identifier: GPL-2.0
/*
 * From a schedule that failed to something that can be kept and read: it is shortened, given a
 * replay string and the names of its places, and run once more for its story.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "failure.h"
#include "../oracle/oracle.h"
#include "../symbols/place_name.h"
#include "repetition.h"

#define MINIMISE_RUNS	1000
#define TEXT_LEN	4096

/* All parameters of the scenario as they are now, "unlink=spinlock,preempt=none". */
static void print_params(const struct race_run *run, char *buf, size_t size, char separator)
{
	const struct race_axis *axis;
	unsigned int i;
	int len = 0;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		len += scnprintf(buf + len, size - len, "%s=%s%c", axis->name,
				 axis->get(axis), separator);
	if (len)
		buf[len - 1] = '\0';
}

static void describe(struct replay *r, const struct race_run *run, const struct schedule *s)
{
	*r = (struct replay){
		.ncpus = num_online_cpus(), .seed = run->seed, .image = failure_image_hash(),
		.schedule = *s,
	};
	strscpy(r->scenario, run->scenario->name, sizeof(r->scenario));
	strscpy(r->model, model_name(oracle_config.model), sizeof(r->model));
	print_params(run, r->params, sizeof(r->params), ',');
}

static void print_by_name(const struct race_run *run, struct replay *r, char *text)
{
	int len = schedule_print_symbolic(text, TEXT_LEN, &r->schedule, &place_names);

	if (len < 0 || len >= TEXT_LEN) {
		cprintf("there is no form by name: %s\n", len < 0 ? "a place in it has no name" : "it is too long");
		return;
	}
	print_params(run, r->params, sizeof(r->params), ' ');
	cprintf("or by name: race replay %s %s model=%s seed=%llu cpus=%u ", r->scenario, r->params, r->model,
		r->seed, r->ncpus);
	console_write(text, len);
	cprintf("\n");
}

void failure_print(const struct race_run *run, const struct schedule *s)
{
	char *text = vmalloc(TEXT_LEN);
	struct replay r;
	int len;

	if (!text)
		return;
	describe(&r, run, s);
	len = replay_print(text, TEXT_LEN, &r);
	if (len > 0 && len < TEXT_LEN) {
		cprintf("replay: race replay '");
		console_write(text, len);
		cprintf("'\n");
	} else {
		cprintf("there is no replay string: it is too long\n");
	}
	print_by_name(run, &r, text);
	vfree(text);
}

/*
 * Shorten d->first, with @probe set up for what "race replay" will do with it, and do that.
 * Return: 1 if it fails, 0 or an errno if not.
 */
static int shorten(struct race_run *probe, const struct race_run *run, struct dispatch *d,
		   struct repetition *r, bool deaf)
{
	/* Which stores are late depends on seed + draw, and the probe's draw is always 1. */
	*probe = *run;
	probe->seed = run->seed + dispatch_draw(d, d->first_run) - 1;
	*r = (struct repetition){
		.probe = probe, .schedule = &d->first, .what = run->what, .deaf = deaf,
		.m = { .best = &d->first, .params = d->params, .budget = MINIMISE_RUNS },
	};
	return run_repetition(r);
}

int failure_report(const struct race_run *run, struct dispatch *d, bool interrupted)
{
	static struct race_run probe;
	static struct repetition r;
	int ret = shorten(&probe, run, d, &r, interrupted);

	if (ret == -ENOENT)
		cprintf("race: the first hit does not happen again by itself; what does: %s\n",
			probe.first ? probe.what : "nothing bad");
	if (ret <= 0)
		return ret;
	cprintf("shortened to %u preemptions, %u switches, in %u runs, %llu ms: %s\n",
		schedule_preemptions(&d->first), d->first.n, r.m.runs, r.ns / 1000000, probe.what);
	trace_run_print(0, false);
	cprintf("%s", probe.picture);
	failure_print(&probe, &d->first);
	return 1;
}

int failure_format(const struct race_run *run, const struct dispatch *d, char *buf, size_t size)
{
	struct replay r;
	int len;

	describe(&r, run, &d->first);
	r.seed = run->seed + dispatch_draw(d, d->first_run) - 1;	/* as shorten() */
	len = replay_print(buf, size, &r);
	return len > 0 && (size_t)len < size ? 0 : -ENOSPC;
}

char *failure_string(const struct race_run *run, struct dispatch *d)
{
	static struct race_run probe;
	static struct repetition repetition;
	struct replay r;
	char *text;
	int len;

	if (shorten(&probe, run, d, &repetition, false) <= 0)
		return NULL;
	text = kmalloc(TEXT_LEN, GFP_KERNEL);
	if (!text)
		return NULL;
	describe(&r, &probe, &d->first);
	len = replay_print(text, TEXT_LEN, &r);
	if (len > 0 && len < TEXT_LEN)
		return text;
	kfree(text);
	return NULL;
}

