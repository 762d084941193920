/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests of function sites patch, and with what; never inlined, so that there is a call. */
#ifndef _FTRACE_SUBJECTS_H
#define _FTRACE_SUBJECTS_H

#include <linux/compiler.h>
#include <linux/stdarg.h>

static noinline int add_one(int x)
{
	barrier();
	return x + 1;
}

/* Arguments in registers, on the stack, and counted. */
static noinline long sum_of(int n, ...)
{
	va_list args;
	long sum = 0;

	va_start(args, n);
	while (n--)
		sum += va_arg(args, long);
	va_end(args);
	return sum;
}

static noinline long product_of(int n, ...)
{
	va_list args;
	long product = 1;

	va_start(args, n);
	while (n--)
		product *= va_arg(args, long);
	va_end(args);
	return product;
}

#endif
