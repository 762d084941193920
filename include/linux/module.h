/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Loadable modules: what a module's source says about itself, and what the kernel knows about it
 * once loaded.
 *
 * struct module is part of the module's own image (section .gnu.linkonce.this_module) and lives in
 * its own memory, as in Linux 2.6: whoever still reads it after rmmod reads an unmapped page.
 */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/elf.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/moduleparam.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>
#include <asm/module.h>

/* What Linux's module.h brings along, so that sources forget to ask for it. */
#ifdef MODULE
#include <linux/cache.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <linux/workqueue.h>
#endif

struct exception_table_entry;
struct klp_relocs;
struct kunit_suite;
struct notifier_block;
struct task_struct;

#define MODULE_NAME_LEN		(64 - sizeof(unsigned long))

/* ---- what a module says about itself ---- */

#ifdef MODULE
/* A module defines these, by module_init() and module_exit() or, as in the old days, by name. */
int init_module(void);
void cleanup_module(void);

/* The semicolons are in it: some forget theirs, and Linux does not mind. */
#define module_init(fn)							\
	static inline __maybe_unused initcall_t __inittest(void) { return fn; }	\
	int init_module(void) __attribute__((__copy__(fn), __alias__(#fn)));
#define module_exit(fn)							\
	static inline __maybe_unused exitcall_t __exittest(void) { return fn; }	\
	void cleanup_module(void) __attribute__((__copy__(fn), __alias__(#fn)));
#else
#define module_init(fn)		device_initcall(fn)
#define module_exit(fn)		static __maybe_unused exitcall_t __PASTE(__exitcall_, fn) = fn
#endif

#define MODULE_LICENSE(_license)		MODULE_INFO(license, _license)
#define MODULE_AUTHOR(_author)		MODULE_INFO(author, _author)
#define MODULE_DESCRIPTION(_text)	MODULE_INFO(description, _text)
#define MODULE_VERSION(_version)		MODULE_INFO(version, _version)
#define MODULE_ALIAS(_alias)		MODULE_INFO(alias, _alias)
#define MODULE_SOFTDEP(_dep)		MODULE_INFO(softdep, _dep)
/* For the symbols that were exported with EXPORT_SYMBOL_NS(symbol, _ns). */
#define MODULE_IMPORT_NS(_ns)		MODULE_INFO(import_ns, __stringify(_ns))
#define MODULE_FIRMWARE(_file)		MODULE_INFO(firmware, _file)
#define MODULE_SUPPORTED_DEVICE(_name)	MODULE_INFO(device, _name)
#define MODULE_DEVICE_TABLE(type, name)

/* ---- what the kernel keeps of it ---- */

enum module_state {
	MODULE_STATE_LIVE,	/* init has returned 0 */
	MODULE_STATE_COMING,	/* complete, its init running (or dead: then it stays so) */
	MODULE_STATE_GOING,	/* on its way out: nobody gets a new reference */
	MODULE_STATE_UNFORMED,	/* being put together */
	MODULE_STATE_PARKED,	/* found, but not in use: see kernel/livepatch/policy/state.c */
};

/*
 * One stretch of module memory, mapped in four parts: [0, text_size) may be executed, [text_size,
 * ro_size) may be read, [ro_size, ro_after_init_size) may be written until init has returned, and
 * [ro_after_init_size, size) may be written. All bounds are whole pages.
 */
struct module_layout {
	void *base;
	unsigned int size;
	unsigned int text_size;
	unsigned int ro_size;
	unsigned int ro_after_init_size;
};

/* @source uses symbols of @target: one edge, on a list at either end. */
struct module_use {
	struct list_head source_list;	/* in target->source_list: who uses me */
	struct list_head target_list;	/* in source->target_list: whom I use */
	struct module *source, *target;
};

struct module {
	enum module_state state;
	struct task_struct *loader;	/* who runs its init, while COMING */
	struct list_head list;		/* in modules; written by the unlink policy, read bare */
	char name[MODULE_NAME_LEN];

	int (*init)(void);
	void (*exit)(void);
	struct module_layout core_layout;
	struct module_layout init_layout;	/* what is given back once init has returned */
	struct mod_arch_specific arch;

	/*
	 * The symbol table, inside this module's own memory. Entry 0 is the null symbol; those of
	 * the init sections come last, and num_symtab does not count them any more after init.
	 */
	Elf64_Sym *symtab;
	unsigned int num_symtab, num_core_symtab;
	char *strtab;
	const u32 *symhash;	/* finds a symbol by its name's hash; see mod_kallsyms.c */

	const struct kernel_symbol *syms;
	unsigned int num_syms;
	const struct kernel_symbol *gpl_syms;
	unsigned int num_gpl_syms;

	ctor_fn_t *ctors;	/* .init_array, which goes when init has returned */
	unsigned int num_ctors;

	void __percpu *percpu;	/* its DEFINE_PER_CPU() variables */
	unsigned int percpu_size;

	struct kernel_param *kp;
	unsigned int num_kp;
	char *args;

	struct kunit_suite * const *kunit_suites;	/* tests it brings along */
	unsigned int num_kunit_suites;

	const unsigned long *kprobe_blacklist;	/* NOKPROBE_SYMBOL() */
	unsigned int num_kprobe_blacklist;
	const char *kprobes_text;		/* __kprobes */
	unsigned int kprobes_text_size;

	const struct exception_table_entry *extable;
	unsigned int num_exentries;
	const struct bug_entry *bug_table;
	unsigned int num_bugs;

	/* Function entry sites, as offsets from core_layout.base, sorted; those of init come last. */
	u32 *ftrace_sites;
	unsigned int num_ftrace_sites, num_core_ftrace_sites;

	unsigned long taints;		/* bits TAINT_* */
	bool using_gplonly_symbols;	/* so it may not use a proprietary module's */

	struct klp_relocs *klp_relocs;	/* what is relocated when other modules come; NULL: nothing */
	bool klp_alive;			/* between the handlers of livepatching; under klp_mutex */

	atomic_t refcnt;		/* MODULE_REF_BASE while loaded, 0 once claimed by rmmod */
	struct list_head source_list;	/* struct module_use: modules that use this one */
	struct list_head target_list;	/* struct module_use: modules this one uses */
};

extern struct list_head modules;	/* of module.list */
extern struct mutex module_mutex;	/* held by whoever changes the list, a state or a use */

/* ---- load and unload ---- */

/**
 * load_module_image - what init_module(2) is in Linux: check, copy, relocate, link and start a
 * module
 * @image: the .ko file
 * @len: its size
 * @args: "name=value ..." or NULL
 * @out: NULL, or where to store the loaded module; good only while nobody can unload it
 *
 * Runs the module's init in the calling thread: a fault there kills the caller and leaves the
 * module COMING.
 * Context: may sleep.
 * Return: 0; -EEXIST if there is one of that name, once its init has returned; or another negative
 * errno after a message that says why.
 */
long load_module_image(const void *image, size_t len, const char *args, struct module **out);

/* For load_module_flags(), as for Linux's finit_module(2): what "insmod -f" asks for. */
#define MODULE_INIT_IGNORE_VERMAGIC	2

/**
 * load_module_flags - load_module_image(), but not as strict
 * @image: the .ko file
 * @len: its size
 * @args: "name=value ..." or NULL
 * @flags: MODULE_INIT_IGNORE_VERMAGIC: take a module that was built for another kernel; the taint
 *	TAINT_FORCED_MODULE remembers that
 *
 * Context: may sleep. Return: as load_module_image().
 */
long load_module_flags(const void *image, size_t len, const char *args, unsigned int flags);

/**
 * delete_module - what delete_module(2) is in Linux: stop and free a module
 * @name: of the module
 *
 * Context: may sleep; runs the module's exit in the calling thread.
 * Return: 0; -ENOENT no such module; -EWOULDBLOCK in use; -EBUSY not live, or without an exit
 * function.
 */
long delete_module(const char *name);

/*
 * Find a module in any state but UNFORMED. Context: module_mutex held, or the result is stale at
 * once.
 */
struct module *find_module(const char *name);

/**
 * request_module - load a module by name, after those it needs, from the ramdisk
 * @name: of the module
 *
 * Context: may sleep. Return: 0, also if it is there already; a negative errno after a message.
 */
int request_module(const char *name);

/* ---- use counts ---- */

#define MODULE_REF_BASE		1

static inline bool module_is_live(struct module *mod)
{
	return READ_ONCE(mod->state) != MODULE_STATE_GOING;
}

/*
 * Take a reference; refused once the module is going. NULL (built in) always succeeds. Context:
 * any.
 */
bool try_module_get(struct module *mod);
/* Take a further reference, by someone who already holds one. Context: any. */
void __module_get(struct module *mod);
void module_put(struct module *mod);
/* References held by others; -1 once the module is going. */
int module_refcount(struct module *mod);

/*
 * The use count as it was until 2003: the module raises and lowers its own, and is asked by nobody whether it may. So
 * that says nothing unless something else keeps it loaded until it has raised it. Context: any.
 */
#ifdef MODULE
#define MOD_INC_USE_COUNT	__mod_inc_use_count(THIS_MODULE)
#define MOD_DEC_USE_COUNT	__mod_dec_use_count(THIS_MODULE)
#define MOD_IN_USE		(module_refcount(THIS_MODULE) > 0)
#else
#define MOD_INC_USE_COUNT	do { } while (0)
#define MOD_DEC_USE_COUNT	do { } while (0)
#define MOD_IN_USE		1
#endif
void __mod_inc_use_count(struct module *mod);
void __mod_dec_use_count(struct module *mod);

/* ---- exports by name, at run time ---- */

/**
 * symbol_get - find an exported symbol by name, and hold its module
 * @x: the symbol, declared as whatever it is
 *
 * For what may be there or not; a plain use of @x would make the module that exports it necessary.
 * Only EXPORT_SYMBOL_GPL() symbols, as in Linux since 6.6.
 *
 * Context: may sleep. Return: its address, good until symbol_put(); NULL if there is none, or its
 * module is not live.
 */
#define symbol_get(x)	((__typeof__(&x))__symbol_get(__stringify(x)))
#define symbol_put(x)	__symbol_put(__stringify(x))
void *__symbol_get(const char *symbol);
void __symbol_put(const char *symbol);
/* symbol_put() for those who have only the address, of a function. Context: may sleep. */
void symbol_put_addr(void *addr);

/* ---- addresses and names, lock-free ---- */

static inline bool within_module_core(unsigned long addr, const struct module *mod)
{
	return addr - (unsigned long)mod->core_layout.base < mod->core_layout.size;
}

static inline bool within_module_init(unsigned long addr, const struct module *mod)
{
	return addr - (unsigned long)mod->init_layout.base < mod->init_layout.size;
}

static inline bool within_module(unsigned long addr, const struct module *mod)
{
	return within_module_init(addr, mod) || within_module_core(addr, mod);
}

/**
 * module_address_lookup - find the module symbol that covers an address, as the oops handler does:
 * no locks
 * @addr: the address
 * @size: set to the distance to the next symbol
 * @offset: set to the distance from the symbol
 * @modname: set to the module's name
 *
 * Context: any. Return: the symbol's name, or NULL. It and *@modname point into the module itself:
 * how long they stay good is the business of the unlink policy.
 */
const char *module_address_lookup(unsigned long addr, unsigned long *size,
				  unsigned long *offset, char **modname);

/*
 * The value of @name, or of @name in one module if it reads "module:name"; 0 if there is none.
 * Context: any.
 */
unsigned long module_kallsyms_lookup_name(const char *name);

/*
 * The @symnum-th symbol of all modules, copied out: @name holds KSYM_NAME_LEN + 1 bytes,
 * @module_name MODULE_NAME_LEN. Return: 0, or -ERANGE past the last. Context: may sleep.
 */
int module_get_kallsym(unsigned int symnum, unsigned long *value, char *type, char *name,
		       char *module_name);

/*
 * Call @fn for every symbol of @mod, in the order of its table, until it returns not 0; @type is the letter that nm
 * prints. Return: what @fn returned last. Context: as @fn; @mod must stay.
 */
int module_kallsyms_on_each_symbol(const struct module *mod,
				   int (*fn)(void *data, const char *name, char type, unsigned long addr),
				   void *data);

/*
 * The module whose memory (its text) holds @addr, or NULL. Context: any, no locks: see
 * module_address_lookup().
 */
struct module *__module_address(unsigned long addr);
struct module *__module_text_address(unsigned long addr);
bool is_module_address(unsigned long addr);
bool is_module_text_address(unsigned long addr);

/*
 * What the module with @addr in its text has for that instruction, in either table; NULL for none.
 * Context: any, no locks.
 */
const struct exception_table_entry *search_module_extables(unsigned long addr);
const struct bug_entry *search_module_bugs(unsigned long addr);

/* ---- taints, notifiers ---- */

/* "Modules linked in: ..." as the last lines of an oops. Context: any, no locks. */
void print_modules(void);

int register_module_notifier(struct notifier_block *nb);
int unregister_module_notifier(struct notifier_block *nb);

#endif
