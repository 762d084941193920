// SPDX-License-Identifier: GPL-2.0
/*
 * Trips, in ways a kernel recovers from or at least reports: reads a bad address with a fixup at hand,
 * warns, and with bug=1 runs into a BUG.
 */
#include <linux/bug.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <asm/extable.h>

static bool warn, bug;
module_param(warn, bool, 0);
MODULE_PARM_DESC(warn, "warn in init");
module_param(bug, bool, 0);
MODULE_PARM_DESC(bug, "BUG in init");

/* For tests to look up by name: the load that may fault, and a BUG that nobody runs into. */
extern const u32 trips_load[], trips_init_load[];
int trips_read(const int *p, int *value);
void trips_never(void);

/* Return: 0, or -EFAULT if there is nothing at @p. */
noinline int trips_read(const int *p, int *value)
{
	int err = -EFAULT;

	__asm__ __volatile__(
		"	.globl	trips_load\n"
		"trips_load:\n"
		"1:	lwz	%1,0(%2)\n"
		"	li	%0,0\n"
		"2:\n"
		EX_TABLE(1b, 2b)
		: "+r" (err), "=&r" (*value) : "b" (p));
	return err;
}

noinline void trips_never(void)
{
	BUG();
}

/* The same in init: both tables have entries for code that will be gone. */
static noinline int __init read_in_init(const int *p)
{
	int err = -EFAULT, value;

	__asm__ __volatile__(
		"	.globl	trips_init_load\n"
		"trips_init_load:\n"
		"1:	lwz	%1,0(%2)\n"
		"	li	%0,0\n"
		"2:\n"
		EX_TABLE(1b, 2b)
		: "+r" (err), "=&r" (value) : "b" (p));
	WARN_ON(warn);
	BUG_ON(bug);
	return err;
}

static int __init trips_init(void)
{
	int *volatile bad = (int *)8, good = 5, value;

	if (trips_read(bad, &value) != -EFAULT || trips_read(&good, &value) || value != 5)
		return -EINVAL;
	if (read_in_init(bad) != -EFAULT || read_in_init(&good))
		return -EINVAL;
	pr_info("trips: on its feet again\n");
	return 0;
}

static void __exit trips_exit(void)
{
}

module_init(trips_init);
module_exit(trips_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Faults that are fixed up, warnings, and a BUG");
