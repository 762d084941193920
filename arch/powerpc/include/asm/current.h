/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The running thread and its CPU, both one load from the paca.
 *
 * What is in the paca, and the preemption count of the running thread, is nobody else's business. It is read and
 * written by instructions of our own: where the compiler announces each access that it sees to the explorer, nearly
 * half of all announcements would be these.
 */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

#include <asm/paca.h>

#define __private_read(x, load, as)								\
	({ typeof(x) __v; __asm__ as(load "%U1%X1 %0, %1" : "=r" (__v) : "m<>" (x)); __v; })
/* Of 4 or 8 bytes. The first may be read once for several times, as a plain load. */
#define private_read(x)										\
	(sizeof(x) == 8 ? __private_read(x, "ld", ) : __private_read(x, "lwz", ))
#define private_read_once(x)									\
	(sizeof(x) == 8 ? __private_read(x, "ld", __volatile__) : __private_read(x, "lwz", __volatile__))
#define __private_write(x, store, v)								\
	__asm__ __volatile__(store "%U0%X0 %1, %0" : "=m<>" (x) : "r" ((typeof(x))(v)))
#define private_write(x, v)									\
	do { if (sizeof(x) == 8) __private_write(x, "std", v); else __private_write(x, "stw", v); } while (0)

#define current			private_read(local_paca->current_task)
#define raw_smp_processor_id()	private_read_once(local_paca->cpu)

#endif
