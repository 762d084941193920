// SPDX-License-Identifier: GPL-2.0
/*
 * Which module's code is, or was, at an address. The loader tells where it puts the sections; that is kept here after
 * the module has gone, and what was loaded last counts. What the code is called is looked up in the module's file,
 * which the ramdisk keeps: never in a module that may be gone, nor by a walk over the list that may be broken.
 *
 * None of it is undone with a run, so it takes no lock, and reports can ask it in the middle of what they are about.
 */
#include <linux/errno.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/hook_calls.h>
#include <stopgap/ramdisk.h>

#include "../../module/cmds.h"
#include "module_code.h"

#define NAMES		256	/* modules that have ever been loaded; of more the code has no names */
#define PIECES		256	/* sections of code, the latest */

/*
 * Numbers of places: nothing is ever mapped there. Below the tag, the module's index in names[] and the place.
 */
#define NUMBER_TAG	0x5ul
#define NUMBER(name, place)	(NUMBER_TAG << 60 | (unsigned long)(name) << 32 | (place))

/* A section that can be executed: @size bytes at @start, whose first is @place of names[@name]. */
struct piece {
	unsigned long start, size;
	unsigned int name;
	u32 place;
};

static char names[NAMES][MODULE_NAME_LEN];
static struct piece pieces[PIECES];
static unsigned int nr_pieces;		/* ever; the next one goes to nr_pieces % PIECES */

/* ---- what is where ---- */

/* The index of @module, which gets one if there is room. Return: NAMES if there is not. */
static unsigned int index_of(const char *module)
{
	unsigned int i = 0;

	while (i < NAMES && names[i][0] && strcmp(names[i], module))
		i++;
	if (i < NAMES)
		strscpy(names[i], module, sizeof(names[i]));
	return i;
}

static const struct piece *find_piece(unsigned long addr)
{
	unsigned int n = min(nr_pieces, (unsigned int)PIECES);

	for (unsigned int i = 1; i <= n; i++) {
		const struct piece *p = &pieces[(nr_pieces - i) % PIECES];

		if (addr - p->start < p->size)
			return p;
	}
	return NULL;
}

/* In each schedule a module may come to the same place again: that is one load, as far as anybody can tell. */
static void note_piece(const struct piece *new)
{
	const struct piece *p = find_piece(new->start);

	if (!p || memcmp(p, new, sizeof(*p)))
		pieces[nr_pieces++ % PIECES] = *new;
}

void hv_module_laid_out(const struct load_info *info)
{
	struct piece piece = { .name = index_of(info->name) };

	for (unsigned int i = 1; piece.name < NAMES && i < info->shnum; i++) {
		if (info->part[i] != MOD_TEXT && info->part[i] != MOD_INIT_TEXT)
			continue;
		piece.start = info->sechdrs[i].sh_addr;
		piece.size = info->sechdrs[i].sh_size;
		piece.place = module_section_place(info->img, i);
		if (piece.size)
			note_piece(&piece);
	}
}

bool module_place_find(struct module_place *p, unsigned long addr)
{
	const struct piece *piece = find_piece(addr);

	if (!piece)
		return false;
	p->module = names[piece->name];
	p->place = piece->place + (u32)(addr - piece->start);
	return true;
}

/* ---- what it is called ---- */

bool module_image(const char *module, struct elf_image *img)
{
	struct ramdisk_file file;
	struct elf_error err;

	return !find_module_file(module, &file) && !elf_check_module(img, file.data, file.size, NULL, &err);
}

u32 module_section_place(const struct elf_image *img, unsigned int index)
{
	u32 place = 0;
	Elf64_Shdr s;

	for (unsigned int i = 1; i < index; i++) {
		elf_section(img, i, &s);
		if (s.sh_flags & SHF_EXECINSTR)
			place += ((u32)s.sh_size + 3) & ~3u;
	}
	return place;
}

/* Is symbol @i of @img a function? Then @sym is it, and *@place where it begins. */
static bool take_function(const struct elf_image *img, unsigned int i, Elf64_Sym *sym, u32 *place)
{
	elf_symbol(img, i, sym);
	if (ELF64_ST_TYPE(sym->st_info) != STT_FUNC || !sym->st_shndx || sym->st_shndx >= img->shnum)
		return false;
	*place = module_section_place(img, sym->st_shndx) + (u32)sym->st_value;
	return true;
}

static bool find_symbol(struct code_symbol *s, const struct module_place *p)
{
	struct elf_image img;
	Elf64_Sym sym;
	u32 start;

	if (!module_image(p->module, &img))
		return false;
	for (unsigned int i = 1; i < img.num_syms; i++) {
		if (!take_function(&img, i, &sym, &start) || p->place - start >= sym.st_size)
			continue;
		*s = (struct code_symbol){
			.module = p->module, .name = img.strtab + sym.st_name,
			.offset = p->place - start, .size = sym.st_size,
		};
		return true;
	}
	return false;
}

bool module_code_symbol(struct code_symbol *s, unsigned long addr)
{
	struct module_place p;

	return module_place_find(&p, addr) && find_symbol(s, &p);
}

/* ---- numbers ---- */

unsigned long module_code_number(unsigned long pc)
{
	const struct piece *piece = is_kernel_text(pc) ? NULL : find_piece(pc);

	return piece ? NUMBER(piece->name, piece->place + (u32)(pc - piece->start)) : pc;
}

bool module_code_symbol_of(struct code_symbol *s, unsigned long number)
{
	struct module_place p = { .module = names[number >> 32 & (NAMES - 1)], .place = (u32)number };

	return number >> 60 == NUMBER_TAG && find_symbol(s, &p);
}

int module_code_find(const char *name, unsigned long *number)
{
	const char *colon = strchr(name, ':');
	char module[MODULE_NAME_LEN];
	struct elf_image img;
	Elf64_Sym sym;
	u32 place;

	if (!colon || colon - name >= (long)sizeof(module))
		return -ENOENT;
	strscpy(module, name, (size_t)(colon - name) + 1);
	if (!module_image(module, &img) || index_of(module) == NAMES)
		return -ENOENT;
	for (unsigned int i = 1; i < img.num_syms; i++) {
		if (take_function(&img, i, &sym, &place) && !strcmp(img.strtab + sym.st_name, colon + 1)) {
			*number = NUMBER(index_of(module), place);
			return 0;
		}
	}
	return -ENOENT;
}
