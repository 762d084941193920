// SPDX-License-Identifier: GPL-2.0
/* What the boot CPU does in real mode, between firmware's last word and start_kernel(). */
#include <asm/paca.h>
#include <asm/percpu.h>
#include <asm/reg.h>
#include <asm/setup.h>
#include <linux/export.h>
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched.h>
#include <stopgap/boot_info.h>
#include <stopgap/mm.h>

#include "prom.h"

#define BOOT_STACK_SIZE	16384

struct paca_struct paca[NR_CPUS];
EXPORT_SYMBOL(paca);	/* per_cpu_ptr() */

extern char init_stack[], init_stack_top[];
static char boot_emergency_stack[BOOT_STACK_SIZE] __aligned(16);
static char boot_nmi_stack[BOOT_STACK_SIZE] __aligned(16);

void paca_init(unsigned int cpu, void *emergency, void *nmi, unsigned long stack_size)
{
	struct paca_struct *p = &paca[cpu];

	p->cpu = cpu;
	p->hw_id = boot_info.cpu_hw_id[cpu];
	p->irq_soft_mask = 1;
	p->emergency_lo = (unsigned long)emergency;
	p->emergency_hi = p->emergency_lo + stack_size;
	p->stack_lo = p->emergency_lo;
	p->stack_hi = p->emergency_hi;
	p->nmi_sp = (unsigned long)nmi + stack_size;
	p->timer_deadline = ~0ull;
	p->hv_deadline = ~0ull;
}

/**
 * early_setup() - the boot CPU's life in real mode
 * @initrd_start: physical address of the ramdisk, 0 if there is none
 * @initrd_len: its length in bytes
 * @prom: Open Firmware's client entry
 * @entry_tb: the timebase at the kernel's first instruction
 *
 * Reads the device tree, builds the page tables, and installs the vectors, after which firmware is gone.
 */
void __init early_setup(unsigned long initrd_start, unsigned long initrd_len, unsigned long prom,
			u64 entry_tb)
{
	boot_info.entry_tb = entry_tb;
	ftrace_init();
	prom_init(initrd_start, initrd_len, prom);
	paca_init(0, boot_emergency_stack, boot_nmi_stack, BOOT_STACK_SIZE);
	local_paca->stack_lo = (unsigned long)init_stack;
	local_paca->stack_hi = (unsigned long)init_stack_top;
	local_paca->current_task = &init_task;
	local_paca->online = 1;
	local_paca->current_task = &init_task;
	mtspr(SPRN_SPRG0, local_paca);
	trap_init();
	vty_init();
	mmu_init();
}

/* The same for a secondary CPU, on its emergency stack, with r13 set. */
void __init secondary_early_setup(void)
{
	mtspr(SPRN_SPRG0, local_paca);
	mmu_init_secondary();
}
