/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The transition of one patch, from all threads calling the old functions to all calling the new ones, or back.
 * At most one at a time.
 */
#ifndef _LIVEPATCH_TRANSITION_H
#define _LIVEPATCH_TRANSITION_H

#include <linux/livepatch_sched.h>
#include <linux/wait.h>

struct klp_patch;
struct task_struct;

/* Both change under klp_mutex. Who was switched, or may be, sees the transition that it is about: see switch.c. */
extern struct klp_patch *klp_transition_patch;
extern int klp_target_state;
/* Woken when a transition is over. */
extern struct wait_queue_head klp_transition_wq;
/* Jiffies from one try to switch all threads to the next; 0: whoever has set it tries himself. */
extern unsigned long klp_retry_delay;

/* transition.c. Context: klp_mutex held; may sleep. */
void klp_init_transition(struct klp_patch *patch, int state);
void klp_start_transition(void);
void klp_cancel_transition(void);
void klp_reverse_transition(void);
void klp_force_transition(void);
/* Return: whether it is over. */
bool klp_try_complete_transition(void);
/* For all threads, the idle ones too; @fn must not sleep. Return: how many times it returned true. */
unsigned int klp_count_tasks(bool (*fn)(struct task_struct *task));

/**
 * struct klp_obstacle - why a thread cannot be switched
 * @err: 0: it has been; -EBUSY: it runs; -EINVAL: nobody knows what is on its stack; -EADDRINUSE: see @func
 * @func: the patch's function that it is in, old or new; an address
 */
struct klp_obstacle {
	int err;
	unsigned long func;
};

/* klp_cmd.c: who has yet to be switched, and why. Context: klp_mutex held; may sleep. */
void klp_print_transition(void);

/* switch.c. Return: whether @task calls what it should. Context: klp_mutex held. */
bool klp_try_switch_task(struct task_struct *task, struct klp_obstacle *obstacle);

#endif
