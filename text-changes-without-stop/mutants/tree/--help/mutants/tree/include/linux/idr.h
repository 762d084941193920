/* SPDX-License-Identifier: GPL-2.0 */
/* Small numbers for pointers (idr), and small numbers alone (ida): lib/idr.c, linked into each module that uses it. */
#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/gfp.h>
#include <linux/xarray.h>

/**
 * struct idr - pointers by number
 * @xa: the pointers; NULL may be one
 * @base: no number is less
 * @next: where idr_alloc_cyclic() begins to look
 */
struct idr {
	struct xarray xa;
	unsigned int base;
	unsigned int next;
};

#define IDR_INIT_BASE(name, _base)	{ .xa = XARRAY_INIT((name).xa, 0), .base = (_base) }
#define IDR_INIT(name)			IDR_INIT_BASE(name, 0)
#define DEFINE_IDR(name)		struct idr name = IDR_INIT(name)

static inline void idr_init_base(struct idr *idr, int base)
{
	*idr = (struct idr)IDR_INIT_BASE(*idr, base);
}

#define idr_init(idr)			idr_init_base(idr, 0)
#define idr_is_empty(idr)		xa_empty(&(idr)->xa)
/* Memory is never set aside: idr_alloc() takes what its own gfp allows. */
#define idr_preload(gfp)		preempt_disable()
#define idr_preload_end()		preempt_enable()

int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int idr_alloc_cyclic(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
int idr_alloc_u32(struct idr *idr, void *ptr, u32 *id, unsigned long max, gfp_t gfp);
void *idr_find(struct idr *idr, unsigned long id);
void *idr_remove(struct idr *idr, unsigned long id);
void *idr_replace(struct idr *idr, void *ptr, unsigned long id);
int idr_for_each(struct idr *idr, int (*fn)(int id, void *p, void *data), void *data);
void *idr_get_next(struct idr *idr, int *id);
void idr_destroy(struct idr *idr);

#define idr_for_each_entry(idr, entry, id) \
	for (id = 0; (entry = idr_get_next(idr, &(id))) != NULL; id++)

/* Numbers that nothing belongs to. */
struct ida {
	struct xarray xa;
};

#define IDA_INIT(name)		{ .xa = XARRAY_INIT((name).xa, 0) }
#define DEFINE_IDA(name)	struct ida name = IDA_INIT(name)

static inline void ida_init(struct ida *ida)
{
	*ida = (struct ida)IDA_INIT(*ida);
}

int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);

#define ida_alloc(ida, gfp)		ida_alloc_range(ida, 0, ~0u, gfp)
#define ida_alloc_min(ida, min, gfp)	ida_alloc_range(ida, min, ~0u, gfp)
#define ida_alloc_max(ida, max, gfp)	ida_alloc_range(ida, 0, max, gfp)
#define ida_is_empty(ida)		xa_empty(&(ida)->xa)
/* The older names: @end is one too far, and 0 is no end. */
#define ida_simple_get(ida, start, end, gfp)	ida_alloc_range(ida, start, (end) - 1, gfp)
#define ida_simple_remove(ida, id)		ida_free(ida, id)

#endif
