// SPDX-License-Identifier: GPL-2.0
/*
 * When nobody can go on: who waits for what, where, who has it and since where; and if they wait for one another in a
 * circle, that. Told once the run has ended, so everything stands still.
 *
 * A busy-waiting CPU has announced its spinlock to lockdep before it waits, so that is how a lock is told from a
 * variable. A spinlock holds the number of its CPU plus 1, a mutex its thread.
 */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/lines.h>
#include <stopgap/oops.h>
#include <stopgap/race.h>

#include "deadlock.h"
#include "lockdep.h"
#include "../shared/shared.h"

#define MAX_CHAIN	16

/**
 * struct stuck - a thread that does not go on
 * @task: it
 * @lock: what it waits for, if that is a lock or a variable; 0 = it just sleeps
 * @at: where it waits
 * @holder: who has the lock; NULL = it is none, or nobody has it
 * @since: where that was taken; 0 = not known
 */
struct stuck {
	const struct task_struct *task;
	unsigned long lock, at;
	const struct task_struct *holder;
	unsigned long since;
};

/* ---- looking at one thread ---- */

/* The innermost function on a sleeper's stack that is not the scheduler's. */
static void note_caller(void *arg, unsigned long sp, unsigned long ip, const struct pt_regs *regs)
{
	unsigned long *at = arg;
	char line[SYMBOL_LINE_LEN];

	if (!*at && symbol_line(line, sizeof(line), ip - 1) && !strstarts(line, " (kernel/sched/") &&
	    !strstarts(line, " (arch/"))
		*at = ip;
}

static unsigned long sleeps_at(const struct task_struct *task)
{
	unsigned long at = 0;

	walk_stack(task, task->ksp, task->stack_lo, task->stack_hi, note_caller, &at);
	return at;
}

static void look_at_spinner(struct stuck *s, unsigned int cpu)
{
	const struct sched_point *where = lcpus[cpu].where;
	unsigned int owner;

	s->lock = where->addr;
	s->at = where->pc;
	if (!s->lock || !lockdep_taken_on(cpu, s->lock))
		return;
	owner = *(const unsigned int *)s->lock;
	if (!owner || owner > LCPU_MAX)
		return;
	s->at = lockdep_taken_on(cpu, s->lock);
	s->holder = paca[owner - 1].current_task;
	s->since = lockdep_taken_on(owner - 1, s->lock);
}

static void look_at_sleeper(struct stuck *s)
{
	const struct mutex *mutex = s->task->blocked_on;

	s->at = sleeps_at(s->task);
	if (!mutex)
		return;
	s->lock = (unsigned long)mutex;
	s->holder = mutex->owner;
	if (s->holder)
		s->since = lockdep_taken_by(s->holder, s->lock);
}

static struct stuck look_at(const struct task_struct *task)
{
	struct stuck s = { .task = task };

	if (paca[task->cpu].current_task != task)
		look_at_sleeper(&s);
	else if (lcpus[task->cpu].state == LCPU_WAITS)
		look_at_spinner(&s, task->cpu);
	return s;
}

/* ---- telling ---- */

/* Text that grows, as far as there is room. */
struct report {
	char *buf;
	size_t size, len;
};

static void __printf(2, 3) add(struct report *r, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	r->len += vscnprintf(r->buf + r->len, r->size - r->len, fmt, args);
	va_end(args);
}

/* Participants are known by their CPU; so is whoever is on it in their place, which has a name besides. */
static void add_name(struct report *r, const struct task_struct *task)
{
	if (strstarts(task->comm, "race/"))
		add(r, "CPU%u", task->cpu);
	else
		add(r, "CPU%u's %s", task->cpu, task->comm);
}

static void add_stuck(struct report *r, const struct stuck *s)
{
	add(r, " ");
	add_name(r, s->task);
	if (s->lock)
		add(r, " waits for %ps", (void *)s->lock);
	else
		add(r, s->at ? " sleeps" : " runs");
	if (s->task->waits_for)
		add(r, " until %s is through", s->task->waits_for);
	if (s->at)
		add(r, " at %pB", (void *)s->at);
	if (s->holder) {
		add(r, ", held by ");
		add_name(r, s->holder);
	}
	if (s->since)
		add(r, " since %pB", (void *)s->since);
	add(r, ";");
}

/* From holder to holder, until one comes up again. Return: the first of a circle, NULL if there is none. */
static const struct task_struct *find_circle(const struct task_struct *task)
{
	unsigned int i;

	/* After so many steps one is in the circle, if there is one. */
	for (i = 0; i < MAX_CHAIN && task; i++)
		task = look_at(task).holder;
	return task;
}

static void add_circle(struct report *r, const struct task_struct *first)
{
	const struct task_struct *task = first;

	add(r, " circle: ");
	do {
		struct stuck s = look_at(task);

		add_name(r, task);
		add(r, " -> %ps -> ", (void *)s.lock);
		task = s.holder;
	} while (task != first);
	add_name(r, first);
}

int deadlock_describe(char *buf, size_t size, const struct task_struct *const tasks[], unsigned int nr)
{
	struct report r = { .buf = buf, .size = size };
	const struct task_struct *circle = NULL;
	unsigned int i;

	buf[0] = '\0';
	for (i = 0; i < nr; i++) {
		struct stuck s = look_at(tasks[i]);

		add_stuck(&r, &s);
		circle = circle ?: find_circle(tasks[i]);
	}
	if (circle)
		add_circle(&r, circle);
	return (int)r.len;
}
