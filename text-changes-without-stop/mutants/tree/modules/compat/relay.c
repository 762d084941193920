// SPDX-License-Identifier: GPL-2.0
/* A producer and a consumer with a ring between them, as in the documentation of circular buffers. */
#include <linux/circ_buf.h>
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/wait.h>

#define SIZE	8
#define BYTES	1000

static char ring[SIZE];
static struct circ_buf circ = { .buf = ring };
static DECLARE_WAIT_QUEUE_HEAD(changed);
static DECLARE_COMPLETION(consumed);
static unsigned int sum;

static int produce(void *unused)
{
	int i;

	for (i = 0; i < BYTES; i++) {
		wait_event(changed, CIRC_SPACE(circ.head, READ_ONCE(circ.tail), SIZE) >= 1);
		circ.buf[circ.head] = (char)(i & 0x3f);
		smp_store_release(&circ.head, (circ.head + 1) & (SIZE - 1));
		wake_up(&changed);
	}
	return 0;
}

static int consume(void *unused)
{
	int i;

	for (i = 0; i < BYTES; i++) {
		wait_event(changed, CIRC_CNT(smp_load_acquire(&circ.head), circ.tail, SIZE) >= 1);
		sum += circ.buf[circ.tail];
		smp_store_release(&circ.tail, (circ.tail + 1) & (SIZE - 1));
		wake_up(&changed);
	}
	complete_and_exit(&consumed, 0);
}

static int __init relay_init(void)
{
	struct task_struct *producer, *consumer;

	consumer = kthread_run(consume, NULL, "consumer");
	if (IS_ERR(consumer))
		return PTR_ERR(consumer);
	producer = kthread_run(produce, NULL, "producer");
	if (IS_ERR(producer))
		return PTR_ERR(producer);
	if (!wait_for_completion_timeout(&consumed, 60 * HZ))
		return -ETIMEDOUT;
	pr_info("relay: sum %u\n", sum);
	return 0;
}

static void __exit relay_exit(void)
{
}

module_init(relay_init);
module_exit(relay_exit);

MODULE_LICENSE("GPL");
