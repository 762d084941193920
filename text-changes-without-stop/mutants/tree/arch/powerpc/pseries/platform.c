// SPDX-License-Identifier: GPL-2.0
/* The dedicated platform: every logical CPU has a vCPU of its own, and the hypervisor is reached by hypercall. */
#include <asm/hvcall.h>
#include <asm/paca.h>
#include <asm/page.h>
#include <asm/reg.h>
#include <asm/rtas.h>
#include <asm/time.h>
#include <asm/xics.h>
#include <linux/bitops.h>
#include <stopgap/platform.h>

extern char secondary_entry[];

static void dedicated_send_ipi(unsigned int cpu)
{
	xics_send_ipi(paca[cpu].hw_id);
}

/*
 * H_CEDE turns MSR[EE] on and returns once an interrupt has been taken. The look at irq_pending and the cede must not
 * be parted by an interrupt, which would leave the CPU asleep with work to do: hence MSR[EE] off between them.
 */
static void dedicated_idle(void)
{
	mtmsrd_ee(MSR_RI);
	if (!READ_ONCE(local_paca->irq_pending))
		plpar_hcall_norets(H_CEDE);
	mtmsrd_ee(MSR_EE | MSR_RI);
}

static void dedicated_set_deadline(u64 deadline)
{
	WRITE_ONCE(local_paca->timer_deadline, deadline);
	decrementer_program();
}

/* RTAS start-cpu (LoPAPR 7.3.8). */
static int dedicated_start_cpu(unsigned int cpu)
{
	mb();
	return rtas_call(RTAS_START_CPU, 3, 1, NULL, paca[cpu].hw_id, (u32)__pa(secondary_entry), cpu);
}

static u64 dedicated_clock(void)
{
	return mftb();
}

static const struct platform_ops dedicated = {
	.name = "dedicated",
	.send_ipi = dedicated_send_ipi,
	.idle = dedicated_idle,
	.set_deadline = dedicated_set_deadline,
	.start_cpu = dedicated_start_cpu,
	.idle_poll_ns = 50000,
	.clock = dedicated_clock,
};

const struct platform_ops *platform = &dedicated;

void platform_send_ipi(unsigned int cpu, enum ipi_msg msg)
{
	set_bit(msg, &paca[cpu].ipi_messages);
	platform->send_ipi(cpu);
}

void platform_kick(unsigned int cpu)
{
	platform->send_ipi(cpu);
}
