// SPDX-License-Identifier: GPL-2.0
/*
 * The symbol table from end to end: random symbols through the host tool's coder and the kernel's
 * decoder, and what the tool says about files it cannot use.
 */
// LINK: kernel/module/kallsyms_table.c
// LINK: tools/kallsyms/compress.c tools/kallsyms/elf.c tools/kallsyms/encode.c
// LINK: tools/kallsyms/symbols.c tools/kallsyms/util.c
// LIBS: -lelf
#include <sys/wait.h>
#include <unistd.h>

#include <linux/kallsyms.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "tools/kallsyms/kallsyms.h"
#include "unit.h"

#define BASE	0xc000000000400000ul

static struct ksym_list list;
static struct kallsyms_image image;
static const struct kallsyms_table *const table = &image.table;

static unsigned int below(unsigned int n)
{
	return (unsigned int)rand() % n;
}

static void random_name(char *name, unsigned int nr)
{
	static const char *const words[] = { "kernel", "module", "lookup", "init", "irq", "list",
					     "get", "put", "page", "alloc", "x", "Q", "0", "__" };
	unsigned int i, n = below(5);

	*name = '\0';
	for (i = 0; i < n; i++) {
		strcat(name, words[below(sizeof(words) / sizeof(words[0]))]);
		if (below(2))
			strcat(name, "_");
	}
	/* Some names occur several times, as static functions' do. */
	if (below(20) || !n)
		sprintf(name + strlen(name), "s%u", nr);
}

/*
 * Where the symbol after one of @size bytes begins: often close, sometimes far, sometimes in the
 * same place.
 */
static unsigned long random_step(unsigned long size)
{
	switch (below(16)) {
	case 0: return 0;
	case 1: return size / 2;
	case 2: return size + 254;
	case 3: return size + 255;
	case 4: return size + 70000;
	default: return size + below(16);
	}
}

static void add(const char *name, unsigned long addr, unsigned long size)
{
	struct ksym sym = { .name = (char *)name, .addr = addr, .size = size, .sized = size != 0,
			    .section_end = ~0ul, .binding = below(3),
			    .type = "TtWrRdDbB"[below(9)] };

	ksym_list_add(&list, &sym);
}

static void encode_list(void)
{
	ksym_list_finish(&list);
	kallsyms_encode(&image, &list);
}

static void drop_list(void)
{
	kallsyms_image_free(&image);
	ksym_list_free(&list);
}

static void make_random(unsigned int n, unsigned int seed)
{
	unsigned long addr = BASE, size;
	char name[KSYM_NAME_LEN + 1];
	unsigned int i;

	srand(seed);
	for (i = 0; i < n; i++) {
		random_name(name, i);
		size = below(8) ? 1 + below(600) : 0;
		add(name, addr, size);
		addr += random_step(size);
	}
	/* A label at the very end would reach to the end of the address space. */
	add("the_end", addr, 4);
	encode_list();
}

/*
 * What the format's description promises for @addr, found the slow way. NULL: no symbol covers it.
 */
static const struct ksym *covering(unsigned long addr)
{
	const struct ksym *best = NULL;
	size_t i;

	for (i = 0; i < list.num && list.syms[i].addr <= addr; i++)
		if (!best || list.syms[i].addr != best->addr)
			best = &list.syms[i];
	if (best && addr != best->addr && addr - best->addr >= best->size)
		best = NULL;
	return best;
}

static void check_address(unsigned long addr)
{
	const struct ksym *want = covering(addr);
	char name[KSYM_NAME_LEN + 1], type;
	struct kallsyms_sym sym;

	CHECK_EQ(kallsyms_table_find(table, addr, &sym), want != NULL);
	if (!want)
		return;
	CHECK_EQ(sym.addr, want->addr);
	CHECK_EQ(sym.size, want->size);
	CHECK_EQ(kallsyms_table_name(table, &sym, &type, name, sizeof(name)), strlen(want->name));
	CHECK_STR(name, want->name);
	CHECK_EQ(type, want->type);
}

/* By name: the nth of that name must be the nth in the list. */
static void check_name(size_t i)
{
	unsigned int nth = 0;
	struct kallsyms_sym sym;
	size_t j;

	for (j = 0; j < i; j++)
		nth += strcmp(list.syms[j].name, list.syms[i].name) == 0;
	CHECK(kallsyms_table_find_name(table, list.syms[i].name, nth, &sym));
	CHECK_EQ(sym.nr, i);
	CHECK_EQ(sym.addr, list.syms[i].addr);
	CHECK_EQ(sym.size, list.syms[i].size);
}

