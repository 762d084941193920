// SPDX-License-Identifier: GPL-2.0
/* kallsyms_lookup() and the printers over a small table and one module, which is made up here. */
// LINK: kernel/module/kallsyms.c kernel/module/kallsyms_table.c
// LINK: tools/kallsyms/compress.c tools/kallsyms/encode.c tools/kallsyms/symbols.c
// LINK: tools/kallsyms/util.c
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <stopgap/unlink_policy.h>
#include "tools/kallsyms/kallsyms.h"
#include "unit.h"

#define BASE	0xc000000000400000ul
#define MODULE	0xc008000000000000ul

/* What the linker provides in a kernel. */
struct kallsyms_table kallsyms_kernel_table;
char _stext[1], _etext[1], _end[1];

/* The printers switch preemption off meanwhile. */
static struct task_struct thread;
struct task_struct *unit_current = &thread;

void preempt_schedule(void)
{
}

static struct kallsyms_image image;
static char module_name[] = "hello";
static const char *module_symbol = "hello_init";

/* A policy that wants its readers bracketed, and counts. */
static int read_depth, read_sections;

static void begin_read(void)
{
	read_depth++;
	read_sections++;
}

static void end_read(void)
{
	read_depth--;
}

const struct unlink_policy *unlink_policy_get(void)
{
	static const struct unlink_policy counting = { .read_lock = begin_read, .read_unlock = end_read };

	return &counting;
}

const char *module_address_lookup(unsigned long addr, unsigned long *size, unsigned long *offset,
				  char **modname);
const char *module_address_lookup(unsigned long addr, unsigned long *size, unsigned long *offset,
				  char **modname)
{
	CHECK_EQ(read_depth, 1);
	if (addr < MODULE || addr >= MODULE + 0x40)
		return NULL;
	*size = 0x40;
	*offset = addr - MODULE;
	*modname = module_name;
	return module_symbol;
}

unsigned long module_kallsyms_lookup_name(const char *name);
unsigned long module_kallsyms_lookup_name(const char *name)
{
	return strcmp(name, "hello_init") && strcmp(name, "hello:hello_init") ? 0 : MODULE;
}

static void add(struct ksym_list *list, const char *name, unsigned long addr, unsigned long size)
{
	struct ksym sym = { .name = (char *)name, .addr = addr, .size = size, .sized = true,
			    .section_end = ~0ul, .type = 'T' };

	ksym_list_add(list, &sym);
}

static void make_table(void)
{
	struct ksym_list list = { 0 };

	add(&list, "start", BASE, 0x10);
	add(&list, "schedule", BASE + 0x10, 0x80);
	add(&list, "same", BASE + 0x100, 0x10);
	add(&list, "same", BASE + 0x200, 0x10);
	ksym_list_finish(&list);
	kallsyms_encode(&image, &list);
	ksym_list_free(&list);
	kallsyms_kernel_table = image.table;
}

static void check_print(int (*print)(char *, unsigned long), unsigned long addr, const char *want)
{
	char text[KSYM_SYMBOL_LEN];

	CHECK_EQ(print(text, addr), strlen(want));
	CHECK_STR(text, want);
	CHECK_EQ(preempt_count(), 0);
}

TEST(addresses_of_the_kernel_and_of_a_module_resolve)
{
	char name[KSYM_NAME_LEN + 1], *modname = name;
	unsigned long size, offset;

	make_table();
	CHECK_PTR(kallsyms_lookup(BASE + 0x14, &size, &offset, &modname, name), name);
	CHECK_STR(name, "schedule");
	CHECK_EQ(size, 0x80);
	CHECK_EQ(offset, 4);
	CHECK_PTR(modname, NULL);
	CHECK_PTR(kallsyms_lookup(MODULE + 8, &size, &offset, &modname, name), name);
	CHECK_STR(name, "hello_init");
	CHECK_EQ(size, 0x40);
	CHECK_EQ(offset, 8);
	CHECK_PTR(modname, module_name);
	CHECK_PTR(kallsyms_lookup(MODULE + 0x40, &size, &offset, &modname, name), NULL);
	CHECK_PTR(kallsyms_lookup(BASE + 0x90, NULL, NULL, NULL, name), NULL);
	CHECK_PTR(kallsyms_lookup(BASE, NULL, NULL, NULL, name), name);
	kallsyms_image_free(&image);
}

