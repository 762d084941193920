// SPDX-License-Identifier: GPL-2.0
/*
 * Where a module's sections go: one stretch of the vmap window in three parts, text (RX), read-
 * only data and the symbol table (R), data (RW). The last part begins with ordinary data and ends
 * with what has no bytes in the file. All of it is writable until protect_module().
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/vmap.h>
#include "internal.h"

/* struct module is changed atomically: whatever the file says, it is aligned. */
#define THIS_MODULE_ALIGN	128

/* The parts, by the section flags that count, in order. */
static const struct part {
	unsigned long mask, flags;
	bool nobits;
} parts[] = {
	{ SHF_ALLOC | SHF_EXECINSTR, SHF_ALLOC | SHF_EXECINSTR, false },
	{ SHF_ALLOC | SHF_EXECINSTR | SHF_WRITE, SHF_ALLOC, false },
	{ SHF_ALLOC | SHF_EXECINSTR | SHF_WRITE, SHF_ALLOC | SHF_WRITE, false },
	{ SHF_ALLOC | SHF_EXECINSTR | SHF_WRITE, SHF_ALLOC | SHF_WRITE, true },
};
enum { TEXT, RODATA, DATA, BSS };

/**
 * load_info_init - copy the headers and symbols of an image, so that they can be changed
 * @info: to fill
 * @img: has passed elf_check_module()
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int load_info_init(struct load_info *info, const struct elf_image *img)
{
	size_t headers = img->shnum * sizeof(Elf64_Shdr);
	size_t symbols = img->num_syms * sizeof(Elf64_Sym);
	unsigned char *mem = kmalloc(headers + symbols + img->num_syms * sizeof(u32), GFP_KERNEL);

	if (!mem)
		return -ENOMEM;
	*info = (struct load_info) {
		.name = img->name,
		.sechdrs = (Elf64_Shdr *)mem,
		.shnum = img->shnum,
		.secstrings = img->secstrings,
		.syms = (Elf64_Sym *)(mem + headers),
		.num_syms = img->num_syms,
		.strtab = img->strtab,
		.sym_note = (u32 *)(mem + headers + symbols),
		.modinfo = img->modinfo,
		.this_module = img->this_module,
	};
	for (unsigned int i = 0; i < img->shnum; i++) {
		elf_section(img, i, &info->sechdrs[i]);
		info->sechdrs[i].sh_addr = (u64)img->data + info->sechdrs[i].sh_offset;
	}
	elf_symbols(img, info->syms);
	memset(info->sym_note, 0, img->num_syms * sizeof(u32));
	return 0;
}

void load_info_free(struct load_info *info)
{
	kfree(info->sechdrs);
}

/* Not for the module's memory: read from the image, once. */
static void drop_sections(struct load_info *info)
{
	static const char *const names[] = { ".modinfo", "__versions" };

	for (unsigned int i = 1; i < info->shnum; i++)
		for (unsigned int n = 0; n < ARRAY_SIZE(names); n++)
			if (!strcmp(info->secstrings + info->sechdrs[i].sh_name, names[n]))
				info->sechdrs[i].sh_flags &= ~(u64)SHF_ALLOC;
	info->sechdrs[info->this_module].sh_addralign = THIS_MODULE_ALIGN;
}

/* Give the sections of @part their offsets (in sh_addr) from @size on. Return: the new size. */
static u64 layout_part(struct load_info *info, const struct part *part, u64 size)
{
	for (unsigned int i = 1; i < info->shnum; i++) {
		Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_NULL || (s->sh_flags & part->mask) != part->flags ||
		    (part->flags & SHF_WRITE && (s->sh_type == SHT_NOBITS) != part->nobits))
			continue;
		size = ALIGN(size, s->sh_addralign ?: 1);
		s->sh_addr = size;
		size += s->sh_size;
	}
	return size;
}

static size_t largest_align(const struct load_info *info)
{
	size_t align = PAGE_SIZE;

	for (unsigned int i = 1; i < info->shnum; i++)
		if (info->sechdrs[i].sh_flags & SHF_ALLOC)
			align = max(align, (size_t)info->sechdrs[i].sh_addralign);
	return align;
}

