// SPDX-License-Identifier: GPL-2.0
/*
 * RTAS calls, and the machine's end. On this machine all that firmware's RTAS code does is one hypercall with the
 * address of the argument buffer, so the kernel makes that hypercall itself and needs no instantiate-rtas.
 */
#include <asm/hvcall.h>
#include <asm/page.h>
#include <asm/rtas.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/reboot.h>
#include <linux/string.h>

#define RTAS_MAX_CELLS	12
#define OS_TERM_MSG_LEN	128

struct rtas_args {
	u32 token;
	u32 nargs;
	u32 nret;
	u32 cells[RTAS_MAX_CELLS];
};

/* A buffer per CPU: no lock, so that a panicking CPU can always make its last call. Not on the (vmap) stack:
 * RTAS wants a physically contiguous one below 4 GiB. */
static struct rtas_args rtas_buf[NR_CPUS] __aligned(64);

/**
 * rtas_call() - one RTAS call
 * @token: which, RTAS_*
 * @nargs: number of arguments, u32 each
 * @nret: number of results, at least 1: the status
 * @outputs: room for @nret - 1 results, or NULL
 *
 * Context: any. Return: RTAS status, 0 = success.
 */
int rtas_call(u32 token, unsigned int nargs, unsigned int nret, u32 *outputs, ...)
{
	struct rtas_args *args;
	unsigned long flags;
	unsigned int i;
	va_list ap;
	int status;

	local_irq_save(flags);
	args = &rtas_buf[local_paca->cpu];
	args->token = token;
	args->nargs = nargs;
	args->nret = nret;
	va_start(ap, outputs);
	for (i = 0; i < nargs; i++)
		args->cells[i] = va_arg(ap, u32);
	va_end(ap);
	plpar_hcall_norets(H_RTAS, (unsigned long)__pa(args));
	status = (int)args->cells[nargs];
	for (i = 1; outputs && i < nret; i++)
		outputs[i - 1] = args->cells[nargs + i];
	local_irq_restore(flags);
	return status;
}

/* The vCPU goes on for a little while after the calls that end the machine. */
static void __noreturn halt_here(void)
{
	for (;;)
		plpar_hcall_norets(H_CEDE);
}

void machine_power_off(void)
{
	rtas_call(RTAS_POWER_OFF, 2, 1, NULL, ~0u, ~0u);
	halt_here();
}

void machine_restart(void)
{
	rtas_call(RTAS_SYSTEM_REBOOT, 0, 1, NULL);
	halt_here();
}

void machine_fail(const char *msg)
{
	static char buf[OS_TERM_MSG_LEN];

	strscpy(buf, msg, sizeof(buf));
	rtas_call(RTAS_OS_TERM, 1, 1, NULL, (u32)__pa(buf));
	halt_here();
}
