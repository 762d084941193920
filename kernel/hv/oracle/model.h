/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the access hooks of the explore image tell the memory model, the shadow state and the
 * happens-before check. All of it runs between two scheduling points, on the one vCPU there is:
 * nothing here takes a lock, allocates, or is itself hooked.
 *
 * A hook is called BEFORE its access happens, so a store's old value can be read there, and its new
 * value cannot be known yet. It is known at that CPU's next hook, because nothing else ran on the
 * CPU in between and nobody else is dispatched between two hooks. Hence the order in a hook:
 *
 *	model_settle(cpu)		the CPU's last store has been done: note what it stored
 *	scheduling point, which may	model_switch_out(cpu), others run, model_switch_in(cpu)
 *	shadow_check(addr, size)	report a bad address instead of following it
 *	hb_access(cpu, ...)
 *	model_store(cpu, addr, size)	if it is a store: note what it will overwrite
 *
 * Accesses to the running thread's own stack are not for the model: the frames of the hooks and of
 * the dispatcher lie there too.
 */
#ifndef _HV_SHARED_MODEL_H
#define _HV_SHARED_MODEL_H

#include <linux/types.h>

#define MODEL_CPUS	8
#define MODEL_FRAMES	6

/* How stores reach the other CPUs. Loads are never reordered, see docs/memory-models.md. */
enum memory_model {
	MODEL_SC,	/* at once */
	MODEL_TSO,	/* late, but in order */
	MODEL_PSO,	/* late, in order for each address and across a write barrier */
	MODEL_NR
};

/* What a CPU does besides loading and storing. */
enum model_barrier {
	MODEL_MB,	/* sync */
	MODEL_WMB,	/* lwsync, also the one in a store-release: keeps stores apart, hides none */
	MODEL_RMB,	/* lwsync between loads: nothing to do, loads are in order */
	MODEL_ATOMIC,	/* a read-modify-write */
	MODEL_LOCK,
	MODEL_UNLOCK,	/* before the store that frees the lock */
	MODEL_CONTEXT,	/* another thread, an interrupt, a sleep */
	MODEL_BARRIERS
};

/* Return: the model's name; MODEL_NR for a name there is none of. */
const char *model_name(enum memory_model model);
enum memory_model model_find(const char *name);

/**
 * model_run_begin() - a schedule starts: all buffers are empty
 * @model: how stores behave
 * @seed: of the choice which stores are delayed
 *
 * The fate of a store depends on @seed, its CPU, its number on that CPU and how often it was up for
 * delay before, and on nothing else: taking a switch out of a schedule leaves the rest as it was.
 */
void model_run_begin(enum memory_model model, u64 seed);

/* The schedule is over: every store is in memory. */
void model_run_end(void);

/*
 * @cpu is about to store @size bytes at @addr; more than 64 bytes, and all before, are not
 * delayed.
 */
void model_store(unsigned int cpu, unsigned long addr, unsigned long size);
/* The store that is announced next is made at @pc, for reports. */
void model_store_from(unsigned int cpu, unsigned long pc);

/* How many stores of @cpu are in its buffer. */
unsigned int model_pending(unsigned int cpu);

/* The store announced last has been done. */
void model_settle(unsigned int cpu);

/*
 * The functions that make stores visible return how many of them had been hidden from somebody: if
 * any, a CPU that waits for something to be written should look again.
 *
 * A barrier that drains the buffer must be a scheduling point before model_barrier() is called: between its stores and
 * the drain is where a store is seen late.
 */
unsigned int model_barrier(unsigned int cpu, enum model_barrier kind);
unsigned int model_switch_out(unsigned int cpu);
/*
 * Return: NULL, or how a delayed store of @cpu would have hit freed memory; that store is dropped.
 */
const char *model_switch_in(unsigned int cpu);
/* The store that model_switch_in() has dropped last: where to, and the instruction. */
extern struct model_late {
	unsigned long addr, pc;
} model_late;

/*
 * All stores become visible: before memory is unmapped (a shootdown is acknowledged by every CPU),
 * and when nobody can run, since no CPU delays a store for ever. A return of 0 then means a
 * deadlock it is.
 */
