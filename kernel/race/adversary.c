// SPDX-License-Identifier: GPL-2.0
/* Who works against a race scenario while it runs. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/race.h>

static int start_nothing(struct race_run *run)
{
	return 0;
}

static void stop_nothing(void)
{
}

static int start_stealing(struct race_run *run)
{
	return hv_steal_start(&run->steal);
}

static const struct race_adversary adversaries[] = {
	{ "none", "CPUs run as the host lets them", start_nothing, stop_nothing },
	{ "steal", "the shim takes CPUs away at random instructions", start_stealing, hv_steal_stop },
};

const struct race_adversary *race_adversary_nth(unsigned int i)
{
	return i < ARRAY_SIZE(adversaries) ? &adversaries[i] : NULL;
}

const struct race_adversary *race_adversary_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(adversaries); i++)
		if (!strcmp(adversaries[i].name, name))
			return &adversaries[i];
	return NULL;
}
