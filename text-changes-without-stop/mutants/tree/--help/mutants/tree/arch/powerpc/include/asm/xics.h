/* SPDX-License-Identifier: GPL-2.0 */
/* The interrupt controller, through hypercalls (LoPAPR 14.8). */
#ifndef _ASM_XICS_H
#define _ASM_XICS_H

#include <linux/types.h>

/* What one look at the controller found. */
enum xics_source {
	XICS_NONE,
	XICS_IPI,
	XICS_DEVICE,
};

void xics_init_cpu(void);
void xics_send_ipi(unsigned int hw_id);
enum xics_source xics_accept(void);
int xics_route(u32 source, unsigned int hw_id);

#endif
