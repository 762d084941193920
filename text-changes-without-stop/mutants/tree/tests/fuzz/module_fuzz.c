// SPDX-License-Identifier: GPL-2.0
/*
 * What libFuzzer calls: a file goes all the way from the gate through layout, symbols and
 * relocations to its symbol table, in memory that ASan watches. The module is put together where
 * the host likes, so its addresses are the host's.
 */
#include <asm/patch.h>
#include <linux/bug.h>
#include <linux/elf.h>
#include <linux/extable.h>
#include <linux/ftrace.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/vermagic.h>
#include <stopgap/unlink_policy.h>
#include <stopgap/vmap.h>

#include "../../arch/powerpc/module_sites.h"
#include "internal.h"
#include "mutate.h"
#include "unit.h"

#define KERNEL_SYMBOL	0xc000000000412340ull	/* where undefined symbols are found */
#define MAX_MODULE	(4UL << 20)		/* larger ones find no memory */
#define LOOK_STEP	64

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* The one CPU's variables. */
static char percpu_memory[PERCPU_DYNAMIC_SIZE] __aligned(4096);
static struct task_struct thread;
struct task_struct *unit_current = &thread;

void preempt_schedule(void)
{
}

/* What the files on trial refer to besides. */
LIST_HEAD(modules);
DEFINE_MUTEX(module_mutex);

void mutex_lock(struct mutex *lock)
{
}

void mutex_unlock(struct mutex *lock)
{
}

/* The report checks what it prints, and is not kept. */
/* Nobody else is here: a policy whose readers do nothing. */
const struct unlink_policy *unlink_policy_get(void)
{
	static const struct unlink_policy nothing;

	return &nothing;
}

int printk(const char *fmt, ...)
{
	unit_log_clear();
	return 0;
}

void *vmap_alloc(size_t size, size_t align, enum vmap_prot prot, const char *what)
{
	void *p = size && size <= MAX_MODULE ? aligned_alloc(align, (size + align - 1) & -align) : NULL;

	if (p)
		libc_memset(p, 0, size);
	return p;
}

void vmap_free(const void *addr)
{
	free((void *)addr);
}

int vmap_protect(const void *addr, size_t size, enum vmap_prot prot)
{
	return 0;
}

int vmap_protect_parts(const void *addr, const struct vmap_part *parts, unsigned int num)
{
	return 0;
}

void vmap_shrink(const void *addr, size_t size)
{
}

/* Memory of the host is written as it is. */
int patch_instructions(const struct insn_patch *patches, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		*(u32 *)patches[i].addr = patches[i].insn;
	return 0;
}

/* The kernel's entries are not here to go to; the room for the stubs is. */
void ppc64_ftrace_stubs_write(struct ppc64_ftrace_stub *stubs)
{
	memset(stubs, 0, PPC64_FTRACE_STUBS * sizeof(*stubs));
}

/* Nobody traces here. */
void ftrace_release_mod(struct module *mod)
{
}

void ftrace_free_init(struct module *mod)
{
}

const struct exception_table_entry *search_extable(const struct exception_table_entry *base,
						   size_t num, unsigned long addr)
{
	return NULL;
}

const struct bug_entry *search_bug_table(const struct bug_entry *table, size_t num,
					 unsigned long addr)
{
	return NULL;
}

static void resolve(struct load_info *info)
{
	for (unsigned int i = 1; i < info->num_syms; i++) {
		Elf64_Sym *sym = &info->syms[i];
		unsigned long *value = (unsigned long *)&sym->st_value;

		if (sym->st_shndx == SHN_LIVEPATCH)
			sym->st_value = KERNEL_SYMBOL;
		else if (sym->st_shndx != SHN_UNDEF && sym->st_shndx != SHN_ABS)
			sym->st_value += sym->st_shndx == info->percpu ?
				(u64)info->mod->percpu : info->sechdrs[sym->st_shndx].sh_addr;
		else if (sym->st_shndx == SHN_UNDEF &&
			 !module_arch_symbol(info, info->strtab + sym->st_name, value))
			sym->st_value = KERNEL_SYMBOL;
	}
}

/* As the loader does it: struct module comes out of this with two fields changed at most. */
static int relocate(struct load_info *info)
{
	struct module clean = *info->mod;
	int ret = 0;

	for (unsigned int i = 1; !ret && i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type == SHT_RELA && info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC)
			ret = module_arch_relocate(info, i);
	}
	*info->mod = clean;
	return ret;
}

/* As when another module comes that a live patch refers to. */
static void relocate_late(struct load_info *info)
{
	struct late_reloc late;

	for (unsigned int i = 1; i < info->shnum; i++) {
		const Elf64_Shdr *s = &info->sechdrs[i];

		if (s->sh_type != SHT_RELA || !(s->sh_flags & SHF_RELA_LIVEPATCH) ||
		    !(info->sechdrs[s->sh_info].sh_flags & SHF_ALLOC))
			continue;
		for (unsigned int r = 0; r < s->sh_size / sizeof(Elf64_Rela); r++)
			if (!module_arch_late_reloc(info, i, r, &late))
				module_arch_apply_late(&late, KERNEL_SYMBOL);
	}
}

/* All that reads a module later: its tables, and its symbols. */
static void look_at(struct load_info *info)
{
	static const char *const tables[] = { "__param", "__ksymtab", "__ex_table", "__bug_table" };
	struct module *mod = info->mod;
	unsigned long start = (unsigned long)mod->core_layout.base, size, offset;
	unsigned int count;
	char *modname;

	list_add(&mod->list, &modules);
	for (unsigned long at = start; at < start + mod->core_layout.size; at += LOOK_STEP)
		module_address_lookup(at, &size, &offset, &modname);
	module_kallsyms_lookup_name("no_module_has_this");
	list_del(&mod->list);
	for (unsigned int t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
		const unsigned long *table = module_section(info, tables[t], sizeof(*table), &count);

		for (unsigned int i = 0; i < count; i++)
			string_in_module(mod, (const char *)table[i]);
	}
}

static void put_together(struct load_info *info)
{
	if (percpu_modalloc(info))
		return;
	resolve(info);
	if (relocate(info))
		return;
	percpu_modcopy(info);
	kallsyms_fill(info, info->mod->symtab);
	module_arch_finalize(info);
	relocate_late(info);
	protect_module(info->mod);
	look_at(info);
}

static void load(const struct elf_image *img)
{
	struct load_info info;

	if (load_info_init(&info, img))
		return;
	if (!layout_module(&info, img)) {
		put_together(&info);
		free_module_memory(info.mod);
	}
	load_info_free(&info);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	percpu_init(percpu_memory);
	cpumask_set_cpu(0, &__cpu_possible_mask);
	nr_cpu_ids = 1;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct elf_expect expect = {
		.vermagic = VERMAGIC_STRING,
		.this_module_size = sizeof(struct module),
		.name_offset = offsetof(struct module, name),
		.name_size = sizeof_field(struct module, name),
	};
	struct elf_image img;
	struct elf_error err;

	if (!elf_check_module(&img, data, size, &expect, &err))
		load(&img);
	return 0;
}

/* Half of the damage is aimed at what a module is made of, half is libFuzzer's own. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	struct rnd_state rnd;

	if (seed & 1 || !size)
		return LLVMFuzzerMutate(data, size, max);
	prandom_seed_state(&rnd, seed);
	return mutate_module(data, size, &rnd) ?: size;
}
