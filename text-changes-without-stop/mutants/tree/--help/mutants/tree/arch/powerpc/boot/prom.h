/* SPDX-License-Identifier: GPL-2.0 */
/* The Open Firmware client: used once, before the kernel's own vectors replace firmware's. */
#ifndef _BOOT_PROM_H
#define _BOOT_PROM_H

/* Fill boot_info from Open Firmware. Context: boot CPU, real mode. */
void prom_init(unsigned long initrd_start, unsigned long initrd_len, unsigned long entry);

#endif
