// SPDX-License-Identifier: GPL-2.0
/*
 * Looking symbols up: the kernel's own in the table that the build put at the end of the image,
 * then the modules'. No locks anywhere: the oops handler must get its answer whoever holds what.
 * The kernel's table never changes; what protects a walk over the modules is the policy by which
 * they are linked and unlinked (kernel/module/unlink/), and on this side at most what that policy asks of
 * a reader.
 */
#include <linux/kallsyms.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <stopgap/unlink_policy.h>
#include "kallsyms_internal.h"

extern char _stext[], _etext[], _end[];

/**
 * is_kernel_text - whether @addr lies in the kernel's own code
 * @addr: any address
 *
 * Context: any.
 */
bool is_kernel_text(unsigned long addr)
{
	return addr >= (unsigned long)_stext && addr < (unsigned long)_etext;
}

/**
 * is_ksym_addr - whether @addr lies in the kernel's image, where the table of the build may know it
 * @addr: any address
 *
 * Context: any.
 */
bool is_ksym_addr(unsigned long addr)
{
	return addr >= (unsigned long)_stext && addr < (unsigned long)_end;
}

/* The name is used, that is copied, inside the read section that finds it. Return: whether there is one. */
static bool copy_module_symbol(unsigned long addr, unsigned long *size, unsigned long *offset, char **modname,
			       char *namebuf)
{
	const struct unlink_policy *policy = modules_read_lock();
	const char *name = module_address_lookup(addr, size, offset, modname);

	if (name)
		strscpy(namebuf, name, KSYM_NAME_LEN + 1);
	modules_read_unlock(policy);
	return name;
}

/**
 * kallsyms_lookup - find the symbol that covers an address
 * @addr: the address
 * @symbolsize: receives the symbol's size; may be NULL
 * @offset: receives how far into the symbol @addr is; may be NULL
 * @modname: receives the module's name, NULL for the kernel itself; may be NULL
 * @namebuf: KSYM_NAME_LEN + 1 bytes
 *
 * The name is copied to @namebuf and stays good. *@modname points into the module: where modules
 * are unlinked with the machine stopped, or with RCU, it stays good until the caller reschedules,
 * otherwise for no time at all. Guarantees and signature are those of the patch "Fix kallsyms/insmod/rmmod race"
 * (January 2005).
 *
 * Context: any, no locks.
 * Return: @namebuf, or NULL if no symbol covers @addr.
 */
const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize, unsigned long *offset,
			    char **modname, char *namebuf)
{
	unsigned long size = 0, off = 0;
	char *module = NULL;
	struct kallsyms_sym sym;

	namebuf[0] = '\0';
	if (kallsyms_table_find(&kallsyms_kernel_table, addr, &sym)) {
		kallsyms_table_name(&kallsyms_kernel_table, &sym, NULL, namebuf, KSYM_NAME_LEN + 1);
		size = sym.size;
		off = addr - sym.addr;
	} else if (!copy_module_symbol(addr, &size, &off, &module, namebuf)) {
		return NULL;
	}
	if (symbolsize)
		*symbolsize = size;
	if (offset)
		*offset = off;
	if (modname)
		*modname = module;
	return namebuf;
}

/**
 * kallsyms_lookup_name - find a symbol's address
 * @name: a name, or "module:name" for a symbol of one module
 *
 * The kernel's symbols come before the modules'; of several with one name, the one with the lowest
 * address.
 *
 * Context: any, no locks.
 * Return: the address, or 0.
 */
unsigned long kallsyms_lookup_name(const char *name)
{
	struct kallsyms_sym sym;

	if (kallsyms_table_find_name(&kallsyms_kernel_table, name, 0, &sym))
		return sym.addr;
	return module_kallsyms_lookup_name(name);
}

/**
 * kallsyms_lookup_size_offset - kallsyms_lookup() for those who need no name
 * @addr: the address
 * @symbolsize: receives the symbol's size; may be NULL
 * @offset: receives how far into the symbol @addr is; may be NULL
 *
 * Context: any, no locks.
 * Return: 1 if a symbol covers @addr, else 0.
 */
