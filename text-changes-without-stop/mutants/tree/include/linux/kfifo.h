/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Queues of elements of one type in a ring: one writer and one reader need no lock, more of either need one of their
 * own. The number of elements is a power of two. lib/kfifo.c, linked into each module that uses it.
 */
#ifndef _LINUX_KFIFO_H
#define _LINUX_KFIFO_H

#include <linux/build_bug.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/types.h>

/**
 * struct __kfifo - the ring
 * @in: elements ever put in; @out: ever taken out. Only the writer changes the one, only the reader the other
 * @mask: number of elements there is room for, less one
 * @esize: bytes of an element
 * @data: the elements
 */
struct __kfifo {
	unsigned int in;
	unsigned int out;
	unsigned int mask;
	unsigned int esize;
	void *data;
};

/* @type is never there: it says what the elements are. */
#define __STRUCT_KFIFO(t, size)		{ struct __kfifo kfifo; t type[0]; t buf[size]; }
#define STRUCT_KFIFO(t, size)		struct __STRUCT_KFIFO(t, size)
#define STRUCT_KFIFO_PTR(t)		struct __STRUCT_KFIFO(t, 0)

/* Of bytes, with memory from kfifo_alloc() or kfifo_init(). */
struct kfifo __STRUCT_KFIFO(unsigned char, 0);

#define DECLARE_KFIFO_PTR(fifo, type)	STRUCT_KFIFO_PTR(type) fifo
#define DECLARE_KFIFO(fifo, type, size)	STRUCT_KFIFO(type, size) fifo
#define DEFINE_KFIFO(fifo, t, size)							\
	DECLARE_KFIFO(fifo, t, size) = {						\
		.kfifo = { .mask = (size) - 1 + BUILD_BUG_ON_ZERO((size) & ((size) - 1)),	\
			   .esize = sizeof(t), .data = fifo.buf } }

#define __is_kfifo_ptr(fifo)	(sizeof((fifo)->buf) == 0)

#define INIT_KFIFO(fifo)								\
	do {										\
		__typeof__(&(fifo)) __f = &(fifo);					\
											\
		__f->kfifo = (struct __kfifo) {						\
			.mask = __is_kfifo_ptr(__f) ? 0 : ARRAY_SIZE(__f->buf) - 1,	\
			.esize = sizeof(*__f->type),					\
			.data = __is_kfifo_ptr(__f) ? NULL : __f->buf };		\
	} while (0)

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp);
int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int bytes, size_t esize);
void __kfifo_free(struct __kfifo *fifo);
unsigned int __kfifo_in(struct __kfifo *fifo, const void *from, unsigned int n);
unsigned int __kfifo_peek(struct __kfifo *fifo, void *to, unsigned int n);
unsigned int __kfifo_out(struct __kfifo *fifo, void *to, unsigned int n);
int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long bytes, unsigned int *copied);
int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long bytes, unsigned int *copied);

/* Memory for @size elements, rounded up to a power of two. Return: 0, -EINVAL, -ENOMEM. */
#define kfifo_alloc(fifo, size, gfp)	__kfifo_alloc(&(fifo)->kfifo, size, sizeof(*(fifo)->type), gfp)
/* The caller's memory, @size bytes, rounded down. Return: 0, -EINVAL. */
#define kfifo_init(fifo, buffer, size)	__kfifo_init(&(fifo)->kfifo, buffer, size, sizeof(*(fifo)->type))
#define kfifo_free(fifo)		__kfifo_free(&(fifo)->kfifo)
#define kfifo_initialized(fifo)		((fifo)->kfifo.mask != 0)
#define kfifo_esize(fifo)		((fifo)->kfifo.esize)
#define kfifo_size(fifo)		((fifo)->kfifo.mask + 1)
#define kfifo_len(fifo)			(READ_ONCE((fifo)->kfifo.in) - READ_ONCE((fifo)->kfifo.out))
#define kfifo_avail(fifo)		(kfifo_size(fifo) - kfifo_len(fifo))
#define kfifo_is_empty(fifo)		(kfifo_len(fifo) == 0)
#define kfifo_is_full(fifo)		(kfifo_len(fifo) > (fifo)->kfifo.mask)
#define kfifo_reset(fifo)		((void)((fifo)->kfifo.in = (fifo)->kfifo.out = 0))
#define kfifo_reset_out(fifo)		((void)((fifo)->kfifo.out = (fifo)->kfifo.in))
#define kfifo_skip(fifo)		((void)(fifo)->kfifo.out++)

/* Return: how many elements were moved. */
#define kfifo_put(fifo, val)								\
	({										\
		__typeof__(*(fifo)->type) __v = (val);					\
		__kfifo_in(&(fifo)->kfifo, &__v, 1);					\
	})
#define kfifo_in(fifo, from, n)								\
	({										\
		const __typeof__(*(fifo)->type) *__from = (from);			\
		__kfifo_in(&(fifo)->kfifo, __from, n);					\
	})
#define kfifo_get(fifo, val)		kfifo_out(fifo, val, 1)
#define kfifo_peek(fifo, val)		kfifo_out_peek(fifo, val, 1)
#define kfifo_out(fifo, to, n)								\
	({										\
		__typeof__(*(fifo)->type) *__to = (to);					\
		__kfifo_out(&(fifo)->kfifo, __to, n);					\
	})
#define kfifo_out_peek(fifo, to, n)							\
	({										\
		__typeof__(*(fifo)->type) *__to = (to);					\
		__kfifo_peek(&(fifo)->kfifo, __to, n);					\
	})

#define __kfifo_locked(lock, call)							\
	({										\
		unsigned long __flags;							\
		unsigned int __n;							\
											\
		spin_lock_irqsave(lock, __flags);					\
		__n = (call);								\
		spin_unlock_irqrestore(lock, __flags);					\
		__n;									\
	})
#define kfifo_in_spinlocked(fifo, from, n, lock)	__kfifo_locked(lock, kfifo_in(fifo, from, n))
#define kfifo_out_spinlocked(fifo, to, n, lock)		__kfifo_locked(lock, kfifo_out(fifo, to, n))

/* For write() and read(): whole elements only. Return: 0 or -EFAULT. */
#define kfifo_from_user(fifo, from, bytes, copied)	__kfifo_from_user(&(fifo)->kfifo, from, bytes, copied)
#define kfifo_to_user(fifo, to, bytes, copied)		__kfifo_to_user(&(fifo)->kfifo, to, bytes, copied)

#endif
