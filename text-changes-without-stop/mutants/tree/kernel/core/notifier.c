// SPDX-License-Identifier: GPL-2.0
/* Notifier chains whose callbacks may sleep. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/notifier.h>

/**
 * blocking_notifier_chain_register - add a callback
 * @nh: the chain
 * @nb: behind those of the same or a higher priority
 *
 * Context: may sleep; not from a callback of the chain. Return: 0, or -EEXIST.
 */
int blocking_notifier_chain_register(struct blocking_notifier_head *nh, struct notifier_block *nb)
{
	struct notifier_block **p;
	int ret = 0;

	mutex_lock(&nh->lock);
	for (p = &nh->head; *p && (*p)->priority >= nb->priority; p = &(*p)->next) {
		if (*p == nb) {
			ret = -EEXIST;
			goto out_unlock;
		}
	}
	nb->next = *p;
	*p = nb;
out_unlock:
	mutex_unlock(&nh->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_register);

/**
 * blocking_notifier_chain_unregister - remove a callback
 * @nh: the chain
 * @nb: no longer called when this returns
 *
 * Context: may sleep; not from a callback of the chain. Return: 0, or -ENOENT.
 */
int blocking_notifier_chain_unregister(struct blocking_notifier_head *nh,
				       struct notifier_block *nb)
{
	struct notifier_block **p;
	int ret = -ENOENT;

	mutex_lock(&nh->lock);
	for (p = &nh->head; *p; p = &(*p)->next) {
		if (*p == nb) {
			*p = nb->next;
			ret = 0;
			break;
		}
	}
	mutex_unlock(&nh->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_chain_unregister);

/* Call from the first to before @end, or to who stops it; *@last is who was called last. */
static int call_chain(struct notifier_block *nb, const struct notifier_block *end,
		      unsigned long action, void *data, struct notifier_block **last)
{
	int ret = NOTIFY_DONE;

	for (; nb != end && !(ret & NOTIFY_STOP_MASK); nb = nb->next) {
		*last = nb;
		ret = nb->notifier_call(nb, action, data);
	}
	return ret;
}

/**
 * blocking_notifier_call_chain - tell all
 * @nh: the chain
 * @action: what happens
 * @data: to whom
 *
 * Context: may sleep. Return: what the last callback called returned.
 */
int blocking_notifier_call_chain(struct blocking_notifier_head *nh, unsigned long action,
				 void *data)
{
	struct notifier_block *last;
	int ret;

	mutex_lock(&nh->lock);
	ret = call_chain(nh->head, NULL, action, data, &last);
	mutex_unlock(&nh->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain);

/**
 * blocking_notifier_call_chain_robust - tell all, and take it back if one vetoes
 * @nh: the chain
 * @up: what happens
 * @down: its contrary, for those who were told before the one that vetoed
 * @data: to whom
 *
 * Context: may sleep. Return: what the last callback called for @up returned.
 */
int blocking_notifier_call_chain_robust(struct blocking_notifier_head *nh, unsigned long up,
					unsigned long down, void *data)
{
	struct notifier_block *last = NULL, *ignored;
	int ret;

	mutex_lock(&nh->lock);
	ret = call_chain(nh->head, NULL, up, data, &last);
	if (ret & NOTIFY_STOP_MASK && ret != NOTIFY_STOP)
		call_chain(nh->head, last, down, data, &ignored);
	mutex_unlock(&nh->lock);
	return ret;
}
EXPORT_SYMBOL_GPL(blocking_notifier_call_chain_robust);
