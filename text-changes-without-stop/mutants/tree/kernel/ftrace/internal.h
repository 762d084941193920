/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of kernel/ftrace/. */
#ifndef _FTRACE_INTERNAL_H
#define _FTRACE_INTERNAL_H

#include <linux/ftrace.h>
#include <linux/list.h>

/**
 * struct ftrace_rec - an armed site, and who is called there
 * @next: in its hash chain
 * @ip: the site
 * @staged: what takes its place with the next commit, NULL if it goes
 * @changed: on the list of what the next commit changes
 * @num: of @ops
 * @ops: who is called; fixed once the record can be found
 *
 * Found without locks, inside a read section.
 */
struct ftrace_rec {
	struct ftrace_rec *next;
	unsigned long ip;
	struct ftrace_rec *staged;
	struct list_head changed;
	unsigned int num;
	struct ftrace_ops *ops[];
};

struct ftrace_rec *ftrace_find_rec(unsigned long ip);

/*
 * Changing who is called where: stage any number of changes, then commit all of them with one stop of the machine,
 * or abort. When ftrace_commit() returns, no CPU is in a function that was taken away. After an error of either the
 * caller aborts. Context: ftrace_mutex held, may sleep.
 */
int ftrace_stage(unsigned long ip, struct ftrace_ops *ops, bool add);
int ftrace_commit(void);
void ftrace_abort(void);

/* The text in [@start, @start + @size) goes: forget its sites. Context: as above. */
void ftrace_drop_recs(unsigned long start, size_t size);

/* ---- the architecture's part ---- */

/* The instruction that calls, from @ip, what saves all registers or only some; 0 if that is out of reach. */
u32 ftrace_call_insn(unsigned long ip, bool save_regs);

#endif
