/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of kernel/mm tell each other: start-up, and the figures behind mm_stat(). */
#ifndef _MM_INTERNAL_H
#define _MM_INTERNAL_H

#include <stopgap/mm.h>

void page_alloc_init(void);
void slab_init(void);
void vmap_init(void);

void slab_stat(struct mm_stat *s);
void vmap_stat(struct mm_stat *s);

#endif
