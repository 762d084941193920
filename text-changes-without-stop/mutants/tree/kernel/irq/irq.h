/* SPDX-License-Identifier: GPL-2.0 */
/* Between the files of interrupt lines. */
#ifndef _IRQ_IRQ_H
#define _IRQ_IRQ_H

#include <linux/interrupt.h>
#include <linux/list.h>

/**
 * struct irqaction - one user of a line
 * @list: on the line
 * @handler: called when it is raised
 * @flags: IRQF_*
 * @name: for a person; the requester's
 * @dev_id: the requester's
 * @count: how often it was called
 */
struct irqaction {
	struct list_head list;
	irq_handler_t handler;
	unsigned long flags;
	const char *name;
	void *dev_id;
	unsigned int count;
};

bool irq_nth(unsigned int irq, unsigned int n, struct irqaction *copy);

#endif
