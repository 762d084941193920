/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of kprobes. */
#ifndef _KPROBES_INTERNAL_H
#define _KPROBES_INTERNAL_H

#include <asm/kprobes.h>
#include <linux/kprobes.h>
#include <linux/mutex.h>

/**
 * struct kprobe_site - an address with probes, one or more
 * @node: in the table of sites, by address
 * @addr: it
 * @probes: struct kprobe.list; walked in handlers
 * @insn: what stands there without the breakpoint
 * @armed: the breakpoint stands there
 */
struct kprobe_site {
	struct hlist_node node;
	unsigned long addr;
	struct list_head probes;
	struct arch_kprobe_insn insn;
	bool armed;
};

/* Held by whoever changes a probe, a site or a slot. */
extern struct mutex kprobe_mutex;

/* The site at @addr, or NULL. Context: trap, preemption off, or kprobe_mutex held. */
struct kprobe_site *kprobe_site_find(unsigned long addr);
/* Call @fn for each probe there is. Context: kprobe_mutex held; @fn may unregister nothing. */
void kprobe_for_each(void (*fn)(struct kprobe *p, void *arg), void *arg);

/* slots.c: executable memory for one instruction. Context: kprobe_mutex held. Return: NULL without memory. */
u32 *kprobe_slot_get(void);
void kprobe_slot_put(u32 *slot);
/* How many are in use. */
unsigned int kprobe_slots_used(void);

/*
 * handlers.c: bracket the call of @fn, a handler of @p, on this CPU; what is hit in between is missed. Context: trap, no
 * handler running.
 */
void kprobe_handler_begin(struct kprobe *p, const void *fn, const char *what);
void kprobe_handler_end(void);
/* What runs now is @fn, on behalf of the handler that has begun. */
void kprobe_handler_is(const void *fn, const char *what);

/* kprobes.c, with kprobe_mutex held: add a probe, take one away. The latter returns after a grace period. */
int kprobe_add_at(struct kprobe *p, unsigned long addr);
void kprobe_remove(struct kprobe *p);
/* Is @p registered? Nothing in it is looked at: it may never have been initialised. */
bool kprobe_is_registered(struct kprobe *p);
/*
 * For the probes of all sites that @gone says have lost their text: they are dead. With @mapped the text is still there.
 */
void kprobe_kill_sites(bool (*gone)(unsigned long addr, const void *arg), const void *arg, bool mapped);

/* kretprobe.c: what a return probe has besides its kprobe. Context: kprobe_mutex held. */
bool kprobe_is_return(const struct kprobe *p);
void kretprobe_detach(struct kretprobe *rp);

#endif
