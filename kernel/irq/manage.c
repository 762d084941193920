// SPDX-License-Identifier: GPL-2.0
/*
 * Interrupt lines for modules. The machine has no device that a module could drive, so lines are raised by irq_raise()
 * alone; everything else is as a driver knows it: request, share, free, and a handler in interrupt context.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "irq.h"

/* Protects the lines, also while handlers run: so free_irq() waits for them. */
static DEFINE_SPINLOCK(irq_lock);
static struct list_head lines[NR_IRQS];

/* Not at their first use: whoever is first would take other steps than all others. */
static int __init lines_init(void)
{
	unsigned int irq;

	for (irq = 0; irq < NR_IRQS; irq++)
		INIT_LIST_HEAD(&lines[irq]);
	return 0;
}
core_initcall(lines_init);

/* Context: irq_lock held. */
static int setup_irq(unsigned int irq, struct irqaction *new)
{
	struct list_head *line = &lines[irq];
	const struct irqaction *first = list_first_entry_or_null(line, struct irqaction, list);

	if (first && !(first->flags & new->flags & IRQF_SHARED))
		return -EBUSY;
	list_add_tail(&new->list, line);
	return 0;
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name, void *dev_id)
{
	struct irqaction *action;
	unsigned long saved;
	int err;

	if (irq >= NR_IRQS || !handler || (flags & IRQF_SHARED && !dev_id))
		return -EINVAL;
	action = kmalloc(sizeof(*action), GFP_KERNEL);
	if (!action)
		return -ENOMEM;
	*action = (struct irqaction){ .handler = handler, .flags = flags, .name = name, .dev_id = dev_id };
	spin_lock_irqsave(&irq_lock, saved);
	err = setup_irq(irq, action);
	spin_unlock_irqrestore(&irq_lock, saved);
	if (err)
		kfree(action);
	return err;
}
EXPORT_SYMBOL(request_irq);

/* Context: irq_lock held. */
static struct irqaction *remove_action(unsigned int irq, const void *dev_id)
{
	struct irqaction *action;

	list_for_each_entry(action, &lines[irq], list) {
		if (action->dev_id == dev_id) {
			list_del(&action->list);
			return action;
		}
	}
	return NULL;
}

const char *free_irq(unsigned int irq, void *dev_id)
{
	struct irqaction *action = NULL;
	const char *name = NULL;
	unsigned long saved;

	if (irq < NR_IRQS) {
		spin_lock_irqsave(&irq_lock, saved);
		action = remove_action(irq, dev_id);
		spin_unlock_irqrestore(&irq_lock, saved);
	}
	if (!WARN(!action, "free_irq: IRQ %u was not requested\n", irq))
		name = action->name;
	kfree(action);
	return name;
}
EXPORT_SYMBOL(free_irq);

unsigned int irq_raise(unsigned int irq)
{
	struct irqaction *action;
	unsigned int handled = 0;
	unsigned long saved;

	if (irq >= NR_IRQS)
		return 0;
	spin_lock_irqsave(&irq_lock, saved);
	irq_enter();
	list_for_each_entry(action, &lines[irq], list) {
		action->count++;
		handled += action->handler(irq, action->dev_id) == IRQ_HANDLED;
	}
	irq_exit();
	spin_unlock_irqrestore(&irq_lock, saved);
	return handled;
}

bool irq_has_action(unsigned int irq)
{
	struct irqaction action;

	return irq < NR_IRQS && irq_nth(irq, 0, &action);
}

/* A copy of the @n-th user of @irq, its name in @name. Context: any. Return: false past the last. */
bool irq_nth(unsigned int irq, unsigned int n, struct irqaction *copy)
{
	struct irqaction *action;
	unsigned long saved;
	bool found = false;

	spin_lock_irqsave(&irq_lock, saved);
	list_for_each_entry(action, &lines[irq], list) {
		if (n--)
			continue;
		*copy = *action;
		found = true;
		break;
	}
	spin_unlock_irqrestore(&irq_lock, saved);
	return found;
}
