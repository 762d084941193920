// SPDX-License-Identifier: GPL-2.0
/* The shell's "fault": break things on purpose, one way each, to see what the kernel says. */
#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

static const int read_only = 42;
static volatile unsigned long sink;

static void fault_null(void)
{
	sink = *(volatile unsigned long *)NULL;
}

static void fault_call_null(void)
{
	void (*volatile fn)(void) = NULL;

	fn();
}

static void fault_text(void)
{
	*(volatile u32 *)(unsigned long)fault_null = 0;
}

static void fault_rodata(void)
{
	*(volatile int *)(unsigned long)&read_only = 0;
}

/* An ELFv2 function pointer is a code address, so data can be called. */
static void fault_exec_data(void)
{
	static u32 blr = 0x4e800020;
	void (*volatile fn)(void) = (void (*)(void))(unsigned long)&blr;

	fn();
}

static volatile unsigned long depth_limit = ~0ul;

static noinline unsigned long recurse(unsigned long depth)
{
	volatile unsigned long frame[32];

	frame[depth % 32] = depth;
	return depth < depth_limit ? recurse(depth + 1) + frame[depth % 32] : 0;
}

static void fault_stack(void)
{
	sink = recurse(0);
}

static void fault_illegal(void)
{
	__asm__ __volatile__(".long 0");
}

static void fault_bug(void)
{
	BUG();
}

static void fault_warn(void)
{
	WARN(1, "a warning on purpose\n");
}

static void irq_victim(void *unused)
{
	fault_null();
}

/* In interrupt context there is no thread to kill: a panic. */
static void fault_irq(void)
{
	smp_call_function_single((int)((raw_smp_processor_id() + 1) % num_online_cpus()), irq_victim, NULL, 1);
	local_irq_disable();
	irq_enter();
	fault_null();
}

static noinline void spin_forever(void)
{
	for (;;)
		cpu_relax();
}

static void fault_lockup(void)
{
	local_irq_disable();
	spin_forever();
}

/* A back chain that leads nowhere: the report must end all the same. */
static void fault_bad_stack(void)
{
	__asm__ __volatile__("li 1,64; ld 3,0(0)" : : : "memory");
}

/* The report of the first fault wants a name for NIP = 0, walks the list of modules for it, and faults there. */
static void fault_nested(void)
{
	modules.next = (struct list_head *)8;
	fault_call_null();
}

static const struct {
	const char *name;
	void (*run)(void);
	const char *what;
} faults[] = {
	{ "null", fault_null, "read through a NULL pointer" },
	{ "callnull", fault_call_null, "call through a NULL pointer" },
	{ "text", fault_text, "write to kernel text" },
	{ "rodata", fault_rodata, "write to a constant" },
	{ "execdata", fault_exec_data, "execute data" },
	{ "stack", fault_stack, "overflow the stack into its guard" },
	{ "badsp", fault_bad_stack, "fault with a stack pointer that is nonsense" },
	{ "illegal", fault_illegal, "execute an illegal instruction" },
	{ "bug", fault_bug, "BUG()" },
	{ "warn", fault_warn, "WARN()" },
	{ "nested", fault_nested, "fault inside the report of a fault: panics" },
	{ "irq", fault_irq, "fault in interrupt context: panics" },
	{ "lockup", fault_lockup, "spin with interrupts off until the watchdog bites: panics" },
};

static int fault_command(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		if (argc == 2 && !strcmp(argv[1], faults[i].name)) {
			faults[i].run();
			return 0;
		}
	}
	if (argc > 1)
		cprintf("fault: %s: not one of:\n", argv[1]);
	for (i = 0; i < ARRAY_SIZE(faults); i++)
		cprintf("fault %-10s %s\n", faults[i].name, faults[i].what);
	return argc == 1 ? 0 : -EINVAL;
}

static const char *fault_complete(int argc, const char *word, int n)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(faults); i++)
		if (!strncmp(faults[i].name, word, strlen(word)) && n-- == 0)
			return faults[i].name;
	return NULL;
}

SHELL_COMMAND(fault, fault_command, fault_complete, "[KIND]", "make the kernel fault, in one of many ways");
