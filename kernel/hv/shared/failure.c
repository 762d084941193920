// SPDX-License-Identifier: GPL-2.0
/*
 * From a schedule that failed to something that can be kept and read: it is shortened, given a
 * replay string and the names of its places, and run once more for its story.
 */
#include <asm/reg.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/console.h>
#include <stopgap/explore.h>
#include <stopgap/kv.h>
#include <stopgap/minimise.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "failure.h"
#include "oracle.h"
#include "players.h"
#include "shared.h"

#define MINIMISE_RUNS	1000
#define TEXT_LEN	4096
#define MAX_SWITCHES	512		/* of a replay string */
#define ADDRESS_DIGITS	16

extern const u64 _stext[], _etext[];

/* FNV-1a over the kernel's code, a doubleword at a time. */
static u32 image_hash(void)
{
	u64 h = 0xcbf29ce484222325ull;
	const u64 *p;

	for (p = _stext; p < _etext; p++)
		h = (h ^ *p) * 0x100000001b3ull;
	return h ^ h >> 32;
}

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

static int name_of(char *buf, size_t size, unsigned long addr)
{
	unsigned long length, offset;
	char name[KSYM_NAME_LEN + 1];
	char *module;

	if (!kallsyms_lookup(addr, &length, &offset, &module, name))
		return -ENOENT;
	snprintf(buf, size, "%s+0x%lx", name, offset);
	return 0;
}

static const struct symbol_lookup symbols = { .name = name_of, .addr = kallsyms_lookup_name };

/* Heads of the columns. */
static void begin_trace(const struct race_scenario *s)
{
	unsigned int i;

	trace_run_begin();
	for (i = 0; i < nr_players(s); i++)
		trace_thread_name(i, player_part(s, i)->name);
}

static void describe(struct replay *r, const struct race_run *run, const struct schedule *s)
{
	*r = (struct replay){
		.ncpus = num_online_cpus(), .seed = run->seed, .image = image_hash(),
		.schedule = *s,
	};
	strscpy(r->scenario, run->scenario->name, sizeof(r->scenario));
	strscpy(r->model, model_name(oracle_config.model), sizeof(r->model));
	print_params(run, r->params, sizeof(r->params), ',');
}

/* As what "race replay" takes, in both its forms. */
static void print_string(const struct race_run *run, const struct schedule *s)
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
	}
	len = schedule_print_symbolic(text, TEXT_LEN, s, &symbols);
	if (len > 0 && len < TEXT_LEN) {
		print_params(run, r.params, sizeof(r.params), ' ');
		cprintf("or by name: race replay %s %s model=%s seed=%llu ", r.scenario, r.params,
			r.model, r.seed);
		console_write(text, len);
		cprintf("\n");
	}
	vfree(text);
}

/* ---- in a session: the scenario stands prepared ---- */

/**
 * struct repetition - a failure that is brought about again
 * @probe: its run
 * @schedule: how it comes about
 * @what: how it went wrong; NULL = whatever goes wrong
 * @times: how often it is replayed besides
 * @identical: how many of these went the same way, point by point
 * @ns: what shortening it took
 * @ret: 1 if the last replay went wrong, 0 if not, or an errno
 * @m: shortens @schedule first; without @budget it does not
 */
struct repetition {
	struct race_run *probe;
	struct schedule *schedule;
	const char *what;
	unsigned int times, identical;
	u64 ns;
	int ret;
	struct minimiser m;
};

/* What follows the address that @s begins with, and what is said of it in parentheses. NULL = there is none. */
static const char *skip_address(const char *s)
{
	const char *end;

	if (strspn(s, "0123456789abcdef") != ADDRESS_DIGITS)
		return NULL;
	s += ADDRESS_DIGITS;
	end = strstarts(s, " (") ? strchr(s, ')') : NULL;
	return end ? end + 1 : s;
}

/* Do @a and @b tell of the same failure? In each session modules come to lie somewhere else, beside others. */
static bool same_failure(const char *a, const char *b)
{
	while (*a || *b) {
		const char *after_a = skip_address(a), *after_b = skip_address(b);

		if (after_a && after_b) {
			a = after_a;
			b = after_b;
		} else if (*a++ != *b++) {
			return false;
		}
	}
	return true;
}

/* The next schedule of @d. Return: 1 if it goes wrong in the same way, else as explore_next(). */
static int play_again(void *ctx, struct dispatch *d)
{
	struct repetition *r = ctx;
	int ret;

	race_score_reset(r->probe);
	ret = explore_next(d);
	if (ret > 0 && r->what && !same_failure(r->probe->what, r->what))
		ret = 0;
	return ret;
}

