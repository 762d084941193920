// SPDX-License-Identifier: GPL-2.0
/* The shell's "irq": who has which interrupt line; and raise one. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <stopgap/console.h>
#include <stopgap/shell.h>

#include "irq.h"

/* What the name points to may be gone with its module: only the handler is shown. */
static int list_lines(void)
{
	struct irqaction action;

	for (unsigned int irq = 0; irq < NR_IRQS; irq++)
		for (unsigned int n = 0; irq_nth(irq, n, &action); n++)
			cprintf("%2u: %8u  %ps%s\n", irq, action.count, (void *)action.handler,
				action.flags & IRQF_SHARED ? " (shared)" : "");
	return 0;
}

static int irq_command(int argc, char **argv)
{
	unsigned int irq;

	if (argc == 1)
		return list_lines();
	if (argc != 2 || kstrtouint(argv[1], 0, &irq) || irq >= NR_IRQS) {
		cprintf("usage: irq [LINE], LINE below %u\n", NR_IRQS);
		return -EINVAL;
	}
	cprintf("irq %u: handled by %u\n", irq, irq_raise(irq));
	return 0;
}
SHELL_COMMAND(irq, irq_command, NULL, "[LINE]", "list who has requested interrupt lines, or raise one");
