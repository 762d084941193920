// SPDX-License-Identifier: GPL-2.0
/*
 * Stand-ins for what the kernel's pure code calls and a host cannot have. All weak: a test that
 * links the real thing, or brings its own stand-in, gets that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <asm/current.h>
#include <linux/bug.h>
#include <linux/kallsyms.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <stopgap/console.h>

#include "unit.h"

int kernel_vsnprintf(char *buf, size_t size, const char *fmt, va_list args);

__weak struct task_struct *unit_current;
__weak unsigned int unit_cpu;

char unit_log[65536];
static size_t unit_log_len;

void unit_log_clear(void)
{
	unit_log_len = 0;
	unit_log[0] = '\0';
}

static int unit_log_add(const char *fmt, va_list args)
{
	size_t room = sizeof(unit_log) - unit_log_len;
	int n;

	if (fmt[0] == KERN_SOH_ASCII)
		fmt += 2;
	n = kernel_vsnprintf(unit_log + unit_log_len, room, fmt, args);
	unit_log_len += (size_t)n < room ? (size_t)n : room - 1;
	return n;
}

__weak int vprintk(const char *fmt, va_list args)
{
	return unit_log_add(fmt, args);
}

__weak int printk(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = unit_log_add(fmt, args);
	va_end(args);
	return n;
}

__weak int vcprintf(const char *fmt, va_list args)
{
	return unit_log_add(fmt, args);
}

__weak int cprintf(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = unit_log_add(fmt, args);
	va_end(args);
	return n;
}

/* With a stack from the sanitizer. */
__weak void unit_bug_trap(unsigned int flags)
{
	__builtin_trap();
}

__weak void dump_stack(void)
{
}

int unit_kmalloc_live;
static int kmalloc_fails_in;

void unit_kmalloc_fail(int n)
{
	kmalloc_fails_in = n;
}

__weak void *kmalloc(size_t size, gfp_t gfp)
{
	void *p = kmalloc_fails_in && --kmalloc_fails_in == 0 ? NULL : malloc(size);

	if (!p)
		return NULL;
	unit_kmalloc_live++;
	return gfp & __GFP_ZERO ? memset(p, 0, size) : p;
}

__weak void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}

__weak void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc(n * size, gfp | __GFP_ZERO);
}

__weak void *kmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return kmalloc(n * size, gfp);
}

__weak void *krealloc(const void *p, size_t size, gfp_t gfp)
{
	unit_kmalloc_live += !p;
	return realloc((void *)p, size);
}

__weak void kfree(const void *p)
{
	unit_kmalloc_live -= !!p;
	free((void *)p);
}

__weak char *kstrdup(const char *s, gfp_t gfp)
{
	return kmemdup(s, strlen(s) + 1, gfp);
}

__weak void *kmemdup(const void *src, size_t n, gfp_t gfp)
{
	void *p = kmalloc(n, gfp);

	return p ? memcpy(p, src, n) : NULL;
}

/* One symbol, "fake", of 256 bytes, wherever the address is. */
__weak int sprint_symbol(char *buffer, unsigned long address)
{
	return sprintf(buffer, "fake+0x%lx/0x100", address & 0xff);
}

__weak int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return sprintf(buffer, "fake");
}

__weak int sprint_backtrace(char *buffer, unsigned long address)
{
	return sprint_symbol(buffer, address);
}
