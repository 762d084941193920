// SPDX-License-Identifier: GPL-2.0
/*
 * From the address of a trap instruction to the BUG or WARN that stands there: see <linux/bug.h>.
 */
#include <asm/current.h>
#include <asm/ptrace.h>
#include <linux/bug.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <stopgap/vmap.h>

static unsigned long bug_addr(const struct bug_entry *bug)
{
	return (unsigned long)&bug->bug_addr_disp + bug->bug_addr_disp;
}

static const char *bug_file(const struct bug_entry *bug)
{
	return (const char *)&bug->file_disp + bug->file_disp;
}

const struct bug_entry *search_bug_table(const struct bug_entry *table, size_t num,
					 unsigned long addr)
{
	for (size_t i = 0; i < num; i++)
		if (bug_addr(&table[i]) == addr)
			return &table[i];
	return NULL;
}

/* As for exceptions: the modules are looked at only for an address that can be one's. */
const struct bug_entry *find_bug(unsigned long addr)
{
	size_t num = (size_t)(__stop___bug_table - __start___bug_table);

	if (is_kernel_text(addr))
		return search_bug_table(__start___bug_table, num, addr);
	return addr - VMAP_START < VMAP_SIZE ? search_module_bugs(addr) : NULL;
}

static void report_warning(const struct bug_entry *bug, unsigned long addr)
{
	if (!(bug->flags & BUGFLAG_NO_CUT_HERE))
		printk(KERN_WARNING CUT_HERE);
	pr_warn("WARNING: CPU: %u PID: %d at %s:%u %pS\n", raw_smp_processor_id(),
		current ? current->pid : 0, bug_file(bug), bug->line, (void *)addr);
	dump_stack();
	pr_warn("---[ end trace ]---\n");
}

enum bug_trap_type report_bug(unsigned long addr, struct pt_regs *regs)
{
	const struct bug_entry *bug = find_bug(addr);

	if (!bug)
		return BUG_TRAP_TYPE_NONE;
	if (bug->flags & BUGFLAG_WARNING) {
		report_warning(bug, addr);
		return BUG_TRAP_TYPE_WARN;
	}
	printk(KERN_CRIT CUT_HERE);
	pr_crit("kernel BUG at %s:%u!\n", bug_file(bug), bug->line);
	return BUG_TRAP_TYPE_BUG;
}
