// SPDX-License-Identifier: GPL-2.0
/* panic(): one CPU says why, the others are parked, and the run ends with a failure status. */
#include <asm/paca.h>
#include <linux/atomic.h>
#include <linux/console.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <stopgap/oops.h>

#define PANIC_MSG_LEN	256

unsigned int oops_count;
static atomic_t panic_cpu = ATOMIC_INIT(-1);

/**
 * panic() - stop for good
 * @fmt: why
 *
 * The first CPU to come here wins; a second one, or the same one again (a fault while panicking), stops silently.
 *
 * Context: any. Does not return; QEMU ends with status 1.
 */
void panic(const char *fmt, ...)
{
	char msg[PANIC_MSG_LEN];
	va_list ap;

	local_irq_disable();
	if (atomic_cmpxchg(&panic_cpu, -1, (int)local_paca->cpu) != -1) {
		if (atomic_read(&panic_cpu) == (int)local_paca->cpu)
			machine_fail("panic inside panic");
		park_this_cpu();
	}
	bust_spinlocks(1);
	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	park_other_cpus();
	pr_emerg("Kernel panic - not syncing: %s\n", msg);
	if (!local_paca->oops_depth)
		dump_stack();
	pr_emerg("---[ end Kernel panic - not syncing: %s ]---\n", msg);
	machine_fail(msg);
}
EXPORT_SYMBOL(panic);
