/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The arithmetic of ELFv2 relocations, apart from the loader: values in, bytes out.
 *
 * Pure logic: the kernel and the host tests compile the same file.
 */
#ifndef _POWERPC_MODULE_RELOC_H
#define _POWERPC_MODULE_RELOC_H

#include <linux/types.h>

/*
 * What a relocation is computed from. Calls (REL24) get @sym + @addend = where the branch is to
 * land.
 */
struct ppc64_reloc_in {
	u64 sym;	/* S: the symbol */
	s64 addend;	/* A */
	u64 place;	/* P: the address the bytes will have when they run */
	u64 toc;	/* .TOC.: r2 in this module */
	u64 slot;	/* G: where the symbol's address is kept, if ppc64_reloc_wants_slot() */
};

/* Eight instructions that reach any address from anywhere, and save the TOC for the caller. */
#define PPC64_STUB_INSNS	8
struct ppc64_stub {
	u32 insn[PPC64_STUB_INSNS];
};

/* A call that may land in another TOC is followed by this, which the loader replaces by ... */
#define PPC_INSN_NOP		0x60000000
/* ... "ld r2,24(r1)": what the stub saved. */
#define PPC_INSN_LD_TOC		0xe8410018
#define PPC_INSN_LINK		0x00000001	/* the LK bit of a branch */

int ppc64_reloc_apply(unsigned int type, void *where, const struct ppc64_reloc_in *in);
bool ppc64_reloc_wants_slot(unsigned int type);
bool ppc64_reloc_is_prefixed(unsigned int type);
void ppc64_stub_write(struct ppc64_stub *stub, u64 target);
u32 ppc64_read_insn(const void *where);
void ppc64_write_insn(void *where, u32 insn);

#endif
