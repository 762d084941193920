/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Per-CPU variables: one copy per logical CPU of what DEFINE_PER_CPU() declares (percpu-defs.h) or
 * alloc_percpu() allocates, and where the copies lie.
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/percpu-defs.h>
#include <linux/smp.h>
#include <linux/types.h>

/* What each CPU has for modules' variables and alloc_percpu(), beside the kernel's own. */
#define PERCPU_DYNAMIC_SIZE	(28UL << 10)

void __percpu *__alloc_percpu(size_t size, size_t align);
void free_percpu(void __percpu *ptr);

#define alloc_percpu(type) \
	((__typeof__(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))
#define alloc_percpu_gfp(type, gfp)	((void)(gfp), alloc_percpu(type))

/* The memory is there, at @base plus each CPU's offset: __alloc_percpu() works from now on. */
void percpu_init(void *base);
/* Bytes handed out, as each CPU has them. Context: any. */
size_t percpu_allocated(void);

#endif
