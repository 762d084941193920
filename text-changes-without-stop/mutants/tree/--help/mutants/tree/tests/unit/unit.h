/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a host test is written with:
 *
 *	TEST(sums_add_up)
 *	{
 *		CHECK_EQ(1 + 1, 2);
 *	}
 *
 * A check that fails prints where and what, and the test goes on. main() is in main.c and runs all
 * TESTs in order.
 */
#ifndef _UNIT_H
#define _UNIT_H

#include <linux/types.h>

#define TEST(fn)							\
	static void fn(void);						\
	__attribute__((__constructor__)) static void unit_add_##fn(void)	\
	{								\
		static struct unit_test test = { .name = #fn, .run = fn };	\
		unit_add(&test);					\
	}								\
	static void fn(void)

#define CHECK(cond)		unit_check(!!(cond), __FILE__, __LINE__, #cond)
#define CHECK_EQ(a, b) \
	unit_check_eq((long long)(a), (long long)(b), __FILE__, __LINE__, #a " == " #b)
#define CHECK_PTR(a, b)		CHECK_EQ((unsigned long)(a), (unsigned long)(b))
#define CHECK_STR(a, b)		unit_check_str(a, b, __FILE__, __LINE__, #a " is " #b)
#define CHECK_MEM(a, b, n)	unit_check_mem(a, b, n, __FILE__, __LINE__, #a " is " #b)

struct unit_test {
	const char *name;
	void (*run)(void);
	struct unit_test *next;
};

void unit_add(struct unit_test *test);

/* All return whether the check held, so that a loop can stop at the first failure. */
bool unit_check(bool held, const char *file, int line, const char *what);
bool unit_check_eq(long long a, long long b, const char *file, int line, const char *what);
bool unit_check_str(const char *a, const char *b, const char *file, int line, const char *what);
bool unit_check_mem(const void *a, const void *b, size_t n, const char *file, int line,
		    const char *what);

/* What printk() and cprintf() have said since the last unit_log_clear(), for tests to look at. */
extern char unit_log[65536];
void unit_log_clear(void);

/*
 * kmalloc() calls not yet freed; and make the @n-th call from now on fail (1 = the next; 0 = none).
 */
extern int unit_kmalloc_live;
void unit_kmalloc_fail(int n);

#endif
