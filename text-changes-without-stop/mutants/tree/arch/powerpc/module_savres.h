/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The routines that functions compiled with -Os call to save and restore registers.
 *
 * Pure logic: the kernel and the host tests compile the same file.
 */
#ifndef _POWERPC_MODULE_SAVRES_H
#define _POWERPC_MODULE_SAVRES_H

#define PPC64_SAVRES_INSNS	84

int ppc64_savres_offset(const char *name);
void ppc64_savres_write(void *where);

#endif
