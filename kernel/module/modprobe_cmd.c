// SPDX-License-Identifier: GPL-2.0
/*
 * modprobe: load a module after those whose symbols it needs, and with -r unload it before those
 * that nobody needs any more.
 *
 * What a module needs is in its file: "depends=a,b", which tools/modpost.py has put there.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/boot_info.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>
#include "../shell/shell.h"
#include "cmds.h"
#include "internal.h"

#define MAX_TARGETS	16	/* of one module, that -r tries to unload too */

/* A module on the way to being loaded, and who needs it. */
struct visit {
	char name[MODULE_NAME_LEN];
	const struct visit *needed_by;
};

static bool is_module_file(const char *file)
{
	size_t len = strlen(file);

	return len > 3 && !strcmp(file + len - 3, ".ko");
}

static int check_file(struct elf_image *img, const struct ramdisk_file *file)
{
	struct elf_error err;

	return elf_check_module(img, file->data, file->size, NULL, &err);
}

/* Find the file of module @name. */
int find_module_file(const char *name, struct ramdisk_file *file)
{
	char candidate[MODULE_NAME_LEN];

	for (unsigned int n = 0; !ramdisk_nth(n, file); n++) {
		module_name_of(file->name, candidate, sizeof(candidate));
		if (is_module_file(file->name) && !strcmp(candidate, name))
			return 0;
	}
	return -ENOENT;
}

static bool is_module_loaded(const char *name)
{
	bool loaded;

	mutex_lock(&module_mutex);
	loaded = find_module(name);
	mutex_unlock(&module_mutex);
	return loaded;
}

/* Whether @v is needed, by way of others, by itself; if so, say how. */
static bool is_circular(const struct visit *v)
{
	const struct visit *p = v->needed_by;

	while (p && strcmp(p->name, v->name))
		p = p->needed_by;
	if (!p)
		return false;
	cprintf("modprobe: circular dependency: %s", v->name);
	for (p = v->needed_by; strcmp(p->name, v->name); p = p->needed_by)
		cprintf(" <- %s", p->name);
	cprintf(" <- %s\n", v->name);
	return true;
}

static int load_with_needs(const struct visit *v, const char *args);

/* Load what @img says that it depends on. */
static int load_needs(const struct elf_image *img, const struct visit *v)
{
	const char *list = elf_modinfo(img, "depends", NULL) ?: "";
	struct visit need = { .needed_by = v };
	int ret = 0;

	for (size_t len; !ret && *list; list += len + (list[len] == ',')) {
		len = strcspn(list, ",");
		strscpy(need.name, list, min(len + 1, sizeof(need.name)));
		if (need.name[0])
			ret = load_with_needs(&need, NULL);
	}
	return ret;
}

/* Print to @to what of the words "module.param=value" in @line is for module @name: never more than @line. */
static char *print_boot_args(char *to, char *line, const char *name)
{
	char *param, *val, *dot;

	while (*line) {
		line = next_arg(line, &param, &val);
		if (!val && !strcmp(param, "--"))
			break;
		dot = strchr(param, '.');
		if (!dot)
			continue;
		*dot = '\0';
		if (parameq(param, name))
			to += val ? sprintf(to, "%s=\"%s\" ", dot + 1, val) : sprintf(to, "%s ", dot + 1);
	}
	return to;
}

/* As in Linux: what the boot command line has for @name, then @args. Return: for kfree(), or NULL. */
static char *join_boot_args(const char *name, const char *args)
{
	char *line = kstrdup(boot_info.cmdline, GFP_KERNEL);
	char *all = kmalloc(COMMAND_LINE_SIZE + strlen(args) + 1, GFP_KERNEL);

	if (line && all)
		strcpy(print_boot_args(all, line, name), args);
	kfree(line);
	if (line)
		return all;
	kfree(all);
	return NULL;
}

