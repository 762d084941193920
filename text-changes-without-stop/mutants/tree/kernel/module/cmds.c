// SPDX-License-Identifier: GPL-2.0
/*
 * Shell commands that change or list what is loaded: insmod, rmmod, lsmod. Each runs in a thread
 * of its own (the shell sees to that), so an init or exit that oopses costs the command and not
 * the shell.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <stopgap/console.h>
#include <stopgap/ramdisk.h>
#include <stopgap/shell.h>
#include "../shell/shell.h"
#include "cmds.h"
#include "internal.h"

/* What an errno means when it comes from the loader. */
const char *insmod_strerror(int err)
{
	switch (err) {
	case -ENOEXEC:
		return "invalid module format";
	case -ENOENT:
		return "unknown symbol in module, or unknown parameter";
	default:
		return shell_strerror(err);
	}
}

/* Append a word to the line of arguments; a value with blanks goes in quotes, behind the '='. */
static char *append_arg(char *to, const char *word)
{
	const char *value = strchr(word, '=');

	if (!value || !strpbrk(word, " \t"))
		return to + sprintf(to, "%s ", word);
	return to + sprintf(to, "%.*s\"%s\" ", (int)(value + 1 - word), word, value + 1);
}

/* The words as one line, for kfree(), or NULL. */
char *join_module_args(int argc, char **argv)
{
	size_t size = 1;
	char *line, *to;

	for (int i = 0; i < argc; i++)
		size += strlen(argv[i]) + sizeof("\"\" ");
	line = kmalloc(size, GFP_KERNEL);
	if (!line)
		return NULL;
	line[0] = '\0';
	to = line;
	for (int i = 0; i < argc; i++)
		to = append_arg(to, argv[i]);
	return line;
}

static int insert_file(const char *name, int argc, char **argv, unsigned int flags)
{
	struct ramdisk_file file;
	char *args;
	int ret;

	ret = ramdisk_find(name, &file);
	if (ret) {
		cprintf("insmod: can't open '%s': %s (err %d)\n", name, shell_strerror(ret), ret);
		return ret;
	}
	args = join_module_args(argc, argv);
	if (!args)
		return -ENOMEM;
	ret = load_module_flags(file.data, file.size, args, flags);
	kfree(args);
	if (ret)
		cprintf("insmod: can't insert '%s': %s (err %d)\n", name, insmod_strerror(ret),
			ret);
	return ret;
}

static int insmod_run(int argc, char **argv)
{
	bool force = argc > 1 && !strcmp(argv[1], "-f");

	argc -= 1 + force;
	argv += 1 + force;
	if (argc < 1) {
		cprintf("usage: insmod [-f] FILE [NAME=VALUE...]\n");
		return -EINVAL;
	}
	return insert_file(argv[0], argc - 1, argv + 1, force ? MODULE_INIT_IGNORE_VERMAGIC : 0);
}
SHELL_COMMAND(insmod, insmod_run, complete_module_args, "[-f] FILE [NAME=VALUE...]",
	      "load a module; -f: even if it was built for another kernel");

/* The @n-th name of a module that starts with @word; copied, because the module may go. */
const char *complete_module(int argc, const char *word, int n)
{
	static char name[MODULE_NAME_LEN];
	const char *found = NULL;
	struct module *mod;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list) {
		if (!strstarts(mod->name, word) || n--)
			continue;
		strscpy(name, mod->name, sizeof(name));
		found = name;
		break;
	}
	mutex_unlock(&module_mutex);
	return found;
}

/* As in kmod, "hello.ko" and "dir/hello.ko" mean the module hello, and - is _. */
void module_name_of(const char *arg, char *name, size_t size)
{
	strscpy(name, kbasename(arg), size);
	if (strlen(name) > 3 && !strcmp(name + strlen(name) - 3, ".ko"))
		name[strlen(name) - 3] = '\0';
	for (char *p = name; *p; p++)
		if (*p == '-')
			*p = '_';
}

static int rmmod_one(const char *arg)
{
	char name[MODULE_NAME_LEN];
	int ret;

	module_name_of(arg, name, sizeof(name));
	ret = delete_module(name);
	if (ret == -ENOENT)
		cprintf("rmmod: Module %s is not currently loaded (err %d)\n", name, ret);
	else if (ret)
		cprintf("rmmod: can't unload module '%s': %s (err %d)\n", name,
			shell_strerror(ret), ret);
	return ret;
}

static int rmmod_run(int argc, char **argv)
{
	int ret = 0;

	if (argc < 2) {
		cprintf("usage: rmmod NAME...\n");
		return -EINVAL;
	}
	for (int i = 1; i < argc; i++)
		ret = rmmod_one(argv[i]) ?: ret;
	return ret;
}
SHELL_COMMAND(rmmod, rmmod_run, complete_module, "NAME...", "unload modules");

static void print_module(struct module *mod)
{
	struct module_use *use;
	char sep = ' ';

	cprintf("%-19s %8u  %d", mod->name, mod->core_layout.size + mod->init_layout.size,
		module_refcount(mod));
	list_for_each_entry(use, &mod->source_list, source_list) {
		cprintf("%c%s", sep, use->source->name);
		sep = ',';
	}
	cprintf("\n");
}

static int lsmod_run(int argc, char **argv)
{
	struct module *mod;

	cprintf("Module                  Size  Used by\n");
	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		print_module(mod);
	mutex_unlock(&module_mutex);
	return 0;
}
SHELL_COMMAND(lsmod, lsmod_run, NULL, "", "list the modules that are loaded");
