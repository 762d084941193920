/* SPDX-License-Identifier: GPL-2.0 */
/* Making threads, and asking them to stop. */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

__printf(3, 4)
struct task_struct *kthread_create(int (*threadfn)(void *data), void *data,
				   const char *namefmt, ...);
struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
					  const char *namefmt);
void kthread_bind(struct task_struct *p, unsigned int cpu);
int kthread_stop(struct task_struct *p);
bool kthread_should_stop(void);
void *kthread_func(struct task_struct *p);
void *kthread_data(struct task_struct *p);

/* Create a thread and let it run. Return: it, or an ERR_PTR. Context: may sleep. */
#define kthread_run(threadfn, data, namefmt, ...)					\
	({										\
		struct task_struct *__k = kthread_create(threadfn, data, namefmt, ##__VA_ARGS__); \
											\
		if (!IS_ERR(__k))							\
			wake_up_process(__k);						\
		__k;									\
	})

#endif
