/* SPDX-License-Identifier: GPL-2.0 */
/* Per-CPU variables: one copy per logical CPU of what DEFINE_PER_CPU declares. */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <asm/percpu.h>

#define DEFINE_PER_CPU(type, name)	__section(".data..percpu") __typeof__(type) name
#define DECLARE_PER_CPU(type, name)	extern __section(".data..percpu") __typeof__(type) name

#define __percpu_shift(ptr, off) \
	({ unsigned long __p = (unsigned long)(ptr) + (off); (__typeof__(ptr))__p; })

#define per_cpu_ptr(ptr, cpu)	__percpu_shift(ptr, per_cpu_offset(cpu))
#define this_cpu_ptr(ptr)	__percpu_shift(ptr, __my_cpu_offset)
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))
/* The caller must not be moved to another CPU meanwhile: preemption off, or a bound thread. */
#define __this_cpu_read(var)		(*this_cpu_ptr(&(var)))
#define __this_cpu_write(var, v)	do { *this_cpu_ptr(&(var)) = (v); } while (0)
#define __this_cpu_inc(var)		do { (*this_cpu_ptr(&(var)))++; } while (0)

#endif
