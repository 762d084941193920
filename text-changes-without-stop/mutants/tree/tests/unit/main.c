// SPDX-License-Identifier: GPL-2.0
/*
 * Runs the tests of one program, or those named on its command line. Uses libc only: the kernel's
 * code is on trial.
 */
#include <stdio.h>
#include <string.h>

#include "unit.h"

static struct unit_test *tests, **tests_end = &tests;
static unsigned int checks, failures;

void unit_add(struct unit_test *test)
{
	*tests_end = test;
	tests_end = &test->next;
}

bool unit_check(bool held, const char *file, int line, const char *what)
{
	checks++;
	if (held)
		return true;
	failures++;
	fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
	return false;
}

bool unit_check_eq(long long a, long long b, const char *file, int line, const char *what)
{
	if (!unit_check(a == b, file, line, what))
		fprintf(stderr, "\tleft  %lld (0x%llx)\n\tright %lld (0x%llx)\n", a, a, b, b);
	return a == b;
}

bool unit_check_str(const char *a, const char *b, const char *file, int line, const char *what)
{
	bool same = a && b ? strcmp(a, b) == 0 : a == b;

	if (!unit_check(same, file, line, what))
		fprintf(stderr, "\tleft  \"%s\"\n\tright \"%s\"\n", a ? a : "(null)",
			b ? b : "(null)");
	return same;
}

bool unit_check_mem(const void *a, const void *b, size_t n, const char *file, int line,
		    const char *what)
{
	const unsigned char *x = a, *y = b;
	size_t i = 0;

	while (i < n && x[i] == y[i])
		i++;
	if (!unit_check(i == n, file, line, what))
		fprintf(stderr, "\tfirst difference at byte %zu: %02x, %02x\n", i, x[i], y[i]);
	return i == n;
}

static bool wanted(const struct unit_test *test, int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (strcmp(argv[i], test->name) == 0)
			return true;
	return argc < 2;
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	unsigned int run = 0, failed = 0;
	struct unit_test *test;

	for (test = tests; test; test = test->next) {
		unsigned int before = failures;

		if (!wanted(test, argc, argv))
			continue;
		run++;
		test->run();
		if (failures == before)
			continue;
		failed++;
		fprintf(stderr, "%s failed\n", test->name);
	}
	if (failed || !run)	/* the Makefile says "not ok", as for a program that crashed */
		return 1;
	printf("ok %s: %u tests, %u checks\n", slash ? slash + 1 : argv[0], run, checks);
	return 0;
}
