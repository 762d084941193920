/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A schedule: who was switched to, and when, wherever that was not what happens anyway. It is what
 * a failure is replayed from, what the minimiser shortens, and what a replay string holds.
 *
 * "When" is a logical CPU and how many scheduling points it has come to in this run. Counting per
 * CPU and not over the whole run means that leaving one switch out does not move the others.
 */
#ifndef _STOPGAP_SCHEDULE_H
#define _STOPGAP_SCHEDULE_H

#include <linux/types.h>

/**
 * struct sched_switch - one choice other than the default (see dispatch_default())
 * @nth: at the @nth point of @from in this run, from 1
 * @from: the CPU that was running
 * @to: the CPU that ran next
 * @preempts: @from could have gone on, and did not ask to be left
 * @taken: the last replay did what this says
 * @met: how often @from has come to @pc in it, as far as 255
 * @occurrence: how many times @from had come to @pc by then, from 1; 0 if nobody has counted
 * @step: the point's number in the run. Only to be read by people
 * @pc: where @from was
 */
struct sched_switch {
	u32 nth;
	u8 from, to;
	bool preempts : 1, taken : 1;
	u8 met;
	u32 occurrence;
	u32 step;
	unsigned long pc;
};

/**
 * struct schedule - the switches of one run, in order
 * @n: how many there are
 * @max: how many @sw has room for
 * @lost: how many more there would have been, had there been room: such a schedule cannot be
 *	replayed
 */
struct schedule {
	unsigned int n, max;
	unsigned int lost;
	struct sched_switch *sw;
};

/* Context: any, for all of them. */
unsigned int schedule_preemptions(const struct schedule *s);
/* Return: 0, or -ENOSPC if @from does not fit into @to. */
int schedule_copy(struct schedule *to, const struct schedule *from);
void schedule_add(struct schedule *s, const struct sched_switch *sw);

/**
 * struct replay - what a replay string says: all it takes to see a run again
 * @scenario: its name
 * @params: its parameters, "unlink=spinlock,name=pointer"
 * @model: the memory model
 * @ncpus: logical CPUs
 * @seed: of everything random in the run but its schedule
 * @image: hash of the kernel image that it was found on
 * @schedule: who ran when; its storage is the caller's
 */
struct replay {
	char scenario[24];
	char params[160];
	char model[8];
	unsigned int ncpus;
	u64 seed;
	u32 image;
	struct schedule schedule;
};

/*
 * Print @r as "RX1:..." into @buf. Context: any. Return: the length wanted, as snprintf(); -EINVAL
 * if a name in it holds a character that a replay string cannot hold.
 */
int replay_print(char *buf, size_t size, const struct replay *r);
/*
 * The opposite. Context: any. Return: 0; -EINVAL for what is no replay string, -EBADMSG for one
 * that has been mangled, -ENOSPC if a part is longer than its place in @r.
 */
int replay_parse(struct replay *r, const char *s);

/**
 * struct symbol_lookup - how the symbolic form gets at names
 * @name: print the symbol and offset of @addr, "fn+0x24". Return: 0, or an errno if it has none
 * @addr: find the address of symbol @name. Return: 0, -ENOENT if there is none, -ENOTUNIQ if there are several
 */
struct symbol_lookup {
	int (*name)(char *buf, size_t size, unsigned long addr);
	int (*addr)(const char *name, unsigned long *addr);
};

/*
 * The form that survives small edits of the code: "cpu0@fn+0x24#2 -> cpu1", joined by ", ". Every
 * switch must have its @pc and @occurrence, as a replay fills them in. Context: any. Return: as
 * snprintf(), or -ENOENT if a place has no symbol.
 */
int schedule_print_symbolic(char *buf, size_t size, const struct schedule *s,
			    const struct symbol_lookup *lookup);
/*
 * The opposite; the switches get @pc and @occurrence, and @nth 0. If one cannot be read, s->n is its index. Context:
 * any. Return: 0, -EINVAL for what does not read so, -ENOENT for a symbol that there is not, -ENOTUNIQ for one that
 * does not say which function is meant, -ENOSPC.
 */
int schedule_parse_symbolic(struct schedule *s, const char *text,
			    const struct symbol_lookup *lookup);

#endif
