// SPDX-License-Identifier: GPL-2.0
/*
 * The shared platform: all logical CPUs take turns on one vCPU (PAPR calls it a shared-processor partition). An IPI
 * is a bit in the target's paca, delivered when the target runs and has its soft mask clear; an idle CPU is one that
 * is not dispatched.
 */
#include <asm/hvcall.h>
#include <asm/lcpu.h>
#include <asm/paca.h>
#include <asm/reg.h>
#include <asm/time.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/hooks.h>
#include <stopgap/lcpu.h>
#include <stopgap/mm.h>
#include <stopgap/oops.h>
#include <stopgap/platform.h>

#define KBUILD_MODNAME "hv"

void lcpu_first(void);
void lcpu_director(void);

/* hv.cpus=N: how many logical CPUs. Set before any is made. */
static int param_set_cpus(const char *val, const struct kernel_param *kp)
{
	unsigned int n;
	int err = kstrtouint(val, 0, &n);

	if (err || n < 1 || n > LCPU_MAX)
		return -EINVAL;
	boot_info.nr_cpus = n;
	return 0;
}

static const struct kernel_param_ops cpus_ops = { .set = param_set_cpus };
module_param_cb(cpus, &cpus_ops, NULL, 0);

unsigned long vcpu_irq_save(void)
{
	unsigned long msr = mfmsr();

	mtmsrd_ee(MSR_RI);
	return msr;
}

void vcpu_irq_restore(unsigned long msr)
{
	mtmsrd_ee(vcpu_clock_is_off() ? MSR_RI : msr & (MSR_EE | MSR_RI));
}

void vcpu_idle(void)
{
	vcpu_clock_exact();
	plpar_hcall_norets(H_CEDE);
	mtmsrd_ee(MSR_EE | MSR_RI);
	decrementer_program();
}

/* The frame that __lcpu_switch() would have left, to return to @first. LR is in the frame above it. */
static unsigned long first_frame(unsigned long top, void (*first)(void))
{
	struct {
		unsigned long back_chain, cr, lr, toc;
		unsigned long gpr[18];
		unsigned long outer_chain, outer_cr, outer_lr, outer_toc;
	} *frame = (void *)(top - sizeof(*frame));

	memset(frame, 0, sizeof(*frame));
	frame->back_chain = (unsigned long)&frame->outer_chain;
	frame->outer_lr = (unsigned long)first;
	return (unsigned long)frame;
}

unsigned long lcpu_director_frame(unsigned long top)
{
	return first_frame(top, lcpu_director);
}

static void answer_for(void)
{
	tlb_ack();
	if (parking_requested())
		local_paca->online = 0;
}

/* The hardware side of an interrupt does not wait for the CPU to be dispatched: that side is ours. */
void lcpu_kick(unsigned int cpu)
{
	struct paca_struct *self = local_paca;
	unsigned long msr = vcpu_irq_save();

	paca[cpu].irq_nip = lcpu_pc(cpu);
	local_paca = &paca[cpu];
	answer_for();
	local_paca = self;
	vcpu_irq_restore(msr);
}

static void shared_send_ipi(unsigned int cpu)
{
	lcpu_kick(cpu);
	if (READ_ONCE(paca[cpu].ipi_messages))
		lcpu_interrupt(cpu, PACA_IRQ_IPI);
	if (cpu == local_paca->cpu && !local_paca->irq_soft_mask && local_paca->irq_pending)
		irq_replay_and_enable();
}

static void shared_set_deadline(u64 deadline)
{
	WRITE_ONCE(local_paca->timer_deadline, deadline);
	decrementer_program();
}

static int shared_start_cpu(unsigned int cpu)
{
	lcpu_add(cpu, first_frame(paca[cpu].current_task->stack_hi, lcpu_first));
	return 0;
}

static const struct platform_ops shared = {
	.name = "shared",
	.send_ipi = shared_send_ipi,
	.idle = lcpu_idle,
	.set_deadline = shared_set_deadline,
	.start_cpu = shared_start_cpu,
	.clock = lcpu_clock,
};

const struct platform_ops *platform = &shared;

void platform_send_ipi(unsigned int cpu, enum ipi_msg msg)
{
	lcpu_announce_ipi(cpu);
	set_bit(msg, &paca[cpu].ipi_messages);
	platform->send_ipi(cpu);
}

void platform_kick(unsigned int cpu)
{
	platform->send_ipi(cpu);
}
