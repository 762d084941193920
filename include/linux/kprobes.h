/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kprobes: a breakpoint on an instruction of the kernel or of a module, and functions that are called when a CPU runs
 * into it. The names are Linux's.
 *
 * Handlers run with interrupts and preemption off, on the stack of whatever ran into the probe, whatever locks that
 * holds. A probe that is hit inside a handler is passed without its handlers, and counted in nmissed.
 */
#ifndef _LINUX_KPROBES_H
#define _LINUX_KPROBES_H

#include <asm/ptrace.h>
#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/types.h>

struct kprobe;
struct kretprobe;
struct kretprobe_instance;
struct module;
struct task_struct;

typedef u32 kprobe_opcode_t;
/* Return: 0 to go on with the probed instruction; else the handler has set regs->nip, and it is not executed. */
typedef int (*kprobe_pre_handler_t)(struct kprobe *p, struct pt_regs *regs);
typedef void (*kprobe_post_handler_t)(struct kprobe *p, struct pt_regs *regs, unsigned long flags);
typedef int (*kretprobe_handler_t)(struct kretprobe_instance *ri, struct pt_regs *regs);

/*
 * KPROBE_FLAG_DISABLED	handlers are not called; may be set before registering
 * KPROBE_FLAG_GONE	the probed module has gone: the probe is dead, and can only be unregistered
 */
#define KPROBE_FLAG_GONE	1
#define KPROBE_FLAG_DISABLED	2

/**
 * struct kprobe - one probe
 * @list: on the list of probes of its address
 * @nmissed: hits inside a handler, for which no handler of this one was called
 * @addr: the instruction; or given by @symbol_name and @offset, then set by register_kprobe()
 * @symbol_name: "function", or "module:function"; NULL if @addr is given
 * @offset: bytes to add to either. With @symbol_name and 0 the probe is at the function's local entry, where all calls
 *	pass
 * @pre_handler: called before the instruction; may be NULL
 * @post_handler: called after it; may be NULL
 * @opcode: the instruction that the breakpoint replaces
 * @flags: KPROBE_FLAG_*
 */
struct kprobe {
	struct list_head list;
	unsigned long nmissed;
	kprobe_opcode_t *addr;
	const char *symbol_name;
	unsigned int offset;
	kprobe_pre_handler_t pre_handler;
	kprobe_post_handler_t post_handler;
	kprobe_opcode_t opcode;
	u32 flags;
};

static inline bool kprobe_gone(const struct kprobe *p)
{
	return READ_ONCE(p->flags) & KPROBE_FLAG_GONE;
}

static inline bool kprobe_disabled(const struct kprobe *p)
{
	return READ_ONCE(p->flags) & (KPROBE_FLAG_DISABLED | KPROBE_FLAG_GONE);
}

int register_kprobe(struct kprobe *p);
void unregister_kprobe(struct kprobe *p);
int register_kprobes(struct kprobe **kps, int num);
void unregister_kprobes(struct kprobe **kps, int num);
int disable_kprobe(struct kprobe *p);
int enable_kprobe(struct kprobe *p);

/* The (first) probe at @addr, or NULL. Context: preemption off, or a probe that cannot go meanwhile. */
struct kprobe *get_kprobe(const void *addr);
/* The probe whose handler runs on this CPU, or NULL. Context: preemption off. */
struct kprobe *kprobe_running(void);

/* ---- what must not be probed ---- */

/* Nothing of the function @fn may be probed. In modules too. */
#define NOKPROBE_SYMBOL(fn)						\
	static const unsigned long __PASTE(__nokprobe_, fn)		\
		__used __section("_kprobe_blacklist") = (unsigned long)(fn)
/* The same, in the function's definition. */
#define __kprobes	__section(".kprobes.text")

/* Is @addr in code that the handling of a probe itself needs? Context: any. */
bool within_kprobe_blacklist(unsigned long addr);

#endif
