// SPDX-License-Identifier: GPL-2.0
/*
 * The shell command modinfo: what a module file says about itself, laid out as kmod's modinfo lays
 * it out.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>
#include "../shell/shell.h"
#include "internal.h"

/* Names are padded so that values begin in this column. */
#define VALUE_COLUMN	16
#define MAX_PARAMS	64

/* Return: what follows "parm=" or "parmtype=", NULL for other strings. */
static const char *param_text(const char *string)
{
	size_t len = str_has_prefix(string, "parm=") ?: str_has_prefix(string, "parmtype=");

	return len ? string + len : NULL;
}

/* The text that @tag has for the parameter that @param starts with the name of, or NULL. */
static const char *find_param(const struct elf_image *img, const char *tag, const char *param)
{
	size_t len = strcspn(param, ":") + 1;

	for (const char *p = NULL; (p = elf_modinfo(img, tag, p));)
		if (!strncmp(p, param, len))
			return p;
	return NULL;
}

/* What stands behind "name:". */
static const char *skip_name(const char *param)
{
	const char *colon = strchr(param, ':');

	return colon ? colon + 1 : "";
}

static void print_param(const struct elf_image *img, const char *param)
{
	const char *text = find_param(img, "parm", param);
	const char *type = find_param(img, "parmtype", param);

	cprintf("%-*s%s", VALUE_COLUMN, "parm:", text ?: type ?: "");
	if (type && text)
		cprintf(" (%s)", skip_name(type));
	cprintf("\n");
}

static void print_params(const struct elf_image *img)
{
	const char *params[MAX_PARAMS];
	unsigned int n = 0, i;

	for (const char *p = NULL; n < MAX_PARAMS && (p = elf_modinfo(img, NULL, p));) {
		const char *param = param_text(p);

		if (!param)
			continue;
		for (i = 0; i < n; i++)
			if (!strncmp(params[i], param, strcspn(param, ":") + 1))
				break;
		if (i == n)
			params[n++] = param;
	}
	/* The compiler emits a file's strings last first; undo that. */
	while (n)
		print_param(img, params[--n]);
}

/* What Linux's modinfo leaves to be worked out: what loading the file makes of the kernel. */
static void print_taints(const struct elf_image *img)
{
	char letters[MODULE_FLAGS_BUF_SIZE];
	size_t len = module_flags_taint(taints_of_file(img), letters);

	if (len)
		cprintf("%-*s%.*s\n", VALUE_COLUMN, "taints:", (int)len, letters);
}

static void print_info(const struct elf_image *img)
{
	for (const char *p = NULL; (p = elf_modinfo(img, NULL, p));) {
		int len = strcspn(p, "=");

		if (param_text(p) || !p[len])
			continue;
		cprintf("%.*s:%*s%s\n", len, p, max(VALUE_COLUMN - 1 - len, 0), "", p + len + 1);
	}
	print_params(img);
	print_taints(img);
}

static int modinfo_run(int argc, char **argv)
{
	struct ramdisk_file file;
	struct elf_image img;
	struct elf_error err;
	int ret;

	if (argc != 2) {
		cprintf("usage: modinfo FILE\n");
		return -EINVAL;
	}
	ret = ramdisk_find(argv[1], &file);
	if (ret) {
		cprintf("modinfo: can't open '%s': %s (err %d)\n", argv[1], shell_strerror(ret),
			ret);
		return ret;
	}
	ret = elf_check_module(&img, file.data, file.size, NULL, &err);
	if (ret) {
		cprintf("modinfo: %s: %s (err %d)\n", argv[1], err.msg, ret);
		return ret;
	}
	cprintf("%-*s%s\n", VALUE_COLUMN, "filename:", file.name);
	print_info(&img);
	return 0;
}
SHELL_COMMAND(modinfo, modinfo_run, shell_complete_file, "FILE", "show what a module file says");
