// SPDX-License-Identifier: GPL-2.0
/*
 * Symbols of modules, for kallsyms. The walks take no lock and trust what they find, as they did
 * in Linux 2.6.10: the oops handler must get its answer whoever holds what. Nothing on this side
 * protects them from a module that leaves meanwhile; whether anything does is up to the unlink
 * policy.
 *
 * Each module carries its symbol table, its strings and an index by name in its own read-only
 * memory. Only symbols that an address may stand for are kept: defined, in memory, with a name.
 *
 * The index is an array of numbers. The first, n, is how many symbols there were, the null symbol
 * among them. Of the n that follow each begins a chain, that of a name with the hash h being number
 * h * n >> 32: a symbol of the table, the lowest first; 0 ends the chain. Then comes an entry for each
 * symbol: which is next in its chain, and the hash of its name. It goes on naming init's symbols when
 * these have gone; whoever follows it knows by num_symtab.
 */
#include <linux/elf.h>
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/string.h>
#include <stopgap/unlink_policy.h>
#include "internal.h"
#include "kallsyms_table.h"

/* ---- making the table ---- */

static bool in_init(const struct load_info *info, const Elf64_Sym *sym)
{
	return info->part[sym->st_shndx] >= MOD_INIT_TEXT && sym->st_shndx != info->percpu;
}

static bool is_kept(const struct load_info *info, const Elf64_Sym *sym)
{
	unsigned int type = ELF64_ST_TYPE(sym->st_info);

	if (sym->st_shndx == SHN_UNDEF || sym->st_shndx >= info->shnum)
		return false;
	if (type == STT_SECTION || type == STT_FILE || !info->strtab[sym->st_name])
		return false;
	return info->part[sym->st_shndx] != MOD_NOT_LOADED;
}

/* The letter that nm prints. */
static char symbol_letter(const struct load_info *info, const Elf64_Sym *sym)
{
	const Elf64_Shdr *s = &info->sechdrs[sym->st_shndx];
	bool local = ELF64_ST_BIND(sym->st_info) == STB_LOCAL;
	char letter;

	if (ELF64_ST_BIND(sym->st_info) == STB_WEAK)
		return ELF64_ST_TYPE(sym->st_info) == STT_OBJECT ? 'V' : 'W';
	if (s->sh_flags & SHF_EXECINSTR)
		letter = 'T';
	else if (s->sh_type == SHT_NOBITS)
		letter = 'B';
	else
		letter = s->sh_flags & SHF_WRITE ? 'D' : 'R';
	return local ? letter + ('a' - 'A') : letter;
}

/* Of a symbol, in the index. The hash spares a look at most names that are in a chain and not meant. */
struct symhash_entry {
	u32 next, hash;
};

static size_t symhash_size(unsigned int num_symtab)
{
	return (1 + num_symtab) * sizeof(u32) + num_symtab * sizeof(struct symhash_entry);
}

/* Return: the size that kallsyms_fill() will need, for symbols, index and strings together. */
size_t kallsyms_layout(struct load_info *info)
{
	unsigned int num = 1;
	size_t strings = 1;

	for (unsigned int i = 1; i < info->num_syms; i++)
		if (is_kept(info, &info->syms[i])) {
			num++;
			strings += strlen(info->strtab + info->syms[i].st_name) + 1;
		}
	return num * sizeof(Elf64_Sym) + symhash_size(num) + strings;
}

static unsigned int count_kept(const struct load_info *info)
{
	unsigned int kept = 1;

	for (unsigned int i = 1; i < info->num_syms; i++)
		kept += is_kept(info, &info->syms[i]);
	return kept;
}

/* A table being filled: the next entry, the next name, and the first name. */
struct filling {
	Elf64_Sym *to;
	char *name, *strings;
};

static void add_symbol(const struct load_info *info, const Elf64_Sym *sym, struct filling *f)
{
	size_t size = strlen(info->strtab + sym->st_name) + 1;

	*f->to = *sym;
	f->to->st_info = symbol_letter(info, sym);
	f->to->st_name = f->name - f->strings;
	f->to++;
	memcpy(f->name, info->strtab + sym->st_name, size);
	f->name += size;
}

static void add_symbols(const struct load_info *info, bool init, struct filling *f)
{
	for (unsigned int i = 1; i < info->num_syms; i++)
		if (is_kept(info, &info->syms[i]) && in_init(info, &info->syms[i]) == init)
			add_symbol(info, &info->syms[i], f);
}

