// SPDX-License-Identifier: GPL-2.0
/*
 * Per-thread consistency, the model of 2017 (Linux 4.12): while a patch is enabled or disabled, each thread calls either
 * the old versions of all its functions or the new ones, and goes from one set to the other when it is in none of them.
 *
 *	klp_init_transition()	all threads are noted as calling what they call now; the functions are marked, so
 *				that the handler asks the thread which version it calls
 *	(enabling: the functions go onto their stacks, and the sites are armed)
 *	klp_start_transition()	all threads are asked to switch
 *	klp_try_complete_transition()
 *				those whose stacks allow it are switched, now and every so often (the work below);
 *				when all are, the marks go and (disabling) the functions leave their stacks
 *
 * What the handler reads without locks is written in the opposite order, with barriers between: a function that is on
 * its stack is marked, and where it is marked the states of all threads are good. Threads that begin take over their
 * parents' state under tasklist_lock, under which all states are written.
 */
#define pr_fmt(fmt) "livepatch: " fmt

#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/workqueue.h>
#include "internal.h"
#include "transition.h"

#define SIGNAL_TRIES	15	/* from one waking of all sleepers to the next */

struct klp_patch *klp_transition_patch;
int klp_target_state;
DECLARE_WAIT_QUEUE_HEAD(klp_transition_wq);
unsigned long klp_retry_delay = HZ / 10;

static unsigned int tries;

static void transition_work_fn(struct work_struct *work);
static DECLARE_DELAYED_WORK(transition_work, transition_work_fn);

static int opposite(int state)
{
	return state == KLP_PATCHED ? KLP_UNPATCHED : KLP_PATCHED;
}

unsigned int klp_count_tasks(bool (*fn)(struct task_struct *task))
{
	struct task_struct *task;
	unsigned int cpu, n = 0;

	spin_lock(&tasklist_lock);
	for_each_process(task)
		n += fn(task);
	spin_unlock(&tasklist_lock);
	for_each_online_cpu(cpu)
		n += fn(idle_task(cpu));
	return n;
}

static void mark_funcs(bool transition)
{
	struct klp_object *obj;
	struct klp_func *func;

	klp_for_each_object(klp_transition_patch, obj)
		klp_for_each_func(obj, func)
			WRITE_ONCE(func->transition, transition);
}

static bool note_initial_state(struct task_struct *task)
{
	WRITE_ONCE(task->patch_state, opposite(klp_target_state));
	return true;
}

/**
 * klp_init_transition() - prepare the transition of a patch
 * @patch: it
 * @state: KLP_PATCHED if it is being enabled, else KLP_UNPATCHED
 *
 * Nothing changes for anybody yet. No function of a patch that is being enabled is on its stack; those of objects that
 * come later are marked, too.
 *
 * Context: klp_mutex held, no other transition; takes tasklist_lock.
 */
void klp_init_transition(struct klp_patch *patch, int state)
{
	klp_transition_patch = patch;
	WRITE_ONCE(klp_target_state, state);
	tries = 0;
	klp_count_tasks(note_initial_state);
	/* Pairs with the second smp_rmb() in the handler: where a function is marked, states are good. */
	smp_wmb();
	mark_funcs(true);
	/*
	 * Pairs with the first one: what goes onto a stack now is marked. And what is on one is, before a thread is
	 * switched (klp_start_transition()) and believes it.
	 */
	smp_wmb();
}

static bool ask_to_switch(struct task_struct *task)
{
	if (READ_ONCE(task->patch_state) != klp_target_state)
		WRITE_ONCE(task->patch_pending, 1);
	return true;
}

/* Ask all threads to switch. Context: klp_mutex held. */
void klp_start_transition(void)
{
	klp_remark("%s: to %s", klp_transition_patch->mod->name, klp_target_state == KLP_PATCHED ? "new" : "old");
	/* Pairs with the smp_rmb() of who switches itself: it sees klp_target_state. */
	smp_wmb();
	klp_count_tasks(ask_to_switch);
}

