// SPDX-License-Identifier: GPL-2.0
/*
 * The number of an image: what a schedule means may depend on each byte of the kernel and of its modules. The linker
 * has numbered the kernel as it was before it ran, whatever has been patched or stored since (tools/link-vmlinux.sh);
 * the files of the ramdisk are counted when they are asked for, as the shell may have brought others.
 */
#include <linux/string.h>
#include <linux/types.h>
#include <stopgap/ramdisk.h>

#include "failure.h"

extern const u32 kernel_image_hash;

/* FNV-1a; folded, so that what the upper bits say is not lost. */
static u64 mix(u64 h, u64 word)
{
	h = (h ^ word) * 0x100000001b3ull;
	return h ^ h >> 32;
}

static u64 mix_bytes(u64 h, const u8 *p, size_t n)
{
	while (n--)
		h = mix(h, *p++);
	return h;
}

static u64 file_hash(const struct ramdisk_file *file)
{
	u64 h = mix_bytes(file->size, (const u8 *)file->name, strlen(file->name));
	const u32 *word = file->data, *end = word + file->size / sizeof(*word);

	while (word < end)
		h = mix(h, *word++);
	return mix_bytes(h, (const u8 *)end, file->size % sizeof(*word));
}

/* Of each name the file that is found by it: in which order they came, and how, does not matter. */
static u64 ramdisk_hash(void)
{
	struct ramdisk_file file, found;
	unsigned int i;
	u64 sum = 0;

	for (i = 0; !ramdisk_nth(i, &file); i++)
		if (!ramdisk_find(file.name, &found) && found.data == file.data)
			sum += file_hash(&file);
	return sum;
}

u32 failure_image_hash(void)
{
	u64 h = mix(kernel_image_hash, ramdisk_hash());

	return h ^ h >> 32;
}
