/* SPDX-License-Identifier: GPL-2.0 */
/* The machine numbers of ELF headers that a person is likely to hand us. */
#ifndef _LINUX_ELF_EM_H
#define _LINUX_ELF_EM_H

#define EM_NONE		0
#define EM_386		3
#define EM_PPC		20
#define EM_PPC64	21
#define EM_S390		22
#define EM_ARM		40
#define EM_X86_64	62
#define EM_AARCH64	183
#define EM_RISCV	243

#endif
