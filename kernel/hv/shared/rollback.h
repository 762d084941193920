/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Undoing what a run has changed, so that the next one begins in the same state.
 *
 * Whatever changes memory says so before it does: explored code by its hooks, quiet code by stores
 * that the compiler announces (tsan_quiet.c), the rest by rollback_note(). What is noted for the first
 * time still holds what it held when the exploration began; from then on it is put back after every
 * run. So the list only grows, and what a run costs to undo is what all runs together change.
 *
 * Not undone: what the shim, the log, the console and the score keep. They are in sections of their
 * own (tools/Makefile.explore), so that no doubleword is half of each.
 */
#ifndef _HV_SHARED_ROLLBACK_H
#define _HV_SHARED_ROLLBACK_H

#include <asm/page.h>
#include <linux/types.h>

#define ROLLBACK_PAGE_WORDS	(PAGE_SIZE / sizeof(u64))

/**
 * struct noted_page - a page of which something was noted
 * @pfn: which
 * @words: a bit for each doubleword of it
 */
struct noted_page {
	unsigned long pfn;
	u64 words[ROLLBACK_PAGE_WORDS / 64];
};

/**
 * struct rollback_index - what has been noted
 * @size: of RAM, in bytes
 * @page_of: by page frame number, index into @pages, from 1; 0 = nothing noted
 * @pages: in the order of the first note
 */
struct rollback_index {
	unsigned long size;
	u16 *page_of;
	struct noted_page *pages;
};

extern struct rollback_index rollback_index;

/* From now on changes are noted. Context: thread, may sleep. Return: 0 or -ENOMEM. */
int rollback_begin(void);
/* Forget them. Context: as rollback_begin(). */
void rollback_end(void);

/* The part of rollback_note() that is not inline. */
void __rollback_note(unsigned long addr, unsigned long size);

/* Is the doubleword that [@addr, @addr + @size) lies in, in the linear map, noted? */
static inline bool rollback_has_noted(unsigned long addr, unsigned long size)
{
	unsigned long pa = addr - PAGE_OFFSET;
	unsigned int i;

	if (pa >= rollback_index.size || (addr & 7) + size > 8)
		return false;
	i = rollback_index.page_of[pa >> PAGE_SHIFT];
	return i && rollback_index.pages[i - 1].words[pa >> 9 & 7] >> (pa >> 3 & 63) & 1;
}

/*
 * [@addr, @addr + @size) is about to be changed, in the linear map or the vmap window; elsewhere
 * nothing can be. Context: any.
 */
static inline void rollback_note(unsigned long addr, unsigned long size)
{
	if (!rollback_has_noted(addr, size))
		__rollback_note(addr, size);
}

/* All that was noted gets back what it held first. Context: nobody else runs. */
void rollback(void);

/* Is there too little room left to note what one more run may change? */
bool rollback_is_full(void);

#endif
