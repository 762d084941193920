// SPDX-License-Identifier: GPL-2.0
/*
 * Runs KUnit suites and prints KTAP version 1 (the format of Linux's
 * Documentation/dev-tools/ktap.rst). One runner at a time: cases may use static data.
 */
#include <kunit/test.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>

#define INDENT	"    "

/* Memory that goes with the case: the header in front of what kunit_kmalloc() returned. */
struct kunit_resource {
	struct list_head list;
	char data[] __aligned(16);
};

void *kunit_kmalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	struct kunit_resource *res = kmalloc(sizeof(*res) + size, gfp);

	if (!res)
		return NULL;
	list_add(&res->list, &test->resources);
	return res->data;
}
EXPORT_SYMBOL_GPL(kunit_kmalloc);

void *kunit_kzalloc(struct kunit *test, size_t size, gfp_t gfp)
{
	return kunit_kmalloc(test, size, gfp | __GFP_ZERO);
}
EXPORT_SYMBOL_GPL(kunit_kzalloc);

static void free_resources(struct kunit *test)
{
	struct kunit_resource *res, *next;

	list_for_each_entry_safe(res, next, &test->resources, list) {
		list_del(&res->list);
		kfree(res);
	}
}

static void log_va(const char *fmt, va_list args)
{
	cprintf(INDENT "# ");
	vcprintf(fmt, args);
	cprintf("\n");
}

void kunit_log(struct kunit *test, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	cprintf(INDENT "# %s: %s%s", test->name, text, strchr(text, '\n') ? "" : "\n");
}
EXPORT_SYMBOL_GPL(kunit_log);

void kunit_mark_skipped(struct kunit *test, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(test->status_comment, sizeof(test->status_comment), fmt, args);
	va_end(args);
	test->status = KUNIT_SKIPPED;
}
EXPORT_SYMBOL_GPL(kunit_mark_skipped);

void kunit_abort(struct kunit *test)
{
	kernel_longjmp(&test->abort, 1);
}
EXPORT_SYMBOL_GPL(kunit_abort);

/* The first line of a failure. */
static void fail_head(struct kunit *test, const struct kunit_loc *loc)
{
	test->status = KUNIT_FAILURE;
	cprintf(INDENT "# %s: %s FAILED at %s:%d\n", test->name,
		loc->assert ? "ASSERTION" : "EXPECTATION", loc->file, loc->line);
}

/* The test's own remark, and the end of the case if it was an assertion. */
static void fail_tail(struct kunit *test, const struct kunit_loc *loc, const char *fmt,
		      va_list args)
{
	if (fmt)
		log_va(fmt, args);
	if (loc->assert)
		kunit_abort(test);
}

