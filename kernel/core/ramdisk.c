// SPDX-License-Identifier: GPL-2.0
/*
 * The files of the initrd: an index of the regular files in the cpio archive, made once at boot and
 * never changed. The archive stays where the firmware put it. Of a corrupt archive, what could be
 * read before the damage is kept.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/cpio.h>
#include <stopgap/ramdisk.h>

static struct ramdisk_file *files __ro_after_init;
static unsigned int nr_files __ro_after_init;

static const char *normal_name(const char *name)
{
	for (;;) {
		if (*name == '/')
			name++;
		else if (name[0] == '.' && name[1] == '/')
			name += 2;
		else
			return name;
	}
}

/* Step to the next regular file. Return: as cpio_next(). */
static int next_file(struct cpio_reader *r, struct ramdisk_file *file)
{
	struct cpio_entry entry;
	int err;

	do {
		err = cpio_next(r, &entry);
		if (err)
			return err;
	} while ((entry.mode & CPIO_MODE_TYPE) != CPIO_MODE_REGULAR);
	file->name = normal_name(entry.name);
	file->data = entry.data;
	file->size = entry.size;
	return 0;
}

static int __init ramdisk_init(void)
{
	const void *archive = __va(boot_info.initrd_start);
	size_t size = boot_info.initrd_end - boot_info.initrd_start;
	struct cpio_reader r;
	struct ramdisk_file file;
	unsigned int count = 0;
	int err;

	if (!size)
		return 0;
	cpio_open(&r, archive, size);
	while ((err = next_file(&r, &file)) == 0)
		count++;
	if (err == -EINVAL)
		pr_err("ramdisk: corrupt archive at byte %zu: %s; %u files read\n",
		       r.offset, r.error, count);

	files = kmalloc_array(count, sizeof(*files), GFP_KERNEL);
	if (!files)
		return -ENOMEM;
	cpio_open(&r, archive, size);
	while (nr_files < count && next_file(&r, &files[nr_files]) == 0)
		nr_files++;
	return 0;
}
core_initcall(ramdisk_init);

/**
 * ramdisk_nth() - the files by number
 * @n: which, in the order of the archive
 * @file: receives it
 *
 * Context: any, after the core initcalls.
 * Return: 0, or -ENOENT past the end.
 */
int ramdisk_nth(unsigned int n, struct ramdisk_file *file)
{
	if (n >= nr_files)
		return -ENOENT;
	*file = files[n];
	return 0;
}

/**
 * ramdisk_find() - a file by name
 * @name: its name; a leading "./" or "/" does not matter
 * @file: receives it; of several files with one name the last, as when they are unpacked one after
 *	the other
 *
 * Context: any, after the core initcalls.
 * Return: 0, or -ENOENT.
 */
int ramdisk_find(const char *name, struct ramdisk_file *file)
{
	unsigned int n = nr_files;

	name = normal_name(name);
	while (n-- > 0) {
		if (strcmp(files[n].name, name) == 0) {
			*file = files[n];
			return 0;
		}
	}
	return -ENOENT;
}
