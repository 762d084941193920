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
struct kretprobe_pool;
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

/* ---- returns ---- */

/**
 * struct kretprobe_instance - one call of a probed function that has not returned yet
 * @next: the call below it, of the same thread
 * @pool: where it belongs
 * @ret_addr: where the call returns to, once its handlers have been called
 * @fp: the stack pointer at entry, and again at return
 * @task: who calls
 * @busy: it is in use
 * @data: kretprobe.data_size bytes, for the handlers
 */
struct kretprobe_instance {
	struct kretprobe_instance *next;
	struct kretprobe_pool *pool;
	unsigned long ret_addr;
	unsigned long fp;
	struct task_struct *task;
	int busy;
	char data[] __aligned(8);
};

/**
 * struct kretprobe - have a function called whenever another returns
 * @kp: where: the function, by name or address
 * @handler: called at return; the value returned is regs->gpr[3]. May be NULL
 * @entry_handler: called at entry; if it does not return 0, this call is not followed to its end. May be NULL
 * @maxactive: calls that can be followed at once; 0 = a number that is good for most
 * @nmissed: calls that were not followed, because so many were already
 * @data_size: bytes that each instance has for the handlers
 * @pool: the instances
 */
struct kretprobe {
	struct kprobe kp;
	kretprobe_handler_t handler;
	kretprobe_handler_t entry_handler;
	int maxactive;
	int nmissed;
	size_t data_size;
	struct kretprobe_pool *pool;
};

#define KRETPROBE_MAX_DATA_SIZE	4096

int register_kretprobe(struct kretprobe *rp);
void unregister_kretprobe(struct kretprobe *rp);
int register_kretprobes(struct kretprobe **rps, int num);
void unregister_kretprobes(struct kretprobe **rps, int num);

static inline int disable_kretprobe(struct kretprobe *rp)
{
	return disable_kprobe(&rp->kp);
}

static inline int enable_kretprobe(struct kretprobe *rp)
{
	return enable_kprobe(&rp->kp);
}

/* Whose call @ri is; NULL if that has been unregistered meanwhile. Context: a handler. */
struct kretprobe *get_kretprobe(struct kretprobe_instance *ri);

/* @task ends: the calls it was in do not return. Context: @task itself. */
void kprobe_flush_task(struct task_struct *task);

/*
 * A return address @ip found on a stack, in the frame of which the caller's frame is at @fp: where it leads once
 * kretprobes have had their turn. Context: any.
 */
unsigned long kretprobe_real_return(unsigned long ip, unsigned long fp);

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
