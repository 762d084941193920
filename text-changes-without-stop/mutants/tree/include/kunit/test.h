/* SPDX-License-Identifier: GPL-2.0 */
/*
 * KUnit's API: tests that run inside the kernel ("kunit" in the shell) and print KTAP. A suite is
 * an array of cases; an EXPECT that fails marks the case as failed and goes on, an ASSERT ends the
 * case.
 *
 *	static void adds(struct kunit *test)
 *	{
 *		KUNIT_EXPECT_EQ(test, 1 + 1, 2);
 *	}
 *	static struct kunit_case sums_cases[] = { KUNIT_CASE(adds), {} };
 *	static struct kunit_suite sums_suite = { .name = "sums", .test_cases = sums_cases };
 *	kunit_test_suite(sums_suite);
 */
#ifndef _KUNIT_TEST_H
#define _KUNIT_TEST_H

#include <asm/setjmp.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/types.h>

enum kunit_status {
	KUNIT_SUCCESS,
	KUNIT_FAILURE,
	KUNIT_SKIPPED,
};

/**
 * struct kunit - the running case
 * @priv: for the suite's init() to hand something to the cases; NULL before it
 */
struct kunit {
	void *priv;
	const char *name;
	enum kunit_status status;
	char status_comment[128];	/* why it was skipped */
	struct list_head resources;	/* what kunit_kmalloc() gave, freed at the end */
	struct kernel_jmp_buf abort;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

/**
 * struct kunit_suite - related cases
 * @name: what filters and KTAP call it
 * @suite_init: before all cases; an error fails the suite
 * @suite_exit: after all cases
 * @init: before each case; an error fails the case
 * @exit: after each case, also when it failed or init() did
 * @test_cases: ended by an empty one
 */
struct kunit_suite {
	const char *name;
	int (*suite_init)(struct kunit_suite *suite);
	void (*suite_exit)(struct kunit_suite *suite);
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

/* Cases, not suites. */
struct kunit_result {
	unsigned int passed, failed, skipped;
};

#define KUNIT_CASE(fn)		{ .run_case = (fn), .name = #fn }
#define kunit_test_suite(suite)						\
	static struct kunit_suite *__PASTE(__kunit_suite_, suite)	\
		__used __section(".kunit_suites") __aligned(8) = &(suite)
#define kunit_test_suites(suite)	kunit_test_suite(suite)

/**
 * kunit_run_tests - run the suites of the kernel and of all loaded modules
 * @filter: "suite", "suite.case", with * and ?; NULL runs all
 * @res: gets the counts
 *
 * Loads kunit.ko, if the kernel's own suites are there.
 * Context: thread. Return: 0, -EIO if a case failed, -ENOENT if nothing matches @filter, or why
 * kunit.ko cannot be loaded.
 */
int kunit_run_tests(const char *filter, struct kunit_result *res);
/* As kunit_run_tests(), over the suites from @start up to @end. */
int kunit_run_suites(struct kunit_suite * const *start, struct kunit_suite * const *end,
		     const char *filter, struct kunit_result *res);

/* Print a line of the case's log. */
void __printf(2, 3) kunit_log(struct kunit *test, const char *fmt, ...);
#define kunit_info(test, fmt, ...)	kunit_log(test, fmt, ##__VA_ARGS__)
#define kunit_warn(test, fmt, ...)	kunit_log(test, fmt, ##__VA_ARGS__)
#define kunit_err(test, fmt, ...)	kunit_log(test, fmt, ##__VA_ARGS__)

/* Memory freed when the case ends. Context: thread. Return: NULL if there is none. */
void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp);
void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp);

