/* SPDX-License-Identifier: GPL-2.0 */
/* Between the two halves of the shell's "kprobe": what a person types, and what a hit prints. */
#ifndef _KPROBE_CMD_H
#define _KPROBE_CMD_H

#include <linux/kprobes.h>

/**
 * struct shell_probe - a probe set by "kprobe add"
 * @list: on the list of all
 * @rp: it; of one that is not for returns only rp.kp is used
 * @is_return: it is for returns
 * @verbose: print all registers
 * @limit: hits to print; the rest is only counted
 * @hits: how often it was hit
 * @name: as typed
 */
struct shell_probe {
	struct list_head list;
	struct kretprobe rp;
	bool is_return;
	bool verbose;
	unsigned int limit;
	unsigned int hits;
	char name[];
};

/* Handlers: note the hit for print_hits(). */
int note_hit(struct kprobe *p, struct pt_regs *regs);
int note_entry(struct kretprobe_instance *ri, struct pt_regs *regs);
int note_return(struct kretprobe_instance *ri, struct pt_regs *regs);
/* What note_entry() keeps for note_return(). */
#define NOTE_SIZE	sizeof(u64)

/* Print what has been noted, oldest first. Context: thread, and one at a time. */
void print_hits(void);

#endif
