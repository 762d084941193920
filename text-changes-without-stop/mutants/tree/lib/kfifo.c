// SPDX-License-Identifier: GPL-2.0
/*
 * Queues in a ring: see <linux/kfifo.h>. The writer's elements are there before its count says so, and the reader has
 * taken its before its own count gives their places back.
 */
#include <asm/barrier.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

int __kfifo_init(struct __kfifo *fifo, void *buffer, unsigned int bytes, size_t esize)
{
	unsigned int size = bytes / esize;

	*fifo = (struct __kfifo) { .esize = esize };
	if (size < 2)
		return -EINVAL;
	fifo->mask = rounddown_pow_of_two(size) - 1;
	fifo->data = buffer;
	return 0;
}

int __kfifo_alloc(struct __kfifo *fifo, unsigned int size, size_t esize, gfp_t gfp)
{
	void *buffer;

	*fifo = (struct __kfifo) { .esize = esize };
	if (size < 2)
		return -EINVAL;
	size = roundup_pow_of_two(size);
	buffer = kmalloc_array(size, esize, gfp);
	if (!buffer)
		return -ENOMEM;
	fifo->mask = size - 1;
	fifo->data = buffer;
	return 0;
}

void __kfifo_free(struct __kfifo *fifo)
{
	kfree(fifo->data);
	*fifo = (struct __kfifo) { .esize = fifo->esize };
}

/* Where element number @at is; *@run becomes how many of @n follow without a gap. */
static void *place(const struct __kfifo *fifo, unsigned int at, unsigned int n, unsigned int *run)
{
	at &= fifo->mask;
	*run = min(n, fifo->mask + 1 - at);
	return fifo->data + (size_t)at * fifo->esize;
}

unsigned int __kfifo_in(struct __kfifo *fifo, const void *from, unsigned int n)
{
	unsigned int room = fifo->mask + 1 - (fifo->in - smp_load_acquire(&fifo->out)), run;
	void *to;

	if (!fifo->data)
		return 0;
	n = min(n, room);
	to = place(fifo, fifo->in, n, &run);
	memcpy(to, from, run * fifo->esize);
	memcpy(fifo->data, from + run * fifo->esize, (n - run) * fifo->esize);
	smp_store_release(&fifo->in, fifo->in + n);
	return n;
}

unsigned int __kfifo_peek(struct __kfifo *fifo, void *to, unsigned int n)
{
	unsigned int run;
	const void *from;

	n = min(n, smp_load_acquire(&fifo->in) - fifo->out);
	from = place(fifo, fifo->out, n, &run);
	memcpy(to, from, run * fifo->esize);
	memcpy(to + run * fifo->esize, fifo->data, (n - run) * fifo->esize);
	return n;
}

unsigned int __kfifo_out(struct __kfifo *fifo, void *to, unsigned int n)
{
	n = __kfifo_peek(fifo, to, n);
	smp_store_release(&fifo->out, fifo->out + n);
	return n;
}

int __kfifo_from_user(struct __kfifo *fifo, const void __user *from, unsigned long bytes, unsigned int *copied)
{
	unsigned int n = min(bytes / fifo->esize, (unsigned long)fifo->mask + 1);
	void *buf = memdup_user(from, (size_t)n * fifo->esize);

	*copied = 0;
	if (IS_ERR(buf))
		return PTR_ERR(buf);
	*copied = __kfifo_in(fifo, buf, n) * fifo->esize;
	kfree(buf);
	return 0;
}

int __kfifo_to_user(struct __kfifo *fifo, void __user *to, unsigned long bytes, unsigned int *copied)
{
	*copied = __kfifo_out(fifo, to, bytes / fifo->esize) * fifo->esize;
	return 0;
}
