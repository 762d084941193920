/* SPDX-License-Identifier: GPL-2.0 */
/* Made-up runs for the tests of kernel/trace/, and names for their addresses. */
#ifndef _UNIT_TRACE_RUN_H
#define _UNIT_TRACE_RUN_H

#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "trace.h"

#define MODULES		0xc000000000500000ul	/* struct list_head modules */
#define PRIVATE		0xc000000000500100ul	/* what only one CPU touches */
#define LOOKUP		0xc000000000401000ul	/* module_address_lookup() */
#define LIST_DEL	0xc000000000402000ul
#define HELLO		0xc008000000010000ul	/* the module, in memory of 8 KiB */
#define HELLO_LIST	(HELLO + 0x1000 + offsetof(struct module, list))
#define HELLO_SYMTAB	(HELLO + 0x1000 + offsetof(struct module, symtab))

/* What a printer has written. */
static char test_text[16384];
static size_t test_len;

static void test_write(struct trace_out *out, const char *s, size_t n)
{
	n = min(n, sizeof(test_text) - 1 - test_len);
	memcpy(test_text + test_len, s, n);
	test_len += n;
	test_text[test_len] = '\0';
}

static inline struct trace_out *test_out(void)
{
	static struct trace_out out = { .write = test_write };

	test_len = 0;
	test_text[0] = '\0';
	return &out;
}

static int test_code(char *buf, size_t size, unsigned long pc)
{
	if (pc - LOOKUP < 0x1000)
		return scnprintf(buf, size, "module_address_lookup+0x%lx", pc - LOOKUP);
	if (pc - LIST_DEL < 0x1000)
		return scnprintf(buf, size, "list_del+0x%lx", pc - LIST_DEL);
	return 0;
}

/* Of lookups alone: the first instruction's line is 100. */
static int test_line(char *buf, size_t size, unsigned long pc)
{
	return pc - LOOKUP < 0x1000 ? scnprintf(buf, size, " (lookup.c:%lu)", 100 + (pc - LOOKUP) / 4) : 0;
}

static inline bool test_image(unsigned long addr)
{
	return addr >> 20 == LOOKUP >> 20 || addr >> 20 == MODULES >> 20;
}

static const struct trace_names test_names = {
	.data = trace_object_name, .code = test_code, .line = test_line, .image = test_image,
};

static inline struct trace_cells *test_cells(void)
{
	static struct trace_cell cell[1024];
	static struct trace_cells cells = { .cell = cell, .size = ARRAY_SIZE(cell) };

	return &cells;
}

/* ---- runs ---- */

static struct trace_event test_events[512];
static struct trace_log test_log = { .events = test_events, .room = ARRAY_SIZE(test_events) };

static inline struct trace_event *test_add(u64 step, unsigned int cpu, enum trace_kind kind)
{
	struct trace_event *e = &test_events[test_log.n++];

	*e = (struct trace_event){ .when = step, .cpu = cpu, .kind = kind };
	return e;
}

static inline void test_access(u64 step, unsigned int cpu, enum trace_kind kind, unsigned long addr,
			unsigned long value, unsigned long pc)
{
	struct trace_event *e = test_add(step, cpu, kind);

	e->addr = addr;
	e->size = 8;
	e->value = value;
	e->pc = pc;
}

static inline void test_text_event(unsigned int cpu, enum trace_kind kind, const char *text)
{
	strcpy(test_add(0, cpu, kind)->text, text);
}

static inline void test_begin(void)
{
	test_log.n = test_log.dropped = 0;
	trace_objects_clear();
	trace_name_object(MODULES, 16, "list_head", "modules");
	test_text_event(0, TRACE_THREAD, "lookup");
	test_text_event(1, TRACE_THREAD, "rmmod hello");
}

/* The reader is stolen inside the module; it is freed. @base moves the module's memory. */
static inline const struct trace_log *test_run_kallsyms(unsigned long base)
{
	struct trace_event *e;

	test_begin();
	trace_name_object(HELLO + base, 0x2000, NULL, "hello");
	trace_name_object(HELLO + base + 0x1000, sizeof(struct module), "module", "hello");
	test_access(1, 0, TRACE_READ, MODULES, HELLO_LIST + base, LOOKUP + 0x10);
	test_add(2, 0, TRACE_STEAL)->value = 1;
	test_access(2, 1, TRACE_READ, PRIVATE, 7, LIST_DEL + 4);
	test_access(3, 1, TRACE_WRITE, MODULES, MODULES, LIST_DEL + 0x10);
	e = test_add(4, 1, TRACE_FREE);
	e->addr = HELLO + base;
	e->size = 0x2000;
	test_add(5, 1, TRACE_SWITCH)->value = 0;
	test_access(5, 0, TRACE_READ, HELLO_SYMTAB + base, TRACE_NO_VALUE, LOOKUP + 0x24);
	e = test_add(6, 0, TRACE_FAULT);
	e->addr = HELLO_SYMTAB + base;
	e->size = 8;
	e->what = "USE AFTER FREE";
	e->pc = LOOKUP + 0x24;
	return &test_log;
}

#endif
