// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: a kernel that can print a name for each address has a lookup by name, only a slow one.
 * snprintf() is exported to everybody, because everybody prints; "%pS" belongs to it. This module
 * begins at the address of a function it may know, printk(), and asks for the name of one address
 * after the other until the answer is the name it wants.
 *
 *	stride=4	each instruction: what one writes first
 *	stride=0	from symbol to symbol: the answer also says how long each is
 *
 * It needs no GPL-only symbol and no back door, and nothing it does can be taken away. The closing
 * of the door makes nobody safe from it; it makes what it does impossible to call an accident.
 */
#include <linux/kallsyms.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include "target.h"

#define INSTRUCTION	4ul
#define LONGEST_GAP	0x10000ul	/* bytes without a name: past the end of all */

static unsigned int stride = INSTRUCTION;
module_param(stride, uint, 0444);
MODULE_PARM_DESC(stride, "bytes from one address to the next, 0: to the next symbol");

struct reach reach;

static unsigned long calls;

/* What %pS says of one address: "name+0xoffset/0xsize", or a bare number. */
struct answer {
	char name[KSYM_SYMBOL_LEN];	/* empty if there is none */
	unsigned long offset, size;
};

static void ask(unsigned long addr, struct answer *a)
{
	char *plus, *slash;

	calls++;
	snprintf(a->name, sizeof(a->name), "%pS", (void *)addr);
	plus = strchr(a->name, '+');
	slash = plus ? strchr(plus, '/') : NULL;
	if (!slash) {
		a->name[0] = '\0';
		return;
	}
	*plus = *slash = '\0';
	if (kstrtoul(plus + 1, 0, &a->offset) || kstrtoul(slash + 1, 0, &a->size))
		a->name[0] = '\0';
}

/* How far to the next address. Between two functions there is a little that has no name. */
static unsigned long distance(const struct answer *a, bool up)
{
	if (stride || !a->name[0])
		return stride ?: INSTRUCTION;
	return up ? a->size - a->offset : a->offset + INSTRUCTION;
}

/* Return: the address, or 0 if no name follows for a long time. */
static unsigned long scan(unsigned long addr, bool up)
{
	unsigned long last = addr, by;
	struct answer a;

	while (max(addr, last) - min(addr, last) < LONGEST_GAP) {
		ask(addr, &a);
		if (!strcmp(a.name, REACH_TARGET))
			return addr - a.offset;
		if (a.name[0])
			last = addr;
		by = distance(&a, up);
		addr += up ? by : -by;
		cond_resched();
	}
	return 0;
}

static int __init scan_init(void)
{
	u64 start = ktime_get_ns();
	unsigned long from = (unsigned long)printk;
	unsigned long addr = scan(from, true) ?: scan(from, false);

	return call_target("%pS", addr, calls, start);
}

static void __exit scan_exit(void)
{
}

module_init(scan_init);
module_exit(scan_exit);

MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("Finds a function by printing addresses until its name appears");
