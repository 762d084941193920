// SPDX-License-Identifier: GPL-2.0
/*
 * What a symbol lookup costs: over addresses and names spread across the whole kernel table, and
 * across the modules that are loaded.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <stopgap/bench.h>

#define PROBES	64
#define SCATTER	7919	/* a prime */

static unsigned long probe_addr[PROBES];
static char probe_name[PROBES][KSYM_NAME_LEN + 1];

struct spread {
	unsigned int stride, i, taken;
};

static int count_symbol(void *data, const char *name, unsigned long addr)
{
	(*(unsigned int *)data)++;
	return 0;
}

static int take_symbol(void *data, const char *name, unsigned long addr)
{
	struct spread *s = data;

	if (s->i++ % s->stride == 0 && s->taken < PROBES) {
		probe_addr[s->taken] = addr;
		strscpy(probe_name[s->taken++], name, sizeof(probe_name[0]));
	}
	return 0;
}

/* Every n-th symbol, so that no part of the table is favoured. */
static int spread_probes(void)
{
	struct spread s = { 0 };
	unsigned int total = 0;

	kallsyms_on_each_symbol(count_symbol, &total);
	s.stride = max(total / PROBES, 1u);
	kallsyms_on_each_symbol(take_symbol, &s);
	return s.taken == PROBES ? 0 : -ENOENT;
}

static unsigned int count_module_symbols(void)
{
	char name[KSYM_NAME_LEN + 1], modname[MODULE_NAME_LEN], type;
	unsigned long value;
	unsigned int n = 0;

	while (!module_get_kallsym(n, &value, &type, name, modname))
		n++;
	return n;
}

/* Anywhere among them. */
static int spread_over_modules(void)
{
	unsigned int i, nr, total = max(count_module_symbols(), 1u);
	char modname[MODULE_NAME_LEN], type;

	for (i = 0; i < PROBES; i++) {
		nr = i * SCATTER % total;
		if (module_get_kallsym(nr, &probe_addr[i], &type, probe_name[i], modname))
			return -ENOENT;
	}
	return 0;
}

static int look_up_addresses(unsigned int iterations)
{
	char namebuf[KSYM_NAME_LEN + 1];
	unsigned long size, offset;
	unsigned int i;
	char *modname;

	for (i = 0; i < iterations; i++)
		if (!kallsyms_lookup(probe_addr[i % PROBES], &size, &offset, &modname, namebuf))
			return -ENOENT;
	return 0;
}

static int look_up_names(unsigned int iterations)
{
	unsigned int i;

	for (i = 0; i < iterations; i++)
		if (!kallsyms_lookup_name(probe_name[i % PROBES]))
			return -ENOENT;
	return 0;
}

static const struct benchmark kallsyms_lookup_bench = {
	.name = "kallsyms_lookup",
	.iterations = 64 * PROBES,
	.samples = 21,
	.run = look_up_addresses,
	.setup = spread_probes,
};
BENCHMARK(kallsyms_lookup_bench);

static const struct benchmark kallsyms_lookup_name_bench = {
	.name = "kallsyms_lookup_name",
	.iterations = 64 * PROBES,
	.samples = 21,
	.run = look_up_names,
	.setup = spread_probes,
};
BENCHMARK(kallsyms_lookup_name_bench);

static const struct benchmark module_address_bench = {
	.name = "kallsyms_lookup in modules",
	.iterations = 16 * PROBES,
	.samples = 21,
	.run = look_up_addresses,
	.setup = spread_over_modules,
};
BENCHMARK(module_address_bench);

static const struct benchmark module_name_bench = {
	.name = "kallsyms_lookup_name in modules",
	.iterations = 16 * PROBES,
	.samples = 21,
	.run = look_up_names,
	.setup = spread_over_modules,
};
BENCHMARK(module_name_bench);
