// SPDX-License-Identifier: GPL-2.0
/*
 * Rows from DWARF's line tables, by elfutils' libdw, which relocates those of modules.
 *
 * Code from a header is named by who included it: of the functions that have been inlined there, the innermost one that
 * is called from a .c or .S file says which line that is. For "spin_lock(&a)" tells more than the line in spinlock.h.
 */
#include <dwarf.h>
#include <elfutils/libdwfl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lines.h"

#define MAX_SECTIONS	1024

/**
 * struct inlined - a call that has been inlined
 * @low: its first address
 * @high: the address after its last
 * @depth: how many calls it is inside
 * @file: it is made there
 * @line: in this line
 */
struct inlined {
	Dwarf_Addr low, high;
	unsigned int depth;
	const char *file;
	int line;
};

/**
 * struct reader - one file that is read
 * @rows: what comes of it
 * @mod: the file
 * @start: by section, the place of its first byte
 * @executable: whether it has one
 * @inlined: calls in the compilation unit that is read, @num of them
 */
struct reader {
	struct rows *rows;
	Dwfl_Module *mod;
	uint32_t start[MAX_SECTIONS];
	bool executable[MAX_SECTIONS];
	struct inlined *inlined;
	size_t num, room;
};

/* ---- places ---- */

/* The executable sections, one after the other. */
static void lay_out(struct reader *r)
{
	Dwarf_Addr bias;
	Elf *elf = dwfl_module_getelf(r->mod, &bias);
	Elf_Scn *scn = NULL;
	uint32_t place = 0;
	GElf_Shdr shdr;

	while ((scn = elf_nextscn(elf, scn))) {
		size_t i = elf_ndxscn(scn);

		if (!gelf_getshdr(scn, &shdr) || i >= MAX_SECTIONS)
			lines_die("%s", elf_errmsg(-1));
		if (!(shdr.sh_flags & SHF_EXECINSTR))
			continue;
		r->executable[i] = true;
		r->start[i] = place;
		place += ((uint32_t)shdr.sh_size + 3) & ~3u;
	}
}

/* Which section is @addr in? It becomes relative to that. */
static size_t section_of(struct reader *r, Dwarf_Addr *addr)
{
	Dwarf_Addr bias;
	Elf_Scn *scn = dwfl_module_address_section(r->mod, addr, &bias);

	return scn ? elf_ndxscn(scn) : 0;
}

/* ---- inlined calls ---- */

static bool is_header(const char *file)
{
	size_t len = strlen(file);

	return len > 2 && !strcmp(file + len - 2, ".h");
}

static int number(Dwarf_Die *die, unsigned int name)
{
	Dwarf_Attribute attr;
	Dwarf_Word value;

	return dwarf_formudata(dwarf_attr(die, name, &attr), &value) ? 0 : (int)value;
}

static void add_inlined(struct reader *r, Dwarf_Die *die, Dwarf_Files *files, unsigned int depth)
{
	struct inlined in = { .depth = depth, .line = number(die, DW_AT_call_line) };
	Dwarf_Addr base;
	ptrdiff_t range = 0;

	in.file = dwarf_filesrc(files, (size_t)number(die, DW_AT_call_file), NULL, NULL);
	while (in.file && (range = dwarf_ranges(die, range, &base, &in.low, &in.high)) > 0) {
		if (r->num == r->room) {
			r->room = r->room ? 2 * r->room : 256;
			r->inlined = realloc(r->inlined, r->room * sizeof(*r->inlined));
			if (!r->inlined)
				lines_die("out of memory");
		}
		r->inlined[r->num++] = in;
	}
}

static void find_inlined(struct reader *r, Dwarf_Die *parent, Dwarf_Files *files, unsigned int depth)
{
	Dwarf_Die die;

	if (dwarf_child(parent, &die))
		return;
	do {
		if (dwarf_tag(&die) == DW_TAG_inlined_subroutine)
			add_inlined(r, &die, files, depth);
		find_inlined(r, &die, files, depth + 1);
	} while (!dwarf_siblingof(&die, &die));
}

/* Of @addr, in a header: the innermost call that is made elsewhere. */
static const struct inlined *who_includes(const struct reader *r, Dwarf_Addr addr)
{
	const struct inlined *best = NULL;
	size_t i;

	for (i = 0; i < r->num; i++) {
		const struct inlined *in = &r->inlined[i];

		if (addr >= in->low && addr < in->high && !is_header(in->file) &&
		    (!best || in->depth > best->depth))
			best = in;
	}
	return best;
}

/* ---- rows ---- */

/* Relative to the root of the sources, which is where the compiler is started. */
static const char *short_name(const char *file, const char *root)
{
	size_t len = root ? strlen(root) : 0;

	if (len && !strncmp(file, root, len) && file[len] == '/')
		file += len + 1;
	while (!strncmp(file, "./", 2))
		file += 2;
	return file;
}

static void add_row(struct reader *r, Dwarf_Line *line, Dwarf_Addr bias, const char *root)
{
	const struct inlined *in;
	const char *file;
	Dwarf_Addr addr;
	bool end = false;
	size_t section;
	int number;

	if (dwarf_lineaddr(line, &addr) || dwarf_lineno(line, &number) || dwarf_lineendsequence(line, &end))
		lines_die("%s", dwarf_errmsg(-1));
	file = dwarf_linesrc(line, NULL, NULL);
	in = file && is_header(file) ? who_includes(r, addr) : NULL;
	if (in) {
		file = in->file;
		number = in->line;
	}
	addr += bias;
	/* The end of a section may be the beginning of the next. */
	addr -= end ? 4 : 0;
	section = section_of(r, &addr);
	addr += end ? 4 : 0;
	if (!r->executable[section])
		return;
	rows_add(r->rows, r->start[section] + (uint32_t)addr,
		 end || !file || !number ? 0 : rows_file(r->rows, short_name(file, root)),
		 end ? 0 : (uint32_t)number);
}

static void read_unit(struct reader *r, Dwarf_Die *cu, Dwarf_Addr bias)
{
	Dwarf_Attribute attr;
	const char *root = dwarf_formstring(dwarf_attr(cu, DW_AT_comp_dir, &attr));
	Dwarf_Files *files;
	Dwarf_Lines *lines;
	size_t i, n;

	if (dwarf_getsrclines(cu, &lines, &n) || dwarf_getsrcfiles(cu, &files, NULL))
		return;
	r->num = 0;
	find_inlined(r, cu, files, 0);
	for (i = 0; i < n; i++)
		add_row(r, dwarf_onesrcline(lines, i), bias, root);
}

void rows_read(struct rows *rows, const char *path)
{
	static const Dwfl_Callbacks callbacks = {
		.find_elf = dwfl_build_id_find_elf,
		.find_debuginfo = dwfl_standard_find_debuginfo,
		.section_address = dwfl_offline_section_address,
	};
	static struct reader reader;
	Dwfl *dwfl = dwfl_begin(&callbacks);
	Dwarf_Addr bias;
	Dwarf_Die *cu = NULL;

	reader = (struct reader){ .rows = rows, .mod = dwfl_report_offline(dwfl, "", path, -1) };
	if (!reader.mod || dwfl_report_end(dwfl, NULL, NULL))
		lines_die("%s: %s", path, dwfl_errmsg(-1));
	lay_out(&reader);
	while ((cu = dwfl_module_nextcu(reader.mod, cu, &bias)))
		read_unit(&reader, cu, bias);
	free(reader.inlined);
	dwfl_end(dwfl);
}
