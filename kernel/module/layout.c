// SPDX-License-Identifier: GPL-2.0
/*
 * Where a module's sections go: one area of the vmap window, the core first and behind it what is
 * given back once init has returned. Both have text (RX), read-only data (R) and data (RW); the
 * core also has data that becomes read-only after init, and the symbol table, in its read-only
 * data. All of it is writable until protect_module().
 *
 * One area, because then init's calls into the core reach it, and one shootdown protects all.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/ftrace.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/hooks.h>
#include <stopgap/vmap.h>
#include "internal.h"

/* struct module is changed atomically: whatever the file says, it is aligned. */
#define THIS_MODULE_ALIGN	128

/*
 * The part for @s. The TOC holds addresses and nothing that changes, whatever its flags: once
 * relocated it is as good as constant.
 */
static enum module_part classify(const struct load_info *info, const Elf64_Shdr *s)
{
	const char *name = info->secstrings + s->sh_name;
	bool init = strstarts(name, ".init");

	if (s->sh_type == SHT_NULL || !(s->sh_flags & SHF_ALLOC))
		return MOD_NOT_LOADED;
	if (s->sh_flags & SHF_EXECINSTR)
		return init ? MOD_INIT_TEXT : MOD_TEXT;
	if (!(s->sh_flags & SHF_WRITE) || !strcmp(name, ".toc"))
		return init ? MOD_INIT_RODATA : MOD_RODATA;
	if (!strcmp(name, ".data..ro_after_init"))
		return MOD_RO_AFTER_INIT;
	return init ? MOD_INIT_DATA : MOD_DATA;
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

static void classify_sections(struct load_info *info)
{
	drop_sections(info);
	info->part[0] = MOD_NOT_LOADED;
	for (unsigned int i = 1; i < info->shnum; i++)
		info->part[i] = classify(info, &info->sechdrs[i]);
	if (info->percpu)
		info->part[info->percpu] = MOD_INIT_DATA;
}

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
	size_t notes = img->num_syms * sizeof(struct sym_note);
	unsigned char *mem = kmalloc(headers + symbols + notes + img->shnum, GFP_KERNEL);

	if (!mem)
		return -ENOMEM;
	*info = (struct load_info) {
		.name = img->name,
		.img = img,
		.sechdrs = (Elf64_Shdr *)mem,
		.shnum = img->shnum,
		.secstrings = img->secstrings,
		.syms = (Elf64_Sym *)(mem + headers),
		.num_syms = img->num_syms,
		.strtab = img->strtab,
		.sym_note = (struct sym_note *)(mem + headers + symbols),
		.part = mem + headers + symbols + notes,
		.percpu = img->percpu,
		.modinfo = img->modinfo,
		.this_module = img->this_module,
	};
	for (unsigned int i = 0; i < img->shnum; i++) {
		elf_section(img, i, &info->sechdrs[i]);
		info->sechdrs[i].sh_addr = (u64)img->data + info->sechdrs[i].sh_offset;
	}
	elf_symbols(img, info->syms);
	memset(info->sym_note, 0, notes);
	classify_sections(info);
	return 0;
}

void load_info_free(struct load_info *info)
{
	kfree(info->sechdrs);
}

