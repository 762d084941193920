// SPDX-License-Identifier: GPL-2.0
/*
 * "race replay": a failure again, from its replay string or from the names of its places. Where that cannot be, or goes
 * another way, it says at which step, and what can be done about it.
 */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/trace.h>

#include "../../race/internal.h"
#include "failure.h"
#include "moved.h"
#include "../oracle/oracle.h"
#include "../symbols/place_name.h"
#include "repetition.h"

#define MAX_SWITCHES	512
#define STEP_LEN	160
#define SYNTAX		"cpu0@FUNCTION+0x24#2 -> cpu1, ..."

/* ---- what came of it ---- */

static void print_step(const struct sched_switch *sw, unsigned int i)
{
	struct schedule one = { .n = 1, .max = 1, .sw = (struct sched_switch *)sw };
	char text[STEP_LEN];

	if (sw->occurrence && schedule_print_symbolic(text, sizeof(text), &one, &place_names) > 0)
		cprintf("race: step %u, %s", i + 1, text);
	else
		cprintf("race: step %u", i + 1);
}

static void print_actor(unsigned int who)
{
	if (who == DISPATCH_CLOCK)
		cprintf("the clock");
	else
		cprintf("CPU %u", who);
}

/* Why has @sw not been taken, step @i of a schedule? */
static void explain_step(const struct sched_switch *sw, unsigned int i)
{
	unsigned int met = sw->met;

	print_step(sw, i);
	cprintf(": ");
	if (sw->nth && met) {
		cprintf("whom it goes on with could not run\n");
	} else if (sw->nth) {
		print_actor(sw->from);
		cprintf(" did not come to its point %u\n", sw->nth);
	} else if (met >= sw->occurrence) {
		cprintf("whom it goes on with could not run\n");
	} else if (met) {
		cprintf("came there %u times\n", met);
	} else if (!sw->pc) {
		print_actor(sw->from);
		cprintf(" did not come there\n");
	} else {
		moved_explain(sw);
	}
}

static void explain(const struct schedule *s)
{
	unsigned int i;

	for (i = 0; i < s->n; i++)
		if (!s->sw[i].taken)
			explain_step(&s->sw[i], i);
}

static void print_replay(const struct repetition *r)
{
	bool diverged = r->m.dispatch.diverged;

	cprintf("race: replay %s: %s%s\n", r->probe->scenario->name, r->ret ? r->probe->what : "no hit",
		diverged ? "; it did not follow the schedule" : "");
	if (diverged)
		explain(r->schedule);
	if (r->ret) {
		trace_run_print(0, false);
		cprintf("%s", r->probe->picture);
	}
	if (r->times)
		cprintf("race: %u of %u replays identical\n", r->identical, r->times);
}

/* @by_name: the schedule holds for other images, too, and gets its string for this one. */
static int play_schedule(struct race_run *run, struct schedule *s, unsigned int times, bool by_name)
{
	const char *old[RACE_MAX_AXES];
	static struct repetition r;
	int ret;

	ret = race_axes_apply(run, old);
	if (ret)
		return ret;
	r = (struct repetition){ .probe = run, .schedule = s, .times = times };
	ret = by_name ? moved_repetition(&r) : run_repetition(&r);
	if (ret >= 0) {
		print_replay(&r);
		ret = ret && !r.m.dispatch.diverged ? 0 : -EPROTO;
	}
	if (!ret && by_name)
		failure_print(run, s);
	race_axes_restore(run, old);
	return r.interrupted ? -EINTR : ret;
}

/* ---- what is asked for ---- */

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

static int check_cpus(unsigned int found_with)
{
	if (found_with == num_online_cpus())
		return 0;
	cprintf("race: found with %u CPUs, here are %u\n", found_with, num_online_cpus());
	return -EINVAL;
}

/* A schedule of numbers means what it says on one image alone. */
static void check_image(const struct replay *r)
{
	u32 image = failure_image_hash();
	const char *p;

	if (r->image == image)
		return;
	cprintf("race: found on image %08x, this is %08x: it may go another way\n", r->image, image);
	cprintf("race: the form by name that was printed with it stands small edits; or find it again: race explore %s ",
		r->scenario);
	for (p = r->params; *p; p++)
		cprintf("%c", *p == ',' ? ' ' : *p);
	cprintf(" model=%s\n", r->model);
}

static const char *string_error(int err)
{
	switch (err) {
	case -EBADMSG:
		return "has been mangled: its last four digits do not fit the rest; is it all there?";
	case -ENOSPC:
		return "is too long: it has a name, or more steps, than there is room for";
	default:
		return "is none: RX1:SCENARIO:PARAMETERS:MODEL:CPUS:SEED:IMAGE:STEPS:CHECK";
	}
}