/* Where the chain of a name begins. */
static unsigned int symhash_chain(const u32 *symhash, u32 hash)
{
	return 1 + ((u64)hash * symhash[0] >> 32);
}

/* Index all symbols, from the last, so that the lowest comes first in its chain. */
static void fill_symhash(const struct module *mod, u32 *symhash)
{
	unsigned int num = mod->num_symtab;
	struct symhash_entry *entries = (struct symhash_entry *)(symhash + 1 + num);

	memset(symhash, 0, symhash_size(num));
	symhash[0] = num;
	for (unsigned int i = num - 1; i; i--) {
		u32 hash = kallsyms_hash(mod->strtab + mod->symtab[i].st_name);
		u32 *first = &symhash[symhash_chain(symhash, hash)];

		entries[i] = (struct symhash_entry) { .next = *first, .hash = hash };
		*first = i;
	}
}

/**
 * kallsyms_fill - write the module's symbol table, the core's symbols before init's
 * @info: symbols resolved
 * @where: kallsyms_layout() bytes in the module's memory
 *
 * Context: any, before the module is protected.
 */
void kallsyms_fill(struct load_info *info, void *where)
{
	struct module *mod = info->mod;
	struct filling f = { .to = where };
	unsigned int num = count_kept(info);
	u32 *symhash = (u32 *)(f.to + num);

	f.strings = (char *)symhash + symhash_size(num);
	f.name = f.strings + 1;
	f.strings[0] = '\0';
	mod->symtab = where;
	mod->strtab = f.strings;
	*f.to++ = (Elf64_Sym) { 0 };
	add_symbols(info, false, &f);
	mod->num_core_symtab = f.to - mod->symtab;
	add_symbols(info, true, &f);
	mod->num_symtab = f.to - mod->symtab;
	fill_symhash(mod, symhash);
	mod->symhash = symhash;
}

/*
 * Init is over, and its symbols, at the end of the table, with it. One store, because readers may be anywhere: see
 * docs/lessons/symtab.md.
 */
void kallsyms_drop_init(struct module *mod)
{
	WRITE_ONCE(mod->num_symtab, mod->num_core_symtab);
}

/* ---- reading it ---- */

/*
 * The part of the module that holds @addr, [*start, *end): no symbol reaches out of it. Return: false if
 * there is none, because init's memory has gone since the caller looked.
 */
static bool part_bounds(const struct module *mod, unsigned long addr, unsigned long *start,
			unsigned long *end)
{
	const struct module_layout *l = &mod->core_layout;
	unsigned long base, offset;

	if (within_module_init(addr, mod))
		l = &mod->init_layout;
	base = (unsigned long)l->base;
	offset = addr - base;
	*start = base;
	*end = base + l->text_size;
	if (offset < l->text_size)
		return true;
	*start = *end;
	*end = base + (offset < l->ro_after_init_size ? l->ro_after_init_size : l->size);
	return addr < *end;
}

/* The symbol closest below @addr, and the next above it, in one pass: the table is not in the order of addresses. */
static const char *get_ksymbol(struct module *mod, unsigned long addr, unsigned long *size,
			       unsigned long *offset)
{
	unsigned int num = READ_ONCE(mod->num_symtab), best = 0;
	unsigned long start, next;

	if (!part_bounds(mod, addr, &start, &next))
		return NULL;
	for (unsigned int i = 1; i < num; i++) {
		unsigned long value = mod->symtab[i].st_value;

		if (value <= addr && value >= start && value > mod->symtab[best].st_value)
			best = i;
		if (value > addr && value < next)
			next = value;
	}
	if (!best)
		return NULL;
	*size = next - mod->symtab[best].st_value;
	*offset = addr - mod->symtab[best].st_value;
	return mod->strtab + mod->symtab[best].st_name;
}

const char *module_address_lookup(unsigned long addr, unsigned long *size,
				  unsigned long *offset, char **modname)
{
	struct module *mod;

	list_for_each_entry_rcu(mod, &modules, list) {
		if (within_module(addr, mod)) {
			*modname = mod->name;
			return get_ksymbol(mod, addr, size, offset);
		}
	}
	return NULL;
}

unsigned long module_find_symname(struct module *mod, const char *name)
{
	unsigned int num = READ_ONCE(mod->num_symtab);

	for (unsigned int i = 1; i < num; i++)
		if (!strcmp(name, mod->strtab + mod->symtab[i].st_name))
			return mod->symtab[i].st_value;
	return 0;
}