static bool forget_state(struct task_struct *task)
{
	WRITE_ONCE(task->patch_state, KLP_UNDEFINED);
	return true;
}

/*
 * All threads call what they should. The handler must not see a marked function together with a state that is
 * forgotten, nor (disabling) an unmarked one that no thread is to call any more.
 */
static struct klp_patch *end_transition(void)
{
	struct klp_patch *patch = klp_transition_patch;

	if (klp_target_state == KLP_UNPATCHED)
		klp_disable_objects(patch);
	mark_funcs(false);
	synchronize_rcu();
	klp_count_tasks(forget_state);
	klp_target_state = KLP_UNDEFINED;
	klp_transition_patch = NULL;
	wake_up_all(&klp_transition_wq);
	return patch;
}

static void complete_transition(void)
{
	bool off = klp_target_state == KLP_UNPATCHED;
	struct klp_patch *patch = end_transition();

	klp_remark("%s: all %s", patch->mod->name, off ? "old" : "new");
	if (off)
		klp_put_patch(patch);
}

/* The functions could not be put onto their stacks, and are on none. Context: klp_mutex held, nobody asked to switch. */
void klp_cancel_transition(void)
{
	WRITE_ONCE(klp_target_state, KLP_UNPATCHED);
	end_transition();
}

static bool take_back(struct task_struct *task)
{
	WRITE_ONCE(task->patch_pending, 0);
	return true;
}

/**
 * klp_reverse_transition() - the other way, from the middle of it
 *
 * Context: klp_mutex held, a transition under way; may sleep.
 */
void klp_reverse_transition(void)
{
	klp_count_tasks(take_back);
	/* Whoever is just switching itself has then done it: one way or the other, but not with both in its mind. */
	synchronize_rcu();
	WRITE_ONCE(klp_target_state, opposite(klp_target_state));
	klp_transition_patch->state = klp_target_state == KLP_PATCHED ? KLP_ENABLED : KLP_DISABLED;
	tries = 0;
	klp_start_transition();
	klp_try_complete_transition();
}

/* Sleepers that can be woken early loop, and come by a place where they are asked; or sleep elsewhere. */
static bool wake_sleeper(struct task_struct *task)
{
	return READ_ONCE(task->patch_pending) && wake_up_state(task, TASK_INTERRUPTIBLE);
}

static bool is_left(struct task_struct *task)
{
	struct klp_obstacle obstacle;

	return !klp_try_switch_task(task, &obstacle);
}

bool klp_try_complete_transition(void)
{
	if (klp_count_tasks(is_left)) {
		if (++tries % SIGNAL_TRIES == 0)
			klp_count_tasks(wake_sleeper);
		if (klp_retry_delay)
			schedule_delayed_work(&transition_work, klp_retry_delay);
		return false;
	}
	complete_transition();
	return true;
}

static void transition_work_fn(struct work_struct *work)
{
	mutex_lock(&klp_mutex);
	if (klp_transition_patch)
		klp_try_complete_transition();
	mutex_unlock(&klp_mutex);
}

static bool force_switch(struct task_struct *task)
{
	WRITE_ONCE(task->patch_pending, 0);
	WRITE_ONCE(task->patch_state, klp_target_state);
	return true;
}

/**
 * klp_force_transition() - switch all threads, wherever they are
 *
 * The promise of consistency is broken. As threads may be in functions that nobody knows of any more, no patch that is
 * there now will ever leave.
 *
 * Context: klp_mutex held, a transition under way; may sleep.
 */
void klp_force_transition(void)
{
	struct klp_patch *patch;

	pr_warn("%s: its transition is forced\n", klp_transition_patch->mod->name);
	list_for_each_entry(patch, &klp_patches, list)
		patch->forced = true;
	klp_count_tasks(force_switch);
	complete_transition();
}