static void check_all(unsigned int every)
{
	size_t i;

	for (i = 0; i < list.num; i += every) {
		unsigned long addr = list.syms[i].addr, size = list.syms[i].size;

		check_address(addr);
		check_address(addr + size / 2);
		check_address(addr + size - 1);
		check_address(addr + size);
		check_name(i);
	}
	check_address(BASE - 1);
	check_address(0);
	check_address(~0ul);
	check_address(list.syms[list.num - 1].addr + list.syms[list.num - 1].size);
}

static bool has_name(const char *name)
{
	struct kallsyms_sym sym;

	return kallsyms_table_find_name(table, name, 0, &sym);
}

TEST(small_tables_decode_to_what_was_encoded)
{
	unsigned int n;

	for (n = 1; n < 300; n += n < 40 ? 1 : 23) {
		make_random(n, n);
		check_all(1);
		drop_list();
	}
}

TEST(large_tables_decode_to_what_was_encoded)
{
	make_random(40000, 7);
	check_all(97);
	CHECK(kallsyms_image_bytes(&image) <= 20 * list.num);
	drop_list();
}

TEST(names_that_are_not_there_are_not_found)
{
	make_random(2000, 3);
	add("kallsyms_lookup", BASE - 0x100, 0x40);
	kallsyms_image_free(&image);
	encode_list();
	CHECK(has_name("kallsyms_lookup"));
	CHECK(!has_name("kallsyms_looku"));
	CHECK(!has_name("kallsyms_lookup_"));
	CHECK(!has_name("allsyms_lookup"));
	CHECK(!has_name("Tkallsyms_lookup"));
	CHECK(!has_name(""));
	drop_list();
}

TEST(an_empty_table_knows_nothing)
{
	encode_list();
	check_address(0);
	check_address(BASE);
	CHECK(!has_name(""));
	CHECK(!has_name("schedule"));
	drop_list();
}

TEST(a_name_is_cut_to_its_buffer)
{
	char name[KSYM_NAME_LEN + 1], longest[KSYM_NAME_LEN + 1];
	struct kallsyms_sym sym;

	memset(longest, 'x', KSYM_NAME_LEN);
	longest[KSYM_NAME_LEN] = '\0';
	add(longest, BASE, 16);
	add("schedule", BASE + 16, 16);
	encode_list();
	CHECK(kallsyms_table_find(table, BASE, &sym));
	CHECK_EQ(kallsyms_table_name(table, &sym, NULL, name, sizeof(name)), KSYM_NAME_LEN);
	CHECK_STR(name, longest);
	CHECK(has_name(longest));
	CHECK(kallsyms_table_find(table, BASE + 16, &sym));
	CHECK_EQ(kallsyms_table_name(table, &sym, NULL, name, 5), 4);
	CHECK_STR(name, "sche");
	CHECK_EQ(kallsyms_table_name(table, &sym, NULL, name, 1), 0);
	CHECK_STR(name, "");
	drop_list();
}

/* Add an alias and say what the address resolves to then. */
static void alias(const char *name, enum ksym_binding binding, unsigned long size,
		  const char *resolves_to)
{
	struct ksym sym = { .name = (char *)name, .addr = BASE, .size = size, .sized = size != 0,
			    .section_end = BASE + 0x1000, .binding = binding, .type = 't' };

	ksym_list_add(&list, &sym);
	ksym_list_finish(&list);
	CHECK_STR(list.syms[0].name, resolves_to);
}

TEST(of_aliases_the_documented_one_resolves)
{
	alias("label", KSYM_GLOBAL, 0, "label");
	alias("weak", KSYM_WEAK, 8, "weak");
	alias("local", KSYM_LOCAL, 8, "local");
	alias("_global", KSYM_GLOBAL, 8, "_global");
	alias("global_b", KSYM_GLOBAL, 8, "global_b");
	alias("global_a", KSYM_GLOBAL, 8, "global_a");
	kallsyms_encode(&image, &list);
	check_all(1);
	drop_list();
}

TEST(the_first_of_many_aliases_is_found_however_far_back)
{
	char name[KSYM_NAME_LEN + 1];

	add("before", BASE, 4);
	for (unsigned int i = 0; i < 5 * KALLSYMS_STRIDE; i++) {
		sprintf(name, "alias_%03u", i);
		add(name, BASE + 0x10, 8);
	}
	add("after", BASE + 0x20, 8);
	encode_list();
	check_all(1);
	check_address(BASE + 0x10 + 7);
	drop_list();
}

