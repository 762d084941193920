// SPDX-License-Identifier: GPL-2.0
/*
 * The shell's "trace": tell the last explored run, watch CPUs being stolen, send either to the
 * host.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "trace.h"

static int cmd_on(void)
{
	int err = trace_ring_start();

	if (err == -EBUSY)
		cprintf("trace: is on\n");
	else if (err)
		cprintf("trace: %pe\n", ERR_PTR(err));
	return err;
}

static int cmd_off(void)
{
	trace_ring_stop();
	return 0;
}

static u64 to_us(u64 ticks)
{
	return ticks / (boot_info.tb_freq / 1000000);
}

static void dump_event(const struct trace_event *e, u64 start)
{
	char place[TRACE_CELL_LEN];

	cprintf("%10llu us  CPU%u  ", to_us(e->when - start), e->cpu);
	if (e->kind == TRACE_MARK) {
		cprintf("%s\n", e->text);
		return;
	}
	if (e->kind == TRACE_CALL) {
		cprintf("%ps <- %pB\n", (void *)e->pc, (void *)e->value);
		return;
	}
	trace_code_name(place, sizeof(place), e->pc, &trace_kernel_names);
	cprintf("%s %llu us at %s\n", trace_kind_name(e->kind), to_us(e->value), place);
}

static int cmd_dump(void)
{
	struct trace_log log;
	unsigned int i;
	int err = trace_ring_log(&log);

	if (err) {
		cprintf("trace: %pe\n", ERR_PTR(err));
		return err;
	}
	for (i = 0; i < log.n && !shell_interrupted(); i++)
		dump_event(&log.events[i], log.events[0].when);
	cprintf("trace: %u events", log.n);
	if (log.dropped)
		cprintf(", %u older ones overwritten", log.dropped);
	cprintf("\n");
	trace_ring_log_free(&log);
	return 0;
}

static int show(bool all)
{
	if (!trace_run_log()->n) {
		cprintf("trace: no run has been recorded\n");
		return -ENODATA;
	}
	trace_run_print(0, all);
	cprintf("trace: %u events, hash %016llx\n", trace_run_log()->n, trace_run_hash());
	return 0;
}

static int cmd_story(void)
{
	return show(false);
}

static int cmd_all(void)
{
	return show(true);
}

static int cmd_export(void)
{
	int err = trace_export();

	if (err == -ENODEV)
		cprintf("trace: no second serial channel; qemu-run.sh --trace FILE adds one\n");
	else if (err == -ENODATA)
		cprintf("trace: nothing has been recorded\n");
	else if (err)
		cprintf("trace: %pe\n", ERR_PTR(err));
	return err;
}

static const struct {
	const char *name;
	int (*run)(void);
} verbs[] = {
	{ "on", cmd_on },
	{ "off", cmd_off },
	{ "dump", cmd_dump },
	{ "story", cmd_story },
	{ "all", cmd_all },
	{ "export", cmd_export },
};

static int cmd_function(const char *pattern)
{
	unsigned int num = 0;
	int err = 0;

	if (!strcmp(pattern, "off")) {
		trace_function_stop();
		return 0;
	}
	err = trace_function_start(pattern, &num);
	if (err == -ENOENT)
		cprintf("trace: no traced function matches '%s'\n", pattern);
	else if (err)
		cprintf("trace: %pe\n", ERR_PTR(err));
	else
		cprintf("trace: %u functions\n", num);
	return err;
}

static int trace_run(int argc, char **argv)
{
	unsigned int i;

	if (argc == 3 && !strcmp(argv[1], "function"))
		return cmd_function(argv[2]);
	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].run();
	cprintf("trace: on, off, dump, story, all, export or function PATTERN?\n");
	return -EINVAL;
}

static const char *trace_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i].name, word, strlen(word)) && n-- == 0)
			return verbs[i].name;
	return NULL;
}

SHELL_COMMAND(trace, trace_run, trace_complete, "on | off | dump | story | all | export | function PATTERN|off",
	      "record steals; tell the last explored run; export either to the host as JSON");
