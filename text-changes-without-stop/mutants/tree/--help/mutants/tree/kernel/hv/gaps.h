/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _HV_GAPS_H
#define _HV_GAPS_H

#include <stopgap/hv.h>

int hv_gaps(unsigned int n, const struct hv_steal_config *config);

#endif
