// SPDX-License-Identifier: GPL-2.0
/*
 * The files of the initrd: an index of the regular files in the cpio archive, made once at boot and
 * never changed. The archive stays where the firmware put it. Of a corrupt archive, what could be
 * read before the damage is kept. Files that are added later come first.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <stopgap/boot_info.h>
#include <stopgap/cpio.h>
#include <stopgap/ramdisk.h>

static struct ramdisk_file *files __ro_after_init;
static unsigned int nr_files __ro_after_init;

/* A file that came after boot. The list is changed by the shell alone, one command at a time. */
struct added_file {
	struct list_head list;
	struct ramdisk_file file;
};

static LIST_HEAD(added);

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
	struct added_file *a;

	if (n < nr_files) {
		*file = files[n];
		return 0;
	}
	n -= nr_files;
	list_for_each_entry(a, &added, list) {
		if (n-- == 0) {
			*file = a->file;
			return 0;
		}
	}
	return -ENOENT;
}

static struct added_file *find_added(const char *name)
{
	struct added_file *a;

	list_for_each_entry(a, &added, list)
		if (strcmp(a->file.name, name) == 0)
			return a;
	return NULL;
}

int ramdisk_add(const char *name, void *data, size_t size)
{
	struct added_file *a;

	name = normal_name(name);
	a = find_added(name);
	if (a) {
		vfree(a->file.data);
	} else {
		a = kzalloc(sizeof(*a), GFP_KERNEL);
		if (!a)
			return -ENOMEM;
		a->file.name = kstrdup(name, GFP_KERNEL);
		if (!a->file.name) {
			kfree(a);
			return -ENOMEM;
		}
		list_add_tail(&a->list, &added);
	}
	a->file.data = data;
	a->file.size = size;
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
	struct added_file *a;
	unsigned int n = nr_files;

	name = normal_name(name);
	a = find_added(name);
	if (a) {
		*file = a->file;
		return 0;
	}
	while (n-- > 0) {
		if (strcmp(files[n].name, name) == 0) {
			*file = files[n];
			return 0;
		}
	}
	return -ENOENT;
}
