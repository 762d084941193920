/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of the loader. */
#ifndef _MODULE_INTERNAL_H
#define _MODULE_INTERNAL_H

#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/panic.h>
#include <stopgap/module_wq.h>
#include "elf_check.h"

/* build.c */
int check_module_image(struct elf_image *img, const void *image, size_t len, unsigned int flags);
int build_module(struct load_info *info, const struct elf_image *img, unsigned int flags);
void discard_module(struct module *mod);

/* main.c */
long try_module_image(const void *image, size_t len, void (*look)(const struct module *mod));

/* layout.c: from an image to a module in its own memory, not relocated yet. */
int load_info_init(struct load_info *info, const struct elf_image *img);
void load_info_free(struct load_info *info);
int layout_module(struct load_info *info, const struct elf_image *img);
int protect_module(const struct module *mod);
void finish_init_memory(struct module *mod);
void free_module_memory(struct module *mod);
void *module_section(const struct load_info *info, const char *name, size_t size,
		     unsigned int *count);
bool string_in_module(const struct module *mod, const char *s);

/* percpu.c */
int percpu_modalloc(struct load_info *info);
void percpu_modcopy(const struct load_info *info);
void percpu_modfree(struct module *mod);

/* mod_kallsyms.c */
size_t kallsyms_layout(struct load_info *info);
void kallsyms_fill(struct load_info *info, void *where);
void kallsyms_drop_init(struct module *mod);
/* The value of @name in @mod, or 0. Context: any, @mod cannot go meanwhile. */
unsigned long module_find_symname(struct module *mod, const char *name);

/* resolve.c */
int resolve_symbols(struct load_info *info);

/* ---- exports ---- */

enum mod_license { NOT_GPL_ONLY, GPL_ONLY };

/* livepatch.c */
int klp_resolve_symbol(const struct load_info *info, Elf64_Sym *sym);
int klp_collect_relocs(struct load_info *info);
/* export.c */
int find_module_exports(struct load_info *info);
typedef int (*export_visitor)(const struct module *owner, enum mod_license license,
			      const struct kernel_symbol *sym, void *data);
int for_each_export(export_visitor visit, void *data);
/* backdoor.c: what of it is exported now. */
const struct kernel_symbol *backdoor_exports(unsigned int *count);

/**
 * struct symbol_search - a search for an exported symbol
 * @name: wanted
 * @gpl_ok: EXPORT_SYMBOL_GPL() symbols may be found
 * @owner: result: the module, NULL for the kernel
 * @sym: result
 * @license: result: whom it is for
 * @gpl_refused: result: there is one, and @gpl_ok forbids it
 */
struct symbol_search {
	const char *name;
	bool gpl_ok;
	struct module *owner;
	const struct kernel_symbol *sym;
	enum mod_license license;
	bool gpl_refused;
};
bool find_exported_symbol(struct symbol_search *search);
/* export_rules.c */
int admit_export(struct load_info *info, const struct symbol_search *search);

/* refcount.c */
void module_refs_init(struct module *mod);
int ref_module(struct module *user, struct module *used);
void module_unload_free(struct module *mod);
bool module_claim(struct module *mod);
bool module_print_users(struct module *mod);

/* notifier.c */
int module_notify_coming(struct module *mod);
void module_notify(struct module *mod, enum module_state state);

/* taint.c */
unsigned long taints_of_file(const struct elf_image *img);
void taint_for_module(struct module *mod, const struct elf_image *img, bool forced);
size_t module_flags_taint(unsigned long taints, char *buf);
/* What module_flags_taint() needs room for. */
#define MODULE_FLAGS_BUF_SIZE	16

static inline bool module_is_proprietary(const struct module *mod)
{
	return mod->taints & 1UL << TAINT_PROPRIETARY_MODULE;
}

#endif
