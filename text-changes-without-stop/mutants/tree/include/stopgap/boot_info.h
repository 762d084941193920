/* SPDX-License-Identifier: GPL-2.0 */
/* What prom.c learnt from Open Firmware, flattened, so that nothing later needs the device tree. */
#ifndef _STOPGAP_BOOT_INFO_H
#define _STOPGAP_BOOT_INFO_H

#include <linux/types.h>

#define BOOT_MAX_CPUS		16
#define COMMAND_LINE_SIZE	4096

struct boot_info {
	phys_addr_t mem_size;		/* bytes of RAM, from physical 0 */
	phys_addr_t initrd_start;	/* physical; equal to initrd_end if there is none */
	phys_addr_t initrd_end;
	u64 tb_freq;			/* timebase ticks per second */
	u64 entry_tb;			/* timebase at the kernel's first instruction */
	unsigned int nr_cpus;
	unsigned int boot_cpu;		/* index into cpu_hw_id */
	unsigned int cpu_hw_id[BOOT_MAX_CPUS];	/* interrupt server numbers */
	char firmware[16];		/* "SLOF" or "VOF" */
	char cmdline[COMMAND_LINE_SIZE];
};

extern struct boot_info boot_info;

#endif
