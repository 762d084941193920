// SPDX-License-Identifier: GPL-2.0
/* The shell's way to the in-kernel tests. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>
#include "kunit_set.h"

static int kunit_cmd(int argc, char **argv)
{
	struct kunit_result res;
	int err;

	if (argc > 2) {
		cprintf("usage: kunit [SUITE[.CASE]]\n");
		return -EINVAL;
	}
	err = kunit_run_tests(argc == 2 ? argv[1] : NULL, &res);
	if (err == -ENOENT)
		cprintf("kunit: no test matches \"%s\"\n", argc == 2 ? argv[1] : "*");
	return err;
}

/* Names lie in the modules; what is offered is good while they stay, as kunit.ko does. */
static const char *complete_suite(int argc, const char *word, int n)
{
	const char *found = NULL;
	struct kunit_set set;

	if (kunit_set_get(&set))
		return NULL;
	for (unsigned int i = 0; !found && i < set.n; i++)
		if (strstarts(set.suites[i]->name, word) && n-- == 0)
			found = set.suites[i]->name;
	kunit_set_put(&set);
	return found;
}

SHELL_COMMAND_ALONE(kunit, kunit_cmd, complete_suite, "[SUITE[.CASE]]",
	      "run in-kernel tests; * and ? match");
