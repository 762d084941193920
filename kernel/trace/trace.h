/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of kernel/trace/ share. cells.c, race.c, hash.c, cell_text.c, story.c, out.c,
 * chrome.c and names.c are pure: they know logs, not where these come from, and run on the host.
 */
#ifndef _KERNEL_TRACE_H
#define _KERNEL_TRACE_H

#include <linux/stdarg.h>
#include <stopgap/trace.h>

/**
 * struct trace_out - where text goes
 * @write: take @n bytes
 * @err: the first error of a writer that can fail; kept by it
 */
struct trace_out {
	void (*write)(struct trace_out *out, const char *s, size_t n);
	int err;
};

/* Format to @out, at most 255 characters. */
void __printf(2, 3) trace_printf(struct trace_out *out, const char *fmt, ...);
void trace_puts(struct trace_out *out, const char *s);

/**
 * struct trace_names - how addresses are called
 * @data: describe an address of data, as "hello.list.next"; 0 if it has no name, else the length
 * @code: the same for an instruction, as "list_del+0x10"
 * @line: the line of source behind an instruction, as " (lib/list.c:12)"; 0 if that is not known, else the length
 * @image: whether the address lies in the kernel's image, which is where it is in every boot
 */
struct trace_names {
	int (*data)(char *buf, size_t size, unsigned long addr);
	int (*code)(char *buf, size_t size, unsigned long pc);
	int (*line)(char *buf, size_t size, unsigned long pc);
	bool (*image)(unsigned long addr);
};

/* ---- cells.c: a table of addresses ---- */

/**
 * struct trace_cell - eight bytes of memory, as seen by a log
 * @key: their address divided by 8, plus 1; 0 = unused
 * @cpus: who touched them
 * @writers: who wrote them
 * @nth: how many were there before this one
 */
struct trace_cell {
	unsigned long key;
	u16 cpus;
	u16 writers;
	u32 nth;
};

/* A hash table; @size is a power of two. */
struct trace_cells {
	struct trace_cell *cell;
	unsigned int size;
	unsigned int n;
};

void trace_cells_clear(struct trace_cells *cells);
/* Find the cell of @key, or make it. Return: NULL if the table is full. */
struct trace_cell *trace_cells_get(struct trace_cells *cells, unsigned long key);

/* ---- race.c: who gets in whose way ---- */

#define TRACE_MAX_FREES	32

/**
 * struct trace_conflicts - what in a log two CPUs have touched, one of them writing
 * @log: which
 * @cells: its addresses
 * @frees: indices of its first TRACE_FREE events
 * @nr_frees: how many
 */
struct trace_conflicts {
	const struct trace_log *log;
	struct trace_cells *cells;
	unsigned int frees[TRACE_MAX_FREES];
	unsigned int nr_frees;
};

/* Two accesses, by index; the later one second. Both -1 = none. */
struct trace_pair {
	int first, second;
};

bool trace_is_access(const struct trace_event *e);
bool trace_is_write(const struct trace_event *e);
/* Look through @log once; @cells is for the result. */
void trace_conflicts_find(struct trace_conflicts *c, const struct trace_log *log,
			  struct trace_cells *cells);
/* Does event @i touch what another CPU touches too, one of them writing? */
bool trace_conflicts_has(const struct trace_conflicts *c, unsigned int i);
/*
 * The two accesses that race: to @addr if that is not 0; else the fault and what pulled the ground
 * from under it, or who wrote the pointer that led there, and who read it; else the last two that
 * conflict, one of them by the CPU that complains if it has any. None if no access is to blame.
 */
struct trace_pair trace_find_pair(const struct trace_log *log, unsigned long addr);

/* ---- hash.c ---- */

u64 trace_hash(const struct trace_conflicts *c, const struct trace_names *names,
	       struct trace_cells *cells);

/* ---- cell_text.c: one event in words ---- */

#define TRACE_CELL_LEN	96

