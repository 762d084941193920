// SPDX-License-Identifier: GPL-2.0
/* One of each kind of section that a module can have, and init says whether all is as it should be. */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>

#define LARGEST_ALIGN	65536

/* For tests to look up by name. */
extern int parts_data, parts_bss[5000], parts_limit, parts_once;
extern const int parts_const;
extern char parts_aligned[];
int parts_text(int x);
int parts_init_text(int x);

int parts_data = 1;
int parts_bss[5000];
int parts_limit __ro_after_init = 2;
int parts_once __initdata = 3;
const int parts_const = 4;
static const int const_once __initconst = 5;
char parts_aligned[1] __aligned(LARGEST_ALIGN);
static char nothing[0] __used __section(".data.nothing");
static int constructed;

extern int parts_missing(void) __weak;

static __attribute__((constructor(101))) void first_ctor(void)
{
	constructed = 1;
}

static __attribute__((constructor)) void last_ctor(void)
{
	constructed = constructed * 10 + 2;
}

noinline int parts_text(int x)
{
	return x + parts_data;
}

noinline int __init parts_init_text(int x)
{
	return parts_text(x) + parts_once + const_once;
}

static bool __init bss_is_clear(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(parts_bss); i++)
		if (parts_bss[i])
			return false;
	return true;
}

static int __init parts_init(void)
{
	bool good = constructed == 12 && bss_is_clear() && !parts_missing &&
		    parts_init_text(10) == 19 &&
		    !((unsigned long)parts_aligned & (LARGEST_ALIGN - 1));

	parts_limit = 20;
	parts_aligned[0] = nothing - nothing;
	return good ? 0 : -EINVAL;
}

static void __exit parts_exit(void)
{
}

module_init(parts_init);
module_exit(parts_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("One of each kind of section");
