/* SPDX-License-Identifier: GPL-2.0 */
/* Between the kprobes' core (kernel/kprobes/), what knows instructions (arch/powerpc/kprobes.c), and the traps. */
#ifndef _ASM_KPROBES_H
#define _ASM_KPROBES_H

#include <asm/ptrace.h>
#include <asm/reg.h>
#include <linux/types.h>

/* The longest instruction, in words. */
#define KPROBE_INSN_WORDS	2

/**
 * struct arch_kprobe_insn - the instruction under a breakpoint
 * @word: it
 * @words: 1, or 2 if it is a prefixed one
 * @emulate: it is emulated; else it is stepped in @slot
 * @slot: where a copy of it stands, while it is needed
 */
struct arch_kprobe_insn {
	u32 word[KPROBE_INSN_WORDS];
	unsigned int words;
	bool emulate;
	u32 *slot;
};

/*
 * Look at what stands at @addr. Context: may sleep; the text cannot go away. Return: 0; -EINVAL if it cannot be probed,
 * after a message.
 */
int arch_prepare_kprobe(struct arch_kprobe_insn *insn, unsigned long addr);
/* The local entry of the function at @addr: behind the two instructions, if they are there, that set up r2. */
unsigned long arch_function_entry(unsigned long addr);

/* ---- from the trap to the probes; context: trap, preemption off ---- */

struct kprobe_site;

/* Call the handlers of a site. Return: whether one has sent the CPU elsewhere. */
bool kprobe_pre_handlers(const struct kprobe_site *site, struct pt_regs *regs);
void kprobe_post_handlers(const struct kprobe_site *site, struct pt_regs *regs);
/* A hit that calls no handler: inside a handler, or inside the report of an oops. */
void kprobe_count_missed(const struct kprobe_site *site);

/* ---- upcalls of the trap handlers ---- */

/* The trap that probed functions return to. */
extern const u32 kretprobe_return_trap[];
/* A trap there: call the handlers and go on where the function was called. Return: false if nobody was to return. */
bool kretprobe_trap(struct pt_regs *regs);

/* A trap instruction: true if it was a probe's. Context: MSR[EE] off, soft mask set. */
bool kprobe_trap(struct pt_regs *regs);
/* One instruction has been stepped: if it was in a slot, go on behind the probe. */
void kprobe_stepped(struct pt_regs *regs);
/* The instruction to be stepped faulted: if it was in a slot, let it be a fault of the probed one. Return: if it was. */
bool kprobe_step_faulted(struct pt_regs *regs);
/* An oops is being reported: say so if it is a handler's, and let go of it. */
void kprobe_oops(void);

/*
 * Is a probed instruction about to be stepped? It is stepped with MSR[EE] off, as nothing else is. No virtual interrupt
 * is delivered before it, so that it runs on the CPU that has prepared for it.
 */
static inline bool kprobe_steps(const struct pt_regs *regs)
{
	return (regs->msr & (MSR_SE | MSR_EE)) == MSR_SE;
}

#endif
