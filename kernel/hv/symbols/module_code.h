/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Code of modules by what stays the same: a module, and a place in it as the table of its lines counts them (lines.h).
 * Addresses differ from load to load, and when a run is told its modules may be gone.
 */
#ifndef _HV_SHARED_MODULE_CODE_H
#define _HV_SHARED_MODULE_CODE_H

#include <linux/types.h>
#include <stopgap/lines.h>
#include "../../module/elf_check.h"

/* Where an instruction is: in the module @module, at @place of its code. */
struct module_place {
	const char *module;
	u32 place;
};

/*
 * Find the code that is, or was last, at @addr. Context: any, no locks. Return: false if no module's code has been
 * there, or it was too many loads ago.
 */
bool module_place_find(struct module_place *p, unsigned long addr);

/* The module's file as the ramdisk has it. Context: any, no locks. Return: false if it has none. */
bool module_image(const char *module, struct elf_image *img);
/* Where section @index begins, with those that can be executed one after the other. */
u32 module_section_place(const struct elf_image *img, unsigned int index);

/*
 * A number that stands for the instruction at @pc, the same in every load: of the kernel its address. For the policy
 * that replays schedules. Context: any, no locks.
 */
unsigned long module_code_number(unsigned long pc);
/* What is called so by such a number. Context: any, no locks. Return: false if it has no name. */
bool module_code_symbol_of(struct code_symbol *s, unsigned long number);
/* The number of "module:function". Return: 0, or -ENOENT if no module in the ramdisk has it. */
int module_code_find(const char *name, unsigned long *number);

#endif
