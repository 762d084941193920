// SPDX-License-Identifier: GPL-2.0
/* XICS: the presentation controller of each CPU (LoPAPR 14.8.4) and the routing of device sources (7.3.10). */
#include <asm/hvcall.h>
#include <asm/paca.h>
#include <asm/rtas.h>
#include <asm/xics.h>

#define XICS_IPI_SOURCE		2
#define XICS_SOURCE_MASK	0xffffff
#define XICS_PRIORITY		4
#define XICS_LEAST_FAVORED	0xff

/* Accept interrupts of every priority on this CPU. */
void xics_init_cpu(void)
{
	plpar_hcall_norets(H_CPPR, (unsigned long)XICS_LEAST_FAVORED);
}

/**
 * xics_send_ipi() - interrupt another CPU, or this one
 * @hw_id: its interrupt server number
 *
 * Context: any.
 */
void xics_send_ipi(unsigned int hw_id)
{
	plpar_hcall_norets(H_IPI, (unsigned long)hw_id, (unsigned long)XICS_PRIORITY);
}

/**
 * xics_accept() - take one interrupt from the controller and end it there
 *
 * Every source here is an edge (an IPI's MFRR is reset before its EOI), so that ending it before it is handled
 * loses nothing.
 *
 * Context: hardware interrupts off. Return: what it was; XICS_NONE when there was none.
 */
enum xics_source xics_accept(void)
{
	unsigned long ret[4];
	u32 xirr;

	plpar_hcall(H_XIRR, ret);
	xirr = (u32)ret[0];
	if (!(xirr & XICS_SOURCE_MASK))
		return XICS_NONE;
	if ((xirr & XICS_SOURCE_MASK) == XICS_IPI_SOURCE)
		plpar_hcall_norets(H_IPI, (unsigned long)local_paca->hw_id, (unsigned long)XICS_LEAST_FAVORED);
	plpar_hcall_norets(H_EOI, (unsigned long)xirr);
	return (xirr & XICS_SOURCE_MASK) == XICS_IPI_SOURCE ? XICS_IPI : XICS_DEVICE;
}

/* Send a device @source to one CPU. Return: 0, or RTAS's negative status. */
int xics_route(u32 source, unsigned int hw_id)
{
	return rtas_call(RTAS_SET_XIVE, 3, 1, NULL, source, hw_id, XICS_PRIORITY);
}
