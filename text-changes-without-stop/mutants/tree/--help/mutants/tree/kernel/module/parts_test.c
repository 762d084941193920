// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of a module in memory: what each allows, tried by faulting, and what becomes of init's
 * part when init has returned. modules/basics/parts.c has one section of each kind, tally.c a variable
 * per CPU.
 */
#include <kunit/test.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/percpu.h>
#include <stopgap/catch.h>
#include <stopgap/ramdisk.h>

#define DATA_TRAP	0x300
#define FETCH_TRAP	0x400

static void load_file(struct kunit *test, const char *name)
{
	struct ramdisk_file file;

	if (ramdisk_find(name, &file))
		kunit_skip(test, "no %s in the ramdisk", name);
	KUNIT_ASSERT_EQ(test, load_module_image(file.data, file.size, NULL, NULL), 0l);
}

static void load(struct kunit *test)
{
	load_file(test, "parts.ko");
}

static void unload(struct kunit *test)
{
	delete_module("parts");
	delete_module("tally");
	delete_module("trips");
}

/* Read, write or run the word at @addr. Return: the trap that took, 0 for none. */
static unsigned long try_to(char how, unsigned long addr)
{
	struct fault_catch c;

	c.regs.trap = 0;
	if (!catch_fault(&c)) {
		u32 word = READ_ONCE(*(u32 *)addr);

		if (how == 'w')
			WRITE_ONCE(*(u32 *)addr, word);
		else if (how == 'x')
			((int (*)(int))addr)(0);
	}
	catch_end(&c);
	return c.regs.trap;
}

/* What is to happen to a symbol of parts.ko: reading always works. */
struct rights {
	const char *symbol;
	unsigned int write, run;
};

static const struct rights live_rights[] = {
	{ "parts:parts_text", DATA_TRAP, 0 },
	{ "parts:parts_const", DATA_TRAP, FETCH_TRAP },
	{ "parts:parts_limit", DATA_TRAP, FETCH_TRAP },
	{ "parts:parts_data", 0, FETCH_TRAP },
	{ "parts:parts_bss", 0, FETCH_TRAP },
	{ "parts:parts_aligned", 0, FETCH_TRAP },
	{ "parts:__this_module", 0, FETCH_TRAP },
};

static const struct rights coming_rights[] = {
	{ "parts:parts_text", DATA_TRAP, 0 },
	{ "parts:parts_init_text", DATA_TRAP, 0 },
	{ "parts:parts_limit", 0, FETCH_TRAP },
	{ "parts:parts_once", 0, FETCH_TRAP },
};

static void check_rights(struct kunit *test, const struct rights *r, unsigned int num)
{
	for (unsigned int i = 0; i < num; i++) {
		unsigned long addr = kallsyms_lookup_name(r[i].symbol);

		KUNIT_EXPECT_NE_MSG(test, addr, 0ul, "%s", r[i].symbol);
		if (!addr)
			continue;
		KUNIT_EXPECT_EQ_MSG(test, try_to('r', addr), 0ul, "%s", r[i].symbol);
		KUNIT_EXPECT_EQ_MSG(test, try_to('w', addr), (unsigned long)r[i].write, "%s",
				    r[i].symbol);
		KUNIT_EXPECT_EQ_MSG(test, try_to('x', addr), (unsigned long)r[i].run, "%s",
				    r[i].symbol);
	}
}

static void each_part_has_its_rights(struct kunit *test)
{
	load(test);
	check_rights(test, live_rights, ARRAY_SIZE(live_rights));
}

/* ---- before and after init ---- */

static struct kunit *noting;
static unsigned long init_text;

static int note_coming(struct notifier_block *nb, unsigned long action, void *data)
{
	if (action != MODULE_STATE_COMING)
		return NOTIFY_DONE;
	check_rights(noting, coming_rights, ARRAY_SIZE(coming_rights));
	init_text = kallsyms_lookup_name("parts:parts_init_text");
	KUNIT_EXPECT_TRUE(noting, is_module_text_address(init_text));
	return NOTIFY_OK;
}

static void init_is_there_until_it_has_returned(struct kunit *test)
{
	static struct notifier_block nb = { .notifier_call = note_coming };
	char name[KSYM_NAME_LEN + 1];

	noting = test;
	register_module_notifier(&nb);
	load(test);
	unregister_module_notifier(&nb);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("parts:parts_init_text"), 0ul);
	KUNIT_EXPECT_EQ(test, kallsyms_lookup_name("parts:parts_once"), 0ul);
	KUNIT_EXPECT_NULL(test, kallsyms_lookup(init_text, NULL, NULL, NULL, name));
	KUNIT_EXPECT_FALSE(test, is_module_address(init_text));
	KUNIT_EXPECT_EQ(test, try_to('r', init_text), (unsigned long)DATA_TRAP);
}

