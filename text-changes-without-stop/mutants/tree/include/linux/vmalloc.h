/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that is contiguous only in its addresses, with unmapped guard pages around it. */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>

void *vmalloc(unsigned long size);
void *vzalloc(unsigned long size);
void vfree(const void *addr);
bool is_vmalloc_addr(const void *addr);

#endif