TEST(a_module_s_name_is_copied_and_cut_to_the_buffer)
{
	char longest[2 * KSYM_NAME_LEN], name[KSYM_NAME_LEN + 1], text[KSYM_SYMBOL_LEN + 1];

	make_table();
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	module_symbol = longest;
	CHECK(kallsyms_lookup(MODULE, NULL, NULL, NULL, name) == name);
	CHECK_EQ(strlen(name), KSYM_NAME_LEN);
	text[KSYM_SYMBOL_LEN] = '!';
	CHECK_EQ(sprint_symbol(text, MODULE + 0x10), KSYM_NAME_LEN + strlen("+0x10/0x40 [hello]"));
	CHECK_STR(text + KSYM_NAME_LEN, "+0x10/0x40 [hello]");
	CHECK_EQ(text[KSYM_SYMBOL_LEN], '!');
	module_symbol = "hello_init";
	kallsyms_image_free(&image);
}

TEST(modules_are_looked_at_inside_a_read_section)
{
	char name[KSYM_NAME_LEN + 1];
	int before = read_sections;

	make_table();
	CHECK(kallsyms_lookup(MODULE, NULL, NULL, NULL, name));
	CHECK(!kallsyms_lookup(MODULE + 0x40, NULL, NULL, NULL, name));
	CHECK_EQ(read_sections, before + 2);
	CHECK_EQ(read_depth, 0);
	kallsyms_image_free(&image);
}

TEST(names_resolve_first_in_the_kernel_then_in_modules)
{
	make_table();
	CHECK_EQ(kallsyms_lookup_name("schedule"), BASE + 0x10);
	CHECK_EQ(kallsyms_lookup_name("same"), BASE + 0x100);
	CHECK_EQ(kallsyms_lookup_name("hello_init"), MODULE);
	CHECK_EQ(kallsyms_lookup_name("hello:hello_init"), MODULE);
	CHECK_EQ(kallsyms_lookup_name("hello:schedule"), 0);
	CHECK_EQ(kallsyms_lookup_name("nothing"), 0);
	kallsyms_image_free(&image);
}

static int collect(void *data, unsigned long addr)
{
	unsigned long **next = data;

	*(*next)++ = addr;
	return 0;
}

TEST(every_symbol_of_a_name_is_visited)
{
	unsigned long found[4] = { 0 }, *next = found;

	make_table();
	CHECK_EQ(kallsyms_on_each_match_symbol(collect, "same", &next), 0);
	CHECK_EQ(next - found, 2);
	CHECK_EQ(found[0], BASE + 0x100);
	CHECK_EQ(found[1], BASE + 0x200);
	CHECK_EQ(kallsyms_on_each_match_symbol(collect, "nothing", &next), -ESRCH);
	kallsyms_image_free(&image);
}

TEST(symbols_print_as_people_read_them)
{
	make_table();
	check_print(sprint_symbol, BASE + 0x14, "schedule+0x4/0x80");
	check_print(sprint_symbol, MODULE + 0x3f, "hello_init+0x3f/0x40 [hello]");
	check_print(sprint_symbol, 0x1234, "0x1234");
	check_print(sprint_symbol_no_offset, BASE + 0x14, "schedule");
	check_print(sprint_symbol_no_offset, MODULE, "hello_init [hello]");
	/* schedule() begins where start() ends; a return address there is start()'s. */
	check_print(sprint_symbol, BASE + 0x10, "schedule+0x0/0x80");
	check_print(sprint_backtrace, BASE + 0x10, "start+0x10/0x10");
	check_print(sprint_backtrace, MODULE + 0x40, "hello_init+0x40/0x40 [hello]");
	check_print(sprint_backtrace, MODULE, "0xc008000000000000");
	kallsyms_image_free(&image);
}
