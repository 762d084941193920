// SPDX-License-Identifier: GPL-2.0
/* Who races with whom in a log; what its hash depends on, and what not; the table behind both. */
// LINK: kernel/trace/race.c kernel/trace/cells.c kernel/trace/hash.c kernel/trace/names.c
// LINK: kernel/trace/hints.c
#include "trace_run.h"
#include "unit.h"

static void check_pair(unsigned long addr, int first, int second)
{
	struct trace_pair pair = trace_find_pair(&test_log, addr);

	CHECK_EQ(pair.first, first);
	CHECK_EQ(pair.second, second);
}

static bool conflicts(unsigned int i)
{
	struct trace_conflicts c;

	trace_conflicts_find(&c, &test_log, test_cells());
	return trace_conflicts_has(&c, i);
}

TEST(two_readers_do_not_conflict)
{
	test_begin();
	test_access(1, 0, TRACE_READ, MODULES, 0, 0);
	test_access(2, 1, TRACE_READ, MODULES, 0, 0);
	CHECK(!conflicts(2));
	check_pair(0, -1, -1);
}

TEST(one_cpu_does_not_conflict_with_itself)
{
	test_begin();
	test_access(1, 0, TRACE_READ, MODULES, 0, 0);
	test_access(2, 0, TRACE_WRITE, MODULES, 0, 0);
	CHECK(!conflicts(3));
	check_pair(0, -1, -1);
}

TEST(the_last_pair_before_the_end_races)
{
	test_begin();
	test_access(1, 0, TRACE_WRITE, MODULES, 0, 0);
	test_access(2, 1, TRACE_READ, MODULES, 0, 0);
	test_access(3, 0, TRACE_WRITE, MODULES + 8, 0, 0);
	test_access(4, 1, TRACE_READ, MODULES + 8, 0, 0);
	test_access(5, 1, TRACE_READ, PRIVATE, 0, 0);
	CHECK(conflicts(2));
	CHECK(!conflicts(6));
	check_pair(0, 4, 5);
	check_pair(MODULES, 2, 3);
	check_pair(MODULES + 15, 4, 5);
	check_pair(PRIVATE, -1, -1);
}

TEST(locks_meet_but_do_not_race)
{
	test_begin();
	test_access(1, 0, TRACE_LOCK, MODULES, 0, 0);
	test_access(2, 1, TRACE_LOCK, MODULES, 0, 0);
	CHECK(conflicts(2));
	check_pair(0, -1, -1);
}

TEST(a_fault_races_with_who_freed_the_memory)
{
	test_run_kallsyms(0);
	check_pair(0, 6, 8);
	CHECK_EQ(test_events[6].kind, TRACE_FREE);
	CHECK_EQ(test_events[8].kind, TRACE_READ);
	CHECK(conflicts(6));
	CHECK(conflicts(8));
	CHECK(!conflicts(4));
}

/* Without the free in the log, the last pair before the fault has to do. */
TEST(a_fault_out_of_the_blue)
{
	test_run_kallsyms(0);
	test_events[6].size = 1;
	check_pair(0, 2, 5);
}

static void add_fault(unsigned int cpu, unsigned long addr, u32 size)
{
	struct trace_event *e = test_add(9, cpu, TRACE_FAULT);

	e->addr = addr;
	e->size = size;
}

/* Nobody can write at NULL, but somebody has written the NULL that led there; others race nearer to the fault. */
TEST(a_fault_at_null_races_with_who_wrote_the_pointer)
{
	test_begin();
	test_access(1, 1, TRACE_WRITE, HELLO, 0, 0);
	test_access(2, 0, TRACE_READ, HELLO, 0, 0);
	test_access(3, 0, TRACE_READ, PRIVATE, 0, 0);
	test_access(4, 1, TRACE_WRITE, MODULES, 1, 0);
	test_access(5, 0, TRACE_READ, MODULES, 1, 0);
	test_access(6, 1, TRACE_WRITE, MODULES + 8, 0x2000, 0);
	test_access(7, 0, TRACE_READ, MODULES + 8, 0x2000, 0);
	test_access(8, 0, TRACE_WRITE, PRIVATE, TRACE_NO_VALUE, 0);
	add_fault(0, 0x10, 1);
	test_events[5].value = test_events[6].value = HELLO;
	check_pair(0, 2, 3);
	/* What has been read is not what that CPU has written. */
	test_events[2].value = 8;
	check_pair(0, 7, 8);
}

TEST(who_complains_is_one_side)
{
	test_begin();
	test_access(1, 0, TRACE_WRITE, HELLO, 1, 0);
	test_access(2, 2, TRACE_READ, HELLO, 1, 0);
	test_access(3, 0, TRACE_WRITE, MODULES, 1, 0);
	test_access(4, 1, TRACE_READ, MODULES, 1, 0);
	add_fault(2, 0, 1);
	check_pair(0, 2, 3);
	test_events[6].cpu = 3;
	check_pair(0, 4, 5);
}

/* A deadlock is not between two accesses, whatever came last. */
TEST(who_is_stuck_races_with_nobody)
{
	test_begin();
	test_access(1, 0, TRACE_WRITE, MODULES, 0, 0);
	test_access(2, 1, TRACE_READ, MODULES, 0, 0);
	add_fault(0, 0, 1);
	check_pair(0, 2, 3);
	test_events[4].size = 0;
	check_pair(0, -1, -1);
}

