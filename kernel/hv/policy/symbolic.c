// SPDX-License-Identifier: GPL-2.0
/*
 * Schedules with names: "cpu0@module_address_lookup+0x24#2 -> cpu1" is the second time that CPU 0
 * comes to that instruction. Numbers of points change with every edit of the code around; these
 * places do not. Which of several functions of a name is meant the file says, "rcu.c:link_module+0x24",
 * or the module, "hello:hello_exit+0x24".
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/dispatch.h>
#include <stopgap/schedule.h>

#include "text.h"

#define SEPARATOR	", "
#define NAME_LEN	128
#define START		"start"		/* the place where nobody runs yet */
#define IDLE		"idle"		/* the same for later: the place of whoever has nothing to do */
#define CLOCK		"clock"		/* is no CPU, and always in one place */
#define TICK		"tick"

static void print_actor(struct text *t, unsigned int who)
{
	if (who == DISPATCH_CLOCK)
		text_add(t, CLOCK);
	else
		text_add(t, "cpu%u", who);
}

/* Points that are no instruction's. */
static const char *name_without_code(const struct sched_switch *sw)
{
	if (sw->from == DISPATCH_CLOCK)
		return TICK;
	return sw->occurrence > 1 ? IDLE : START;
}

static int print_switch(struct text *t, const struct sched_switch *sw,
			const struct symbol_lookup *lookup)
{
	char name[NAME_LEN];
	int err = sw->pc ? lookup->name(name, sizeof(name), sw->pc) : 0;

	if (err)
		return err;
	if (!sw->pc)
		strscpy(name, name_without_code(sw), sizeof(name));
	print_actor(t, sw->from);
	text_add(t, "@%s#%u -> ", name, sw->occurrence);
	print_actor(t, sw->to);
	return 0;
}

int schedule_print_symbolic(char *buf, size_t size, const struct schedule *s,
			    const struct symbol_lookup *lookup)
{
	struct text t = { .buf = buf, .size = size };
	unsigned int i;
	int err;

	if (size)
		buf[0] = '\0';
	for (i = 0; i < s->n; i++) {
		text_add(&t, "%s", i ? SEPARATOR : "");
		err = print_switch(&t, &s->sw[i], lookup);
		if (err)
			return err;
	}
	return t.len;
}

/* "name+0x24" */
static int parse_place(const char **s, unsigned long *pc, const struct symbol_lookup *lookup)
{
	size_t len = strcspn(*s, "+#, ");
	char name[NAME_LEN];
	unsigned long offset = 0;
	int err;

	if (!len || len >= sizeof(name))
		return -EINVAL;
	memcpy(name, *s, len);
	name[len] = '\0';
	*s += len;
	*pc = 0;
	if (!strcmp(name, START) || !strcmp(name, TICK) || !strcmp(name, IDLE))
		return 0;
	if (text_skip(s, "+0x") && !text_number(s, 16, &offset))
		return -EINVAL;
	err = lookup->addr(name, pc);
	*pc += offset;
	return err;
}

static bool take_actor(const char **s, unsigned long *who)
{
	*who = DISPATCH_CLOCK;
	return text_skip(s, CLOCK) ||
	       (text_skip(s, "cpu") && text_number(s, 10, who) && *who < DISPATCH_MAX_CPUS);
}

static int parse_switch(struct sched_switch *sw, const char **s, const struct symbol_lookup *lookup)
{
	unsigned long from, to, pc, occurrence;
	int err;

	if (!take_actor(s, &from) || !text_skip(s, "@"))
		return -EINVAL;
	err = parse_place(s, &pc, lookup);
	if (err)
		return err;
	if (!text_skip(s, "#") || !text_number(s, 10, &occurrence) || !occurrence ||
	    occurrence > U32_MAX)
		return -EINVAL;
	*s = skip_spaces(*s);
	if (!text_skip(s, "->"))
		return -EINVAL;
	*s = skip_spaces(*s);
	if (!take_actor(s, &to))
		return -EINVAL;
	*sw = (struct sched_switch){ .from = from, .to = to, .pc = pc, .occurrence = occurrence };
	return 0;
}

int schedule_parse_symbolic(struct schedule *s, const char *text,
			    const struct symbol_lookup *lookup)
{
	struct sched_switch sw;
	int err;

	s->n = s->lost = 0;
	text = skip_spaces(text);
	while (*text) {
		err = parse_switch(&sw, &text, lookup);
		if (err)
			return err;
		if (s->n == s->max)
			return -ENOSPC;
		schedule_add(s, &sw);
		text = skip_spaces(text);
		if (*text && !text_skip(&text, ","))
			return -EINVAL;
		text = skip_spaces(text);
	}
	return 0;
}
