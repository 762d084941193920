// SPDX-License-Identifier: GPL-2.0
/* Stories of made-up runs, word for word. */
// LINK: kernel/trace/story.c kernel/trace/cell_text.c kernel/trace/race.c kernel/trace/cells.c
// LINK: kernel/trace/out.c kernel/trace/names.c kernel/trace/hints.c
#include "trace_run.h"
#include "unit.h"

static void tell(const struct trace_log *log, bool all)
{
	struct trace_conflicts conflicts;
	struct trace_story story = {
		.log = log, .names = &test_names, .conflicts = &conflicts, .all = all,
		.pair = trace_find_pair(log, 0),
	};

	struct trace_out *out = test_out();

	trace_conflicts_find(&conflicts, log, test_cells());
	trace_pair_print(&story, out);
	trace_story_print(&story, out);
}

TEST(a_use_after_free)
{
	tell(test_run_kallsyms(0), false);
	CHECK_STR(test_text,
"race: step 4, CPU1: free  hello, 8192 bytes\n"
" and: step 5, CPU0: read  hello.symtab  at module_address_lookup+0x24 (lookup.c:108)\n"
"      CPU0  lookup                         CPU1  rmmod hello\n"
"      module_address_lookup():\n"
"   1    read  modules.next -> hello.list\n"
"      ---- stolen ----                       (1 more)\n"
"                                           list_del():\n"
"   3                                         write modules.next -> modules\n"
"   4                                         free  hello, 8192 bytes  <==\n"
"   5    read  hello.symtab  <==            ---- waits ----\n"
"   6  *** USE AFTER FREE: hello.symtab\n");
}

TEST(all_of_it)
{
	tell(test_run_kallsyms(0), true);
	CHECK_STR(test_text,
"race: step 4, CPU1: free  hello, 8192 bytes\n"
" and: step 5, CPU0: read  hello.symtab  at module_address_lookup+0x24 (lookup.c:108)\n"
"      CPU0  lookup                         CPU1  rmmod hello\n"
"      module_address_lookup():\n"
"   1    read  modules.next -> hello.list\n"
"   2  ---- stolen ----\n"
"                                           list_del():\n"
"   2                                         read  0xc000000000500100 = 7\n"
"   3                                         write modules.next -> modules\n"
"   4                                         free  hello, 8192 bytes  <==\n"
"   5                                       ---- waits ----\n"
"   5    read  hello.symtab  <==\n"
"   6  *** USE AFTER FREE: hello.symtab\n");
}

TEST(three_cpus_and_a_thread_that_changes)
{
	test_begin();
	test_text_event(4, TRACE_THREAD, "insmod");
	test_access(1, 0, TRACE_LOCK, MODULES + 8, TRACE_NO_VALUE, 0);
	test_access(2, 4, TRACE_ATOMIC, MODULES + 8, 0x12345678, LIST_DEL);
	test_text_event(4, TRACE_THREAD, "migration/4");
	test_add(3, 4, TRACE_IPI)->value = 1;
	test_add(4, 4, TRACE_SWITCH)->value = 1;
	test_text_event(1, TRACE_MARK, "stopped");
	test_events[test_log.n - 1].when = 5;
	test_access(6, 1, TRACE_UNLOCK, MODULES + 8, TRACE_NO_VALUE, LIST_DEL + 4);
	tell(&test_log, false);
	CHECK_STR(test_text,
"      CPU0  lookup           CPU1  rmmod hello       CPU4  insmod\n"
"   1    lock  modules.prev\n"
"                                                     list_del():\n"
"   2                                                   atomic modules.prev = 0x12345678\n"
"                                                     [migration/4]\n"
"   3                                                   ipi   to CPU1\n"
"   5                         stopped                 ---- waits ----\n"
"                             list_del():\n"
"   6                           unlock modules.prev\n");
}

/* A switch is told only between two stretches that are told. */
TEST(what_concerns_nobody_else_is_left_out)
{
	test_begin();
	test_access(1, 0, TRACE_WRITE, PRIVATE, 1, LOOKUP);
	test_add(2, 0, TRACE_STEAL)->value = 1;
	test_access(2, 1, TRACE_READ, MODULES, 1, LIST_DEL);
	test_add(3, 1, TRACE_STEAL)->value = 0;
	test_access(3, 0, TRACE_WRITE, PRIVATE, 2, LOOKUP);
	tell(&test_log, false);
	CHECK_STR(test_text,
"      CPU0  lookup   CPU1  rmmod hello\n"
"        (2 more)       (1 more)\n");
}

/* The end is where the failure is. */
TEST(of_a_long_run_the_end_is_told)
{
	unsigned int i;

	test_begin();
	for (i = 0; i < 200; i++)
		test_access(i, i % 2, TRACE_WRITE, MODULES, i, 0);
	test_log.dropped = 3;
	tell(&test_log, false);
	CHECK(strstr(test_text, "(the first 82 events are left out)\n") != NULL);
	CHECK(!strstr(test_text, "modules.next = 79\n"));
	CHECK(strstr(test_text, "  80    write modules.next = 80\n") != NULL);
	CHECK(strstr(test_text, " 199 ") != NULL);
	CHECK(strstr(test_text, "(the log is full: 3 more events)\n") != NULL);
	tell(&test_log, true);
	CHECK(!strstr(test_text, "left out"));
	CHECK(strstr(test_text, "   0    write modules.next = 0\n") != NULL);
}

TEST(texts_are_cut_to_their_cell)
{
	static char name[TRACE_CELL_LEN];
	char want[TRACE_CELL_LEN];

	memset(name, 'x', sizeof(name) - 1);
	test_begin();
	trace_name_object(HELLO, 8, NULL, name);
	test_access(1, 0, TRACE_WRITE, HELLO, HELLO, 0);
	test_access(2, 1, TRACE_WRITE, HELLO, HELLO, 0);
	tell(&test_log, false);
	snprintf(want, sizeof(want), "   1    write %.31s -> %.31s  <==\n", name, name);
	CHECK(strstr(test_text, want) != NULL);
}
