/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Declaring per-CPU variables, and getting at a CPU's copy. What DEFINE_PER_CPU() defines is a name
 * for all the copies: its address is that of no copy, a CPU's offset is added first.
 */
#ifndef _LINUX_PERCPU_DEFS_H
#define _LINUX_PERCPU_DEFS_H

#include <asm/percpu.h>
#include <linux/cache.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>

#define DECLARE_PER_CPU(type, name)	extern __section(".data..percpu") __typeof__(type) name
#define DEFINE_PER_CPU(type, name)	__section(".data..percpu") __typeof__(type) name

/* A cache line, or a page, for itself; here there is one section for all. */
#define DECLARE_PER_CPU_ALIGNED(type, name) \
	DECLARE_PER_CPU(type, name) ____cacheline_aligned
#define DEFINE_PER_CPU_ALIGNED(type, name) \
	DEFINE_PER_CPU(type, name) ____cacheline_aligned
#define DECLARE_PER_CPU_SHARED_ALIGNED(type, name)	DECLARE_PER_CPU_ALIGNED(type, name)
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name)	DEFINE_PER_CPU_ALIGNED(type, name)
#define DECLARE_PER_CPU_READ_MOSTLY(type, name)		DECLARE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name)		DEFINE_PER_CPU(type, name)

#define EXPORT_PER_CPU_SYMBOL(name)	EXPORT_SYMBOL(name)
#define EXPORT_PER_CPU_SYMBOL_GPL(name)	EXPORT_SYMBOL_GPL(name)

#define SHIFT_PERCPU_PTR(ptr, off) \
	({ unsigned long __p = (unsigned long)(ptr) + (off); (__typeof__(ptr))__p; })

#define per_cpu_ptr(ptr, cpu)	SHIFT_PERCPU_PTR(ptr, per_cpu_offset(cpu))
#define raw_cpu_ptr(ptr)	SHIFT_PERCPU_PTR(ptr, __my_cpu_offset)
#define per_cpu(var, cpu)	(*per_cpu_ptr(&(var), cpu))

/* The caller must not be moved to another CPU meanwhile: preemption off, or a bound thread. */
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)

/* This CPU's copy, and nobody moves us away until it is put back. */
#define get_cpu_ptr(ptr)	({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr)	do { (void)(ptr); preempt_enable(); } while (0)
#define get_cpu_var(var)	(*get_cpu_ptr(&(var)))
#define put_cpu_var(var)	put_cpu_ptr(&(var))

/*
 * Operations on this CPU's copy. The plain ones are one step for everything that runs on this CPU,
 * interrupts included, and need no protection by the caller; those with underscores take it as given,
 * and the raw ones do not care.
 */
#define __pcpu_step(expr)						\
	({								\
		unsigned long __pcpu_flags;				\
		__auto_type __pcpu_ret = ({				\
			local_irq_save(__pcpu_flags);			\
			(expr);						\
		});							\
		local_irq_restore(__pcpu_flags);			\
		__pcpu_ret;						\
	})

#define raw_cpu_read(var)		READ_ONCE(*raw_cpu_ptr(&(var)))
#define raw_cpu_write(var, v)		WRITE_ONCE(*raw_cpu_ptr(&(var)), v)
#define raw_cpu_add_return(var, v)	(*raw_cpu_ptr(&(var)) += (v))
#define raw_cpu_add(var, v)		((void)raw_cpu_add_return(var, v))
#define raw_cpu_and(var, v)		((void)(*raw_cpu_ptr(&(var)) &= (v)))
#define raw_cpu_or(var, v)		((void)(*raw_cpu_ptr(&(var)) |= (v)))
#define raw_cpu_xchg(var, v)						\
	({								\
		__auto_type __pcpu_p = raw_cpu_ptr(&(var));		\
		__typeof__(var) __pcpu_old = *__pcpu_p;			\
		*__pcpu_p = (v);					\
		__pcpu_old;						\
	})
#define raw_cpu_cmpxchg(var, old, new)					\
	({								\
		__auto_type __pcpu_p = raw_cpu_ptr(&(var));		\
		__typeof__(var) __pcpu_seen = *__pcpu_p;		\
		if (__pcpu_seen == (old))				\
			*__pcpu_p = (new);				\
		__pcpu_seen;						\
	})

#define __this_cpu_read(var)		raw_cpu_read(var)
#define __this_cpu_write(var, v)	raw_cpu_write(var, v)
#define __this_cpu_add(var, v)		raw_cpu_add(var, v)
#define __this_cpu_sub(var, v)		raw_cpu_add(var, -(__typeof__(var))(v))
#define __this_cpu_inc(var)		raw_cpu_add(var, 1)
#define __this_cpu_dec(var)		raw_cpu_add(var, -1)
#define __this_cpu_and(var, v)		raw_cpu_and(var, v)
#define __this_cpu_or(var, v)		raw_cpu_or(var, v)
#define __this_cpu_add_return(var, v)	raw_cpu_add_return(var, v)
#define __this_cpu_sub_return(var, v)	raw_cpu_add_return(var, -(__typeof__(var))(v))
#define __this_cpu_inc_return(var)	raw_cpu_add_return(var, 1)
#define __this_cpu_dec_return(var)	raw_cpu_add_return(var, -1)
#define __this_cpu_xchg(var, v)		raw_cpu_xchg(var, v)
#define __this_cpu_cmpxchg(var, o, n)	raw_cpu_cmpxchg(var, o, n)

#define this_cpu_read(var)		__pcpu_step(raw_cpu_read(var))
#define this_cpu_write(var, v)		((void)__pcpu_step(*raw_cpu_ptr(&(var)) = (v)))
#define this_cpu_add_return(var, v)	__pcpu_step(raw_cpu_add_return(var, v))
#define this_cpu_sub_return(var, v)	this_cpu_add_return(var, -(__typeof__(var))(v))
#define this_cpu_inc_return(var)	this_cpu_add_return(var, 1)
#define this_cpu_dec_return(var)	this_cpu_add_return(var, -1)
#define this_cpu_add(var, v)		((void)this_cpu_add_return(var, v))
#define this_cpu_sub(var, v)		((void)this_cpu_sub_return(var, v))
#define this_cpu_inc(var)		this_cpu_add(var, 1)
#define this_cpu_dec(var)		this_cpu_add(var, -1)
#define this_cpu_and(var, v)		((void)__pcpu_step(*raw_cpu_ptr(&(var)) &= (v)))
#define this_cpu_or(var, v)		((void)__pcpu_step(*raw_cpu_ptr(&(var)) |= (v)))
#define this_cpu_xchg(var, v)		__pcpu_step(raw_cpu_xchg(var, v))
#define this_cpu_cmpxchg(var, o, n)	__pcpu_step(raw_cpu_cmpxchg(var, o, n))

#endif
