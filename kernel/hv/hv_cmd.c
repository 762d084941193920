// SPDX-License-Identifier: GPL-2.0
/* The shell's "hv": tell the shim whom to steal from, and ask what it did. */
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/shell.h>

#include "gaps.h"
#include "internal.h"

static u64 ticks_to_us(u64 ticks)
{
	return ticks / (boot_info.tb_freq / 1000000);
}

/* Return: the address of SYMBOL+OFF (cut in two here), 0 after a message. */
static unsigned long resolve_place(char *place)
{
	unsigned long addr, off = 0;
	char *plus = strchr(place, '+');

	if (plus) {
		*plus++ = '\0';
		if (kstrtoul(plus, 0, &off)) {
			cprintf("hv: %s: not a number\n", plus);
			return 0;
		}
	}
	addr = kallsyms_lookup_name(place);
	if (!addr)
		cprintf("hv: %s: no such symbol\n", place);
	return addr ? addr + off : 0;
}

static int check_range(const struct hv_steal_config *c)
{
	if (hv_steal_valid(c))
		return 0;
	cprintf("hv: rate=%u min=%u max=%u: out of range\n", c->rate, c->min_us, c->max_us);
	return -EINVAL;
}

static int steal_at(char *place, unsigned int min_us, unsigned int max_us)
{
	unsigned long addr = resolve_place(place);
	int err;

	if (!addr)
		return -ENOENT;
	err = hv_steal_at(addr, min_us, max_us);
	if (err)
		cprintf("hv: cannot steal at %pS: %pe\n", (void *)addr, ERR_PTR(err));
	return err;
}

static int cmd_steal(int argc, char **argv)
{
	struct hv_steal_config c = HV_STEAL_DEFAULT;
	char *place = NULL;
	const struct kv table[] = {
		{ "rate", KV_UINT, &c.rate },
		{ "min", KV_UINT, &c.min_us },
		{ "max", KV_UINT, &c.max_us },
		{ "seed", KV_U64, &c.seed },
		{ "at", KV_STRING, &place },
	};
	int err;

	if (argc == 1 && !strcmp(argv[0], "off")) {
		hv_steal_stop();
		hv_steal_at_stop();
		return 0;
	}
	err = kv_parse("hv", argc, argv, table, ARRAY_SIZE(table));
	if (err)
		return err;
	if (place)
		return steal_at(place, c.min_us, c.max_us);
	err = check_range(&c);
	return err ? err : hv_steal_start(&c);
}

static int cmd_status(int argc, char **argv)
{
	struct hv_steal_config c = hv_steal_get();
	unsigned int cpu;
	int err = kv_parse("hv", argc, argv, NULL, 0);

	if (err)
		return err;
	if (c.rate)
		cprintf("stealing at random: rate=%u min=%u max=%u seed=%llu\n", c.rate, c.min_us, c.max_us, c.seed);
	if (hv_steal_at_addr())
		cprintf("stealing at %pS\n", (void *)hv_steal_at_addr());
	if (!c.rate && !hv_steal_at_addr())
		cprintf("stealing nothing\n");
	cprintf("CPU %10s %12s %12s %10s\n", "steals", "stolen us", "longest us", "steps");
	for_each_online_cpu(cpu) {
		struct hv_stat s = hv_stat(cpu);

		cprintf("%3u %10lu %12llu %12llu %10lu\n", cpu, s.steals, ticks_to_us(s.stolen),
			ticks_to_us(s.longest), s.steps);
	}
	return 0;
}

static int cmd_gaps(int argc, char **argv)
{
	struct hv_steal_config c = hv_steal_get();
	unsigned int n = 2000000;
	const struct kv table[] = {
		{ "n", KV_UINT, &n },
		{ "rate", KV_UINT, &c.rate },
		{ "min", KV_UINT, &c.min_us },
		{ "max", KV_UINT, &c.max_us },
		{ "seed", KV_U64, &c.seed },
	};
	int err;

	if (!c.rate)
		c = HV_STEAL_DEFAULT;
	err = kv_parse("hv", argc, argv, table, ARRAY_SIZE(table));
	if (!err)
		err = check_range(&c);
	return err ? err : hv_gaps(n, &c);
}

static int cmd_reset(int argc, char **argv)
{
	int err = kv_parse("hv", argc, argv, NULL, 0);

	if (!err)
		hv_stat_reset();
	return err;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "steal", cmd_steal },
	{ "status", cmd_status },
	{ "gaps", cmd_gaps },
	{ "reset", cmd_reset },
};

static int hv_run(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; argc > 1 && i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(argv[1], verbs[i].name))
			return verbs[i].run(argc - 2, argv + 2);
	cprintf("hv: steal, status, gaps or reset?\n");
	return -EINVAL;
}

static const char *hv_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(verbs); i++)
		if (!strncmp(verbs[i].name, word, strlen(word)) && n-- == 0)
			return verbs[i].name;
	return NULL;
}

SHELL_COMMAND(hv, hv_run, hv_complete,
	      "steal rate=N min=US max=US seed=S | steal at=SYMBOL+OFF min=US max=US | steal off | status | gaps [n=N] | reset",
	      "steal time from CPUs, as a hypervisor does; say what was stolen");
