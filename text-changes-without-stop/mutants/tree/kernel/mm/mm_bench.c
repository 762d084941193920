// SPDX-License-Identifier: GPL-2.0
/* What memory costs: an object, a page, a mapping (whose end is a TLB shootdown). */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <stopgap/bench.h>

static int run_kmalloc(unsigned int iterations)
{
	while (iterations--) {
		void *p = kmalloc(64, GFP_KERNEL);

		if (!p)
			return -ENOMEM;
		kfree(p);
	}
	return 0;
}

static int run_page(unsigned int iterations)
{
	while (iterations--) {
		unsigned long addr = __get_free_page(GFP_KERNEL);

		if (!addr)
			return -ENOMEM;
		free_page(addr);
	}
	return 0;
}

static int run_vmap(unsigned int iterations)
{
	while (iterations--) {
		void *p = vmalloc(1);

		if (!p)
			return -ENOMEM;
		vfree(p);
	}
	return 0;
}

static const struct benchmark kmalloc_bench = {
	.name = "kmalloc and kfree, 64 bytes", .iterations = 1000, .samples = 9, .run = run_kmalloc,
};
static const struct benchmark page_bench = {
	.name = "page, got and freed", .iterations = 1000, .samples = 9, .run = run_page,
};
static const struct benchmark vmap_bench = {
	.name = "vmap page, mapped and shot down", .iterations = 100, .samples = 9, .run = run_vmap,
};

BENCHMARK(kmalloc_bench);
BENCHMARK(page_bench);
BENCHMARK(vmap_bench);
