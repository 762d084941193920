// SPDX-License-Identifier: GPL-2.0
/*
 * The boot story.
 *
 *   firmware (SLOF or VOF)
 *     _start                   head.S: 64-bit mode, our stack
 *       early_setup            setup.c: device tree -> boot_info, vectors, console, page tables; still real mode
 *     start_kernel             here, with translation on
 *       mm_init                every free page to the page allocator
 *       sched_init             the boot context becomes CPU 0's idle thread
 *       interrupts on
 *     rest of the boot         in the thread "init", which may sleep:
 *       secondaries            each: secondary_entry -> start_secondary -> its idle loop
 *       stop_machine, watchdog
 *       do_initcalls           ramdisk, module loader, race scenarios, ...
 *       the shell, or the commands after "--" and then power-off
 */
#include <asm/setup.h>
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/stop_machine.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/mm.h>
#include <stopgap/platform.h>
#include <stopgap/shell.h>

static char params[COMMAND_LINE_SIZE];
/* What follows "--" on the command line: shell commands to run instead of an interactive shell. */
static char *batch;

/* Cut the command line in two at its first "--" word, and apply the first part. */
static void __init parse_command_line(void)
{
	char *word;

	strscpy(params, boot_info.cmdline, sizeof(params));
	for (word = strstr(params, "-- "); word; word = strstr(word + 1, "-- ")) {
		if (word != params && word[-1] != ' ')
			continue;
		*word = '\0';
		batch = word + strlen("-- ");
		break;
	}
	parse_boot_params(params);
}

/* A batch run ends with power-off (status 0) only if every command succeeded and nothing oopsed. */
static void __noreturn run_batch(void)
{
	int err = shell_batch(batch);

	if (err)
		machine_fail("a command failed");
	if (oops_count)
		machine_fail("the kernel oopsed");
	machine_power_off();
}

static int init_thread(void *unused)
{
	u64 us;

	smp_start_secondaries();
	stop_machine_init();
	watchdog_init();
	vty_enable_interrupt();
	do_initcalls();
	us = (platform->clock() - boot_info.entry_tb) / (boot_info.tb_freq / 1000000);
	pr_info("boot: %s, %u CPUs, %llu us from entry to shell\n", boot_info.firmware, num_online_cpus(), us);
	if (batch)
		run_batch();
	shell_loop();
}

/**
 * start_kernel() - the boot CPU, translation on, interrupts off
 *
 * Context: on the boot stack, which stays CPU 0's idle thread's. Does not return.
 */
void __init start_kernel(void)
{
	pr_info("stopgap: a kernel to watch modules race\n");
	parse_command_line();
	mm_init();
	smp_prepare_cpus();
	sched_init();
	irq_init_cpu();
	set_cpu_online(0, true);
	if (IS_ERR(kthread_run(init_thread, NULL, "init")))
		panic("no memory for the first thread");
	cpu_startup_entry();
}