/* Replay it once more, so that its places get their names; what happens is recorded. It gets a hash of its own. */
static int replay_once(struct repetition *r)
{
	const struct dispatch_params params = {
		.ncpus = num_online_cpus(), .seed = r->probe->seed, .schedule = r->schedule,
	};
	struct dispatch *d = &r->m.dispatch;
	int ret;

	ret = dispatch_begin(d, &dispatch_replay, &params, r->m.arena, DISPATCH_ARENA_SIZE);
	if (ret)
		return ret;
	exploration.hash = 0;
	begin_trace(r->probe->scenario);
	ret = play_again(r, d);
	trace_run_end();
	return ret;
}

/* And again, without recording. Return: the hash of all its points. */
static u64 replay_unrecorded(struct repetition *r)
{
	exploration.hash = 0;
	play_again(r, &r->m.dispatch);
	return exploration.hash;
}

static int repeat(void *ctx)
{
	struct repetition *r = ctx;
	u64 start = mftb(), hash;
	unsigned int i;
	int err = r->m.budget ? minimise(&r->m) : 0;

	r->ns = tb_to_ns(mftb() - start);
	r->ret = err ? err : replay_once(r);
	hash = exploration.hash;
	for (i = 0; r->ret > 0 && i < r->times; i++)
		r->identical += replay_unrecorded(r) == hash;
	return 0;
}

/* Return: 1 if it went wrong at last, 0 or an errno if not. */
static int run_repetition(struct repetition *r)
{
	struct explore_stats stats;
	int err;

	r->m.arena = vmalloc(MINIMISE_ARENA_SIZE);
	if (!r->m.arena)
		return -ENOMEM;
	err = trace_run_begin();	/* a log there must be, before nothing can be allocated */
	trace_run_end();
	if (!err)
		err = explore_session(r->probe, &stats, repeat, r);
	vfree(r->m.arena);
	return err ? err : r->ret;
}

/* ---- after an exploration ---- */

/*
 * Shorten d->first, with @probe set up for what "race replay" will do with it, and do that.
 * Return: 1 if it fails, 0 or an errno if not.
 */
static int shorten(struct race_run *probe, const struct race_run *run, struct dispatch *d,
		   struct repetition *r)
{
	/* Which stores are late depends on seed + draw, and the probe's draw is always 1. */
	*probe = *run;
	probe->seed = run->seed + dispatch_draw(d, d->first_run) - 1;
	*r = (struct repetition){
		.probe = probe, .schedule = &d->first, .what = run->what,
		.m = {
			.best = &d->first, .params = d->params, .run = play_again, .ctx = r,
			.budget = MINIMISE_RUNS,
		},
	};
	return run_repetition(r);
}

