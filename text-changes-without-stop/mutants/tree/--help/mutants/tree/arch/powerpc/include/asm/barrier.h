/* SPDX-License-Identifier: GPL-2.0 */
/* Memory barriers as Linux/ppc64 maps them (Power ISA 3.0B, book II 1.7). */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

#include <linux/compiler.h>
#include <stopgap/hooks.h>

#define __barrier(hook, insn)	do { hook(); __asm__ __volatile__(insn : : : "memory"); } while (0)

#define mb()		__barrier(hook_mb, "sync")
#define rmb()		__barrier(hook_rmb, "lwsync")
#define wmb()		__barrier(hook_wmb, "lwsync")
#define isync()		__asm__ __volatile__("isync" : : : "memory")

#define smp_mb()	mb()
#define smp_rmb()	rmb()
#define smp_wmb()	wmb()

#define smp_store_release(p, v) \
	do { wmb(); WRITE_ONCE(*(p), v); } while (0)
#define smp_load_acquire(p) \
	({ __typeof__(*(p)) __v = READ_ONCE(*(p)); __asm__ __volatile__("lwsync" : : : "memory"); __v; })
#define smp_store_mb(var, v)	do { WRITE_ONCE(var, v); smp_mb(); } while (0)

#endif
