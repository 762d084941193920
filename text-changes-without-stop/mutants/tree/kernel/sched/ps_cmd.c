// SPDX-License-Identifier: GPL-2.0
/* The shell command "ps": all threads but the idle ones. */
#include "sched.h"

#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

/*
 * What is printed of one thread; copied under the lock, so that the slow console is not written to
 * under it.
 */
struct ps_line {
	int pid;
	unsigned int cpu;
	char state;
	bool on_cpu;
	bool bound;
	int class;
	u64 runtime_ns;
	char comm[TASK_COMM_LEN];
};

static const char * const class_names[] = { "stop", "normal", "idle" };

static void fill_line(struct ps_line *line, struct task_struct *p)
{
	line->pid = p->pid;
	line->cpu = task_cpu(p);
	line->state = task_state_to_char(p);
	line->on_cpu = READ_ONCE(p->on_cpu);
	line->bound = p->bound;
	line->class = p->sched_class;
	line->runtime_ns = task_runtime_ns(p);
	strscpy(line->comm, p->comm, sizeof(line->comm));
}

/* Return: how many threads there are; the first @max of them are in @lines. */
static unsigned int take_snapshot(struct ps_line *lines, unsigned int max)
{
	struct task_struct *p;
	unsigned int n = 0;

	spin_lock(&tasklist_lock);
	for_each_process(p) {
		if (n < max)
			fill_line(&lines[n], p);
		n++;
	}
	spin_unlock(&tasklist_lock);
	return n;
}

static void print_line(const struct ps_line *line)
{
	cprintf("%5d %3u%c %c%c    %-7s %10llu %s\n", line->pid, line->cpu, line->bound ? '!' : ' ',
		line->state, line->on_cpu ? '+' : ' ', class_names[line->class],
		line->runtime_ns / NSEC_PER_MSEC, line->comm);
}

static int ps_command(int argc, char **argv)
{
	unsigned int i, max, n = take_snapshot(NULL, 0);
	struct ps_line *lines;

	max = n + 8;	/* room for those that come up meanwhile */
	lines = kcalloc(max, sizeof(*lines), GFP_KERNEL);
	if (!lines)
		return -ENOMEM;
	n = min(take_snapshot(lines, max), max);
	cprintf("  PID CPU  STATE CLASS    TIME(ms) NAME\n");
	for (i = 0; i < n; i++)
		print_line(&lines[i]);
	kfree(lines);
	return 0;
}

SHELL_COMMAND(ps, ps_command, NULL, "", "list threads (+ running now, ! bound to its CPU)");
