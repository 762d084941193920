// SPDX-License-Identifier: GPL-2.0
/* The shell's "mem": where the memory is. */
#include <asm/page.h>
#include <linux/kernel.h>
#include <stopgap/console.h>
#include <stopgap/mm.h>
#include <stopgap/shell.h>

static unsigned long pages_to_kb(unsigned long pages)
{
	return pages * (PAGE_SIZE / 1024);
}

static int cmd_mem(int argc, char **argv)
{
	struct mm_stat s;

	mm_stat(&s);
	cprintf("total: %lu kB\n", pages_to_kb(s.total));
	cprintf("free: %lu kB\n", pages_to_kb(s.free));
	cprintf("kmalloc: %lu kB\n", DIV_ROUND_UP(s.kmalloc_bytes, 1024));
	cprintf("kmalloc pages: %lu kB\n", pages_to_kb(s.slab + s.large));
	cprintf("kmalloc objects: %lu\n", s.kmalloc_objects);
	cprintf("vmap: %lu kB\n", pages_to_kb(s.vmap));
	cprintf("vmap areas: %lu\n", s.vmap_areas);
	cprintf("per-CPU: %lu bytes\n", s.percpu_bytes);
	return 0;
}

SHELL_COMMAND(mem, cmd_mem, NULL, "", "show where the memory is");
