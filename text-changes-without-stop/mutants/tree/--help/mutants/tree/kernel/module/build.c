// SPDX-License-Identifier: GPL-2.0
/*
 * Building a module, where nobody can see it yet: from an image that has been checked to one that
 * is relocated, protected and could run. And the opposite.
 */
#include <linux/errno.h>
#include <linux/extable.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/vermagic.h>
#include "internal.h"

/**
 * check_module_image - check all of a module file, for this kernel
 * @img: filled in
 * @image: the .ko file
 * @len: its size
 * @flags: see load_module_flags()
 *
 * Context: any. Return: 0, or -ENOEXEC after a message.
 */
int check_module_image(struct elf_image *img, const void *image, size_t len, unsigned int flags)
{
	const struct elf_expect expect = {
		.vermagic = flags & MODULE_INIT_IGNORE_VERMAGIC ? NULL : VERMAGIC_STRING,
		.this_module_size = sizeof(struct module),
		.name_offset = offsetof(struct module, name),
		.name_size = sizeof_field(struct module, name),
	};
	struct elf_error err;
	int ret = elf_check_module(img, image, len, &expect, &err);

	if (ret)
		pr_err("%s: %s\n", elf_modinfo(img, "name", NULL) ?: "module", err.msg);
	return ret;
}

static int relocate_sections(struct load_info *info)
{
	int ret = 0;

	for (unsigned int i = 1; !ret && i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_RELA && info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC)
			ret = module_arch_relocate(info, i);
	}
	return ret;
}

/*
 * Relocations may set two fields of struct module; whatever else they hit there is put right
 * again.
 */
static int relocate_module(struct load_info *info)
{
	struct module *mod = info->mod, clean = *mod;
	int ret = relocate_sections(info);

	clean.init = mod->init;
	clean.exit = mod->exit;
	*mod = clean;
	return ret;
}

static int check_params(const struct module *mod)
{
	for (unsigned int i = 0; i < mod->num_kp; i++) {
		if (string_in_module(mod, mod->kp[i].name) && mod->kp[i].ops)
			continue;
		pr_err("%s: malformed table of parameters\n", mod->name);
		return -ENOEXEC;
	}
	return 0;
}

/* An entry point is in the text of this part of the module, and an instruction. */
static bool is_entry(const struct module_layout *layout, const void *entry)
{
	return (unsigned long)(entry - layout->base) < layout->text_size &&
	       IS_ALIGNED((unsigned long)entry, sizeof(u32));
}

static bool is_any_entry(const struct module *mod, const void *entry)
{
	return is_entry(&mod->core_layout, entry) || is_entry(&mod->init_layout, entry);
}

static int check_entries(const struct module *mod)
{
	bool good = (!mod->init || is_any_entry(mod, mod->init)) &&
		    (!mod->exit || is_entry(&mod->core_layout, mod->exit));

	for (unsigned int i = 0; i < mod->num_ctors; i++)
		good = good && is_any_entry(mod, mod->ctors[i]);
	if (good)
		return 0;
	pr_err("%s: init, exit or a constructor is not in the module's text\n", mod->name);
	return -ENOEXEC;
}

static int find_sections(struct load_info *info)
{
	struct module *mod = info->mod;

	mod->kp = module_section(info, "__param", sizeof(*mod->kp), &mod->num_kp);
	mod->extable = module_section(info, "__ex_table", sizeof(*mod->extable),
				      &mod->num_exentries);
	mod->kprobe_blacklist = module_section(info, "_kprobe_blacklist",
					       sizeof(*mod->kprobe_blacklist),
					       &mod->num_kprobe_blacklist);
	mod->kprobes_text = module_section(info, ".kprobes.text", 1, &mod->kprobes_text_size);
	mod->ctors = module_section(info, ".init_array", sizeof(*mod->ctors), &mod->num_ctors);
	mod->kunit_suites = module_section(info, ".kunit_suites", sizeof(*mod->kunit_suites),
					   &mod->num_kunit_suites);
	mod->bug_table = module_section(info, "__bug_table", sizeof(*mod->bug_table),
					&mod->num_bugs);
	return check_params(mod) ?: check_entries(mod) ?: find_module_exports(info);
}

/**
 * discard_module - let go of what a module holds; its memory comes last
 * @mod: never linked, or unlinked again
 *
 * Context: may sleep.
 */
void discard_module(struct module *mod)
{
	mutex_lock(&module_mutex);
	module_unload_free(mod);
	mutex_unlock(&module_mutex);
	destroy_params(mod->kp, mod->num_kp);
	kfree(mod->args);
	kfree(mod->klp_relocs);
	free_module_memory(mod);
}

/**
 * build_module - from an image that has been checked to a module that could run
 * @info: from load_info_init(); afterwards @info->mod is set
 * @img: the image
 * @flags: see load_module_flags()
 *
 * Context: may sleep. Return: 0, or a negative errno with nothing left, after a message.
 */
int build_module(struct load_info *info, const struct elf_image *img, unsigned int flags)
{
	struct module *mod;
	int ret;

	ret = layout_module(info, img);
	if (ret)
		return ret;
	mod = info->mod;
	module_refs_init(mod);
	taint_for_module(mod, img, flags & MODULE_INIT_IGNORE_VERMAGIC);
	ret = percpu_modalloc(info) ?: resolve_symbols(info) ?: relocate_module(info) ?:
	      klp_collect_relocs(info) ?: find_sections(info);
	if (ret)
		goto out_discard;
	percpu_modcopy(info);
	kallsyms_fill(info, mod->symtab);
	module_arch_finalize(info);
	ret = protect_module(mod);
	if (ret)
		goto out_discard;
	return 0;

out_discard:
	mod->num_kp = 0;	/* nothing was set, so nothing is to be freed */
	discard_module(mod);
	return ret;
}