/* Give the sections of @part their offsets (in sh_addr) from @size on. Return: the new size. */
static u64 layout_part(struct load_info *info, enum module_part part, u64 size)
{
	for (unsigned int i = 1; i < info->shnum; i++) {
		Elf64_Shdr *s = &info->sechdrs[i];

		if (info->part[i] != part)
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
		if (info->part[i] != MOD_NOT_LOADED)
			align = max(align, (size_t)info->sechdrs[i].sh_addralign);
	return align;
}

/*
 * Move the sections from the image to @base, where sh_addr is still an offset. What was appended to
 * one since has no bytes in the image.
 */
static void copy_sections(struct load_info *info, const struct elf_image *img, unsigned char *base)
{
	Elf64_Shdr file;

	for (unsigned int i = 1; i < info->shnum; i++) {
		Elf64_Shdr *s = &info->sechdrs[i];

		if (info->part[i] == MOD_NOT_LOADED)
			continue;
		s->sh_addr += (u64)base;
		elf_section(img, i, &file);
		if (s->sh_type != SHT_NOBITS)
			memcpy((void *)s->sh_addr, img->data + s->sh_offset, file.sh_size);
	}
}

/* Where things come to lie, as offsets from the start of all. */
struct plan {
	u64 arch_text;		/* what the architecture adds to the text */
	u64 symtab;
	u64 end[MOD_NUM_PARTS];	/* whole pages */
};

static void plan_layout(struct load_info *info, struct plan *plan)
{
	size_t arch_text = module_arch_count(info);
	u64 size = 0;

	for (enum module_part part = 0; part < MOD_NUM_PARTS; part++) {
		size = ALIGN(layout_part(info, part, size), sizeof(u64));
		if (part == MOD_TEXT) {
			plan->arch_text = size;
			size += arch_text;
		} else if (part == MOD_RODATA) {
			plan->symtab = size;
			size += kallsyms_layout(info);
		}
		size = PAGE_ALIGN(size);
		plan->end[part] = size;
	}
}

static void set_layouts(struct module *mod, void *base, const struct plan *plan)
{
	u64 core = plan->end[MOD_DATA];

	mod->core_layout = (struct module_layout) {
		.base = base,
		.text_size = plan->end[MOD_TEXT],
		.ro_size = plan->end[MOD_RODATA],
		.ro_after_init_size = plan->end[MOD_RO_AFTER_INIT],
		.size = core,
	};
	if (plan->end[MOD_INIT_DATA] == core)
		return;
	mod->init_layout = (struct module_layout) {
		.base = base + core,
		.text_size = plan->end[MOD_INIT_TEXT] - core,
		.ro_size = plan->end[MOD_INIT_RODATA] - core,
		.ro_after_init_size = plan->end[MOD_INIT_RODATA] - core,
		.size = plan->end[MOD_INIT_DATA] - core,
	};
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
	struct plan plan;
	void *base;

	plan_layout(info, &plan);
	if (plan.end[MOD_INIT_DATA] > VMAP_SIZE)
		return -ENOMEM;
	base = vmap_alloc(plan.end[MOD_INIT_DATA], largest_align(info), VMAP_RW, info->name);
	if (!base)
		return -ENOMEM;
	copy_sections(info, img, base);
	info->mod = (struct module *)info->sechdrs[info->this_module].sh_addr;
	/* Of what the file has there, only the name counts; init and exit are relocated later. */
	memset(info->mod, 0, sizeof(*info->mod));
	strscpy(info->mod->name, info->name, sizeof(info->mod->name));
	info->mod->state = MODULE_STATE_UNFORMED;
	set_layouts(info->mod, base, &plan);
	module_arch_layout(info, base + plan.arch_text);
	info->mod->symtab = base + plan.symtab;
	hook_module_laid_out(info);
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
	const struct module_layout *core = &mod->core_layout, *init = &mod->init_layout;
	const struct vmap_part parts[] = {
		{ core->text_size, VMAP_RX },
		{ core->ro_size - core->text_size, VMAP_R },
		{ core->size - core->ro_size, VMAP_RW },
		{ init->text_size, VMAP_RX },
		{ init->ro_size - init->text_size, VMAP_R },
	};

	return vmap_protect_parts(core->base, parts, ARRAY_SIZE(parts));
}

/**
 * finish_init_memory - what was writable for init only is read-only now, what init alone used is
 * given back
 * @mod: its init has returned 0
 *
 * Walkers of the module list may look at @mod meanwhile, without locks. They read no init memory,
 * only its bounds here and its symbols in the table, and each of these goes with one store: a size
 * of 0 makes within_module_init() false whatever the base is, and a table that ends earlier has no
 * symbol in those bounds. Somebody who has seen the bounds, but not the symbols, has an address
 * without a name, as if he had come later. Nothing else that a walker looks at is changed.
 *
 * Context: may sleep.
 */
void finish_init_memory(struct module *mod)
{
	const struct module_layout *core = &mod->core_layout;

	WARN_ON(vmap_protect(core->base + core->ro_size, core->ro_after_init_size - core->ro_size,
			     VMAP_R));
	mod->num_ctors = 0;
	if (!mod->init_layout.size)
		return;
	kallsyms_drop_init(mod);
	ftrace_free_init(mod);
	WRITE_ONCE(mod->init_layout.size, 0);
	vmap_shrink(core->base, core->size);
}

/* Free all of the module's memory, @mod itself included. Context: may sleep. */
void free_module_memory(struct module *mod)
{
	percpu_modfree(mod);
	vmap_free(mod->core_layout.base);
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

		if (info->part[i] == MOD_NOT_LOADED || s->sh_type == SHT_NOBITS ||
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
