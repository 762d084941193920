// SPDX-License-Identifier: GPL-2.0
/* What Tab offers behind insmod and modprobe: a file, then the parameters that the file takes. */
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>
#include "cmds.h"
#include "internal.h"

/* The @n-th parameter that starts with @word, as "name=". */
static const char *nth_param(const struct elf_image *img, const char *word, int n)
{
	static char candidate[64];

	for (const char *p = NULL; (p = elf_modinfo(img, "parmtype", p));) {
		snprintf(candidate, sizeof(candidate), "%.*s=", (int)strcspn(p, ":"), p);
		if (strstarts(candidate, word) && n-- == 0)
			return candidate;
	}
	return NULL;
}

/* For .complete of commands that take a module and its parameters. */
const char *complete_module_args(int argc, const char *word, int n)
{
	char arg[MODULE_NAME_LEN], name[MODULE_NAME_LEN];
	struct ramdisk_file file;
	struct elf_image img;
	struct elf_error err;

	if (argc == 2)
		return shell_complete_file(argc, word, n);
	shell_completing_word(1, arg, sizeof(arg));
	module_name_of(arg, name, sizeof(name));
	if (find_module_file(name, &file) ||
	    elf_check_module(&img, file.data, file.size, NULL, &err))
		return NULL;
	return nth_param(&img, word, n);
}