/* ---- the hash ---- */

static u64 hash(const struct trace_log *log)
{
	static struct trace_cell cell[256];
	static struct trace_cells places = { .cell = cell, .size = ARRAY_SIZE(cell) };
	struct trace_conflicts c;

	trace_conflicts_find(&c, log, test_cells());
	return trace_hash(&c, &test_names, &places);
}

TEST(the_hash_does_not_depend_on_where_modules_lie)
{
	u64 one = hash(test_run_kallsyms(0));

	CHECK_EQ(hash(test_run_kallsyms(0x30000)), one);
	CHECK_EQ(hash(test_run_kallsyms(0)), one);
}

TEST(the_hash_leaves_values_out)
{
	u64 one = hash(test_run_kallsyms(0));

	test_events[5].value++;
	CHECK_EQ(hash(&test_log), one);
}

TEST(the_hash_leaves_out_what_a_cpu_does_by_itself)
{
	u64 one = hash(test_run_kallsyms(0));

	CHECK_EQ(test_events[4].addr, PRIVATE);
	test_events[4].addr += 8;
	test_events[4].pc += 4;
	test_events[3].value = 2;
	CHECK_EQ(hash(&test_log), one);
}

TEST(the_hash_depends_on_cpu_code_address_and_kind)
{
	u64 one = hash(test_run_kallsyms(0));

	test_events[5].pc += 4;
	CHECK(hash(&test_log) != one);
	test_run_kallsyms(0);
	test_events[5].kind = TRACE_ATOMIC;
	CHECK(hash(&test_log) != one);
	test_run_kallsyms(0);
	test_events[2].cpu = 2;
	CHECK(hash(&test_log) != one);
	test_run_kallsyms(0);
	test_events[5].addr = test_events[2].addr += 8;
	CHECK(hash(&test_log) != one);
	test_run_kallsyms(0);
	test_log.n--;
	CHECK(hash(&test_log) != one);
}

TEST(the_hash_depends_on_order)
{
	u64 one = hash(test_run_kallsyms(0));
	struct trace_event e = test_events[2];

	test_events[2] = test_events[5];
	test_events[5] = e;
	CHECK(hash(&test_log) != one);
}

/* Which of two objects of the heap comes first does matter. */
TEST(the_hash_tells_two_objects_apart)
{
	u64 one;

	test_begin();
	test_access(1, 0, TRACE_WRITE, HELLO, 0, 0);
	test_access(2, 1, TRACE_WRITE, HELLO + 8, 0, 0);
	test_access(3, 1, TRACE_WRITE, HELLO, 0, 0);
	test_access(4, 0, TRACE_WRITE, HELLO + 8, 0, 0);
	one = hash(&test_log);
	test_events[4].addr = HELLO + 8;
	test_events[5].addr = HELLO;
	CHECK(hash(&test_log) != one);
}

/* ---- the table, and members ---- */

TEST(a_full_table_refuses_without_an_end)
{
	struct trace_cell cell[4];
	struct trace_cells cells = { .cell = cell, .size = ARRAY_SIZE(cell) };
	unsigned int i;

	trace_cells_clear(&cells);
	for (i = 0; i < 3; i++)
		CHECK_EQ(trace_cells_get(&cells, 100 + i)->nth, i);
	CHECK_PTR(trace_cells_get(&cells, 200), NULL);
	CHECK_EQ(trace_cells_get(&cells, 101)->nth, 1);
}

static void check_name(unsigned long addr, const char *want)
{
	char name[64] = "";

	CHECK_EQ(trace_object_name(name, sizeof(name), addr), strlen(want));
	CHECK_STR(name, want);
}

TEST(members_have_names)
{
	test_begin();
	trace_name_object(HELLO, 0x2000, NULL, "hello");
	trace_name_object(HELLO + 0x1000, sizeof(struct module), "module", "hello");
	trace_name_object(HELLO + 0x1800, 3 * sizeof(Elf64_Sym), "Elf64_Sym", "hello.symtab");
	check_name(HELLO, "hello");
	check_name(HELLO + 0x10, "hello+0x10");
	check_name(HELLO_LIST, "hello.list.next");
	check_name(HELLO_LIST + 8, "hello.list.prev");
	check_name(HELLO + 0x1000 + offsetof(struct module, name) + 3, "hello.name+0x3");
	check_name(HELLO + 0x1800 + 2 * sizeof(Elf64_Sym) + offsetof(Elf64_Sym, st_size),
		   "hello.symtab[2].st_size");
	check_name(HELLO + 0x2000, "");
	check_name(HELLO - 1, "");
}

/* More names than the table holds: the oldest goes. */
TEST(the_newest_names_count)
{
	unsigned int i;

	test_begin();
	trace_name_object(HELLO, 8, NULL, "old");
	trace_name_object(HELLO, 8, NULL, "new");
	check_name(HELLO, "new");
	for (i = 0; i < 64; i++)
		trace_name_object(PRIVATE, 8, NULL, "filler");
	check_name(HELLO, "");
	check_name(PRIVATE, "filler");
}
