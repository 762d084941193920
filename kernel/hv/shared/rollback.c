// SPDX-License-Identifier: GPL-2.0
/*
 * The undo log. It knows doublewords by their address in the linear map, so that it does not matter
 * how the vmap window was mapped when something was changed through it. A bitmap for each page that
 * has a noted doubleword tells whether one has been noted; neighbours noted one after the other make
 * one stretch.
 */
#include <asm/lcpu.h>
#include <asm/patch.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/boot_info.h>
#include <stopgap/mm.h>

#include "rollback.h"
#include "stale.h"

#define WORD			sizeof(u64)
#define MAX_PAGES		4096
#define MAX_STRETCHES		(1U << 16)
#define MAX_WORDS		(1U << 18)
#define MAX_TRANSLATIONS	256u

/* @n doublewords from @at on; @held is the first of what they held. */
struct stretch {
	u64 *at;
	const u64 *held;
	unsigned long n;
};

/**
 * struct undo_log - what has been noted
 * @n_pages: in rollback_index
 * @stretches: in order, @n_stretches of them
 * @words: what they held, @n_words
 * @translations: the stretches of page table entries, @n_translations; more of them are not told apart
 * @room: the arrays exist
 */
static struct undo_log {
	struct stretch *stretches;
	u64 *words;
	u32 translations[MAX_TRANSLATIONS];
	unsigned int n_pages, n_stretches, n_words, n_translations;
	bool room;
} undo;

struct rollback_index rollback_index;

static int make_room(void)
{
	struct rollback_index *index = &rollback_index;

	if (undo.room)
		return 0;
	index->size = boot_info.mem_size;
	index->page_of = vmalloc((index->size >> PAGE_SHIFT) * sizeof(*index->page_of));
	index->pages = vmalloc(MAX_PAGES * sizeof(*index->pages));
	undo.stretches = vmalloc(MAX_STRETCHES * sizeof(*undo.stretches));
	undo.words = vmalloc(MAX_WORDS * sizeof(*undo.words));
	undo.room = index->page_of && index->pages && undo.stretches && undo.words;
	if (undo.room)
		return 0;
	vfree(index->page_of);
	vfree(index->pages);
	vfree(undo.stretches);
	vfree(undo.words);
	return -ENOMEM;
}

int rollback_begin(void)
{
	return make_room();
}

void rollback_end(void)
{
	while (undo.n_pages > 0)
		rollback_index.page_of[rollback_index.pages[--undo.n_pages].pfn] = 0;
	undo.n_stretches = undo.n_words = undo.n_translations = 0;
}

bool rollback_is_full(void)
{
	return undo.n_pages > MAX_PAGES / 2 || undo.n_stretches > MAX_STRETCHES / 2 ||
	       undo.n_words > MAX_WORDS / 2;
}

static struct noted_page *note_page(unsigned long pfn)
{
	struct noted_page *page = &rollback_index.pages[undo.n_pages++];

	if (undo.n_pages == MAX_PAGES)
		panic("explore: a run changes more pages than can be put back");
	memset(page, 0, sizeof(*page));
	page->pfn = pfn;
	rollback_index.page_of[pfn] = (u16)undo.n_pages;
	return page;
}

static struct stretch *begin_stretch(u64 *at)
{
	unsigned int i = undo.n_stretches++;

	if (vcpu_is_translation(at) && undo.n_translations++ < MAX_TRANSLATIONS)
		undo.translations[undo.n_translations - 1] = i;
	undo.stretches[i] = (struct stretch){ .at = at, .held = &undo.words[undo.n_words] };
	return &undo.stretches[i];
}

/* Keep what @at holds, in the last stretch if that ends there. */
static void note_word(u64 *at)
{
	struct stretch *s = &undo.stretches[undo.n_stretches - 1];

	if (!undo.n_stretches || s->at + s->n != at)
		s = begin_stretch(at);
	s->n++;
	undo.words[undo.n_words++] = *at;
	if (undo.n_words == MAX_WORDS || undo.n_stretches == MAX_STRETCHES)
		panic("explore: a run changes more memory than can be put back");
}

/* Doublewords @from to @to, the last one included, of the page at @base. */
static void note_in_page(u64 *base, unsigned int from, unsigned int to)
{
	unsigned long pfn = __pa(base) >> PAGE_SHIFT;
	unsigned int i = rollback_index.page_of[pfn];
	struct noted_page *page = i ? &rollback_index.pages[i - 1] : note_page(pfn);

	for (i = from; i <= to; i++) {
		u64 bit = 1ULL << (i % 64);

		if (page->words[i / 64] & bit)
			continue;
		page->words[i / 64] |= bit;
		note_word(&base[i]);
	}
}

void __rollback_note(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + size;

	while (addr < end) {
		unsigned long stop = min(end, (addr | ~PAGE_MASK) + 1);
		u64 *page = vcpu_linear(addr & PAGE_MASK);

		if (page)
			note_in_page(page, (addr & ~PAGE_MASK) / WORD, ((stop - 1) & ~PAGE_MASK) / WORD);
		addr = stop;
	}
}

/* Does a page table entry map anything now that it will not map any more? */
static bool maps_otherwise(const struct stretch *s)
{
	unsigned long i;

	for (i = 0; i < s->n; i++)
		if (s->at[i] && s->at[i] != s->held[i])
			return true;
	return false;
}

static bool translations_change(void)
{
	unsigned int i;

	for (i = 0; i < min(undo.n_translations, MAX_TRANSLATIONS); i++)
		if (maps_otherwise(&undo.stretches[undo.translations[i]]))
			return true;
	return undo.n_translations > MAX_TRANSLATIONS;
}

/* Text is mapped read-only, and was changed by patching. */
static void put_back_text(const struct stretch *s)
{
	unsigned long i;

	for (i = 0; i < s->n; i++) {
		if (s->at[i] == s->held[i])
			continue;
		patch_instruction((unsigned long)&s->at[i], (u32)(s->held[i] >> 32));
		patch_instruction((unsigned long)&s->at[i] + sizeof(u32), (u32)s->held[i]);
	}
}

static void put_back(const struct stretch *s)
{
	unsigned long i;

	for (i = 0; i + 4 <= s->n; i += 4) {
		s->at[i] = s->held[i];
		s->at[i + 1] = s->held[i + 1];
		s->at[i + 2] = s->held[i + 2];
		s->at[i + 3] = s->held[i + 3];
	}
	for (; i < s->n; i++)
		s->at[i] = s->held[i];
}

void rollback(void)
{
	bool change = translations_change();
	const struct stretch *s;

	for (s = undo.stretches; s < undo.stretches + undo.n_stretches; s++) {
		if (is_kernel_text((unsigned long)s->at))
			put_back_text(s);
		else
			put_back(s);
	}
	if (stale_undone() || change)
		vcpu_forget_translations();
}
