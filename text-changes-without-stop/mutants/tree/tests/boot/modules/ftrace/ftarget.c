// SPDX-License-Identifier: GPL-2.0
/* Functions to be patched. Each looks at data of its own module, so it goes wrong with another's TOC. */
#include <linux/module.h>
#include <linux/stdarg.h>
#include "ftarget.h"

int ftarget_base = 1000;

noinline int ftarget_add(int x)
{
	return x + ftarget_base;
}
EXPORT_SYMBOL_GPL(ftarget_add);

/* Calls within the module: nothing restores r2 behind the bl. */
noinline int ftarget_local(int x)
{
	int sum = ftarget_add(x);

	return sum + ftarget_base;
}
EXPORT_SYMBOL_GPL(ftarget_local);

long ftarget_sum(int n, ...)
{
	long sum = ftarget_base;
	va_list args;

	va_start(args, n);
	while (n--)
		sum += va_arg(args, long);
	va_end(args);
	return sum;
}
EXPORT_SYMBOL_GPL(ftarget_sum);

MODULE_LICENSE("GPL");
