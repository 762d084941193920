// SPDX-License-Identifier: GPL-2.0
/* The parameters of a scenario, as data: one table serves the command line, completion, the score and the matrix. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/race.h>

#include "internal.h"

const char *race_choice_nth(const struct race_axis *axis, unsigned int i)
{
	return axis->choice->values[i];
}

int race_choice_set(const struct race_axis *axis, const char *value)
{
	unsigned int i;

	for (i = 0; axis->choice->values[i]; i++) {
		if (!strcmp(axis->choice->values[i], value)) {
			WRITE_ONCE(axis->choice->now, i);
			return 0;
		}
	}
	return -EINVAL;
}

const char *race_choice_get(const struct race_axis *axis)
{
	return axis->choice->values[READ_ONCE(axis->choice->now)];
}

static const char *preempt_nth(const struct race_axis *axis, unsigned int i)
{
	static const char *const models[] = { "none", "full" };

	return i < ARRAY_SIZE(models) ? models[i] : NULL;
}

static int preempt_set(const struct race_axis *axis, const char *value)
{
	return sched_set_preempt(value);
}

static const char *preempt_get(const struct race_axis *axis)
{
	return preempt_model_name();
}

/* What every scenario can be run with. */
static const struct race_axis common_axes[] = {
	{ .name = "preempt", .nth = preempt_nth, .set = preempt_set, .get = preempt_get, .headline = true },
};

const struct race_axis *race_axis_nth(const struct race_scenario *scenario, unsigned int i)
{
	if (i < scenario->nr_axes)
		return &scenario->axes[i];
	i -= scenario->nr_axes;
	if (i < ARRAY_SIZE(common_axes))
		return &common_axes[i];
	return i == ARRAY_SIZE(common_axes) && scenario->crowd ? race_columns.readers : NULL;
}

static void complain(const struct race_axis *axis, const char *value)
{
	const char *known;
	unsigned int i;

	cprintf("race: %s=%s: not one of ", axis->name, value);
	for (i = 0; (known = axis->nth(axis, i)); i++)
		cprintf("%s%s", i ? "|" : "", known);
	cprintf("\n");
}

int race_axes_apply(const struct race_run *run, const char *old[RACE_MAX_AXES])
{
	const struct race_axis *axis;
	unsigned int i;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		old[i] = axis->get(axis);
	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++) {
		if (!run->given[i] || !axis->set(axis, run->given[i]))
			continue;
		complain(axis, run->given[i]);
		race_axes_restore(run, old);
		return -EINVAL;
	}
	return 0;
}

void race_axes_restore(const struct race_run *run, const char *const old[RACE_MAX_AXES])
{
	const struct race_axis *axis;
	unsigned int i;

	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		axis->set(axis, old[i]);
}

int race_axes_print(const struct race_run *run, char *buf, size_t size)
{
	const struct race_axis *axis;
	unsigned int i;
	int len = 0;

	buf[0] = '\0';
	for (i = 0; (axis = race_axis_nth(run->scenario, i)); i++)
		if (axis->headline || run->given[i])
			len += scnprintf(buf + len, size - len, "%s%s=%s", len ? " " : "", axis->name,
					 axis->get(axis));
	return len;
}
