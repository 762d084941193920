// SPDX-License-Identifier: GPL-2.0
/* The shell's "reclaim": let allocations wait. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <stopgap/console.h>
#include <stopgap/kv.h>
#include <stopgap/reclaim.h>
#include <stopgap/shell.h>

#define MAX_US	1000000

static int reclaim_command(int argc, char **argv)
{
	struct reclaim_config config = reclaim_config;
	const struct kv table[] = {
		{ "every", KV_UINT, &config.every },
		{ "us", KV_UINT, &config.us },
	};
	int err;

	err = kv_parse("reclaim", argc - 1, argv + 1, table, ARRAY_SIZE(table));
	if (err)
		return err;
	if (config.us > MAX_US) {
		cprintf("reclaim: us=%u: at most %u\n", config.us, MAX_US);
		return -EINVAL;
	}
	err = reclaim_set(&config);
	if (err)
		cprintf("reclaim: no thread (err %d)\n", err);
	else
		cprintf("every=%u us=%u\n", reclaim_config.every, reclaim_config.us);
	return err;
}
SHELL_COMMAND(reclaim, reclaim_command, NULL, "[every=N] [us=N]",
	      "let every N-th allocation that may sleep wait for the reclaim thread; 0: none");
