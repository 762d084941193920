// SPDX-License-Identifier: GPL-2.0
/* The shell's way to the in-kernel tests. */
#include <kunit/test.h>
#include <linux/kernel.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

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

static const char *complete_suite(int argc, const char *word, int n)
{
	struct kunit_suite * const *suite;

	for (suite = __start_kunit_suites; suite < __stop_kunit_suites; suite++)
		if (strstarts((*suite)->name, word) && n-- == 0)
			return (*suite)->name;
	return NULL;
}

SHELL_COMMAND(kunit, kunit_cmd, complete_suite, "[SUITE[.CASE]]",
	      "run in-kernel tests; * and ? match");