unsigned int model_drain_all(void);

/* Where something was done: pc[0] is the access, what follows its callers; 0 ends it early. */
struct model_site {
	unsigned long pc[MODEL_FRAMES];
};

/* Fill @site with @pc and the return addresses above it on the running stack. */
void model_site_here(struct model_site *site, unsigned long pc);

/* ---------------------------------------------------------------- freed and poisoned memory */

/**
 * struct shadow_record - one piece of memory that was freed
 * @addr: where it began
 * @size: bytes
 * @what: "kmalloc", "vmap", ...
 * @cpu: who freed it
 * @site: where
 */
struct shadow_record {
	unsigned long addr;
	unsigned long size;
	const char *what;
	unsigned int cpu;
	struct model_site site;
};

/* Forget all that was freed. */
void shadow_reset(void);
/* [@addr, @addr + @size) is in use from now on. Granules are 16 bytes, as kmalloc's. */
void shadow_alloc(unsigned long addr, unsigned long size);
/* It is not, from now on. Return: NULL, or what is wrong with that: a double free. */
const char *shadow_free(unsigned long addr, unsigned long size, const char *what,
			unsigned int cpu, unsigned long pc);
/* Return: NULL if the access may happen, else what is wrong with it; valid until the next call. */
const char *shadow_check(unsigned long addr, unsigned long size);
/* Is it a link of an entry that was deleted from its list, or close to what that leads to? */
bool shadow_is_list_poison(unsigned long addr);
/* A bit for each page, modulo 64, that has freed memory in it. */
extern u64 shadow_pages;

/* Has all of it been freed? */
bool shadow_is_freed(unsigned long addr, unsigned long size);
/* Would shadow_check() of up to 8 bytes at @addr certainly find nothing wrong? */
static inline bool shadow_is_clean(unsigned long addr)
{
	return addr >> 60 == 0xc && !(shadow_pages & 1ULL << (addr >> 12 & 63));
}

/* Who freed the memory around @addr; NULL if that is no longer, or was never, known. */
const struct shadow_record *shadow_find(unsigned long addr);
/* Pages whose state was forgotten for lack of room. */
unsigned long shadow_lost(void);

/* ---------------------------------------------------------------- happens-before */

#define HB_WRITE	1
#define HB_MARKED	2	/* READ_ONCE, WRITE_ONCE, atomics: may race with its like */

/**
 * struct hb_access_record - one side of a race
 * @cpu: who
 * @flags: HB_*
 * @site: where
 */
struct hb_access_record {
	unsigned int cpu;
	unsigned int flags;
	struct model_site site;
};

/**
 * struct hb_race - two accesses to the same bytes, at least one a store and at least one plain,
 * that nothing orders
 * @addr: of the later one
 * @size: of the later one
 * @side: the earlier and the later one
 */
struct hb_race {
	unsigned long addr;
	unsigned int size;
	struct hb_access_record side[2];
};

/* An exploration starts: forget which races were reported. */
void hb_reset(void);
/* A schedule starts: no access has been made, nothing is ordered. */
void hb_run_begin(void);
/*
 * @cpu accesses memory at @pc. A marked load also acquires what the last marked store to @addr
 * published; a marked store publishes what came before the CPU's last hb_fence().
 * Return: NULL, or the race, once for each pair of places and exploration; valid until the next
 * call.
 */
const struct hb_race *hb_access(unsigned int cpu, unsigned long addr, unsigned int size,
				unsigned int flags, unsigned long pc);
/* The lock, atomic or message at @addr orders what follows after what came before a release. */
void hb_acquire(unsigned int cpu, unsigned long addr);
void hb_release(unsigned int cpu, unsigned long addr);
/* smp_wmb(), smp_mb(), and the barrier in a store-release. */
void hb_fence(unsigned int cpu);
/* The memory is new: what was done to it in its former life does not count. */
void hb_forget(unsigned long addr, unsigned long size);
/* Places whose past was forgotten for lack of room. */
unsigned long hb_lost(void);

#endif