void kunit_fail(struct kunit *test, const struct kunit_loc *loc, const char *fmt, ...)
{
	va_list args;

	fail_head(test, loc);
	va_start(args, fmt);
	fail_tail(test, loc, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(kunit_fail);

void kunit_fail_bool(struct kunit *test, const struct kunit_loc *loc, const char *expr, bool want,
		     const char *fmt, ...)
{
	va_list args;

	fail_head(test, loc);
	cprintf(INDENT "# Expected %s to be %s, but it is %s\n", expr, want ? "true" : "false",
		want ? "false" : "true");
	va_start(args, fmt);
	fail_tail(test, loc, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(kunit_fail_bool);

static void print_value(const char *side, long long val, bool sign)
{
	if (sign)
		cprintf(INDENT "#   %s %lld (0x%llx)\n", side, val, val);
	else
		cprintf(INDENT "#   %s %llu (0x%llx)\n", side, val, val);
}

void kunit_fail_int(struct kunit *test, const struct kunit_loc *loc, const char *expr,
		    long long left, long long right, bool sign, const char *fmt, ...)
{
	va_list args;

	fail_head(test, loc);
	cprintf(INDENT "# Expected %s, but\n", expr);
	print_value("left: ", left, sign);
	print_value("right:", right, sign);
	va_start(args, fmt);
	fail_tail(test, loc, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(kunit_fail_int);

void kunit_fail_ptr(struct kunit *test, const struct kunit_loc *loc, const char *expr,
		    const void *left, const void *right, const char *fmt, ...)
{
	va_list args;

	fail_head(test, loc);
	cprintf(INDENT "# Expected %s, but\n", expr);
	cprintf(INDENT "#   left:  %px (%pe)\n" INDENT "#   right: %px\n", left, left, right);
	va_start(args, fmt);
	fail_tail(test, loc, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(kunit_fail_ptr);

void kunit_fail_str(struct kunit *test, const struct kunit_loc *loc, const char *expr,
		    const char *left, const char *right, const char *fmt, ...)
{
	va_list args;

	fail_head(test, loc);
	cprintf(INDENT "# Expected %s, but\n", expr);
	cprintf(INDENT "#   left:  \"%s\"\n" INDENT "#   right: \"%s\"\n", left, right);
	va_start(args, fmt);
	fail_tail(test, loc, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(kunit_fail_str);

/* init() and the case itself, as far as an assertion lets them. */
static void run_body(struct kunit_suite *suite, const struct kunit_case *c, struct kunit *test)
{
	int err;

	if (kernel_setjmp(&test->abort))
		return;
	err = suite->init ? suite->init(test) : 0;
	if (err) {
		kunit_log(test, "init failed: %pe", ERR_PTR(err));
		test->status = KUNIT_FAILURE;
		return;
	}
	c->run_case(test);
}

static void run_exit(struct kunit_suite *suite, struct kunit *test)
{
	if (suite->exit && !kernel_setjmp(&test->abort))
		suite->exit(test);
}

static void count(struct kunit_result *res, enum kunit_status status)
{
	switch (status) {
	case KUNIT_SUCCESS:
		res->passed++;
		break;
	case KUNIT_FAILURE:
		res->failed++;
		break;
	case KUNIT_SKIPPED:
		res->skipped++;
		break;
	}
}

static void run_case(struct kunit_suite *suite, const struct kunit_case *c, unsigned int number,
		     struct kunit_result *res)
{
	struct kunit test = { .name = c->name, .resources = LIST_HEAD_INIT(test.resources) };
	bool skipped;

	run_body(suite, c, &test);
	run_exit(suite, &test);
	free_resources(&test);
	count(res, test.status);
	skipped = test.status == KUNIT_SKIPPED;
	cprintf(INDENT "%s %u %s%s%s\n", test.status == KUNIT_FAILURE ? "not ok" : "ok", number,
		c->name, skipped ? " # SKIP " : "", skipped ? test.status_comment : "");
}

/* Which cases to run: "suite" or "suite.case", globs both. */
struct filter {
	char suite[64];
	const char *kase;	/* NULL: all */
};

static void split_filter(struct filter *f, const char *text)
{
	const char *dot = strchr(text, '.');
	size_t len = dot ? (size_t)(dot - text) : strlen(text);

	strscpy(f->suite, text, min(len + 1, sizeof(f->suite)));
	f->kase = dot ? dot + 1 : NULL;
}

static unsigned int count_cases(const struct kunit_suite *suite, const struct filter *f)
{
	const struct kunit_case *c;
	unsigned int n = 0;

	if (!glob_match(f->suite, suite->name))
		return 0;
	for (c = suite->test_cases; c->run_case; c++)
		n += !f->kase || glob_match(f->kase, c->name);
	return n;
}

/* Cases cannot run if suite_init() fails: the whole suite is one failure. */
static bool start_suite(struct kunit_suite *suite, unsigned int number, struct kunit_result *res)
{
	int err = suite->suite_init ? suite->suite_init(suite) : 0;

	if (!err)
		return true;
	cprintf(INDENT "# suite_init failed: %pe\nnot ok %u %s\n", ERR_PTR(err), number,
		suite->name);
	res->failed++;
	return false;
}

static void run_suite(struct kunit_suite *suite, const struct filter *f, unsigned int number,
		      struct kunit_result *res)
{
	unsigned int failed_before = res->failed, n = 0;
	const struct kunit_case *c;

	cprintf(INDENT "KTAP version 1\n" INDENT "# Subtest: %s\n" INDENT "1..%u\n", suite->name,
		count_cases(suite, f));
	if (!start_suite(suite, number, res))
		return;
	for (c = suite->test_cases; c->run_case; c++)
		if (!f->kase || glob_match(f->kase, c->name))
			run_case(suite, c, ++n, res);
	if (suite->suite_exit)
		suite->suite_exit(suite);
	cprintf("%s %u %s\n", res->failed == failed_before ? "ok" : "not ok", number, suite->name);
}

int kunit_run_suites(struct kunit_suite * const *start, struct kunit_suite * const *end,
		     const char *filter, struct kunit_result *res)
{
	struct kunit_suite * const *suite;
	unsigned int suites = 0, n = 0;
	struct filter f;

	*res = (struct kunit_result){ 0 };
	split_filter(&f, filter ? filter : "*");
	for (suite = start; suite < end; suite++)
		suites += count_cases(*suite, &f) != 0;
	if (!suites)
		return -ENOENT;
	cprintf("KTAP version 1\n1..%u\n", suites);
	for (suite = start; suite < end; suite++)
		if (count_cases(*suite, &f))
			run_suite(*suite, &f, ++n, res);
	cprintf("# Totals: pass:%u fail:%u skip:%u total:%u\n", res->passed, res->failed,
		res->skipped, res->passed + res->failed + res->skipped);
	return res->failed ? -EIO : 0;
}
