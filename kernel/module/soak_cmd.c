// SPDX-License-Identifier: GPL-2.0
/* modsoak: load and unload a module very often, and see that it neither leaks nor slows down. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/mm.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>
#include "cmds.h"

#define SPAN		1000	/* pairs timed together */
#define QUIET_LOGLEVEL	0

struct soak {
	struct ramdisk_file file;
	char name[MODULE_NAME_LEN];
	unsigned int pairs;
	unsigned int slower;	/* how many per cent are too many; 0: none are */
	u64 first_ns, last_ns;	/* of the first and the last SPAN pairs */
};

static int run_span(const struct soak *s, u64 *ns)
{
	u64 start = ktime_get_ns();
	int ret = 0;

	for (unsigned int i = 0; i < SPAN && !ret; i++)
		ret = load_module_image(s->file.data, s->file.size, NULL, NULL) ?:
		      delete_module(s->name);
	*ns = ktime_get_ns() - start;
	return ret;
}

static int run_spans(struct soak *s)
{
	u64 warm_up_ns;
	int ret = run_span(s, &warm_up_ns) ?: run_span(s, &s->first_ns);

	for (unsigned int done = SPAN; done < s->pairs && !ret; done += SPAN)
		ret = shell_interrupted() ? -EINTR : run_span(s, &s->last_ns);
	return ret;
}

/* In tenths of a per cent. */
static long change(const struct soak *s)
{
	return (long)(s->last_ns * 1000 / s->first_ns) - 1000;
}

static int verdict(const struct soak *s, const struct mm_stat *before, const struct mm_stat *after)
{
	if (before->free != after->free || before->kmalloc_objects != after->kmalloc_objects ||
	    before->vmap_areas != after->vmap_areas || before->percpu_bytes != after->percpu_bytes)
		return -EFAULT;
	return s->slower && change(s) > 10L * s->slower ? -ETIME : 0;
}

static void report(const struct soak *s, const struct mm_stat *before, const struct mm_stat *after)
{
	long tenths = change(s);

	cprintf("modsoak: %u pairs of %s: first %u %llu us, last %u %llu us (%s%ld.%ld %%), "
		"%ld pages and %ld objects lost\n", s->pairs, s->name, SPAN, s->first_ns / 1000, SPAN,
		s->last_ns / 1000, tenths < 0 ? "-" : "+", abs(tenths) / 10, abs(tenths) % 10,
		(long)(before->free - after->free), (long)(after->kmalloc_objects - before->kmalloc_objects));
}

static int soak(struct soak *s)
{
	int loglevel = console_loglevel, ret;
	struct mm_stat before, after;

	console_loglevel = QUIET_LOGLEVEL;
	mm_stat(&before);
	ret = run_spans(s);
	mm_stat(&after);
	console_loglevel = loglevel;
	if (ret) {
		cprintf("modsoak: %s: stopped by err %d\n", s->name, ret);
		return ret;
	}
	report(s, &before, &after);
	return verdict(s, &before, &after);
}

static int modsoak_run(int argc, char **argv)
{
	struct soak s = { .pairs = 100000 };
	const struct kv options[] = { { "n", KV_UINT, &s.pairs }, { "slower", KV_UINT, &s.slower } };
	int ret;

	if (argc < 2) {
		cprintf("usage: modsoak FILE [n=PAIRS] [slower=PERCENT]\n");
		return -EINVAL;
	}
	ret = kv_parse("modsoak", argc - 2, argv + 2, options, ARRAY_SIZE(options));
	if (ret)
		return ret;
	s.pairs = roundup(clamp(s.pairs, 2U * SPAN, UINT_MAX - SPAN), SPAN);
	ret = ramdisk_find(argv[1], &s.file);
	if (ret) {
		cprintf("modsoak: %s: no such file\n", argv[1]);
		return ret;
	}
	module_name_of(s.file.name, s.name, sizeof(s.name));
	return soak(&s);
}
SHELL_COMMAND_ALONE(modsoak, modsoak_run, shell_complete_file, "FILE [n=PAIRS] [slower=PERCENT]",
	      "load and unload a module 100000 times: does it leak, does it slow down?");
