// SPDX-License-Identifier: GPL-2.0
/* Numbers for pointers, and numbers alone, out of an array with gaps: see <linux/idr.h>. */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/idr.h>
#include <linux/kernel.h>

/* The last number before @end, which is 0, or less, for no end. */
static unsigned long last_before(int end)
{
	return end > 0 ? (unsigned long)end - 1 : INT_MAX;
}

/**
 * idr_alloc() - a number for a pointer
 * @idr: the numbers
 * @ptr: the pointer
 * @start: the least number that will do
 * @end: one more than the greatest; 0 or less is no end
 * @gfp: whether it may sleep for memory
 *
 * Context: any. Return: the least that was free; -EINVAL, -ENOMEM, -ENOSPC.
 */
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	if (WARN_ON_ONCE(start < 0))
		return -EINVAL;
	return (int)xa_alloc_null(&idr->xa, ptr, max((unsigned int)start, idr->base), last_before(end), gfp);
}

/* The same, but behind the number given last, as long as there is one. */
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp)
{
	int id = -ENOSPC;

	if ((int)idr->next > start && idr->next <= last_before(end))
		id = idr_alloc(idr, ptr, (int)idr->next, end, gfp);
	if (id == -ENOSPC)
		id = idr_alloc(idr, ptr, start, end, gfp);
	if (id >= 0)
		idr->next = (unsigned int)id + 1;
	return id;
}

/* The same from *@id, which becomes the number, to @max. Return: 0, -ENOMEM, -ENOSPC. */
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp)
{
	long got = xa_alloc_null(&idr->xa, ptr, max(*id, idr->base), max, gfp);

	if (got < 0)
		return (int)got;
	*id = (u32)got;
	return 0;
}

void *idr_find(struct idr *idr, unsigned long id)
{
	return xa_load(&idr->xa, id);
}

void *idr_remove(struct idr *idr, unsigned long id)
{
	return xa_erase(&idr->xa, id);
}

/* Return: the pointer that was there; ERR_PTR(-ENOENT), ERR_PTR(-ENOMEM). */
void *idr_replace(struct idr *idr, void *ptr, unsigned long id)
{
	return xa_has(&idr->xa, id) ? xa_store(&idr->xa, id, ptr, GFP_ATOMIC) : ERR_PTR(-ENOENT);
}

/* Return: the pointer of the first number from *@id on, which *@id becomes; NULL if there is none. */
void *idr_get_next(struct idr *idr, int *id)
{
	unsigned long index = *id;
	void *ptr = *id < 0 ? NULL : xa_find_range(&idr->xa, &index, INT_MAX);

	if (ptr)
		*id = (int)index;
	return ptr;
}

/* Call @fn for each, until it returns something else than 0. Return: what it returned last. */
int idr_for_each(struct idr *idr, int (*fn)(int id, void *p, void *data), void *data)
{
	void *ptr;
	int id, ret;

	idr_for_each_entry(idr, ptr, id) {
		ret = fn(id, ptr, data);
		if (ret)
			return ret;
	}
	return 0;
}

void idr_destroy(struct idr *idr)
{
	xa_destroy(&idr->xa);
}

/* Return: the least number from @min to @max, or to INT_MAX, that was free; -ENOMEM, -ENOSPC. */
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp)
{
	return (int)xa_alloc_null(&ida->xa, NULL, min, min(max, (unsigned int)INT_MAX), gfp);
}

void ida_free(struct ida *ida, unsigned int id)
{
	if (!WARN(!xa_has(&ida->xa, id), "ida_free called for id=%u which is not allocated.\n", id))
		xa_erase(&ida->xa, id);
}

void ida_destroy(struct ida *ida)
{
	xa_destroy(&ida->xa);
}