/* Put @e into words. Return: the length, less than @size. */
int trace_cell_text(char *buf, size_t size, const struct trace_event *e,
		    const struct trace_names *names);
/* The verb alone: "read", "write"... */
const char *trace_kind_name(enum trace_kind kind);
/* Name of an address of data, or its number. */
int trace_data_name(char *buf, size_t size, unsigned long addr, const struct trace_names *names);
int trace_code_name(char *buf, size_t size, unsigned long pc, const struct trace_names *names);

/* Where @e happened: the code's name and its line. Return: the length. */
int trace_place_name(char *buf, size_t size, const struct trace_event *e, const struct trace_names *names);

#define TRACE_PLACE_LEN	160

/* ---- story.c: a run in columns ---- */

/**
 * struct trace_story - what to print, and how
 * @log: the run
 * @names: of addresses
 * @pair: the racing accesses
 * @conflicts: of the log
 * @all: leave nothing out
 * @outline: nothing but remarks and what went wrong
 */
struct trace_story {
	const struct trace_log *log;
	const struct trace_names *names;
	struct trace_pair pair;
	const struct trace_conflicts *conflicts;
	bool all;
	bool outline;
};

void trace_story_print(const struct trace_story *story, struct trace_out *out);
/* The racing accesses alone, a line each; nothing if there are none. */
void trace_pair_print(const struct trace_story *story, struct trace_out *out);

/* ---- chrome.c: the same for a program ---- */

/**
 * struct trace_chrome - what to export
 * @log: the events, in order
 * @names: of addresses
 * @pair: the racing accesses
 * @ticks_per_us: of the events' clock; 0: it counts steps, shown as a microsecond each
 */
struct trace_chrome {
	const struct trace_log *log;
	const struct trace_names *names;
	struct trace_pair pair;
	unsigned int ticks_per_us;
};

void trace_chrome_write(const struct trace_chrome *t, struct trace_out *out);

/* ---- names.c: objects and their fields ---- */

/* A member of a struct, as C spells it: "list.next". */
struct trace_field {
	const char *name;
	u32 offset;
	u32 size;
};

/**
 * struct trace_type - a struct whose members have names in stories
 * @name: of the struct
 * @size: of one; a larger object is an array of them
 * @fields: ended by one without a name
 */
struct trace_type {
	const char *name;
	u32 size;
	const struct trace_field *fields;
};

const struct trace_type *trace_type_find(const char *name);
/*
 * Write ".list.next" or "+0x18" for @offset into an object of @size bytes and that type, or
 * NULL.
 */
int trace_field_name(char *buf, size_t size, const struct trace_type *type, unsigned long offset,
		     unsigned long object_size);
/* Forget all objects. */
void trace_objects_clear(void);
/* Describe @addr by the object it lies in. Return: the length, 0 if it lies in none. */
int trace_object_name(char *buf, size_t size, unsigned long addr);
/* The name of the object that begins at @addr. Return: the length, 0 if none does. */
int trace_object_at(char *buf, size_t size, unsigned long addr);

/* hints.c: the structs that are known, and which symbols of the kernel are such. */
extern const struct trace_type trace_types[];
const struct trace_type *trace_symbol_type(const char *symbol);

/* ---- the kernel's side ---- */

/* glue.c: names by kallsyms, the objects and the vmap window. */
extern const struct trace_names trace_kernel_names;
/* ring.c: all rings as one log, in order; free with trace_ring_log_free(). Context: thread. */
int trace_ring_log(struct trace_log *log);
void trace_ring_log_free(struct trace_log *log);
/*
 * function.c: record the calls of all functions that match @pattern, *@num of them. Context: thread. Return: 0,
 * -ENOENT if none matches, -ENOMEM.
 */
int trace_function_start(const char *pattern, unsigned int *num);
void trace_function_stop(void);
int trace_ring_start(void);
void trace_ring_stop(void);

#endif