static void inits_pages_come_back(struct kunit *test)
{
	unsigned long pages = nr_free_pages(), init, core;
	struct module *mod;

	load(test);
	mutex_lock(&module_mutex);
	mod = find_module("parts");
	mutex_unlock(&module_mutex);
	KUNIT_ASSERT_NOT_NULL(test, mod);
	core = mod->core_layout.size / PAGE_SIZE;
	init = mod->init_layout.size;
	KUNIT_EXPECT_EQ(test, init, 0ul);
	/* A page or so goes to kmalloc. */
	KUNIT_EXPECT_LE(test, pages - nr_free_pages(), core + 2);
	KUNIT_EXPECT_EQ(test, delete_module("parts"), 0l);
}

/* ---- variables of which each CPU has one ---- */

/* What modules/basics/tally.c has: 100 at first, then it counts twice on each CPU. */
struct tally {
	char tag;
	long count;
	const char *name;
};

static void each_cpu_has_its_variables(struct kunit *test)
{
	size_t before = percpu_allocated();
	struct tally __percpu *tally;
	struct module *mod;
	unsigned int cpu;

	load_file(test, "tally.ko");
	tally = (void *)kallsyms_lookup_name("tally:tally_var");
	KUNIT_ASSERT_NOT_NULL(test, tally);
	mutex_lock(&module_mutex);
	mod = find_module("tally");
	mutex_unlock(&module_mutex);
	KUNIT_EXPECT_LE(test, mod->percpu_size, percpu_allocated() - before);
	for_each_online_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, per_cpu_ptr(tally, cpu)->count, 102l);
		/* A pointer to the module's own string: the first values are relocated. */
		KUNIT_EXPECT_TRUE(test, within_module_core(
			(unsigned long)per_cpu_ptr(tally, cpu)->name, mod));
		per_cpu_ptr(tally, cpu)->count = 0;
	}
	KUNIT_EXPECT_EQ(test, delete_module("tally"), 0l);
	KUNIT_EXPECT_EQ(test, percpu_allocated(), before);
	/* It finds its first values again, or its init fails. */
	load_file(test, "tally.ko");
	KUNIT_EXPECT_EQ(test, delete_module("tally"), 0l);
}

/* ---- tables of instructions ---- */

static unsigned long during_init;	/* an instruction of init */

static int note_tables(struct notifier_block *nb, unsigned long action, void *data)
{
	if (action != MODULE_STATE_COMING)
		return NOTIFY_DONE;
	during_init = kallsyms_lookup_name("trips:trips_init_load");
	KUNIT_EXPECT_NOT_NULL(noting, search_exception_tables(during_init));
	return NOTIFY_OK;
}

/* Return: an instruction with an entry in the module's table of BUGs. */
static unsigned long first_bug(struct kunit *test, unsigned long from)
{
	for (unsigned long addr = from; addr < from + 64; addr += sizeof(u32))
		if (find_bug(addr))
			return addr;
	KUNIT_FAIL(test, "no BUG behind %pS", (void *)from);
	return 0;
}

static void its_tables_go_with_it(struct kunit *test)
{
	static struct notifier_block nb = { .notifier_call = note_tables };
	const struct exception_table_entry *e;
	unsigned long load, bug;

	noting = test;
	register_module_notifier(&nb);
	load_file(test, "trips.ko");
	unregister_module_notifier(&nb);
	KUNIT_EXPECT_NULL(test, search_exception_tables(during_init));
	load = kallsyms_lookup_name("trips:trips_load");
	e = search_exception_tables(load);
	KUNIT_ASSERT_NOT_NULL(test, e);
	KUNIT_EXPECT_EQ(test, extable_fixup(e), load + 2 * sizeof(u32));
	KUNIT_EXPECT_NULL(test, search_exception_tables(load + sizeof(u32)));
	bug = first_bug(test, kallsyms_lookup_name("trips:trips_never"));
	KUNIT_EXPECT_EQ(test, delete_module("trips"), 0l);
	KUNIT_EXPECT_NULL(test, search_exception_tables(load));
	KUNIT_EXPECT_NULL(test, find_bug(bug));
}

static struct kunit_case parts_cases[] = {
	KUNIT_CASE(each_part_has_its_rights),
	KUNIT_CASE(init_is_there_until_it_has_returned),
	KUNIT_CASE(inits_pages_come_back),
	KUNIT_CASE(each_cpu_has_its_variables),
	KUNIT_CASE(its_tables_go_with_it),
	{}
};

static struct kunit_suite parts_suite = {
	.name = "module_parts",
	.exit = unload,
	.test_cases = parts_cases,
};
kunit_test_suite(parts_suite);
