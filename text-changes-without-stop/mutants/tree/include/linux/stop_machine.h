/* SPDX-License-Identifier: GPL-2.0 */
/* Make every CPU stand still, at a point where it has scheduled, while one function runs. */
#ifndef _LINUX_STOP_MACHINE_H
#define _LINUX_STOP_MACHINE_H

#include <linux/cpumask.h>

int stop_machine(int (*fn)(void *), void *data, const struct cpumask *cpus);
int stop_machine_run(int (*fn)(void *), void *data, unsigned int cpu);
int stop_machine_ipi(int (*fn)(void *), void *data, const struct cpumask *cpus);
void stop_machine_init(void);

#endif