int kallsyms_lookup_size_offset(unsigned long addr, unsigned long *symbolsize,
				unsigned long *offset)
{
	char namebuf[KSYM_NAME_LEN + 1];

	return kallsyms_lookup(addr, symbolsize, offset, NULL, namebuf) != NULL;
}

/**
 * kallsyms_on_each_symbol - call a function for every symbol of the kernel, by ascending address
 * @fn: gets @data, the name (good only during the call) and the address; ends the walk by returning
 *      non-zero
 * @data: for @fn
 *
 * Modules are not visited.
 *
 * Context: as @fn needs.
 * Return: what the last call of @fn returned.
 */
int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, unsigned long addr), void *data)
{
	char name[KSYM_NAME_LEN + 1];
	struct kallsyms_sym sym;
	unsigned int nr;
	int ret = 0;

	for (nr = 0; nr < kallsyms_kernel_table.num_syms && !ret; nr++) {
		kallsyms_table_get(&kallsyms_kernel_table, nr, &sym);
		kallsyms_table_name(&kallsyms_kernel_table, &sym, NULL, name, sizeof(name));
		ret = fn(data, name, sym.addr);
	}
	return ret;
}

/**
 * kallsyms_on_each_match_symbol - call a function for every symbol of the kernel that has a given
 * name
 * @fn: gets @data and the address; ends the walk by returning non-zero
 * @name: the name; static functions of several files may share it
 * @data: for @fn
 *
 * Context: as @fn needs.
 * Return: what the last call of @fn returned, -ESRCH if there was none.
 */
int kallsyms_on_each_match_symbol(int (*fn)(void *data, unsigned long addr), const char *name,
				  void *data)
{
	struct kallsyms_sym sym;
	unsigned int nth;
	int ret = -ESRCH;

	for (nth = 0; kallsyms_table_find_name(&kallsyms_kernel_table, name, nth, &sym); nth++) {
		ret = fn(data, sym.addr);
		if (ret)
			break;
	}
	return ret;
}

/*
 * Print the symbol of @address - @adjust, its offset as that of @address. Preemption is off while
 * the module's name is in use: that is as long as kallsyms_lookup() promises it for.
 */
static int print_symbol(char *buffer, unsigned long address, unsigned int adjust, bool with_offset)
{
	unsigned long size, offset;
	char *modname;
	int len;

	preempt_disable();
	if (!kallsyms_lookup(address - adjust, &size, &offset, &modname, buffer)) {
		len = sprintf(buffer, "0x%lx", address);
		goto out;
	}
	len = strlen(buffer);
	if (with_offset)
		len += sprintf(buffer + len, "+0x%lx/0x%lx", offset + adjust, size);
	if (modname)
		len += scnprintf(buffer + len, KSYM_SYMBOL_LEN - len, " [%s]", modname);
out:
	preempt_enable();
	return len;
}

/**
 * sprint_symbol - print what an address points to (%pS)
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the address
 *
 * "symbol+0xoff/0xsize [module]", or the bare number if no symbol covers it.
 *
 * Context: any, no locks.
 * Return: the length.
 */
int sprint_symbol(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 0, true);
}

/**
 * sprint_symbol_no_offset - print what an address points to, by name alone (%ps)
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the address
 *
 * Context: any, no locks.
 * Return: the length.
 */
int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 0, false);
}

/**
 * sprint_backtrace - print what a return address points to (%pB)
 * @buffer: KSYM_SYMBOL_LEN bytes
 * @address: the return address
 *
 * A call that never returns may be the last instruction of its function; the return address is then
 * the next function's. So the symbol is that of the byte before, and the offset still that of the
 * address.
 *
 * Context: any, no locks.
 * Return: the length.
 */
int sprint_backtrace(char *buffer, unsigned long address)
{
	return print_symbol(buffer, address, 1, true);
}