static unsigned long find_by_hash(const struct module *mod, const char *name, u32 hash)
{
	const u32 *symhash = mod->symhash;
	const struct symhash_entry *entries = (const struct symhash_entry *)(symhash + 1 + symhash[0]);
	unsigned int num = READ_ONCE(mod->num_symtab);

	for (unsigned int i = symhash[symhash_chain(symhash, hash)]; i; i = entries[i].next)
		if (entries[i].hash == hash && i < num && !strcmp(name, mod->strtab + mod->symtab[i].st_name))
			return mod->symtab[i].st_value;
	return 0;
}

static bool name_has_prefix(const char *modname, const char *prefix, size_t len)
{
	return !strncmp(modname, prefix, len) && !modname[len];
}

/* In one module a name may be looked for one by one; in all of them that would take too long. */
static unsigned long find_in_module(struct module *mod, const char *name, const char *colon,
				    u32 hash)
{
	if (!colon)
		return find_by_hash(mod, name, hash);
	if (!name_has_prefix(mod->name, name, colon - name))
		return 0;
	return module_find_symname(mod, colon + 1);
}

unsigned long module_kallsyms_lookup_name(const char *name)
{
	const char *colon = strchr(name, ':');
	u32 hash = colon ? 0 : kallsyms_hash(name);
	const struct unlink_policy *policy = modules_read_lock();
	unsigned long value = 0;
	struct module *mod;

	list_for_each_entry_rcu(mod, &modules, list) {
		value = find_in_module(mod, name, colon, hash);
		if (value)
			break;
	}
	modules_read_unlock(policy);
	return value;
}

int module_get_kallsym(unsigned int symnum, unsigned long *value, char *type, char *name,
		       char *module_name)
{
	struct module *mod;
	int err = -ERANGE;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list) {
		if (symnum + 1 < mod->num_symtab) {
			const Elf64_Sym *sym = &mod->symtab[symnum + 1];

			*value = sym->st_value;
			*type = sym->st_info;
			strscpy(name, mod->strtab + sym->st_name, KSYM_NAME_LEN + 1);
			strscpy(module_name, mod->name, MODULE_NAME_LEN);
			err = 0;
			break;
		}
		symnum -= mod->num_symtab - 1;
	}
	mutex_unlock(&module_mutex);
	return err;
}

int module_kallsyms_on_each_symbol(const struct module *mod,
				   int (*fn)(void *data, const char *name, char type, unsigned long addr),
				   void *data)
{
	int ret = 0;

	for (unsigned int i = 1; i < mod->num_symtab && !ret; i++) {
		const Elf64_Sym *sym = &mod->symtab[i];

		ret = fn(data, mod->strtab + sym->st_name, sym->st_info, sym->st_value);
	}
	return ret;
}

/* ---- addresses ---- */

struct module *__module_address(unsigned long addr)
{
	struct module *mod;

	list_for_each_entry_rcu(mod, &modules, list)
		if (within_module(addr, mod))
			return mod;
	return NULL;
}

struct module *__module_text_address(unsigned long addr)
{
	struct module *mod = __module_address(addr);

	if (!mod)
		return NULL;
	if (addr - (unsigned long)mod->core_layout.base < mod->core_layout.text_size ||
	    addr - (unsigned long)mod->init_layout.base < mod->init_layout.text_size)
		return mod;
	return NULL;
}

bool is_module_address(unsigned long addr)
{
	const struct unlink_policy *policy = modules_read_lock();
	bool found = __module_address(addr);

	modules_read_unlock(policy);
	return found;
}

bool is_module_text_address(unsigned long addr)
{
	const struct unlink_policy *policy = modules_read_lock();
	bool found = __module_text_address(addr);

	modules_read_unlock(policy);
	return found;
}

/*
 * Tables may still have entries for instructions of init, which is gone: they lead nowhere, as their
 * addresses are in no module's text, or in that of another one.
 */
const struct exception_table_entry *search_module_extables(unsigned long addr)
{
	const struct unlink_policy *policy = modules_read_lock();
	const struct exception_table_entry *found = NULL;
	struct module *mod = __module_text_address(addr);

	if (mod)
		found = search_extable(mod->extable, mod->num_exentries, addr);
	modules_read_unlock(policy);
	return found;
}

const struct bug_entry *search_module_bugs(unsigned long addr)
{
	const struct unlink_policy *policy = modules_read_lock();
	const struct bug_entry *found = NULL;
	struct module *mod = __module_text_address(addr);

	if (mod)
		found = search_bug_table(mod->bug_table, mod->num_bugs, addr);
	modules_read_unlock(policy);
	return found;
}
