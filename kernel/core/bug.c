// SPDX-License-Identifier: GPL-2.0
/*
 * From the address of a trap instruction to the BUG or WARN that stands there: see <linux/bug.h>.
 */
#include <asm/current.h>
#include <asm/ptrace.h>
#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/sched.h>

/*
 * The loader adds and removes; find_bug() walks without a lock, so a table is unlinked before its
 * memory goes.
 */
static LIST_HEAD(module_bug_list);

static unsigned long bug_addr(const struct bug_entry *bug)
{
	return (unsigned long)&bug->bug_addr_disp + bug->bug_addr_disp;
}

static const char *bug_file(const struct bug_entry *bug)
{
	return (const char *)&bug->file_disp + bug->file_disp;
}

static const struct bug_entry *search(const struct bug_entry *bug, const struct bug_entry *end,
				      unsigned long addr)
{
	for (; bug < end; bug++)
		if (bug_addr(bug) == addr)
			return bug;
	return NULL;
}

const struct bug_entry *find_bug(unsigned long addr)
{
	const struct bug_entry *bug = search(__start___bug_table, __stop___bug_table, addr);
	const struct bug_table *table;

	if (bug)
		return bug;
	list_for_each_entry(table, &module_bug_list, list) {
		bug = search(table->start, table->end, addr);
		if (bug)
			return bug;
	}
	return NULL;
}

void bug_table_add(struct bug_table *table)
{
	list_add_tail(&table->list, &module_bug_list);
}

void bug_table_del(struct bug_table *table)
{
	list_del(&table->list);
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
