/* SPDX-License-Identifier: GPL-2.0 */
/* The vmap window's addresses: who has which, who had which. vmap.c puts pages behind them. */
#ifndef _MM_VMAP_AREA_H
#define _MM_VMAP_AREA_H

#include <linux/types.h>

#define VMAP_NAME_LEN	32

enum vmap_state {
	VMAP_UNUSED,	/* the slot is free */
	VMAP_LIVE,
	VMAP_DYING,	/* being unmapped; the addresses are still taken */
};

/**
 * struct vmap_area - one range of addresses and its owner's name
 * @list: by address, or on the list of unused slots
 * @start: first mapped byte
 * @end: past the last mapped byte
 * @guard: bytes below @start that belong to the area and are never mapped
 * @state: enum vmap_state
 * @what: the owner's name; its last byte is never anything but 0, so that it can be read while it
 *   changes
 */
struct vmap_area {
	struct list_head list;
	unsigned long start;
	unsigned long end;
	unsigned long guard;
	u8 state;
	char what[VMAP_NAME_LEN];
};

/**
 * struct vmap_shape - what addresses an area wants
 * @size: bytes to map, whole pages
 * @guard: unmapped bytes below, at least one page
 * @align: a power of two, at least a page
 * @phase: the start is @phase past a multiple of @align
 */
struct vmap_shape {
	unsigned long size;
	unsigned long guard;
	unsigned long align;
	unsigned long phase;
};

struct vmap_area *vmap_area_alloc(const struct vmap_shape *shape, const char *what);
struct vmap_area *vmap_area_find(unsigned long addr);
struct vmap_area *vmap_area_kill(unsigned long start);
void vmap_area_release(struct vmap_area *a);
void vmap_area_cut(struct vmap_area *a, unsigned long end);

#endif