/* Move the sections from the image to @base, where sh_addr is still an offset. */
static void copy_sections(struct load_info *info, const struct elf_image *img, unsigned char *base)
{
	for (unsigned int i = 1; i < info->shnum; i++) {
		Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_NULL || !(s->sh_flags & SHF_ALLOC))
			continue;
		s->sh_addr += (u64)base;
		if (s->sh_type != SHT_NOBITS)
			memcpy((void *)s->sh_addr, img->data + s->sh_offset, s->sh_size);
	}
}

/**
 * layout_module - allocate the module's memory and copy its sections there
 * @info: from load_info_init(); afterwards @info->mod is set and sh_addr of the sections are final
 * @img: the image
 *
 * Context: may sleep. Return: 0 or -ENOMEM.
 */
int layout_module(struct load_info *info, const struct elf_image *img)
{
	struct module_layout core = { 0 };
	u64 stubs, symtab, size;

	drop_sections(info);
	stubs = ALIGN(layout_part(info, &parts[TEXT], 0), sizeof(u64));
	size = PAGE_ALIGN(stubs + module_arch_count_stubs(info));
	core.text_size = size;
	symtab = ALIGN(layout_part(info, &parts[RODATA], size), sizeof(u64));
	size = PAGE_ALIGN(symtab + kallsyms_layout(info));
	core.ro_size = size;
	size = layout_part(info, &parts[BSS], layout_part(info, &parts[DATA], size));
	if (size > VMAP_SIZE)
		return -ENOMEM;
	core.size = PAGE_ALIGN(size);
	core.base = vmap_alloc(core.size, largest_align(info), VMAP_RW, info->name);
	if (!core.base)
		return -ENOMEM;
	copy_sections(info, img, core.base);
	info->mod = (struct module *)info->sechdrs[info->this_module].sh_addr;
	/* Of what the file has there, only the name counts; init and exit are relocated later. */
	memset(info->mod, 0, sizeof(*info->mod));
	strscpy(info->mod->name, info->name, sizeof(info->mod->name));
	info->mod->state = MODULE_STATE_UNFORMED;
	info->mod->core_layout = core;
	module_arch_layout(info, core.base + stubs);
	info->mod->symtab = core.base + symtab;
	return 0;
}

/**
 * protect_module - from here on text cannot be written, read-only data not changed, data not
 * executed
 * @mod: relocated
 *
 * Context: may sleep. Return: 0 or a negative errno.
 */
int protect_module(const struct module *mod)
{
	const struct module_layout *core = &mod->core_layout;

	return vmap_protect(core->base, core->text_size, VMAP_RX) ?:
	       vmap_protect(core->base + core->text_size, core->ro_size - core->text_size, VMAP_R);
}

/* Unmap and free all of the module, @mod itself included. Context: may sleep. */
void free_module_memory(struct module *mod)
{
	void *init = mod->init_layout.base;

	vmap_free(mod->core_layout.base);
	vmap_free(init);
}

/**
 * module_section - find an array in a section of its own
 * @info: laid out
 * @name: of the section
 * @size: of one element
 * @count: set to the number of elements, 0 if there is no such section
 *
 * Context: any. Return: the array in the module's memory, or NULL.
 */
void *module_section(const struct load_info *info, const char *name, size_t size,
		     unsigned int *count)
{
	*count = 0;
	for (unsigned int i = 1; i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (!(s->sh_flags & SHF_ALLOC) || s->sh_type == SHT_NOBITS ||
		    strcmp(info->secstrings + s->sh_name, name))
			continue;
		*count = s->sh_size / size;
		return (void *)s->sh_addr;
	}
	return NULL;
}

/* Whether @s is a string that ends inside @mod's memory. Context: any. */
bool string_in_module(const struct module *mod, const char *s)
{
	const char *end = mod->core_layout.base + mod->core_layout.size;

	return within_module_core((unsigned long)s, mod) && strnlen(s, end - s) < (size_t)(end - s);
}
