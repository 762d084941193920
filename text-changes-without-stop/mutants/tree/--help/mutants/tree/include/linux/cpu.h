/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which CPUs are there. They come online during boot and stay, so the read lock has nothing to hold
 * off.
 */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/cpumask.h>

/*
 * Context: a CPU does this for itself, before it takes interrupts (online), as the last thing
 * (offline).
 */
void set_cpu_online(unsigned int cpu, bool online);

static inline void cpus_read_lock(void)
{
}

static inline void cpus_read_unlock(void)
{
}

#endif
