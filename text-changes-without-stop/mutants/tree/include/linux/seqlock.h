/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sequence counters and locks: a reader looks at the count before and after, and reads again if a writer has been
 * there. An odd count is a writer at work.
 */
#ifndef _LINUX_SEQLOCK_H
#define _LINUX_SEQLOCK_H

#include <asm/barrier.h>
#include <asm/processor.h>
#include <linux/compiler.h>
#include <linux/spinlock.h>

typedef struct seqcount {
	unsigned int sequence;
} seqcount_t;

typedef struct {
	seqcount_t seqcount;
	spinlock_t lock;
} seqlock_t;

#define SEQCNT_ZERO(name)	{ .sequence = 0 }
#define __SEQLOCK_UNLOCKED(name) \
	{ .seqcount = SEQCNT_ZERO(name), .lock = __SPIN_LOCK_UNLOCKED((name).lock) }
#define DEFINE_SEQLOCK(name)	seqlock_t name = __SEQLOCK_UNLOCKED(name)

#define seqcount_init(s)	((void)((s)->sequence = 0))

static inline void seqlock_init(seqlock_t *sl)
{
	seqcount_init(&sl->seqcount);
	spin_lock_init(&sl->lock);
}

/* Wait for a writer to be done. Return: the count, for read_seqcount_retry(). */
static inline unsigned int read_seqcount_begin(const seqcount_t *s)
{
	unsigned int seq;

	while ((seq = smp_load_acquire(&s->sequence)) & 1)
		cpu_relax();
	return seq;
}

/* Return: 1 if what was read since is worth nothing. */
static inline int read_seqcount_retry(const seqcount_t *s, unsigned int start)
{
	smp_rmb();
	return READ_ONCE(s->sequence) != start;
}

/* One writer at a time, and not preempted: the caller sees to it. */
static inline void write_seqcount_begin(seqcount_t *s)
{
	WRITE_ONCE(s->sequence, s->sequence + 1);
	smp_wmb();
}

static inline void write_seqcount_end(seqcount_t *s)
{
	smp_wmb();
	WRITE_ONCE(s->sequence, s->sequence + 1);
}

#define read_seqbegin(sl)	read_seqcount_begin(&(sl)->seqcount)
#define read_seqretry(sl, s)	read_seqcount_retry(&(sl)->seqcount, s)

static inline void write_seqlock(seqlock_t *sl)
{
	spin_lock(&sl->lock);
	write_seqcount_begin(&sl->seqcount);
}

static inline void write_sequnlock(seqlock_t *sl)
{
	write_seqcount_end(&sl->seqcount);
	spin_unlock(&sl->lock);
}

#define write_seqlock_irqsave(sl, flags)			\
	do {							\
		spin_lock_irqsave(&(sl)->lock, flags);		\
		write_seqcount_begin(&(sl)->seqcount);		\
	} while (0)
#define write_sequnlock_irqrestore(sl, flags)			\
	do {							\
		write_seqcount_end(&(sl)->seqcount);		\
		spin_unlock_irqrestore(&(sl)->lock, flags);	\
	} while (0)
#define write_seqlock_irq(sl)		do { local_irq_disable(); write_seqlock(sl); } while (0)
#define write_sequnlock_irq(sl)		do { write_sequnlock(sl); local_irq_enable(); } while (0)
#define write_seqlock_bh(sl)		write_seqlock(sl)
#define write_sequnlock_bh(sl)		write_sequnlock(sl)

#endif
