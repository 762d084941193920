// SPDX-License-Identifier: GPL-2.0
/*
 * %p and the letters behind it. Addresses are printed as they are: hiding them from the reader is
 * the last thing a teaching kernel wants.
 */
#include <linux/ctype.h>
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/lines.h>

#include "printf.h"

/* All digits of an address, unless the format asks for a width of its own. */
static void put_address(struct printf_out *out, const void *ptr, struct printf_spec *spec)
{
	spec->conv = 'x';
	if (spec->width == 0) {
		spec->width = 2 * sizeof(ptr) + (spec->alt ? 2 : 0);
		spec->zero = true;
	}
	printf_number(out, (unsigned long)ptr, '\0', spec);
}

/* Code that only the explore image remembers. Return: the length, 0 if it is none. */
static int print_gone(char *buf, size_t size, unsigned long addr, char kind)
{
	unsigned int back = kind == 'B';
	struct code_symbol s;

	if (!module_code_symbol(&s, addr - back))
		return 0;
	if (kind == 's')
		return scnprintf(buf, size, "%s [%s]", s.name, s.module);
	return scnprintf(buf, size, "%s+0x%lx/0x%lx [%s]", s.name, s.offset + back, s.size, s.module);
}

static void put_symbol(struct printf_out *out, const void *ptr, char kind,
		       const struct printf_spec *spec)
{
	unsigned long addr = (unsigned long)ptr;
	char name[KSYM_SYMBOL_LEN + SYMBOL_LINE_LEN];
	int len;

	if (kind == 'S')
		len = sprint_symbol(name, addr);
	else if (kind == 'B')
		len = sprint_backtrace(name, addr);
	else
		len = sprint_symbol_no_offset(name, addr);
	if (strstarts(name, "0x"))
		len = print_gone(name, sizeof(name), addr, kind) ?: len;
	if (kind != 's')
		len += symbol_line(name + len, sizeof(name) - len, kind == 'B' ? addr - 1 : addr);
	printf_padded(out, name, len, spec);
}

/* The name of the error inside an error pointer; any other pointer as an address. */
static void put_error(struct printf_out *out, const void *ptr, struct printf_spec *spec)
{
	const char *name = IS_ERR(ptr) ? errname((int)PTR_ERR(ptr)) : NULL;

	if (name) {
		printf_padded(out, name, strlen(name), spec);
	} else if (IS_ERR(ptr)) {
		spec->conv = 'd';
		printf_number(out, -(u64)PTR_ERR(ptr), '-', spec);
	} else {
		put_address(out, ptr, spec);
	}
}

/* %phC, %phD, %phN: colons, dashes, nothing. */
static char byte_separator(char kind)
{
	switch (kind) {
	case 'C':
		return ':';
	case 'D':
		return '-';
	case 'N':
		return '\0';
	default:
		return ' ';
	}
}

/* %*ph: width bytes of memory, with @sep (0 = nothing) between them. */
static void put_bytes(struct printf_out *out, const u8 *mem, char sep,
		      const struct printf_spec *spec)
{
	const struct printf_spec byte = { .conv = 'x', .precision = 2 };
	int i;

	for (i = 0; i < max(spec->width, 1); i++) {
		if (i && sep)
			printf_chars(out, &sep, 1);
		printf_number(out, mem[i], '\0', &byte);
	}
}

const char *printf_pointer(struct printf_out *out, const void *ptr, const char *ext,
			   struct printf_spec *spec)
{
	const char *end = ext;

	while (isalnum(*end))
		end++;
	switch (*ext) {
	case 'S':
	case 's':
	case 'B':
		put_symbol(out, ptr, *ext, spec);
		break;
	case 'e':
		put_error(out, ptr, spec);
		break;
	case 'h':
		put_bytes(out, ptr, byte_separator(ext[1]), spec);
		break;
	default:
		put_address(out, ptr, spec);
	}
	return end;
}
