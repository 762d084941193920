// SPDX-License-Identifier: GPL-2.0
/*
 * Lesson: whoever may place a probe by name has a lookup by name. register_kprobe() is exported to
 * GPL modules, takes a symbol's name, and leaves the address in the probe; nothing has to be hit.
 * This is how most of those who had used kallsyms_lookup_name() went on after 2020, often with
 * kallsyms_lookup_name itself as the name. It takes the GPL, or a lie, and a line in the source
 * that shows up in every review.
 */
#include <linux/kprobes.h>
#include <linux/module.h>
#include "target.h"

/* What a function that uses the TOC begins with: addis r2,r12,... ; addi r2,r2,... */
#define GLOBAL_ENTRY		0x3c4c0000
#define OPCODE_AND_REGISTERS	0xffff0000
#define GLOBAL_ENTRY_WORDS	2

struct reach reach;

/*
 * A probe on a function is at its local entry, where calls from inside the kernel arrive; who calls
 * from outside, as a module does, has to come in at the global one (ELFv2 ABI, 2.3.2.1).
 */
static kprobe_opcode_t *global_entry(kprobe_opcode_t *local)
{
	kprobe_opcode_t *before = local - GLOBAL_ENTRY_WORDS;

	return (*before & OPCODE_AND_REGISTERS) == GLOBAL_ENTRY ? before : local;
}

static int __init kprobe_addr_init(void)
{
	struct kprobe probe = { .symbol_name = REACH_TARGET };
	u64 start = ktime_get_ns();
	int err = register_kprobe(&probe);

	if (err) {
		pr_err("kprobe_addr: no probe on " REACH_TARGET ": %d\n", err);
		return err;
	}
	unregister_kprobe(&probe);
	return call_target("register_kprobe", (unsigned long)global_entry(probe.addr), 2, start);
}

static void __exit kprobe_addr_exit(void)
{
}

module_init(kprobe_addr_init);
module_exit(kprobe_addr_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Reads a function's address out of a probe");
