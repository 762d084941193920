/* SPDX-License-Identifier: GPL-2.0 */
/* The architecture's own start-up calls, in the order the boot makes them. */
#ifndef _ASM_SETUP_H
#define _ASM_SETUP_H

#include <linux/types.h>

/* Real mode, boot CPU: setup.c calls them. */
void early_setup(unsigned long initrd_start, unsigned long initrd_len, unsigned long prom, u64 entry_tb);
void secondary_early_setup(void);
void paca_init(unsigned int cpu, void *emergency, void *nmi, unsigned long stack_size);
void trap_init(void);
void vty_init(void);

/* Translated: kernel/main.c calls them. */
void irq_init_cpu(void);
void vty_enable_interrupt(void);
void percpu_init_cpu(unsigned int cpu);
void smp_prepare_cpus(void);
void smp_start_secondaries(void);
void start_secondary(void) __noreturn;
void watchdog_init(void);

/* The kernel's C entry, kernel/main.c. */
void start_kernel(void) __noreturn;

#endif
