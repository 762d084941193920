// SPDX-License-Identifier: GPL-2.0
/* A run and a ring as JSON, word for word. */
// LINK: kernel/trace/chrome.c kernel/trace/cell_text.c kernel/trace/race.c kernel/trace/cells.c
// LINK: kernel/trace/out.c kernel/trace/names.c kernel/trace/hints.c
#include <linux/errno.h>
#include <linux/string.h>
#include "trace_run.h"
#include "unit.h"

static void export(const struct trace_log *log, unsigned int ticks_per_us)
{
	struct trace_chrome t = {
		.log = log, .names = &test_names, .ticks_per_us = ticks_per_us,
		.pair = trace_find_pair(log, 0),
	};

	trace_chrome_write(&t, test_out());
}

TEST(a_run)
{
	static char want[4096];

	export(test_run_kallsyms(0), 0);
	/* Only where the symbol table's address lies in struct module may change. */
	snprintf(want, sizeof(want),
"{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
"{\"ph\":\"M\",\"pid\":0,\"tid\":0,\"name\":\"thread_name\",\"args\":{\"name\":\"CPU0 lookup\"}},"
"\n"
"{\"ph\":\"M\",\"pid\":0,\"tid\":1,\"name\":\"thread_name\","
"\"args\":{\"name\":\"CPU1 rmmod hello\"}},"
"\n"
"{\"ph\":\"i\",\"pid\":0,\"tid\":0,\"ts\":0.000,\"s\":\"t\",\"cat\":\"runs\","
"\"name\":\"lookup\"},\n"
"{\"ph\":\"i\",\"pid\":0,\"tid\":1,\"ts\":0.000,\"s\":\"t\",\"cat\":\"runs\","
"\"name\":\"rmmod hello\"},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":0,\"ts\":1.000,\"dur\":1.000,"
"\"cat\":\"read\",\"name\":\"read  modules.next -> hello.list\","
"\"args\":{\"step\":1,\"address\":\"0xc000000000500000\",\"size\":8,"
"\"at\":\"module_address_lookup+0x10 (lookup.c:103)\"}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":0,\"ts\":2.000,\"dur\":3.000,"
"\"cat\":\"stolen\",\"name\":\"stolen\",\"args\":{}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":1,\"ts\":2.000,\"dur\":1.000,"
"\"cat\":\"read\",\"name\":\"read  0xc000000000500100 = 7\",\"args\":{\"step\":2,"
"\"address\":\"0xc000000000500100\",\"size\":8,\"at\":\"list_del+0x4\"}},"
"\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":1,\"ts\":3.000,\"dur\":1.000,"
"\"cat\":\"write\",\"name\":\"write modules.next -> modules\","
"\"args\":{\"step\":3,\"address\":\"0xc000000000500000\",\"size\":8,"
"\"at\":\"list_del+0x10\"}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":1,\"ts\":4.000,\"dur\":1.000,"
"\"cat\":\"free\",\"name\":\"free  hello, 8192 bytes\",\"args\":{\"step\":4,"
"\"address\":\"0xc008000000010000\",\"size\":8192}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":1,\"ts\":5.000,\"dur\":2.000,"
"\"cat\":\"waits\",\"name\":\"waits\",\"args\":{}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":0,\"ts\":5.000,\"dur\":1.000,"
"\"cat\":\"read\",\"name\":\"read  hello.symtab\",\"args\":{\"step\":5,"
"\"address\":\"0x%lx\",\"size\":8,\"at\":\"module_address_lookup+0x24 (lookup.c:108)\"}},"
"\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":0,\"ts\":6.000,\"dur\":1.000,"
"\"cat\":\"fault\",\"name\":\"*** USE AFTER FREE: hello.symtab\","
"\"args\":{\"step\":6,\"address\":\"0x%lx\",\"size\":8,"
"\"at\":\"module_address_lookup+0x24 (lookup.c:109)\"}},\n"
"{\"ph\":\"s\",\"pid\":0,\"tid\":1,\"ts\":4.500,\"cat\":\"race\",\"name\":\"race\",\"id\":1},\n"
"{\"ph\":\"f\",\"pid\":0,\"tid\":0,\"ts\":5.500,\"cat\":\"race\","
"\"name\":\"race\",\"id\":1,\"bp\":\"e\"}\n"
"],\"otherData\":{\"dropped\":0}}\n",
		 (unsigned long)HELLO_SYMTAB, (unsigned long)HELLO_SYMTAB);
	CHECK_STR(test_text, want);
}

/* Two slices at a time would be one inside the other, and an arrow would end at the inner one. */
TEST(what_a_cpu_does_at_one_step_shares_its_microsecond)
{
	test_log.n = test_log.dropped = 0;
	test_add(7, 0, TRACE_BARRIER);
	test_add(7, 0, TRACE_BARRIER);
	test_add(7, 1, TRACE_BARRIER);
	test_add(7, 0, TRACE_SWITCH);
	export(&test_log, 0);
	CHECK(strstr(test_text, "\"tid\":0,\"ts\":7.000,\"dur\":0.333,\"cat\":\"barrier\""));
	CHECK(strstr(test_text, "\"tid\":0,\"ts\":7.333,\"dur\":0.333,\"cat\":\"barrier\""));
	CHECK(strstr(test_text, "\"tid\":1,\"ts\":7.000,\"dur\":1.000,\"cat\":\"barrier\""));
	CHECK(strstr(test_text, "\"tid\":0,\"ts\":7.666,\"dur\":0.334,\"cat\":\"waits\""));
}

TEST(a_ring)
{
	struct trace_event *e;

	test_log.n = 0;
	test_log.dropped = 7;
	e = test_add(5120, 3, TRACE_STEAL);
	e->value = 512 * 20 + 256;
	e->pc = LIST_DEL;
	test_text_event(3, TRACE_MARK, "\"odd\"\\\n");
	test_events[1].when = 5632;
	export(&test_log, 512);
	CHECK_STR(test_text,
"{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
"{\"ph\":\"M\",\"pid\":0,\"tid\":3,\"name\":\"thread_name\",\"args\":{\"name\":\"CPU3\"}},\n"
"{\"ph\":\"X\",\"pid\":0,\"tid\":3,\"ts\":0.000,\"dur\":20.500,"
"\"cat\":\"stolen\",\"name\":\"stolen\",\"args\":{\"at\":\"list_del+0x0\"}},"
"\n"
"{\"ph\":\"i\",\"pid\":0,\"tid\":3,\"ts\":1.000,\"s\":\"t\",\"cat\":\"mark\","
"\"name\":\"\\\"odd\\\"\\\\\\u000a\"}\n"
"],\"otherData\":{\"dropped\":7}}\n");
}

TEST(an_empty_log_is_a_document_too)
{
	test_log.n = test_log.dropped = 0;
	export(&test_log, 0);
	CHECK_STR(test_text,
"{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n"
"],\"otherData\":{\"dropped\":0}}\n");
}

static void write_and_fail(struct trace_out *out, const char *s, size_t n)
{
	test_len += n;
	out->err = -ENODEV;
}

TEST(a_writer_that_fails_ends_it)
{
	struct trace_out out = { .write = write_and_fail };
	struct trace_chrome t = {
		.log = test_run_kallsyms(0), .names = &test_names, .pair = { -1, -1 },
	};

	test_len = 0;
	trace_chrome_write(&t, &out);
	CHECK(test_len < 300);
}