static int load_file(const struct visit *v, const struct ramdisk_file *file, const char *args)
{
	struct elf_image img;
	char *all;
	int ret;

	/* A file that is no good is refused by the loader, which says why. */
	ret = check_file(&img, file) ? 0 : load_needs(&img, v);
	if (ret)
		return ret;
	all = join_boot_args(v->name, args ?: "");
	if (!all)
		return -ENOMEM;
	ret = load_module_image(file->data, file->size, all, NULL);
	kfree(all);
	if (ret == -EEXIST)	/* somebody was faster */
		return 0;
	if (ret)
		cprintf("modprobe: can't insert '%s': %s (err %d)\n", v->name,
			insmod_strerror(ret), ret);
	return ret;
}

static int load_with_needs(const struct visit *v, const char *args)
{
	struct ramdisk_file file;
	int ret;

	if (is_circular(v))
		return -ELOOP;
	if (is_module_loaded(v->name))
		return 0;
	ret = find_module_file(v->name, &file);
	if (ret) {
		cprintf("modprobe: module %s not found in the ramdisk (err %d)\n", v->name, ret);
		return ret;
	}
	return load_file(v, &file, args);
}

int request_module(const char *name)
{
	struct visit v = { 0 };

	module_name_of(name, v.name, sizeof(v.name));
	return load_with_needs(&v, NULL);
}

/* Copy the names of the modules that @name uses. Return: how many, or -ENOENT. */
static int copy_targets(const char *name, char targets[MAX_TARGETS][MODULE_NAME_LEN])
{
	struct module_use *use;
	struct module *mod;
	int n = -ENOENT;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	if (mod) {
		n = 0;
		list_for_each_entry(use, &mod->target_list, target_list)
			if (n < MAX_TARGETS)
				strscpy(targets[n++], use->target->name, MODULE_NAME_LEN);
	}
	mutex_unlock(&module_mutex);
	return n;
}

static bool is_unused(const char *name)
{
	struct module *mod;
	bool unused;

	mutex_lock(&module_mutex);
	mod = find_module(name);
	unused = mod && module_refcount(mod) == 0;
	mutex_unlock(&module_mutex);
	return unused;
}

/* Unload @name, and then whatever only it had used. */
static int unload_with_needs(const char *name)
{
	char (*targets)[MODULE_NAME_LEN] = kmalloc(MAX_TARGETS * MODULE_NAME_LEN, GFP_KERNEL);
	int n, ret;

	if (!targets)
		return -ENOMEM;
	n = copy_targets(name, targets);
	ret = n < 0 ? n : delete_module(name);
	for (int i = 0; !ret && i < n; i++)
		if (is_unused(targets[i]))
			ret = unload_with_needs(targets[i]);
	kfree(targets);
	return ret;
}

static int remove_one(const char *arg)
{
	char name[MODULE_NAME_LEN];
	struct ramdisk_file file;
	int ret;

	module_name_of(arg, name, sizeof(name));
	ret = unload_with_needs(name);
	if (ret == -ENOENT && !find_module_file(name, &file))
		return 0;	/* it is not there, as wanted */
	if (ret == -ENOENT)
		cprintf("modprobe: module %s not found in the ramdisk (err %d)\n", name, ret);
	else if (ret)
		cprintf("modprobe: can't unload module '%s': %s (err %d)\n", name,
			shell_strerror(ret), ret);
	return ret;
}

static int modprobe_run(int argc, char **argv)
{
	bool remove = argc > 1 && !strcmp(argv[1], "-r");
	struct visit v = { 0 };
	char *args;
	int ret = 0;

	if (argc < 2 + remove) {
		cprintf("usage: modprobe NAME [NAME=VALUE...] | modprobe -r NAME...\n");
		return -EINVAL;
	}
	if (remove) {
		for (int i = 2; i < argc; i++)
			ret = remove_one(argv[i]) ?: ret;
		return ret;
	}
	args = join_module_args(argc - 2, argv + 2);
	if (!args)
		return -ENOMEM;
	module_name_of(argv[1], v.name, sizeof(v.name));
	ret = load_with_needs(&v, args);
	kfree(args);
	return ret;
}
SHELL_COMMAND(modprobe, modprobe_run, complete_module_args, "[-r] NAME [NAME=VALUE...]",
	      "load a module after those it needs, or unload it with them");
