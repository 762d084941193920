/* SPDX-License-Identifier: GPL-2.0 */
/*
 * "This cannot happen" (BUG) and "this should not" (WARN). Both are a trap instruction plus an
 * entry in __bug_table that says where it stands, so the fast path pays one instruction and the
 * report has all registers.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <asm/bug.h>
#include <linux/build_bug.h>
#include <linux/printk.h>
#include <linux/types.h>

#define BUGFLAG_WARNING		0x1
#define BUGFLAG_NO_CUT_HERE	0x2	/* the message came first, with the line above it */

#define CUT_HERE	"------------[ cut here ]------------\n"

/*
 * One BUG or WARN; addresses are relative to the field itself. Written by BUG_TRAP() in
 * <asm/bug.h>.
 */
struct bug_entry {
	s32 bug_addr_disp;
	s32 file_disp;
	u16 line;
	u16 flags;
};

extern const struct bug_entry __start___bug_table[], __stop___bug_table[];

enum bug_trap_type {
	BUG_TRAP_TYPE_NONE,	/* not ours: some other trap instruction */
	BUG_TRAP_TYPE_WARN,	/* reported; go on at the next instruction */
	BUG_TRAP_TYPE_BUG,	/* announced; the caller prints the oops */
};

struct pt_regs;

#define BUG() do {					\
		BUG_TRAP(0);				\
		unreachable();				\
	} while (0)

#define BUG_ON(condition) do {				\
		if (unlikely(condition))		\
			BUG();				\
	} while (0)

#define WARN_ON(condition) ({				\
	bool __warn = !!(condition);			\
	if (unlikely(__warn))				\
		BUG_TRAP(BUGFLAG_WARNING);		\
	unlikely(__warn); })

#define WARN(condition, fmt, ...) ({			\
	bool __warn = !!(condition);			\
	if (unlikely(__warn)) {				\
		printk(KERN_WARNING CUT_HERE);		\
		printk(KERN_WARNING fmt, ##__VA_ARGS__);	\
		BUG_TRAP(BUGFLAG_WARNING | BUGFLAG_NO_CUT_HERE);	\
	}						\
	unlikely(__warn); })

#define __WARN_FIRST(condition, warn) ({		\
	static bool __warned;				\
	bool __once = !!(condition);			\
	if (unlikely(__once && !__warned)) {		\
		__warned = true;			\
		warn;					\
	}						\
	unlikely(__once); })
#define WARN_ON_ONCE(condition)		__WARN_FIRST(condition, WARN_ON(1))
#define WARN_ONCE(condition, fmt, ...)	__WARN_FIRST(condition, WARN(1, fmt, ##__VA_ARGS__))

/*
 * Return: the entry for the trap instruction at @addr, in the kernel or a module, or NULL. Context:
 * any.
 */
const struct bug_entry *find_bug(unsigned long addr);
/* Report the trap at @addr, from the trap handler. Return: what it was. Context: any. */
enum bug_trap_type report_bug(unsigned long addr, struct pt_regs *regs);

/* The entry for @addr in one table. Context: any. */
const struct bug_entry *search_bug_table(const struct bug_entry *table, size_t num,
					 unsigned long addr);

#endif
