// SPDX-License-Identifier: GPL-2.0
/*
 * From one run to the next. When all participants stand at the gate, the machine stands still: every logical CPU is
 * a stack pointer, and the one vCPU goes on with the director, on a stack of its own. It lets one run after the other
 * begin at the gate, and undoes each.
 *
 * The director is no thread. It has some CPU's paca for r13, and does nothing that sleeps, allocates or frees, as that
 * would be undone, too.
 */
#include <asm/lcpu.h>
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "../oracle/lockdep.h"
#include "rollback.h"
#include "shared.h"

#define STACK_SIZE	32768
#define MAX_TASKS	32	/* more of them are noted again each time */

/**
 * struct director - what every run begins with
 * @sp: the director's, while a run is under way
 * @home: whose paca it has
 * @lcpus: of the logical CPUs, all of them at the gate or idle
 * @clock: what lcpu_clock() says
 * @tasks: whose stacks have been noted, @nr_tasks of them
 * @plot: what it does
 */
static struct {
	unsigned long sp;
	unsigned int home;
	struct lcpu lcpus[LCPU_MAX];
	u64 clock;
	const struct task_struct *tasks[MAX_TASKS];
	unsigned int nr_tasks;
	void (*plot)(void);
} director;

static char stack[STACK_SIZE] __aligned(16);

static bool is_noted(const struct task_struct *task)
{
	unsigned int i;

	for (i = 0; i < director.nr_tasks; i++)
		if (director.tasks[i] == task)
			return true;
	return false;
}

void director_note_task(const struct task_struct *task, unsigned long sp)
{
	if (is_noted(task))
		return;
	if (director.nr_tasks < MAX_TASKS)
		director.tasks[director.nr_tasks++] = task;
	rollback_note((unsigned long)task, sizeof(*task));
	rollback_note(sp, task->stack_hi - sp);
}

/* What runs change without a word. */
static void note_all(void)
{
	unsigned int cpu;

	director.nr_tasks = 0;
	rollback_note((unsigned long)paca, nr_cpu_ids * sizeof(*paca));
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		director_note_task(paca[cpu].current_task, lcpus[cpu].sp);
}

/* The director's first function, see lcpu_director. */
void director_main(void)
{
	memcpy(director.lcpus, lcpus, sizeof(director.lcpus));
	director.clock = exploration.clock;
	note_all();
	lockdep_keep_holders();
	director.plot();
	BUG();
}

void director_hire(void (*plot)(void))
{
	director.plot = plot;
}

void director_start(void)
{
	unsigned long frame = lcpu_director_frame((unsigned long)stack + sizeof(stack));

	director.home = local_paca->cpu;
	__lcpu_switch(&this_lcpu()->sp, frame, local_paca);
}

void director_return(void)
{
	unsigned long abandoned;

	__lcpu_switch(&abandoned, director.sp, &paca[director.home]);
	BUG();
}

/* A timer that has been armed before may ring before all else. */
static unsigned long choices_at_start(void)
{
	return exploration.participants | (clock_can_ring() ? 1UL << DISPATCH_CLOCK : 0);
}

void director_play(struct dispatch *d, u64 seed, unsigned int goes_on)
{
	struct sched_point start = { .kind = POINT_START };
	unsigned int first;

	explore_begin(d, seed, goes_on);
	start.cpu = __builtin_ctzl(exploration.participants);
	first = dispatch_choose(d, &start, choices_at_start());
	if (first == DISPATCH_CLOCK)
		first = point_let_time_pass();
	__lcpu_switch(&director.sp, lcpus[first].sp, &paca[first]);
	hv_exploring = 0;
}

void director_undo(void)
{
	rollback();
	lockdep_undo_holders();
	memcpy(lcpus, director.lcpus, sizeof(lcpus));
	exploration.clock = director.clock;
}
