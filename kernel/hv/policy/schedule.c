// SPDX-License-Identifier: GPL-2.0
/*
 * Schedules, and the replay string that carries one from boot to boot:
 *
 *	RX1:scenario:params:model:ncpus:seed:image:schedule:check
 *
 * "schedule" is "0.17-1,1.40-0": at its 17th point CPU 0 is left for CPU 1, and so on; seed, image
 * and check are hexadecimal. The check finds what copying by hand has mangled; nothing in the
 * string needs quoting in any shell.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/dispatch.h>
#include <stopgap/schedule.h>

#include "text.h"

#define MAGIC		"RX1:"

unsigned int schedule_preemptions(const struct schedule *s)
{
	unsigned int i, n = 0;

	for (i = 0; i < s->n; i++)
		n += s->sw[i].preempts;
	return n;
}

int schedule_copy(struct schedule *to, const struct schedule *from)
{
	if (from->n > to->max)
		return -ENOSPC;
	memcpy(to->sw, from->sw, from->n * sizeof(*to->sw));
	to->n = from->n;
	to->lost = from->lost;
	return 0;
}

void schedule_add(struct schedule *s, const struct sched_switch *sw)
{
	if (s->n == s->max)
		s->lost++;
	else
		s->sw[s->n++] = *sw;
}

/* FNV-1a. */
static u16 check_value(const char *s, size_t len)
{
	u32 h = 0x811c9dc5;

	while (len--)
		h = (h ^ (u8)*s++) * 0x01000193;
	return h ^ h >> 16;
}

/* May @name stand in a replay string? */
static bool is_plain(const char *name)
{
	for (; *name; name++)
		if (!isalnum(*name) && !strchr("_-+.,=/", *name))
			return false;
	return true;
}

int replay_print(char *buf, size_t size, const struct replay *r)
{
	struct text t = { .buf = buf, .size = size };
	const struct sched_switch *sw;
	unsigned int i;

	if (!is_plain(r->scenario) || !is_plain(r->params) || !is_plain(r->model))
		return -EINVAL;
	text_add(&t, MAGIC "%s:%s:%s:%u:%llx:%08x:", r->scenario, r->params, r->model, r->ncpus,
		 r->seed, r->image);
	for (i = 0; i < r->schedule.n; i++) {
		sw = &r->schedule.sw[i];
		text_add(&t, "%s%u.%u-%u", i ? "," : "", sw->from, sw->nth, sw->to);
	}
	text_add(&t, ":%04x", t.len < size ? check_value(buf, t.len) : 0);
	return t.len;
}

/* Copy up to the next colon into @field, and go behind that. */
static int take_field(const char **s, char *field, size_t size)
{
	const char *end = strchr(*s, ':');

	if (!end)
		return -EINVAL;
	if ((size_t)(end - *s) >= size)
		return -ENOSPC;
	memcpy(field, *s, end - *s);
	field[end - *s] = '\0';
	*s = end + 1;
	return is_plain(field) ? 0 : -EINVAL;
}

static int take_number(const char **s, unsigned int base, u64 max, u64 *value)
{
	char field[20];
	int err = take_field(s, field, sizeof(field));

	if (!err)
		err = kstrtou64(field, base, value);
	return err || *value > max ? -EINVAL : 0;
}

/* "0.17-1" */
static int parse_switch(struct sched_switch *sw, const char **s)
{
	unsigned long from, nth, to;

	if (!text_number(s, 10, &from) || !text_skip(s, ".") || !text_number(s, 10, &nth) ||
	    !text_skip(s, "-") || !text_number(s, 10, &to))
		return -EINVAL;
	if (from >= DISPATCH_MAX_ACTORS || to >= DISPATCH_MAX_ACTORS || !nth || nth > U32_MAX)
		return -EINVAL;
	*sw = (struct sched_switch){ .from = from, .nth = nth, .to = to };
	return 0;
}

static int parse_schedule(struct schedule *schedule, const char **s)
{
	struct sched_switch sw;
	int err;

	schedule->n = schedule->lost = 0;
	if (**s == ':')
		return 0;
	do {
		err = parse_switch(&sw, s);
		if (err)
			return err;
		if (schedule->n == schedule->max)
			return -ENOSPC;
		schedule_add(schedule, &sw);
	} while (text_skip(s, ","));
	return **s == ':' ? 0 : -EINVAL;
}

/* The check is the last field, over all before its colon. */
static int verify(const char *s)
{
	const char *check = strrchr(s, ':') + 1;
	unsigned long want;
	const char *end = check;

	if (strlen(check) != 4 || !text_number(&end, 16, &want) || *end)
		return -EBADMSG;
	return check_value(s, check - 1 - s) == want ? 0 : -EBADMSG;
}

static int parse_fields(struct replay *r, const char *s)
{
	u64 ncpus = 0, image = 0;
	int err;

	err = take_field(&s, r->scenario, sizeof(r->scenario));
	if (!err)
		err = take_field(&s, r->params, sizeof(r->params));
	if (!err)
		err = take_field(&s, r->model, sizeof(r->model));
	if (!err)
		err = take_number(&s, 10, DISPATCH_MAX_CPUS, &ncpus);
	if (!err)
		err = take_number(&s, 16, U64_MAX, &r->seed);
	if (!err)
		err = take_number(&s, 16, U32_MAX, &image);
	r->ncpus = ncpus;
	r->image = image;
	return err ? err : parse_schedule(&r->schedule, &s);
}

int replay_parse(struct replay *r, const char *s)
{
	int err;

	if (!strstarts(s, MAGIC))
		return -EINVAL;
	err = verify(s);
	return err ? err : parse_fields(r, s + strlen(MAGIC));
}
