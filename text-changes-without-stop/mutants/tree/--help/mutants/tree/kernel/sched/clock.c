// SPDX-License-Identifier: GPL-2.0
/*
 * Time: conversions between timebase ticks, nanoseconds and jiffies, and busy waiting.
 *
 * A conversion is one 64 x 64 bit multiplication by a 32.32 fixed-point factor; the product has 128
 * bits, so nothing overflows. ns_to_tb() rounds up, so that what waits for its result never waits
 * too short.
 */
#include <asm/processor.h>
#include <linux/export.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <stopgap/boot_info.h>
#include <stopgap/hooks.h>
#include <stopgap/platform.h>

typedef unsigned __int128 u128;

/* 32.32 fixed point; computed at first use, with the same result whoever does it. */
static u64 ns_per_tb, tb_per_ns;

u64 tb_to_ns(u64 ticks)
{
	if (unlikely(!ns_per_tb))
		ns_per_tb = ((u64)NSEC_PER_SEC << 32) / boot_info.tb_freq;
	return (u64)(((u128)ticks * ns_per_tb) >> 32);
}
EXPORT_SYMBOL(tb_to_ns);

u64 ns_to_tb(u64 ns)
{
	if (unlikely(!tb_per_ns))
		tb_per_ns = DIV_ROUND_UP(boot_info.tb_freq << 32, NSEC_PER_SEC);
	return (u64)(((u128)ns * tb_per_ns + 0xffffffff) >> 32);
}
EXPORT_SYMBOL(ns_to_tb);

/**
 * ktime_get_ns() - nanoseconds since the kernel's first instruction
 *
 * Context: any. Return: the same on every CPU, never going back.
 */
u64 ktime_get_ns(void)
{
	return tb_to_ns(platform->clock() - boot_info.entry_tb);
}
EXPORT_SYMBOL(ktime_get_ns);

/**
 * get_jiffies() - what the macro jiffies stands for
 *
 * Context: any. Return: 1/HZ seconds since the kernel's first instruction.
 */
unsigned long get_jiffies(void)
{
	return (platform->clock() - boot_info.entry_tb) / (boot_info.tb_freq / HZ);
}
EXPORT_SYMBOL(get_jiffies);

static void delay_ticks(u64 ticks)
{
	u64 start = platform->clock();

	while (platform->clock() - start < ticks)
		if (!hook_delay(start + ticks))
			cpu_relax();
}

/* Busy waiting. Context: any. */
void ndelay(unsigned long nsecs)
{
	delay_ticks(ns_to_tb(nsecs));
}
EXPORT_SYMBOL(ndelay);

void udelay(unsigned long usecs)
{
	delay_ticks(ns_to_tb(usecs * NSEC_PER_USEC));
}
EXPORT_SYMBOL(udelay);

void mdelay(unsigned long msecs)
{
	delay_ticks(ns_to_tb(msecs * NSEC_PER_MSEC));
}
EXPORT_SYMBOL(mdelay);