static bool takes_part(unsigned int who)
{
	return who < num_online_cpus() || who == DISPATCH_CLOCK;
}

/* The @i-th of the steps in @text, which are between commas. */
static void print_step_text(const char *text, unsigned int i)
{
	for (; i && strchr(text, ','); i--)
		text = strchr(text, ',') + 1;
	text = skip_spaces(text);
	cprintf("\"%.*s\"", (int)strcspn(text, ","), text);
}

/* Are all there whom the steps of @s name? @text: as they were typed by name, or NULL. */
static int check_actors(const struct schedule *s, const char *text)
{
	unsigned int i = 0;

	while (i < s->n && takes_part(s->sw[i].from) && takes_part(s->sw[i].to))
		i++;
	if (i == s->n)
		return 0;
	cprintf("race: step %u", i + 1);
	if (text) {
		cprintf(", ");
		print_step_text(text, i);
	}
	cprintf(": here are %u CPUs\n", num_online_cpus());
	return -EINVAL;
}

static int begin_string(struct race_run *run, struct replay *r, const char *text)
{
	char *argv[] = { r->scenario };
	int err;

	err = replay_parse(r, text);
	if (err) {
		cprintf("race: this replay string %s\n", string_error(err));
		return err;
	}
	err = check_cpus(r->ncpus) ?: check_actors(&r->schedule, NULL);
	if (err)
		return err;
	check_image(r);
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
		len += snprintf(buf + min(len, size), len < size ? size - len : 0, "%s%s", len ? " " : "", *argv);
	return len < size ? 0 : -ENOSPC;
}

static const char *places_error(int err)
{
	switch (err) {
	case -ENOENT:
		return "this kernel has no such function";
	case -ENOTUNIQ:
		return "several functions are called that; say which, as FILE.c:FUNCTION";
	case -ENOSPC:
		return "there is no room for so many steps";
	default:
		return "it does not read as " SYNTAX;
	}
}

/* @text to @s. Says what is wrong, and where. */
static int take_places(struct schedule *s, const char *text)
{
	int err = schedule_parse_symbolic(s, text, &place_names);

	if (err) {
		cprintf("race: step %u, ", s->n + 1);
		print_step_text(text, s->n);
		cprintf(": %s\n", places_error(err));
		return err;
	}
	return check_actors(s, text);
}

/* Words of the form by name that the scenario knows nothing of. Return: 0, an errno, or -ENOENT for any other. */
static int take_word(const char *word)
{
	unsigned int cpus;

	if (strstarts(word, "model="))
		return set_model(word + strlen("model="));
	if (!strstarts(word, "cpus="))
		return -ENOENT;
	if (!kstrtouint(word + strlen("cpus="), 10, &cpus))
		return check_cpus(cpus);
	cprintf("race: %s: bad value\n", word);
	return -EINVAL;
}

/* SCENARIO NAME=VALUE ... cpu0@fn+0x24#2 -> cpu1, ... */
static int begin_places(struct race_run *run, struct schedule *s, int argc, char **argv)
{
	static char text[MAX_SWITCHES * 8];
	const char *expect = NULL;
	int n = 1, i, err;

	err = race_begin(run, argc, argv);
	if (err)
		return err;
	for (i = 1; i < argc && !strchr(argv[i], '@'); i++) {
		err = take_word(argv[i]);
		if (err == -ENOENT)
			argv[n++] = argv[i];
		else if (err)
			return err;
	}
	err = race_parse(run, &expect, n - 1, argv + 1);
	if (err)
		return err;
	if (join(text, sizeof(text), argc - i, argv + i)) {
		cprintf("race: %s\n", places_error(-ENOSPC));
		return -ENOSPC;
	}
	return take_places(s, text);
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
	bool by_name;
	int err;

	if (argc < 1) {
		cprintf("race: replay 'RX1:...', or SCENARIO [NAME=VALUE ...] " SYNTAX "?\n");
		return -EINVAL;
	}
	run = RACE_DEFAULTS;
	run.n = 1;
	r.schedule = (struct schedule){ .max = MAX_SWITCHES, .sw = sw };
	by_name = !strchr(argv[0], ':');
	if (by_name) {
		err = begin_places(&run, &r.schedule, argc, argv);
		times = run.n > 1 ? run.n : 0;
	} else {
		err = begin_string(&run, &r, argv[0]) ?: parse_times(&times, argc - 1, argv + 1);
	}
	run.n = 1;
	if (!err)
		err = play_schedule(&run, &r.schedule, times, by_name);
	oracle_config = ORACLE_DEFAULTS;
	return err;
}

static const struct race_verb replay_verb = { .name = "replay", .run = replay_command };
RACE_VERB(replay_verb);
