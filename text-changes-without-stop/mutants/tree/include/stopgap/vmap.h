/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The vmap window: memory with page protections of its own, guard pages around it, and a name.
 * Freed addresses fault, and stay unused until the window has wrapped, so that a stale pointer is
 * an oops and not a surprise.
 */
#ifndef _STOPGAP_VMAP_H
#define _STOPGAP_VMAP_H

#include <linux/types.h>

/* Protections. There is no writable and executable one. */
enum vmap_prot {
	VMAP_R,
	VMAP_RW,
	VMAP_RX,
};

#define VMAP_START	0xc008000000000000UL
#define VMAP_SIZE	(256UL << 20)
#define VMAP_END	(VMAP_START + VMAP_SIZE)

#define THREAD_SHIFT	14
#define THREAD_SIZE	(1UL << THREAD_SHIFT)

/* Some of an area, from where the part before it ended. */
struct vmap_part {
	size_t size;		/* bytes, whole pages; may be 0 */
	enum vmap_prot prot;
};

void *vmap_alloc(size_t size, size_t align, enum vmap_prot prot, const char *what);
void vmap_free(const void *addr);
int vmap_protect(const void *addr, size_t size, enum vmap_prot prot);
int vmap_protect_parts(const void *addr, const struct vmap_part *parts, unsigned int num);
void vmap_shrink(const void *addr, size_t size);
void vmap_set_name(const void *addr, const char *what);
const char *vmap_describe(unsigned long addr);

void *alloc_thread_stack(void);
void name_thread_stack(void *stack, const char *comm);
void free_thread_stack(void *stack);

#endif
