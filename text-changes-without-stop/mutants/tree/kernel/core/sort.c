// SPDX-License-Identifier: GPL-2.0
/*
 * Heapsort, because its worst case is as good as its average and it needs no memory; and the search
 * that goes with it.
 */
#include <linux/export.h>
#include <linux/sort.h>
#include <linux/types.h>

static void swap_bytes(void *a, void *b, int size)
{
	char *x = a, *y = b;

	while (size--) {
		char tmp = *x;

		*x++ = *y;
		*y++ = tmp;
	}
}

struct heap {
	char *base;
	size_t size;
	int (*cmp)(const void *a, const void *b);
	void (*swap)(void *a, void *b, int size);
};

/* Let element @root sink below its larger children, in a heap of @num. */
static void sift_down(const struct heap *h, size_t root, size_t num)
{
	size_t child;

	while ((child = 2 * root + 1) < num) {
		char *c = h->base + child * h->size, *r = h->base + root * h->size;

		if (child + 1 < num && h->cmp(c, c + h->size) < 0) {
			child++;
			c += h->size;
		}
		if (h->cmp(r, c) >= 0)
			return;
		h->swap(r, c, (int)h->size);
		root = child;
	}
}

void sort(void *base, size_t num, size_t size, int (*cmp)(const void *a, const void *b),
	  void (*swap)(void *a, void *b, int size))
{
	struct heap h = {
		.base = base, .size = size, .cmp = cmp, .swap = swap ? swap : swap_bytes
	};
	size_t i;

	for (i = num / 2; i--; )
		sift_down(&h, i, num);
	for (i = num; i-- > 1; ) {
		h.swap(h.base, h.base + i * size, (int)size);
		sift_down(&h, 0, i);
	}
}
EXPORT_SYMBOL(sort);

void *bsearch(const void *key, const void *base, size_t num, size_t size,
	      int (*cmp)(const void *key, const void *elt))
{
	const char *lo = base;

	while (num) {
		const char *mid = lo + num / 2 * size;
		int diff = cmp(key, mid);

		if (!diff)
			return (void *)mid;
		if (diff > 0) {
			lo = mid + size;
			num--;
		}
		num /= 2;
	}
	return NULL;
}
EXPORT_SYMBOL(bsearch);
