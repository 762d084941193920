// SPDX-License-Identifier: GPL-2.0
/*
 * Names for the places of a schedule. The kernel has static functions of one name in several files, some of them on the
 * very way that is raced on: a name alone would lead to the first of them.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/lines.h>

#include "module_code.h"
#include "place_name.h"

#define FILE_LEN	64

/**
 * struct search - functions of the kernel by name
 * @name: wanted
 * @file: wanted, of all that have the name; NULL = any
 * @addr: the first one
 * @n: how many there are
 */
struct search {
	const char *name, *file;
	unsigned long addr;
	unsigned int n;
};

/* The file that @addr comes from, without its folder: "rcu.c". "" if that is not known. */
static void file_of(char *buf, size_t size, unsigned long addr)
{
	char line[SYMBOL_LINE_LEN];
	const char *start;

	line[0] = '\0';
	symbol_line(line, sizeof(line), addr);
	start = strrchr(line, '/') ?: line;
	start += *start != '\0';
	strscpy(buf, start, min(size, strcspn(start, ":") + 1));
}

static int look_at(void *data, const char *name, unsigned long addr)
{
	struct search *s = data;
	char file[FILE_LEN];

	if (strcmp(name, s->name) || !is_kernel_text(addr))
		return 0;
	file_of(file, sizeof(file), addr);
	if (s->file && strcmp(file, s->file))
		return 0;
	if (!s->n++)
		s->addr = addr;
	return 0;
}

static int find_name(char *buf, size_t size, unsigned long addr)
{
	char name[KSYM_NAME_LEN + 1], file[FILE_LEN];
	struct search s = { .name = name };
	struct code_symbol code;
	unsigned long offset;

	if (module_code_symbol_of(&code, addr)) {
		snprintf(buf, size, "%s:%s+0x%lx", code.module, code.name, code.offset);
		return 0;
	}
	if (!is_kernel_text(addr) || !kallsyms_lookup(addr, NULL, &offset, NULL, name))
		return -ENOENT;
	kallsyms_on_each_symbol(look_at, &s);
	file_of(file, sizeof(file), addr - offset);
	snprintf(buf, size, "%s%s%s+0x%lx", s.n > 1 ? file : "", s.n > 1 ? ":" : "", name, offset);
	return 0;
}

static int find_addr(const char *name, unsigned long *addr)
{
	size_t len = strcspn(name, ":");
	struct search s = { .name = name };
	char file[FILE_LEN];

	if (name[len] && (len < 2 || name[len - 2] != '.' || len >= sizeof(file)))
		return module_code_find(name, addr);
	if (name[len]) {
		strscpy(file, name, len + 1);
		s.file = file;
		s.name = name + len + 1;
	}
	kallsyms_on_each_symbol(look_at, &s);
	*addr = s.addr;
	return s.n > 1 ? -ENOTUNIQ : s.n ? 0 : -ENOENT;
}

bool place_function(unsigned long addr, unsigned long *start, unsigned long *size)
{
	char name[KSYM_NAME_LEN + 1];
	struct code_symbol code;
	unsigned long offset;

	if (module_code_symbol_of(&code, addr)) {
		*start = addr - code.offset;
		*size = code.size;
		return true;
	}
	if (!is_kernel_text(addr) || !kallsyms_lookup(addr, size, &offset, NULL, name))
		return false;
	*start = addr - offset;
	return true;
}

const struct symbol_lookup place_names = { .name = find_name, .addr = find_addr };