int failure_report(const struct race_run *run, struct dispatch *d)
{
	static struct race_run probe;
	static struct repetition r;
	int ret = shorten(&probe, run, d, &r);

	if (ret == -ENOENT)
		cprintf("race: the first hit does not happen again by itself; what does: %s\n",
			probe.first ? probe.what : "nothing bad");
	if (ret <= 0)
		return ret;
	cprintf("shortened to %u preemptions, %u switches, in %u runs, %llu ms: %s\n",
		schedule_preemptions(&d->first), d->first.n, r.m.runs, r.ns / 1000000, probe.what);
	print_string(&probe, &d->first);
	trace_run_print(0, false);
	cprintf("%s", probe.picture);
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

	if (shorten(&probe, run, d, &repetition) <= 0)
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

/* ---- race replay ---- */

static void print_replay(const struct repetition *r)
{
	cprintf("race: replay %s: %s%s\n", r->probe->scenario->name,
		r->ret ? r->probe->what : "no hit",
		r->m.dispatch.diverged ? "; it did not follow the schedule" : "");
	if (r->ret) {
		trace_run_print(0, false);
		cprintf("%s", r->probe->picture);
	}
	if (r->times)
		cprintf("race: %u of %u replays identical\n", r->identical, r->times);
}

static int play_schedule(struct race_run *run, struct schedule *s, unsigned int times)
{
	const char *old[RACE_MAX_AXES];
	static struct repetition r;
	int ret;

	ret = race_axes_apply(run, old);
	if (ret)
		return ret;
	r = (struct repetition){ .probe = run, .schedule = s, .times = times };
	ret = run_repetition(&r);
	if (ret >= 0) {
		print_replay(&r);
		ret = ret && !r.m.dispatch.diverged ? 0 : -EPROTO;
	}
	race_axes_restore(run, old);
	return ret;
}

static int set_model(const char *name)
{
	enum memory_model model = model_find(name);

	if (model == MODEL_NR) {
		cprintf("race: model=%s: sc, tso or pso?\n", name);
		return -EINVAL;
	}
	oracle_config.model = model;
	return 0;
}

/* "a=1,b=2" becomes run->given. @params is cut up. */
static int take_params(struct race_run *run, char *params)
{
	char *argv[RACE_MAX_AXES];
	const char *expect = NULL;
	int argc = 0;
	char *arg;

	while ((arg = strsep(&params, ",")) && argc < RACE_MAX_AXES)
		if (*arg)
			argv[argc++] = arg;
	return race_parse(run, &expect, argc, argv);
}

static void check_machine(const struct replay *r)
{
	u32 image = image_hash();

	if (r->image != image)
		cprintf("race: found on image %08x, this is %08x: it may go another way\n",
			r->image, image);
}

static int begin_string(struct race_run *run, struct replay *r, const char *text)
{
	char *argv[] = { r->scenario };
	int err;

	err = replay_parse(r, text);
	if (err) {
		cprintf("race: this is no replay string, or it has been mangled (err %d)\n", err);
		return err;
	}
	if (r->ncpus != num_online_cpus()) {
		cprintf("race: found with %u CPUs, here are %u\n", r->ncpus, num_online_cpus());
		return -EINVAL;
	}
	check_machine(r);
	run->seed = r->seed;
	err = set_model(r->model);
	if (!err)
		err = race_begin(run, 1, argv);
	return err ? err : take_params(run, r->params);
}

/* The words of the symbolic form, put together again. Return: 0 or -ENOSPC. */
static int join(char *buf, size_t size, int argc, char **argv)
{
	size_t len = 0;

	buf[0] = '\0';
	for (; argc > 0; argc--, argv++)
		len += snprintf(buf + min(len, size), len < size ? size - len : 0, "%s ", *argv);
	return len < size ? 0 : -ENOSPC;
}

/* SCENARIO NAME=VALUE ... cpu0@fn+0x24#2 -> cpu1, ... */
static int begin_places(struct race_run *run, struct schedule *s, int argc, char **argv)
{
	static char text[512];
	const char *expect = NULL;
	int n = 1, i, err;

	err = race_begin(run, argc, argv);
	if (err)
		return err;
	for (i = 1; i < argc && !strstarts(argv[i], "cpu"); i++) {
		if (strstarts(argv[i], "model="))
			err = set_model(argv[i] + strlen("model="));
		else
			argv[n++] = argv[i];
		if (err)
			return err;
	}
	err = race_parse(run, &expect, n - 1, argv + 1);
	if (!err)
		err = join(text, sizeof(text), argc - i, argv + i);
	if (!err)
		err = schedule_parse_symbolic(s, text, &symbols);
	if (err)
		cprintf("race: \"%s\" is no list of places (err %d)\n", text, err);
	return err;
}

static int parse_times(unsigned int *times, int argc, char **argv)
{
	const struct kv table[] = { { "n", KV_UINT, times } };

	return kv_parse("race replay", argc, argv, table, ARRAY_SIZE(table));
}

static int replay_command(int argc, char **argv)
{
	static struct sched_switch sw[MAX_SWITCHES];
	static struct race_run run;
	static struct replay r;
	unsigned int times = 0;
	int err;

	if (argc < 1) {
		cprintf("race: replay 'RX1:...', or SCENARIO [NAME=VALUE ...] PLACES?\n");
		return -EINVAL;
	}
	run = RACE_DEFAULTS;
	run.n = 1;
	r.schedule = (struct schedule){ .max = MAX_SWITCHES, .sw = sw };
	oracle_config = (struct oracle_config){ .model = MODEL_SC };
	if (strchr(argv[0], ':'))
		err = begin_string(&run, &r, argv[0]) ?: parse_times(&times, argc - 1, argv + 1);
	else
		err = begin_places(&run, &r.schedule, argc, argv);
	return err ? err : play_schedule(&run, &r.schedule, times);
}

static const struct race_verb replay_verb = { .name = "replay", .run = replay_command };
RACE_VERB(replay_verb);
