/* SPDX-License-Identifier: GPL-2.0 */
/* What the modules of this folder lend each other. */
#ifndef _EXPORTS_LENDERS_H
#define _EXPORTS_LENDERS_H

/* ns_lender.ko, namespace LENDER */
int ns_value(void);
int ns_gpl_value(void);

/* prop_lender.ko */
int prop_value(void);

/* gpl_host.ko */
int host_value(void);

/* prop_heir.ko */
int heir_value(void);

#endif