/* Leave the case at once. */
void __noreturn kunit_abort(struct kunit *test);
/* Say that the case does not apply here, and leave it. */
void __printf(2, 3) kunit_mark_skipped(struct kunit *test, const char *fmt, ...);
#define kunit_skip(test, fmt, ...) \
	do { kunit_mark_skipped(test, fmt, ##__VA_ARGS__); kunit_abort(test); } while (0)

/* One checked expression, as the failure message needs it. */
struct kunit_loc {
	const char *file;
	int line;
	bool assert;	/* leave the case */
};

#define __KUNIT_LOC(_assert) \
	(&(const struct kunit_loc){ .file = __FILE__, .line = __LINE__, .assert = (_assert) })

/*
 * Mark the case as failed, say why, and leave it if @loc says so. @fmt, if not NULL, is the test's
 * own remark.
 */
void __printf(3, 4) kunit_fail(struct kunit *test, const struct kunit_loc *loc,
			       const char *fmt, ...);
void __printf(5, 6) kunit_fail_bool(struct kunit *test, const struct kunit_loc *loc,
				    const char *expr, bool want, const char *fmt, ...);
void __printf(7, 8) kunit_fail_int(struct kunit *test, const struct kunit_loc *loc,
				   const char *expr, long long left, long long right, bool sign,
				   const char *fmt, ...);
void __printf(6, 7) kunit_fail_ptr(struct kunit *test, const struct kunit_loc *loc,
				   const char *expr, const void *left, const void *right,
				   const char *fmt, ...);
void __printf(6, 7) kunit_fail_str(struct kunit *test, const struct kunit_loc *loc,
				   const char *expr, const char *left, const char *right,
				   const char *fmt, ...);

#define __KUNIT_BOOL(test, assert, cond, want, fmt, ...) do {				\
	if ((bool)(cond) != (want))						\
		kunit_fail_bool(test, __KUNIT_LOC(assert), #cond, want, fmt, ##__VA_ARGS__); \
} while (0)

#define __KUNIT_BINARY(test, assert, a, op, b, fmt, ...) do {			\
	const __typeof__(a) __left = (a);						\
	const __typeof__(b) __right = (b);					\
	if (!(__left op __right))						\
		kunit_fail_int(test, __KUNIT_LOC(assert), #a " " #op " " #b,	\
			       (long long)__left, (long long)__right,		\
			       (__typeof__(a))-1 < (__typeof__(a))1, fmt, ##__VA_ARGS__); \
} while (0)

#define __KUNIT_PTR(test, assert, a, op, b, fmt, ...) do {			\
	const void *__left = (a), *__right = (b);				\
	if (!(__left op __right))						\
		kunit_fail_ptr(test, __KUNIT_LOC(assert), #a " " #op " " #b,	\
			       __left, __right, fmt, ##__VA_ARGS__);		\
} while (0)

#define __KUNIT_STR(test, assert, a, op, b, fmt, ...) do {			\
	const char *__left = (a), *__right = (b);				\
	if (!__left || !__right || !(strcmp(__left, __right) op 0))		\
		kunit_fail_str(test, __KUNIT_LOC(assert), #a " " #op " " #b,	\
			       __left, __right, fmt, ##__VA_ARGS__);		\
} while (0)

#define __KUNIT_NOT_ERR(test, assert, ptr, fmt, ...) do {				\
	const void *__ptr = (ptr);						\
	if (IS_ERR_OR_NULL(__ptr))						\
		kunit_fail_ptr(test, __KUNIT_LOC(assert), #ptr " is a valid pointer", \
			       __ptr, NULL, fmt, ##__VA_ARGS__);			\
} while (0)

#define KUNIT_SUCCEED(test)			do { (void)(test); } while (0)
#define KUNIT_FAIL(test, fmt, ...) \
	kunit_fail(test, __KUNIT_LOC(false), fmt, ##__VA_ARGS__)
#define KUNIT_FAIL_AND_ABORT(test, fmt, ...) \
	kunit_fail(test, __KUNIT_LOC(true), fmt, ##__VA_ARGS__)

/* Each comes with a form that takes a message: KUNIT_EXPECT_EQ_MSG(test, a, b, "round %d", i). */
#define KUNIT_EXPECT_TRUE(t, c)			__KUNIT_BOOL(t, false, c, true, NULL)
#define KUNIT_EXPECT_FALSE(t, c)		__KUNIT_BOOL(t, false, c, false, NULL)
#define KUNIT_EXPECT_EQ(t, a, b)		__KUNIT_BINARY(t, false, a, ==, b, NULL)
#define KUNIT_EXPECT_NE(t, a, b)		__KUNIT_BINARY(t, false, a, !=, b, NULL)
#define KUNIT_EXPECT_LT(t, a, b)		__KUNIT_BINARY(t, false, a, <, b, NULL)
#define KUNIT_EXPECT_LE(t, a, b)		__KUNIT_BINARY(t, false, a, <=, b, NULL)
#define KUNIT_EXPECT_GT(t, a, b)		__KUNIT_BINARY(t, false, a, >, b, NULL)
#define KUNIT_EXPECT_GE(t, a, b)		__KUNIT_BINARY(t, false, a, >=, b, NULL)
#define KUNIT_EXPECT_PTR_EQ(t, a, b)		__KUNIT_PTR(t, false, a, ==, b, NULL)
#define KUNIT_EXPECT_PTR_NE(t, a, b)		__KUNIT_PTR(t, false, a, !=, b, NULL)
#define KUNIT_EXPECT_NULL(t, p)			__KUNIT_PTR(t, false, p, ==, NULL, NULL)
#define KUNIT_EXPECT_NOT_NULL(t, p)		__KUNIT_PTR(t, false, p, !=, NULL, NULL)
#define KUNIT_EXPECT_STREQ(t, a, b)		__KUNIT_STR(t, false, a, ==, b, NULL)
#define KUNIT_EXPECT_STRNEQ(t, a, b)		__KUNIT_STR(t, false, a, !=, b, NULL)
#define KUNIT_EXPECT_NOT_ERR_OR_NULL(t, p)	__KUNIT_NOT_ERR(t, false, p, NULL)

#define KUNIT_EXPECT_TRUE_MSG(t, c, ...)	__KUNIT_BOOL(t, false, c, true, __VA_ARGS__)
#define KUNIT_EXPECT_FALSE_MSG(t, c, ...)	__KUNIT_BOOL(t, false, c, false, __VA_ARGS__)
#define KUNIT_EXPECT_EQ_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, ==, b, __VA_ARGS__)
#define KUNIT_EXPECT_NE_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, !=, b, __VA_ARGS__)
#define KUNIT_EXPECT_LT_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, <, b, __VA_ARGS__)
#define KUNIT_EXPECT_LE_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, <=, b, __VA_ARGS__)
#define KUNIT_EXPECT_GT_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, >, b, __VA_ARGS__)
#define KUNIT_EXPECT_GE_MSG(t, a, b, ...)	__KUNIT_BINARY(t, false, a, >=, b, __VA_ARGS__)
#define KUNIT_EXPECT_PTR_EQ_MSG(t, a, b, ...)	__KUNIT_PTR(t, false, a, ==, b, __VA_ARGS__)
#define KUNIT_EXPECT_NULL_MSG(t, p, ...)	__KUNIT_PTR(t, false, p, ==, NULL, __VA_ARGS__)
#define KUNIT_EXPECT_NOT_NULL_MSG(t, p, ...)	__KUNIT_PTR(t, false, p, !=, NULL, __VA_ARGS__)
#define KUNIT_EXPECT_STREQ_MSG(t, a, b, ...)	__KUNIT_STR(t, false, a, ==, b, __VA_ARGS__)

#define KUNIT_ASSERT_TRUE(t, c)			__KUNIT_BOOL(t, true, c, true, NULL)
#define KUNIT_ASSERT_FALSE(t, c)		__KUNIT_BOOL(t, true, c, false, NULL)
#define KUNIT_ASSERT_EQ(t, a, b)		__KUNIT_BINARY(t, true, a, ==, b, NULL)
#define KUNIT_ASSERT_NE(t, a, b)		__KUNIT_BINARY(t, true, a, !=, b, NULL)
#define KUNIT_ASSERT_LT(t, a, b)		__KUNIT_BINARY(t, true, a, <, b, NULL)
#define KUNIT_ASSERT_LE(t, a, b)		__KUNIT_BINARY(t, true, a, <=, b, NULL)
#define KUNIT_ASSERT_GT(t, a, b)		__KUNIT_BINARY(t, true, a, >, b, NULL)
#define KUNIT_ASSERT_GE(t, a, b)		__KUNIT_BINARY(t, true, a, >=, b, NULL)
#define KUNIT_ASSERT_PTR_EQ(t, a, b)		__KUNIT_PTR(t, true, a, ==, b, NULL)
#define KUNIT_ASSERT_PTR_NE(t, a, b)		__KUNIT_PTR(t, true, a, !=, b, NULL)
#define KUNIT_ASSERT_NULL(t, p)			__KUNIT_PTR(t, true, p, ==, NULL, NULL)
#define KUNIT_ASSERT_NOT_NULL(t, p)		__KUNIT_PTR(t, true, p, !=, NULL, NULL)
#define KUNIT_ASSERT_STREQ(t, a, b)		__KUNIT_STR(t, true, a, ==, b, NULL)
#define KUNIT_ASSERT_NOT_ERR_OR_NULL(t, p)	__KUNIT_NOT_ERR(t, true, p, NULL)

#define KUNIT_ASSERT_TRUE_MSG(t, c, ...)	__KUNIT_BOOL(t, true, c, true, __VA_ARGS__)
#define KUNIT_ASSERT_EQ_MSG(t, a, b, ...)	__KUNIT_BINARY(t, true, a, ==, b, __VA_ARGS__)
#define KUNIT_ASSERT_NOT_NULL_MSG(t, p, ...)	__KUNIT_PTR(t, true, p, !=, NULL, __VA_ARGS__)

#endif