TEST(steps_of_every_length_come_back)
{
	unsigned long addr = BASE;
	char name[KSYM_NAME_LEN + 1];

	for (unsigned int bit = 0; bit < 31; bit++)
		for (int less = -1; less <= 1; less++) {
			sprintf(name, "step_%u_%d", bit, less);
			add(name, addr, 1);
			addr = BASE + (1ul << bit) + bit + less;
		}
	add("last", BASE + UINT32_MAX, 1);
	encode_list();
	check_all(1);
	drop_list();
}

TEST(a_label_reaches_to_the_next_symbol_or_its_section_s_end)
{
	unsigned long section_end = BASE + 0x60;
	struct ksym last = { .name = "last", .addr = BASE + 0x40, .section_end = section_end,
			     .type = 't' };
	struct ksym end = { .name = "end", .addr = section_end, .section_end = section_end,
			    .type = 't' };

	add("first", BASE, 0);
	add("second", BASE + 0x10, 0x10);
	ksym_list_add(&list, &last);
	ksym_list_add(&list, &end);
	encode_list();
	CHECK_EQ(list.syms[0].size, 0x10);
	CHECK_EQ(list.syms[2].size, 0x20);
	CHECK_EQ(list.syms[3].size, 0);
	check_all(1);
	drop_list();
}

TEST(what_moved_is_named)
{
	struct ksym_list after = { 0 };
	struct ksym sym = { .name = "schedule", .addr = BASE + 16, .size = 16, .sized = true,
			    .type = 'T' };
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	ksym_list_add(&after, &sym);
	sym.addr = BASE;
	ksym_list_add(&list, &sym);
	CHECK_EQ(ksym_list_compare(&list, &list, out), 0);
	CHECK_EQ(ksym_list_compare(&list, &after, out), 1);
	sym.name = "extra";
	ksym_list_add(&after, &sym);
	CHECK_EQ(ksym_list_compare(&list, &after, out), 2);
	fclose(out);
	CHECK_STR(text, "kallsyms: schedule() moved from c000000000400000 to c000000000400010\n"
		     "kallsyms: extra() appeared at c000000000400000\n"
		     "kallsyms: schedule() moved from c000000000400000 to c000000000400010\n");
	ksym_list_free(&after);
	ksym_list_free(&list);
}

/* Let a child read @path, which must end it. Return: its exit status; its message in @message. */
static int read_in_child(const char *path, char *message, size_t size)
{
	int pipe_fds[2], status;
	FILE *from_child;
	size_t n;
	pid_t pid;

	CHECK_EQ(pipe(pipe_fds), 0);
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		dup2(pipe_fds[1], STDERR_FILENO);
		ksym_list_read(&list, path);
		_exit(0);
	}
	close(pipe_fds[1]);
	from_child = fdopen(pipe_fds[0], "r");
	n = fread(message, 1, size - 1, from_child);
	message[n] = '\0';
	fclose(from_child);
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_refused(const void *bytes, size_t len, const char *why)
{
	char path[] = "/tmp/kallsyms_test.XXXXXX", message[512];
	int fd = mkstemp(path);

	CHECK_EQ(write(fd, bytes, len), len);
	close(fd);
	CHECK_EQ(read_in_child(path, message, sizeof(message)), 1);
	CHECK(strstr(message, why) != NULL);
	unlink(path);
}

TEST(files_without_symbols_are_refused_with_a_reason)
{
	/* A 64-bit big-endian ELF header; no sections but one unused entry. */
	u8 elf[128] = { 0x7f, 'E', 'L', 'F', 2, 2, 1, [17] = 2, [19] = 21, [23] = 1, [47] = 64,
			[53] = 64, [59] = 64, [61] = 1 };
	char message[512];

	expect_refused("#!/bin/sh\n", 10, "not an ELF file");
	expect_refused("", 0, "not an ELF file");
	expect_refused(elf, sizeof(elf), "no symbol table");
	elf[4] = 1;
	expect_refused(elf, sizeof(elf), "not a 64-bit ELF file");
	CHECK_EQ(read_in_child("/nonexistent/vmlinux", message, sizeof(message)), 1);
	CHECK(strstr(message, "/nonexistent/vmlinux: No such file") != NULL);
}
