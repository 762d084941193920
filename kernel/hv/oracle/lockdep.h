/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Lock order, learnt from what happens: taking B while holding A says A before B, for the classes
 * of A and B, for ever. A later B before A, however far apart and on whatever CPU, is a deadlock
 * that waits for its schedule. Pure logic; what calls it is in lockdep_hooks.c.
 */
#ifndef _HV_SHARED_LOCKDEP_H
#define _HV_SHARED_LOCKDEP_H

#include <linux/types.h>

struct task_struct;

#define LOCKDEP_CLASSES		256
#define LOCKDEP_EDGES		1024
#define LOCKDEP_CONTEXTS	64
#define LOCKDEP_DEPTH		16
#define LOCKDEP_NAMED		1024

/* One lock held. */
struct held_lock {
	unsigned long lock;
	unsigned int class;
	unsigned long pc;
};

/**
 * struct lockdep_context - the mutexes of one thread, or the spinlocks of a CPU or of its interrupt
 * @owner: who; 0 = the slot is free
 * @n: how many
 * @held: in the order taken
 */
struct lockdep_context {
	unsigned long owner;
	unsigned int n;
	struct held_lock held[LOCKDEP_DEPTH];
};

/**
 * struct lockdep_edge - one order, as it was seen first
 * @before: class held; 0 = the slot is free
 * @after: class taken then
 * @before_pc: where the one had been taken
 * @after_pc: where the other was
 */
struct lockdep_edge {
	unsigned int before;
	unsigned int after;
	unsigned long before_pc;
	unsigned long after_pc;
};

/**
 * struct lockdep - all that is known
 * @key: of each class: the address of a static lock, or of the code that initialises it; [0] is
 *       unused
 * @nr_classes: how many there are
 * @guess: by a hash of the key, the class that had it last; 0 = none
 * @order: order[a] has the bit b: a was held when b was taken
 * @edge: the same, with where; a hash table
 * @named: locks that were initialised at run time, and where; a hash table
 * @context: who holds what
 * @nr_contexts: in use; the free ones among them are few, and all that follow are free
 * @full: things not learnt for lack of room
 * @again: an order that is wrong is not learnt, so that it is reported whenever it is met
 */
struct lockdep {
	unsigned long key[LOCKDEP_CLASSES];
	unsigned int nr_classes;
	u8 guess[LOCKDEP_CLASSES];
	u64 order[LOCKDEP_CLASSES][LOCKDEP_CLASSES / 64];
	struct lockdep_edge edge[LOCKDEP_EDGES];
	struct {
		unsigned long lock;
		unsigned long key;
	} named[LOCKDEP_NAMED];
	struct lockdep_context context[LOCKDEP_CONTEXTS];
	unsigned int nr_contexts;
	unsigned long full;
	bool again;
};

/* Who holds what: the part of struct lockdep that a run that is undone must not change. */
struct lockdep_holders {
	struct lockdep_context context[LOCKDEP_CONTEXTS];
	unsigned int nr_contexts;
};

/**
 * struct lockdep_report - what is wrong with taking a lock
 * @recursion: the same lock is held already; otherwise the order is inverted
 * @taking: key of the lock about to be taken
 * @holding: key of the one held
 * @taking_pc: where the one is about to be taken
 * @holding_pc: where the other was
 * @first: the first step of the opposite order seen earlier, from @taking towards @holding
 */
struct lockdep_report {
	bool recursion;
	unsigned long taking;
	unsigned long holding;
	unsigned long taking_pc;
	unsigned long holding_pc;
	struct lockdep_edge first;
};

/* @lock has been initialised by the code at @key, and belongs to the class of all such. */
void lockdep_name(struct lockdep *ld, unsigned long lock, unsigned long key);
/*
 * @owner, which may hold what @outer (0 = nobody) holds too, is about to wait for @lock, at @pc.
 * Return: true if @report says what is wrong with that, once for each pair of classes.
 */
bool lockdep_take(struct lockdep *ld, unsigned long owner, unsigned long outer, unsigned long lock,
		  unsigned long pc, struct lockdep_report *report);
/* @owner has got @lock without waiting: no order follows from that, but from what comes after. */
void lockdep_taken(struct lockdep *ld, unsigned long owner, unsigned long lock, unsigned long pc);
/* @owner does not hold @lock any more. A lock not known to be held is let pass. */
void lockdep_drop(struct lockdep *ld, unsigned long owner, unsigned long lock);
/* Who holds what, kept for later: what is learnt meanwhile stays. */
void lockdep_save(const struct lockdep *ld, struct lockdep_holders *held);
void lockdep_restore(struct lockdep *ld, const struct lockdep_holders *held);
/* Where @owner has taken @lock, or begun to wait for it; 0 = it has not. */
unsigned long lockdep_where(const struct lockdep *ld, unsigned long owner, unsigned long lock);
/* What @owner holds; NULL = nothing. */
const struct lockdep_context *lockdep_held(const struct lockdep *ld, unsigned long owner);

/*
 * The kernel's own locks: see include/hooks/shared/stopgap/lockdep.h, which only the explored files
 * include.
 */
void hv_lockdep_init(unsigned long lock);
void hv_lockdep_acquire(unsigned long lock);
void hv_lockdep_acquire_mutex(unsigned long lock);
void hv_lockdep_trylock(unsigned long lock);
void hv_lockdep_trylock_mutex(unsigned long lock);
void hv_lockdep_release(unsigned long lock);
void hv_lockdep_release_mutex(unsigned long lock);
void hv_lockdep_might_sleep(void);

/* Where @lock, a spinlock, was taken on @cpu; where @lock, a mutex, was by @task; 0 = it was not. */
unsigned long lockdep_taken_on(unsigned int cpu, unsigned long lock);
unsigned long lockdep_taken_by(const struct task_struct *task, unsigned long lock);
/* How many reports there have been since boot. */
unsigned int lockdep_reports(void);
/* Count reports without printing them, a test provokes them; and forget where threads slept. */
void lockdep_set_silent(bool on);
/*
 * Of what is learnt between the two, in runs that are undone, nothing stays: one that has the order wrong must not make
 * the right one wrong for ever. Context: unexplored.
 */
void lockdep_session_begin(void);
void lockdep_session_end(void);
/* Locks are held as they are now whenever a run has been undone. */
void lockdep_keep_holders(void);
void lockdep_undo_holders(void);

#endif
