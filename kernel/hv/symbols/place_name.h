/* SPDX-License-Identifier: GPL-2.0 */
/* Names for the places of a schedule, which mean the same in another image. */
#ifndef _HV_SHARED_PLACE_NAME_H
#define _HV_SHARED_PLACE_NAME_H

#include <stopgap/schedule.h>

/*
 * "function+0x10"; with the file in front if the kernel has several of that name, "rcu.c:link_module+0x10"; with the
 * module, "hello:hello_exit+0x10", if it is a module's. Addresses are numbers by module_code_number().
 */
extern const struct symbol_lookup place_names;

/* The function around @addr. Context: any, no locks. Return: false if it is in none. */
bool place_function(unsigned long addr, unsigned long *start, unsigned long *size);

#endif
